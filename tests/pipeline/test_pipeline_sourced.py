"""A body read with what its operator says of the source."""

from datetime import UTC, datetime

import pytest

from app.errors import UnknownFormat
from app.ingest.formats import table
from app.ingest.payload import Payload
from app.model.source import Source
from app.pipeline.sourced import Taken, take_in
from tests.builders import NOW

FEED = (
    """<?xml version="1.0"?><rss version="2.0"><channel><title>A</title><language>en-US</language>{}</channel></rss>"""
)


def item(title: str, link: str = "", date: str = "", text: str = "") -> str:
    parts = {"title": title, "link": link, "pubDate": date, "description": text}
    return "<item>" + "".join(f"<{name}>{value}</{name}>" for name, value in parts.items() if value) + "</item>"


def taken(source: Source, *items: str, body: str = "") -> Taken:
    data = body or FEED.format("".join(items))
    return take_in(Payload.of(data, url=source.url, received_at=NOW), source, now=NOW)


def test_a_feed_is_read_as_it_is() -> None:
    found = taken(Source("https://a.mn/rss"), item("Нүүрс", "https://a.mn/1"), item("Зэс", "https://a.mn/2"))
    assert [h.title for h in found.headlines] == ["Нүүрс", "Зэс"]
    assert (found.format, found.items, found.filtered, found.problem, found.unreadable) == ("rss", 2, 0, "", False)
    (batch,) = found.batches
    assert (batch.origin, batch.format, batch.at) == ("https://a.mn/rss", "rss", NOW)
    assert set(batch.outlets) == {"a.mn"}


def test_keywords_leave_items_out_and_count_them() -> None:
    wide = Source("https://r.org/rss", keywords="mongolia, -inner-mongolia")
    found = taken(
        wide,
        item("Mongolia votes", "https://r.org/1"),
        item("Kazakhstan votes", "https://r.org/2"),
        item("Wind power", "https://r.org/3", text="in Inner Mongolia"),
        item("Ports", "https://r.org/4", text="of Mongolia"),
    )
    assert [h.title for h in found.headlines] == ["Mongolia votes", "Ports"]
    assert (found.items, found.filtered, found.rejections) == (4, 2, ())


def test_the_sources_outlet_stands_where_the_link_is_anothers() -> None:
    found = taken(Source("https://feeds.x.org/a", outlet="montsame.mn"), item("A title", "https://proxy.org/1"))
    assert [h.draft.outlet for h in found.headlines] == ["montsame.mn"]
    aggregated = taken(Source("https://feeds.x.org/a"), item("A title", "https://news.gogo.mn/1"))
    assert [h.draft.outlet for h in aggregated.headlines] == ["gogo.mn"]


def test_an_item_without_outlet_and_link_is_the_sources() -> None:
    found = taken(Source("https://feeds.x.org/a", outlet="ikon.mn"), item("A title"))
    assert [(h.draft.outlet, h.url) for h in found.headlines] == [("ikon.mn", None)]


def test_the_operators_language_goes_before_the_feeds() -> None:
    def hints(source: Source) -> list[str | None]:
        return [h.draft.language_hint for h in taken(source, item("УИХ", "https://a.mn/1")).headlines]

    assert hints(Source("https://a.mn/rss")) == ["en"]
    assert hints(Source("https://a.mn/rss", language="mn")) == ["mn"]


@pytest.mark.parametrize(
    ("zone", "hour"), [(None, 4), ("Asia/Ulaanbaatar", 4), ("Europe/London", 12), ("Asia/Tokyo", 3), ("No/Where", 4)]
)
def test_clock_times_without_a_zone_are_the_sources(zone: str | None, hour: int) -> None:
    found = taken(Source("https://a.mn/rss", zone=zone), item("A title", "https://a.mn/1", "2026-01-14 12:00"))
    assert [h.published_at for h in found.headlines] == [datetime(2026, 1, 14, hour, tzinfo=UTC)]


def test_a_page_is_read_by_the_sources_rule() -> None:
    listed = "<li class=n><a href=/1>Нүүрс</a></li><li class=n><a href=/2>Зэс</a></li>"
    page = f"<!doctype html><html><body>{listed}</body></html>"
    found = taken(Source("https://a.mn/", kind="html", listing="item=li.n"), body=page)
    assert [(h.title, h.url) for h in found.headlines] == [("Нүүрс", "https://a.mn/1"), ("Зэс", "https://a.mn/2")]
    unruled = taken(Source("https://a.mn/"), body=page)
    assert (unruled.unreadable, unruled.format) == (True, "html")
    assert unruled.problem == unruled.rejections[0].detail


def test_columns_of_a_table() -> None:
    columns = {"title": "Heading", "url": "Where"}
    source = Source("https://a.mn/t.csv", kind=table.FORMAT.name, columns=columns)
    found = taken(source, body="Heading,Where\nНүүрс,https://a.mn/1\n")
    assert [h.title for h in found.headlines] == ["Нүүрс"]


@pytest.mark.parametrize("body", [" ", "\x00\x01\x02" * 50, "just some words"])
def test_what_cannot_be_read_is_a_problem_and_kept(body: str) -> None:
    found = taken(Source("https://a.mn/rss"), body=body)
    assert found.unreadable
    assert found.problem
    assert [r.detail for r in found.rejections] == [found.problem]


def test_an_empty_feed_is_no_problem() -> None:
    found = taken(Source("https://a.mn/rss"), body=FEED.format(""))
    assert (found.items, found.unreadable, found.rejections) == (0, False, ())


def test_a_kind_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(UnknownFormat):
        taken(Source("https://a.mn/rss", kind="telepathy"), item("A"))
