"""Where the feeds of a page may be."""

import pytest

from app.errors import MalformedPayload
from app.ingest.discover import MAX_NAMED, USUAL, named_feeds, usual_addresses
from app.ingest.payload import Payload

PAGE = """<!doctype html><html><head><title>Мэдээ</title>
<link rel="alternate" type="application/rss+xml" title="Мэдээ" href="/rss.xml">
<link rel="alternate" type="application/rss+xml" href="/comments/feed/">
<link rel="alternate" type="application/rss+xml" href="/rss.xml">
<link rel="alternate" hreflang="en" href="/en/"><link rel="stylesheet" href="/a.css">
</head><body></body></html>"""


def named(page: str | bytes, media_type: str = "text/html; charset=utf-8") -> tuple[str, ...]:
    return named_feeds(Payload.of(page, url="https://a.mn/news/", media_type=media_type), 10_000)


def test_a_page_names_its_feeds_in_its_order() -> None:
    assert named(PAGE) == ("https://a.mn/rss.xml", "https://a.mn/comments/feed/")
    assert named(PAGE.encode("cp1251"), "text/html; charset=windows-1251") == named(PAGE)


def test_no_more_are_looked_at_than_make_sense() -> None:
    many = "".join(f'<link rel=alternate type="application/rss+xml" href=/{n}>' for n in range(50))
    assert len(named(f"<html><head>{many}</head></html>")) == MAX_NAMED


def test_a_page_without_feeds_and_one_that_is_too_large() -> None:
    assert named("<html></html>") == ()
    with pytest.raises(MalformedPayload):
        named(PAGE + " " * 10_000)


def test_the_usual_places_of_a_site() -> None:
    assert usual_addresses("https://a.mn/") == tuple(f"https://a.mn/{path}" for path in USUAL)
    assert usual_addresses("https://a.mn") == usual_addresses("https://a.mn/")


def test_a_section_has_its_own_places_first() -> None:
    found = usual_addresses("https://a.mn/en/news?page=2")
    assert found[:3] == ("https://a.mn/en/news/feed/", "https://a.mn/en/news/rss", "https://a.mn/en/news/rss.xml")
    assert found[3:] == usual_addresses("https://a.mn/")


def test_the_page_itself_is_not_tried_again() -> None:
    assert "https://a.mn/rss" not in usual_addresses("https://a.mn/rss")


@pytest.mark.parametrize("url", ["ftp://a.mn/", "file:///etc/passwd", "a.mn", ""])
def test_other_addresses_have_none(url: str) -> None:
    assert usual_addresses(url) == ()
