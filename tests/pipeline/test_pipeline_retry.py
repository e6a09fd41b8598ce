"""The quarantine tried again: what a repair makes readable comes back as if it had never been rejected."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from app.ingest.again import again
from app.ingest.format import Reading
from app.ingest.formats import FORMATS
from app.ingest.limits import Limits
from app.ingest.listing import Listing
from app.ingest.payload import Payload
from app.ingest.sniff import identify
from app.model.batch import Batch
from app.model.headline import Draft, IngestReport, RawItem, Reason, Rejection
from app.model.quarantine import RetryReport
from app.pipeline import ingest, intake, retry
from app.store import Store

URL = "https://www.montsame.mn/feed"
DATE = "Wed, 14 Jan 2026 22:00:00 +0800"


@dataclass(frozen=True)
class Case:
    """A payload of two good items, whatever is done with it."""

    body: str
    reading: Reading = field(default_factory=Reading)


CASES: dict[str, Case] = {
    "rss": Case(
        '<rss xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<item><title>One &amp; only</title><link>/1</link><pubDate>{DATE}</pubDate></item>"
        "<item><dc:title>Хоёр дахь мэдээ</dc:title><link>/2</link><dc:date>2026-01-14</dc:date></item></channel></rss>"
    ),
    "googlenews": Case(
        "<rss><channel><generator>NFE/5.0</generator>"
        + "".join(
            f"<item><title>Story {n} - MONTSAME</title><link>https://news.google.com/{n}</link>"
            f'<pubDate>{DATE}</pubDate><source url="https://montsame.mn">MONTSAME</source></item>'
            for n in (1, 2)
        )
        + "</channel></rss>"
    ),
    "atom": Case(
        '<feed xmlns="http://www.w3.org/2005/Atom">'
        '<entry><title type="html">A &amp;amp; B</title><link href="/1"/>'
        "<updated>2026-01-14T22:00:00Z</updated></entry>"
        '<entry><title>Two</title><link href="/2"/><published>2026-01-14T22:00:00Z</published></entry></feed>'
    ),
    "sitemap": Case(
        '<urlset xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://montsame.mn/1</loc>'
        "<news:news><news:title>One</news:title><news:publication_date>2026-01-14</news:publication_date></news:news>"
        "</url><url><loc>https://montsame.mn/2</loc><news:news><news:title>Two</news:title></news:news></url></urlset>"
    ),
    "jsonfeed": Case(
        json.dumps({"items": [{"title": "One", "url": "/1", "id": "1"}, {"content_text": "Текст", "url": "/2"}]})
    ),
    "gdelt": Case(
        json.dumps(
            {
                "articles": [
                    {"title": f"Story {n}", "url": f"https://montsame.mn/{n}", "seendate": "20260114T020000Z"}
                    for n in (1, 2)
                ]
            }
        )
    ),
    "wordpress": Case(
        json.dumps(
            [
                {"title": {"rendered": f"A &#8220;{n}&#8221;"}, "link": f"/{n}", "date_gmt": "2026-01-14T02:00:00"}
                for n in (1, 2)
            ]
        )
    ),
    "json": Case(
        json.dumps([{"title": "One", "url": "https://montsame.mn/1"}, {"гарчиг": "Хоёр", "outlet": "ikon.mn"}])
    ),
    "ndjson": Case(
        '{"title": "One", "url": "https://montsame.mn/1", "published": "2026-01-14"}\n'
        '{"title": "Two", "outlet": "ikon.mn", "language": "en", "rank": 3, "day": "2026-01-14"}\n'
    ),
    "table": Case(
        'extra,Heading,url,огноо\nx,"One, ""quoted""\nand broken",https://montsame.mn/1,2026-01-14\n'
        ",Two,https://montsame.mn/2,\n",
        Reading(columns={"title": "Heading"}),
    ),
    "html": Case(
        "<!doctype html><html><head><base href='https://montsame.mn/news/'></head><body><div class='list'>"
        "<p class=n><a href='1'>One &amp; two</a><i>2026-01-14</i><p class=n><a href='2'>Two</a></div></body></html>",
        Reading(listing=Listing.of("item=.list .n; date=i")),
    ),
    "digest": Case("1 ONE WWW.MONTSAME.MN PUBLISHED:2026/01/14\n2 TWO WWW.IKON.MN PUBLISHED:2026/01/14\n"),
}


def refuse(item: RawItem, **more: Any) -> Draft | Rejection:
    """A normaliser with a mistake in it."""
    return Rejection(item.raw, Reason.BAD_DATE, "The program has a mistake.")


def take_in(store: Store, now: datetime, name: str) -> IngestReport:
    payload = Payload.of(CASES[name].body, url=URL, name=URL)
    assert name == "table" or identify(payload).name == name
    return ingest(payload, store, now=now, format=name, reading=CASES[name].reading)


def shapes(store: Store) -> list[str]:
    with store.reading() as reader:
        return sorted(str(replace(record, id=0, digests=(), rank=None)) for record in reader.export())


def sightings(store: Store) -> list[tuple[str, datetime]]:
    with store.reading() as reader:
        return [
            (seen.origin, seen.first_at) for record in reader.export() for seen in reader.history(record.id).sightings
        ]


def waiting(store: Store) -> int:
    with store.reading() as reader:
        return len(reader.rejections(1000))


def test_there_is_a_case_for_every_format() -> None:
    assert CASES.keys() == {form.name for form in FORMATS}


@pytest.mark.parametrize("name", CASES)
def test_what_a_mistake_rejected_comes_back(
    sqlite_store: Store, store: Store, now: datetime, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    take_in(sqlite_store, now, name)
    with monkeypatch.context() as mistaken:
        mistaken.setattr(intake, "draft", refuse)
        assert take_in(store, now, name).rejected == 2
        reading = CASES[name].reading if name == "html" else Reading()
        assert retry(store, reading=reading) == RetryReport(tried=2, still=2)
        assert (waiting(store), shapes(store)) == (2, [])
    found = retry(store, reading=reading)
    assert found == RetryReport(tried=2, released=2, added=2)
    assert shapes(store) == shapes(sqlite_store)
    assert sightings(store) == [(URL, now)] * 2
    assert waiting(store) == 0
    assert retry(store) == RetryReport()


def test_a_retried_entry_leaves_the_digest_of_the_day_alone(
    store: Store, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest(Payload.of(CASES["digest"].body, name="d"), store, now=now)
    placed = {"published": "2026-01-14", "language": "en", "rank": 1, "day": "2026-01-14"}
    line = json.dumps({"title": "Late", "outlet": "x.mn", **placed})
    with monkeypatch.context() as mistaken:
        mistaken.setattr(intake, "draft", refuse)
        ingest(Payload.of(line, name="n"), store, now=now)
    assert retry(store) == RetryReport(tried=1, released=1, added=1)
    with store.reading() as reader:
        assert [p.rank for record in reader.export() for p in record.digests] == [1, 2]


def broken(now: datetime, store: Store) -> None:
    ingest(Payload.of("1 A WWW.X_Y.MN PUBLISHED:2026/01/14\n2 B PUBLISHED:2026/01/14", name="d"), store, now=now)
    ingest(Payload.of("title,url\na,javascript:x\n,https://x.mn\n", name="t"), store, now=now)
    ingest(Payload.of(b"", name="empty"), store, now=now)
    ingest(Payload.of("<!doctype html><title>Away</title>", name="page"), store, now=now)
    ingest(Payload.of('{"title": 1}\n{"title": "cut of', name="lines"), store, now=now)
    ingest(Payload.of('[{"title": "a", "url": "ftp://x.mn"}, 5, {"title": ', name="list"), store, now=now)


def test_what_is_still_not_understood_stays_as_it_is(store: Store, now: datetime) -> None:
    broken(now, store)
    with store.reading() as reader:
        before = reader.quarantined(0, 10**6)
    first = retry(store)
    assert (first.released, first.cut, first.still) == (0, 0, len(before))
    with store.reading() as reader:
        assert reader.quarantined(0, 10**6) == before
    assert retry(store) == first


def test_the_rest_of_a_payload_that_is_read_now_takes_its_place(store: Store, now: datetime) -> None:
    body = (
        '{"items": [{"title": "Good", "url": "https://x.mn/1"}, {"title": "Bad", "url": "data:x"}, {"x": [[[[1]]]]}]}'
    )
    shallow = Reading(Limits(nesting=4))
    report = ingest(Payload.of(body, name="feed"), store, now=now, reading=shallow)
    assert [r.reason for r in report.rejections] == [Reason.TOO_LARGE]
    assert retry(store) == RetryReport(cut=1)


def test_a_limit_of_time_can_be_raised_and_the_payload_tried_again(store: Store, now: datetime) -> None:
    slow = Rejection(CASES["rss"].body.encode(), Reason.TOO_SLOW, "…", "rss")
    with store.writing() as writer:
        writer.put(Batch(URL, "rss", now - timedelta(days=3), rejections=(slow,)))
    assert retry(store) == RetryReport(tried=1, released=1, added=2)
    assert sightings(store) == [(URL, now - timedelta(days=3))] * 2


CUT: dict[str, Callable[[], Rejection]] = {
    "too large": lambda: Rejection(b'{"title": "a", "url": "https://x.mn"}', Reason.TOO_LARGE, "…", "ndjson"),
    "a page": lambda: Rejection(b"<html>" + b" " * 16_000, Reason.UNKNOWN_FORMAT, "…", "html"),
}


@pytest.mark.parametrize("name", CUT)
def test_of_what_only_the_beginning_is_kept_nothing_is_tried(name: str) -> None:
    assert again(CUT[name]()) is None


def test_many_are_tried_in_pages(sqlite_store: Store, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as mistaken:
        mistaken.setattr(intake, "draft", refuse)
        body = "".join(json.dumps({"title": f"Story {n}", "outlet": "x.mn"}) + "\n" for n in range(1200))
        ingest(Payload.of(body, name="many"), sqlite_store, now=now)
    told: list[int] = []
    assert retry(sqlite_store, progress=told.append) == RetryReport(tried=1200, released=1200, added=1200)
    assert told == [500, 1000, 1200]
