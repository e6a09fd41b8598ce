"""Payloads into a store, on both databases."""

import json
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

import app
from app.errors import UnknownFormat
from app.ingest.format import Reading
from app.ingest.limits import Limits
from app.ingest.payload import Payload
from app.model.export import ExportRecord
from app.model.headline import Honesty, IngestReport, Outcome, Reason, Rejection
from app.pipeline import ingest
from app.pipeline.parts import SIZE
from app.store import Store

CASES = Path(__file__).parents[1] / "cases" / "digests"
SAMPLE = Path(app.__file__).parent / "data" / "samples" / "2026-01-15.txt"
DIGESTS = {
    "2024-12-19-shape": (CASES / "2024-12-19-shape.txt", date(2024, 12, 20), 0),
    "2025-09-16-shape": (CASES / "2025-09-16-shape.txt", date(2025, 9, 17), 0),
    "2026-01-15": (SAMPLE, date(2026, 1, 15), 1),
}
GOOD = "1 FIRST STORY WWW.MONTSAME.MN PUBLISHED:2026/01/15\n"


def counts(report: IngestReport) -> tuple[int, int, int, int]:
    return report.added, report.updated, report.duplicate, report.rejected


def records(store: Store) -> list[ExportRecord]:
    with store.reading() as reader:
        return list(reader.export())


def quarantine(store: Store) -> list[Rejection]:
    with store.reading() as reader:
        return list(reader.rejections(100))


def line(title: str, **more: Any) -> str:
    return json.dumps({"title": title, "outlet": "montsame.mn", "published": "2026-01-15", **more}) + "\n"


@pytest.mark.parametrize("name", DIGESTS)
def test_a_digest_is_stored_as_it_says(store: Store, now: datetime, name: str) -> None:
    path, day, articles = DIGESTS[name]
    expected = json.loads((CASES / f"{name}.expected.json").read_text("utf-8"))
    report = ingest(Payload.of(path), store, now=now)
    assert counts(report) == (len(expected) + articles, 0, 0, 0)
    assert (report.origin, report.format) == (str(path), "digest")
    found = [
        {
            "language": r.language,
            "rank": r.rank,
            "title": r.title,
            "outlet": r.host,
            "published": r.published.isoformat(),
        }
        for r in records(store)
        if not r.article
    ]
    assert found == expected
    assert {r.day for r in records(store)} == {day}
    assert len([r for r in records(store) if r.article]) == articles


@pytest.mark.parametrize("name", DIGESTS)
def test_twice_adds_nothing(store: Store, now: datetime, name: str) -> None:
    path, _, _ = DIGESTS[name]
    first = ingest(Payload.of(path), store, now=now)
    before, revision = records(store), store.revision()
    second = ingest(Payload.of(path), store, now=now + timedelta(hours=1))
    assert counts(second) == (0, 0, first.added, 0)
    assert (records(store), store.revision()) == (before, revision)


def test_outlets_get_their_names(store: Store, now: datetime) -> None:
    ingest(Payload.of(SAMPLE), store, now=now)
    with store.reading() as reader:
        names = reader.names(["montsame.mn", "sinonk.com"])
    assert names["montsame.mn"].name("mn") == "МОНЦАМЭ"
    assert names["sinonk.com"].name("en") == "Sino-NK"


def test_the_article_is_stored_whole(store: Store, now: datetime) -> None:
    ingest(Payload.of(SAMPLE), store, now=now)
    with store.reading() as reader:
        (article,) = reader.articles_of(date(2026, 1, 15))
    assert article.slug == "yongusil-100-mongolia-and-the-korean-security-crisis"
    assert (article.language, article.outlet, article.published_on) == ("en", "sinonk.com", date(2020, 6, 30))
    assert len(article.paragraphs) == 5


def test_a_day_that_is_given(store: Store, now: datetime) -> None:
    ingest(Payload.of(GOOD), store, now=now, reading=Reading(day=date(2026, 1, 16)))
    (record,) = records(store)
    assert (record.day, record.published) == (date(2026, 1, 16), date(2026, 1, 15))


def test_a_rehearsal_says_what_would_happen_and_keeps_nothing(store: Store, now: datetime) -> None:
    revision = store.revision()
    bad = "2 BAD DAY WWW.X.MN PUBLISHED:2026/02/30\n"
    rehearsed = ingest(Payload.of(GOOD + bad), store, now=now, dry_run=True)
    assert (counts(rehearsed), rehearsed.dry_run) == ((1, 0, 0, 1), True)
    assert [item.headline_id for item in rehearsed.items] == [None]
    assert (records(store), quarantine(store), store.revision()) == ([], [], revision)
    assert counts(ingest(Payload.of(GOOD + bad), store, now=now)) == counts(rehearsed)


