"""What is exported and taken in again changes nothing; taken into an empty store it gives the same archive."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

import app
from app.ingest.format import Reading
from app.ingest.payload import Payload
from app.model.export import ExportRecord
from app.model.filters import TimelineFilter
from app.model.language import COLUMNS
from app.pipeline import ingest
from app.render.formats import ndjson, txt
from app.store import Store
from app.timeline.build import build_days

CASES = Path(__file__).parents[1] / "cases" / "digests"
SAMPLE = Path(app.__file__).parent / "data" / "samples" / "2026-01-15.txt"
FEED = """\
{"title": "Rail link opens", "url": "https://montsame.mn/en/read/1", "published": "2026-01-15T02:00:00Z"}
{"title": "75 countries", "outlet": "gogo.mn", "published": "2026-01-15", "language": "en"}
{"title": "INVESTOR PROTECTION CENTER LAUNCHED IN MONGOLIA", "outlet": "gogo.mn", "published": "2026-01-14"}
{"title": "Огноогүй мэдээ, хэн ч хэзээ гэж хэлээгүй", "outlet": "ikon.mn"}
{"title": "Үнийн өсөлт хоёр хувь болжээ", "outlet": "ikon.mn", "published": "2026-01-15 13:00"}
"""
PARTIAL = "2 ONLY SECOND WWW.X.MN PUBLISHED:2026/01/09\n9 AND NINTH WWW.X.MN PUBLISHED:2026/01/10\n"


def _digests(store: Store, now: datetime) -> None:
    for path in (CASES / "2024-12-19-shape.txt", CASES / "2025-09-16-shape.txt", SAMPLE):
        ingest(Payload.of(path), store, now=now)


def _mixed(store: Store, now: datetime) -> None:
    _digests(store, now)
    ingest(Payload.of(FEED, name="feed"), store, now=now)
    ingest(Payload.of(PARTIAL, name="partial"), store, now=now, reading=Reading(day=date(2026, 1, 12)))


ARCHIVES: dict[str, Callable[[Store, datetime], None]] = {"digests": _digests, "mixed": _mixed}


def as_text(store: Store, days: Iterable[date], *, headed: bool = False) -> str:
    told: list[str] = []
    with store.reading() as reader:
        for day in days:
            listed = reader.listed(TimelineFilter(), (), [day], 1000)
            (found,) = build_days(listed, [day], COLUMNS, {})
            told += txt.lines(day, found.columns, reader.articles_of(day), headed=headed)
    return "\n".join(told) + "\n"


def all_days(store: Store) -> list[date]:
    with store.reading() as reader:
        return sorted(day for day, _ in reader.days(TimelineFilter(), (), 1000))


def records(store: Store) -> list[ExportRecord]:
    with store.reading() as reader:
        return list(reader.export())


@pytest.mark.parametrize("archive", ARCHIVES)
def test_every_day_as_text_and_back_changes_nothing(store: Store, now: datetime, archive: str) -> None:
    ARCHIVES[archive](store, now)
    before, revision = records(store), store.revision()
    for day in all_days(store):
        text = as_text(store, [day])
        report = ingest(Payload.of(text, name=f"{day}.txt"), store, now=now)
        assert (report.added, report.updated, report.rejected) == (0, 0, 0), (day, report.rejections)
        assert report.duplicate > 0
        assert as_text(store, [day]) == text
    assert records(store) == before
    assert store.revision() >= revision


@pytest.mark.parametrize("archive", ARCHIVES)
def test_the_archive_as_ndjson_and_back_changes_nothing(store: Store, now: datetime, archive: str) -> None:
    ARCHIVES[archive](store, now)
    before = records(store)
    report = ingest(Payload.of("".join(map(ndjson.line, before)), name="all.ndjson"), store, now=now)
    assert (report.added, report.updated, report.rejected) == (0, 0, 0), report.rejections
    assert records(store) == before


def shape(record: ExportRecord) -> ExportRecord:
    """A record without its number: an empty store numbers anew."""
    return replace(record, id=0)


def test_ndjson_into_an_empty_store_gives_the_same_archive(sqlite_store: Store, store: Store, now: datetime) -> None:
    _mixed(sqlite_store, now)
    lines = "".join(map(ndjson.line, records(sqlite_store)))
    assert ingest(Payload.of(lines), store, now=now).rejected == 0
    assert sorted(map(shape, records(store)), key=repr) == sorted(map(shape, records(sqlite_store)), key=repr)


def test_text_into_an_empty_store_gives_the_same_digests(sqlite_store: Store, store: Store, now: datetime) -> None:
    _digests(sqlite_store, now)
    text = as_text(sqlite_store, all_days(sqlite_store), headed=True)
    assert ingest(Payload.of(text), store, now=now).rejected == 0
    assert sorted(map(shape, records(store)), key=repr) == sorted(map(shape, records(sqlite_store)), key=repr)
