"""Which sources may be named in public."""

import pytest

from app.ingest.publishable import publishable
from app.model.source import Source


@pytest.mark.parametrize(
    "url",
    [
        "https://montsame.mn/mn/rss",
        "http://www.news.mn:80/feed/",
        "https://gogo.mn/feed?format=xml&limit=50",
        "https://news.google.com/rss/search?q=Mongolia%20when:7d&hl=en-US&gl=US&ceid=US:en",
        "https://ikon.mn/үндсэн/мэдээ",
        "https://akipress.com/sitemap-2026-01-15.xml",
    ],
)
def test_a_plain_address_may_be_named(url: str) -> None:
    told = publishable(Source(url))
    assert told is not None
    assert told.url == url


@pytest.mark.parametrize(
    "url",
    [
        "https://reader:hunter2@montsame.mn/rss",
        "https://montsame.mn/rss?key=1",
        "https://montsame.mn/rss?access_token=x",
        "https://montsame.mn/rss?f=9f86d081884c7d65",
        "https://montsame.mn/9f86d081884c7d659a2f/rss",
        "https://montsame.mn/feed/123e4567-e89b-12d3-a456-426614174000",
        "https://montsame.mn/feed/QWxhZGRpbjpvcGVuU2VzYW1l",
        "https://montsame.mn/rss?to=http://10.0.0.1/",
        "http://rsshub:1200/montsame",
        "http://rsshub/montsame",
        "http://192.168.1.7/feed",
        "http://[fd00::1]/feed",
        "http://news.internal/feed",
        "https://montsame.mn:8443/rss",
        "http://[bad/rss",
        "ftp://montsame.mn/rss",
    ],
)
def test_an_address_that_may_hold_a_secret_is_left_out(url: str) -> None:
    assert publishable(Source(url)) is None


def test_what_an_operator_says_to_himself_is_not_told() -> None:
    private = Source(
        "https://montsame.mn/rss",
        title="https://montsame.mn/rss?key=1",
        note="paid for",
        keywords="secret words",
        interval=600,
        outlet="montsame.mn",
        language="mn",
        category="Agencies",
    )
    told = publishable(private)
    assert told == Source(
        "https://montsame.mn/rss", title="montsame.mn", outlet="montsame.mn", language="mn", category="Agencies"
    )


def test_what_is_switched_off_is_not_told() -> None:
    assert publishable(Source("https://montsame.mn/rss", enabled=False)) is None