def test_a_rehearsal_of_a_long_stream_knows_its_own_repetitions(sqlite_store: Store, now: datetime) -> None:
    body = "".join(line(f"Story {n % 1200}") for n in range(2400))
    assert counts(ingest(Payload.of(body), sqlite_store, now=now, dry_run=True)) == (1200, 0, 1200, 0)
    assert records(sqlite_store) == []


def test_the_good_entries_are_stored_and_the_bad_kept(store: Store, now: datetime) -> None:
    bad = "2 BAD DAY WWW.X.MN PUBLISHED:2026/02/30"
    worse = "3 BAD HOST WWW.X_Y.MN PUBLISHED:2026/01/15"
    report = ingest(Payload.of(f"{GOOD}{bad}\n{worse}\n", name="paste"), store, now=now)
    assert counts(report) == (1, 0, 0, 2)
    kept = {r.reason: r for r in quarantine(store)}
    assert kept.keys() == {Reason.BAD_DATE, Reason.BAD_OUTLET}
    assert kept[Reason.BAD_DATE].raw.decode() == bad
    assert kept[Reason.BAD_OUTLET].raw.decode() == worse
    assert {r.format for r in kept.values()} == {"digest"}


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", Reason.EMPTY),
        (b"\x89PNG\r\n\x1a\n" + bytes(2000), Reason.BINARY),
        (b"Just a letter, of no format at all.", Reason.UNKNOWN_FORMAT),
        (b"1 CAF\x90 X\x81 WWW.X.MN PUBLISHED:2026/01/15", Reason.ENCODING),
    ],
)
def test_a_file_that_cannot_be_read_is_kept_whole(store: Store, now: datetime, body: bytes, reason: Reason) -> None:
    report = ingest(Payload.of(body, name="odd.bin"), store, now=now)
    assert counts(report) == (0, 0, 0, 1)
    (kept,) = quarantine(store)
    assert (kept.reason, kept.raw) == (reason, body)
    assert "odd.bin" in kept.detail
    ingest(Payload.of(body, name="odd.bin"), store, now=now)
    assert len(quarantine(store)) == 1


