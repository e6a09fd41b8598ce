"""The archive as records."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from app.model.export import ExportRecord
from app.model.headline import DigestPlace, Honesty
from app.store import Store, Wanted
from tests.builders import DAY, NOW, article, batch, entry, headline

BEFORE = DAY - timedelta(days=1)
AFTER = DAY + timedelta(days=1)

TOLD = [
    entry("First", 1),
    entry("Second", 2, day=BEFORE, outlet="gogo.mn", host="news.gogo.mn"),
    entry("Мөнгө", 1, language="mn"),
    headline("Later", "https://a.mn/later", at=NOW),
    headline("Sooner", "https://a.mn/sooner", at=NOW - timedelta(hours=1)),
    headline("Old", "https://a.mn/old", day=BEFORE, language="kk"),
    headline("Next day", "https://a.mn/next", day=AFTER),
]


@pytest.fixture
def told(store: Store) -> Store:
    with store.writing() as writer:
        writer.put(batch(TOLD, articles=[article(), article("Of its own", digest_day=None, published_on=BEFORE)]))
        writer.put(batch([entry("Second", 7, digest=AFTER, day=BEFORE, outlet="gogo.mn")]))
    return store


ORDER = ["Old", "Of its own", "First", "Second", "Мөнгө", "Sooner", "Later", "Why the railway matters", "Next day"]


@pytest.mark.parametrize("chunk", [1, 2, 3, 1000])
def test_everything_once_in_order_whatever_the_chunk(told: Store, chunk: int) -> None:
    with told.reading() as reader:
        records = list(reader.export(chunk=chunk))
    assert [record.title for record in records] == ORDER
    assert [record.day for record in records] == [BEFORE] * 2 + [DAY] * 6 + [AFTER]


def test_records(told: Store) -> None:
    with told.reading() as reader:
        records = {record.title: record for record in reader.export()}
    second = records["Second"]
    assert second == ExportRecord(
        id=second.id,
        day=DAY,
        language="en",
        rank=2,
        title="Second",
        url=None,
        outlet="gogo.mn",
        host="news.gogo.mn",
        published=BEFORE,
        honesty=Honesty.DATE_ONLY,
        digests=(DigestPlace(DAY, "en", 2, 2), DigestPlace(AFTER, "en", 7, 7)),
    )
    assert (records["Мөнгө"].rank, records["Мөнгө"].digests) == (None, (DigestPlace(DAY, "mn", 1, None),))
    assert (records["Later"].published, records["Later"].url) == (NOW, "https://a.mn/later")
    assert (records["Later"].rank, records["Later"].digests) == (None, ())
    long_read = records["Why the railway matters"]
    assert long_read.article
    assert (long_read.rank, long_read.url, long_read.published, long_read.day) == (None, None, DAY, DAY)
    assert long_read.paragraphs == article().paragraphs
    assert records["Of its own"].day == BEFORE
    assert [record.title for record in records.values() if record.article] == ["Of its own", "Why the railway matters"]


def test_a_range_of_days(told: Store) -> None:
    with told.reading() as reader:
        assert [r.title for r in reader.export(since=DAY, until=DAY)] == ORDER[2:8]
        assert [r.title for r in reader.export(since=AFTER)] == ORDER[8:]
        assert [r.title for r in reader.export(until=BEFORE, chunk=1)] == ORDER[:2]
        assert list(reader.export(since=AFTER, until=BEFORE)) == []


def test_memory_is_bounded_by_the_chunk(store: Store) -> None:
    with store.writing() as writer:
        writer.put(batch([headline(f"H{n}", f"https://a.mn/{n}", at=NOW - timedelta(hours=n)) for n in range(500)]))
    fetched: list[int] = []
    with store.reading() as reader:

        def note(_conn: object, cursor: object, statement: str, *_: object) -> None:
            fetched.append(statement.count("LIMIT"))

        event.listen(reader._connection, "before_cursor_execute", note)
        records = reader.export(chunk=100)
        next(records)
        assert sum(fetched) == 3, "one look each at the digests' entries, the other headlines and the articles"
        assert len(list(records)) == 499
    assert sum(fetched) == 3 + 5, "five more looks, the last finds nothing"


@pytest.mark.parametrize("chunk", [1, 3, 1000])
def test_the_same_without_one_long_look(told: Store, chunk: int) -> None:
    assert [record.title for record in told.export(Wanted(chunk=chunk))] == ORDER


@pytest.mark.parametrize(
    ("wanted", "titles"),
    [
        (Wanted(languages=("kk", "mn")), ["Old", "Мөнгө"]),
        (Wanted(outlets=("gogo.mn",)), ["Second"]),
        (Wanted(until=BEFORE), ["Old", "Of its own"]),
        (Wanted(since=AFTER, languages=("en",)), ["Next day"]),
        (Wanted(outlets=("gogo.mn",), languages=("mn",)), []),
    ],
)
def test_what_is_wanted_of_it(told: Store, wanted: Wanted, titles: list[str]) -> None:
    assert [record.title for record in told.export(wanted)] == titles


def test_between_two_looks_the_archive_can_be_written_to(store: Store) -> None:
    made = [headline(f"Headline {n}", f"https://montsame.mn/{n}") for n in range(25)]
    with store.writing() as writer:
        writer.put(batch(made))
    walk = store.export(Wanted(chunk=10))
    titles = [next(walk).title for _ in range(3)]
    with store.writing() as writer:
        writer.put(batch([headline("Newer", "https://montsame.mn/newer")]))
    titles += [record.title for record in walk]
    assert set(titles) >= {h.title for h in made}
    assert len(titles) == len(set(titles))


def test_no_connection_is_held_between_two_looks(told: Store) -> None:
    walk = told.export(Wanted(chunk=2))
    next(walk)
    assert told._engine.pool.checkedout() == 0  # type: ignore[attr-defined]


def test_history(store: Store) -> None:
    first = headline("Before", "https://a.mn/1")
    with store.writing() as writer:
        writer.put(batch([first]))
    with store.writing() as writer:
        writer.put(batch([headline("After", "https://a.mn/1")], at=NOW + timedelta(hours=1)))
    (plain,) = store.export(Wanted())
    assert (plain.first_seen_at, plain.edits) == (None, ())
    (told,) = store.export(Wanted(history=True))
    assert told.first_seen_at == NOW
    assert [(e.before, e.after, e.at) for e in told.edits] == [("Before", "After", NOW + timedelta(hours=1))]


def test_a_date_that_is_not_believed(store: Store) -> None:
    with store.writing() as writer:
        writer.put(batch([headline("Ahead", honesty=Honesty.FIRST_SEEN, stated="2027-01-01")]))
    (told,) = store.export(Wanted())
    assert told.stated == "2027-01-01"
