"""Everything up to the store, nothing written: what a payload would give."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import app
from app.ingest.payload import Payload
from app.model.headline import Headline, Reason, Rejection
from app.pipeline import preview

SAMPLE = Path(app.__file__).parent / "data" / "samples" / "2026-01-15.txt"
GOOD = "1 FIRST STORY WWW.MONTSAME.MN PUBLISHED:2026/01/15\n"


def test_a_preview_gives_headlines_and_rejections_in_order(now: datetime) -> None:
    found = preview(Payload.of(f"{GOOD}2 BAD DAY WWW.X.MN PUBLISHED:2026/02/30\n"), now=now)
    headline, rejection = found
    assert isinstance(headline, Headline)
    assert (headline.title, headline.language, headline.day) == ("FIRST STORY", "en", date(2026, 1, 15))
    assert (headline.url, headline.published_at) == (None, None)
    assert isinstance(rejection, Rejection)


def test_a_preview_of_what_cannot_be_read_is_one_rejection(now: datetime) -> None:
    (found,) = preview(Payload.of(b"", received_at=now))
    assert isinstance(found, Rejection)
    assert found.reason is Reason.EMPTY


@given(
    st.one_of(
        st.binary(max_size=300),
        st.sampled_from([SAMPLE.read_bytes(), b'{"title": "A", "outlet": "x.mn"}\n' * 3]).flatmap(
            lambda body: st.integers(0, len(body)).map(lambda n: body[n // 2 : n])
        ),
    )
)
def test_any_bytes_can_be_previewed(body: bytes) -> None:
    at = datetime(2026, 1, 15, 9, tzinfo=UTC)
    for found in preview(Payload.of(body, received_at=at)):
        assert isinstance(found, Headline | Rejection)


FEED = """<rss version="2.0"><channel><title>X</title><link>https://x.mn/</link>{}</channel></rss>"""


def test_an_item_without_a_link_is_of_the_outlet_that_it_came_from(now: datetime) -> None:
    body = "<rss><channel><item><title>Alone</title></item></channel></rss>"
    (found,) = preview(Payload.of(body, url="https://www.gogo.mn/rss", received_at=now))
    assert isinstance(found, Headline)
    assert (found.title, found.draft.outlet, found.url) == ("Alone", "gogo.mn", None)


@pytest.mark.parametrize(
    "body",
    [
        FEED.format("<item><title>Alone</title></item>"),
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
        "<channel><link>http://x.mn</link></channel><item><title>Alone</title></item></rdf:RDF>",
        '<feed xmlns="http://www.w3.org/2005/Atom"><link rel="self" href="https://feeds.example.com/1"/>'
        '<link href="https://www.x.mn/?a"/><entry><title>Alone</title></entry></feed>',
    ],
)
def test_a_file_of_items_without_links_is_of_the_site_that_the_feed_names(now: datetime, body: str) -> None:
    (found,) = preview(Payload.of(body, received_at=now))
    assert isinstance(found, Headline)
    assert (found.title, found.draft.outlet) == ("Alone", "x.mn")


def test_an_item_without_a_title_is_called_by_the_beginning_of_its_text(now: datetime) -> None:
    text = "Өнөөдөр Улаанбаатар хотод цас орно. " * 10
    body = FEED.format(f"<item><link>https://x.mn/1</link><description>{text}</description></item>")
    (found,) = preview(Payload.of(body, received_at=now))
    assert isinstance(found, Headline)
    assert text.startswith(found.title.removesuffix("…"))
    assert found.title.endswith("…")


def test_a_rejected_item_keeps_what_was_understood_of_it(now: datetime) -> None:
    date_line = "<pubDate>Wed, 14 Jan 2026 22:00:00 +0000</pubDate>"
    bad = FEED.format(f"<item><title>Bad &amp; odd</title><link>javascript:alert(1)</link>{date_line}</item>")
    untitled = FEED.format(f"<item><link>https://x.mn/1</link>{date_line}</item>")
    for body, reason, title, url in (
        (bad, Reason.BAD_LINK, "Bad & odd", None),
        (untitled, Reason.NO_TITLE, None, "https://x.mn/1"),
    ):
        (found,) = preview(Payload.of(body, received_at=now))
        assert isinstance(found, Rejection)
        assert (found.reason, found.title, found.url) == (reason, title, url)
        assert (found.published_at, found.day) == (datetime(2026, 1, 14, 22, tzinfo=UTC), date(2026, 1, 15))


def test_what_never_was_an_item_says_nothing(now: datetime) -> None:
    (found,) = preview(Payload.of(b"", received_at=now))
    assert (found.title, found.url, found.published_at, found.day) == (None, None, None, None)