def test_a_file_over_the_limit_is_refused_by_the_limits_name(store: Store, now: datetime, tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    path.write_text(GOOD * 100)
    limits = Limits(payload_bytes=1000, quarantine_bytes=100)
    report = ingest(Payload.of(path), store, now=now, reading=Reading(limits))
    assert counts(report) == (0, 0, 0, 1)
    (kept,) = quarantine(store)
    assert (kept.reason, kept.raw) == (Reason.TOO_LARGE, path.read_bytes()[:100])
    assert "1,000 bytes" in kept.detail
    assert "ORTOO_MAX_PAYLOAD_BYTES" in kept.detail
    assert f"{path.stat().st_size:,}" in kept.detail


def test_a_file_that_is_gone_is_a_rejection_too(store: Store, now: datetime, tmp_path: Path) -> None:
    report = ingest(Payload.of(tmp_path / "gone.txt"), store, now=now)
    assert counts(report) == (0, 0, 0, 1)
    (kept,) = quarantine(store)
    assert (kept.reason, kept.raw) == (Reason.MALFORMED, b"")
    assert "cannot be read" in kept.detail


def test_a_format_can_be_forced(store: Store, now: datetime) -> None:
    text = "Just a letter, of no format at all."
    report = ingest(Payload.of(text), store, now=now, format="digest")
    assert [r.reason for r in report.rejections] == [Reason.UNPLACED]
    with pytest.raises(UnknownFormat):
        ingest(Payload.of(text), store, now=now, format="telegraph")


def test_acting_characters_are_stored_inert(store: Store, now: datetime) -> None:
    ingest(Payload.of("1 SAFE\u202eGNP.EXE \x1b[2J WWW.X.MN PUBLISHED:2026/01/15"), store, now=now)
    (record,) = records(store)
    assert record.title == "SAFEGNP.EXE [2J"


def test_a_headline_in_two_digests_is_one_with_two_places(store: Store, now: datetime) -> None:
    entry = "STORY WWW.X.MN PUBLISHED:2026/01/14"
    ingest(Payload.of(f"1 {entry}", name="a"), store, now=now)
    report = ingest(Payload.of(f"1 NEW WWW.X.MN PUBLISHED:2026/01/15\n2 {entry}", name="b"), store, now=now)
    assert counts(report) == (1, 1, 0, 0)
    carried = next(r for r in records(store) if r.title == "STORY")
    assert [(p.day, p.position) for p in carried.digests] == [(date(2026, 1, 14), 1), (date(2026, 1, 15), 2)]


def test_a_daily_title_is_one_headline_a_day(store: Store, now: datetime) -> None:
    for day in (13, 14, 15):
        ingest(Payload.of(f"ВАЛЮТЫН ХАНШ WWW.X.MN НИЙТЭЛСЭН:2026/01/{day}"), store, now=now)
    assert [r.published for r in records(store)] == [date(2026, 1, d) for d in (13, 14, 15)]


def test_rejected_entries_leave_no_gap_in_a_counted_column(store: Store, now: datetime) -> None:
    text = "А WWW.X.MN НИЙТЭЛСЭН:2026/01/15\nБ WWW.X_.MN НИЙТЭЛСЭН:2026/01/15\nВ WWW.X.MN НИЙТЭЛСЭН:2026/01/15"
    assert ingest(Payload.of(text), store, now=now).rejected == 1
    assert [(r.title, r.digests[0].position) for r in records(store)] == [("А", 1), ("В", 2)]


def test_what_came_with_an_address_and_what_came_without_meet(store: Store, now: datetime) -> None:
    feed = line("Story", url="https://montsame.mn/en/read/1", published="2026-01-15T02:00:00Z", language="en")
    assert counts(ingest(Payload.of(feed, name="feed"), store, now=now)) == (1, 0, 0, 0)
    report = ingest(Payload.of("1 STORY WWW.MONTSAME.MN PUBLISHED:2026/01/15", name="digest"), store, now=now)
    assert (report.added, report.rejected) == (0, 0)
    (record,) = records(store)
    assert (record.title, record.url, record.rank) == ("Story", "https://montsame.mn/en/read/1", 1)
    assert record.published == datetime(2026, 1, 15, 2, tzinfo=UTC)


def test_an_undated_item_is_the_same_whenever_it_comes(store: Store, now: datetime) -> None:
    body = json.dumps({"title": "Undated", "outlet": "montsame.mn"})
    ingest(Payload.of(body), store, now=now)
    assert counts(ingest(Payload.of(body), store, now=now + timedelta(days=3))) == (0, 0, 1, 0)
    (record,) = records(store)
    assert (record.published, record.honesty) == (date(2026, 1, 15), Honesty.FIRST_SEEN)


def test_a_long_stream_is_stored_in_parts(sqlite_store: Store, now: datetime) -> None:
    told: list[int] = []
    body = "".join(line(f"Story {n}") for n in range(SIZE + 500))
    report = ingest(Payload.of(body), sqlite_store, now=now, progress=told.append)
    assert (counts(report), told) == ((SIZE + 500, 0, 0, 0), [SIZE, SIZE + 500])
    assert (len(report.items), len(records(sqlite_store))) == (1000, SIZE + 500)


def test_a_stream_that_breaks_off_keeps_what_came(store: Store, now: datetime, tmp_path: Path) -> None:
    path = tmp_path / "cut.ndjson"
    path.write_text(line("Whole") + '{"title": "cut of')
    report = ingest(Payload.of(path), store, now=now)
    assert counts(report) == (1, 0, 0, 1)
    assert quarantine(store)[0].raw == b'{"title": "cut of'


def test_cpu_seconds_are_told_by_step(sqlite_store: Store, now: datetime) -> None:
    ticks = count()
    report = ingest(Payload.of(GOOD), sqlite_store, now=now, cpu=lambda: float(next(ticks)))
    assert report.seconds == {"read": 1.0, "store": 1.0}


def test_what_a_payload_says_of_its_receipt_counts(sqlite_store: Store, now: datetime) -> None:
    body = json.dumps({"title": "Undated", "outlet": "montsame.mn"})
    ingest(Payload.of(body, received_at=now - timedelta(days=5)), sqlite_store, now=now)
    assert records(sqlite_store)[0].day == date(2026, 1, 10)


def test_outcomes_are_told_item_by_item(store: Store, now: datetime) -> None:
    ingest(Payload.of(GOOD), store, now=now)
    report = ingest(Payload.of(GOOD + "МЭДЭЭ WWW.X.MN НИЙТЭЛСЭН:2026/01/15"), store, now=now)
    assert [(i.outcome, i.title, i.language, i.rank) for i in report.items] == [
        (Outcome.DUPLICATE, "FIRST STORY", "en", 1),
        (Outcome.ADDED, "МЭДЭЭ", "mn", None),
    ]
