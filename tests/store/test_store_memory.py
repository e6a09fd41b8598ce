"""What readers of a store remember for each other never outlives what it is about."""

from dataclasses import replace
from datetime import timedelta

from app.model.filters import TimelineFilter
from app.store import Store
from app.store.memory import MOST_FACTS, Facts, Recent
from tests.builders import DAY, NOW, OUTLETS, batch, entry, headline

ALL = TimelineFilter()


def test_recent_things_stay_and_others_go() -> None:
    recent: Recent[int, str] = Recent(10)
    for n in range(100):
        assert recent.get(-1) or n == 0
        recent.put(n, str(n))
        recent.put(-1, "asked for all the time") if n == 0 else None
        assert len(recent) <= 10
    assert recent.get(0) is None


def test_a_fact_is_asked_for_once() -> None:
    asked = iter([7])
    facts = Facts(1)
    assert [facts.of("n", lambda: next(asked)) for _ in range(3)] == [7, 7, 7]
    for n in range(2 * MOST_FACTS):
        assert facts.of(("other", n), lambda n=n: n) == n  # type: ignore[misc]


def test_a_change_shows_at_once(store: Store) -> None:
    with store.writing() as writer:
        writer.put(batch([headline("One", "https://montsame.mn/1", at=NOW)]))
    with store.reading() as reader:
        (before,) = reader.listed(ALL, (), [DAY], 10)
        assert dict(reader.month_counts(DAY, DAY)) == {DAY: 1}
        assert reader.neighbours(DAY) == (None, None)
        assert reader.names(["montsame.mn"])["montsame.mn"].name_en == "Montsame"
    earlier = DAY - timedelta(days=3)
    with store.writing() as writer:
        writer.put(batch([headline("Two", "https://montsame.mn/1", at=NOW), headline("Old", day=earlier)]))
        writer.outlets.change(replace(OUTLETS["montsame.mn"], name_en="Another name"))
    with store.reading() as reader:
        (after,) = reader.listed(ALL, (), [DAY], 10)
        assert (before.row.title, after.row.title) == ("One", "Two")
        assert after.row.outlet.name_en == "Another name"
        assert reader.neighbours(DAY) == (earlier, None)
        assert reader.names(["montsame.mn"])["montsame.mn"].name_en == "Another name"


def test_an_unchanged_row_is_the_same_value(store: Store) -> None:
    with store.writing() as writer:
        writer.put(batch([headline("One", "https://montsame.mn/1", at=NOW)]))
    with store.reading() as reader:
        first = reader.listed(ALL, (), [DAY], 10)
    with store.reading() as reader:
        again = reader.listed(ALL, (), [DAY], 10)
    assert first == again
    assert all(a is b for a, b in zip(first, again, strict=True))


def test_digests_come_before_the_newest_others(store: Store) -> None:
    told = [headline(f"Own {n}", f"https://montsame.mn/{n}", at=NOW - timedelta(minutes=n)) for n in range(5)]
    with store.writing() as writer:
        writer.put(batch([*told, entry("Second", 2, digest=DAY), entry("First", 1, digest=DAY)]))
    with store.reading() as reader:
        whole = [row.row.title for row in reader.listed(ALL, (), [DAY], 10)]
        cut = [row.row.title for row in reader.listed(ALL, (), [DAY], 2)]
        several = [row.row.title for row in reader.listed(ALL, (), [DAY, DAY - timedelta(days=1)], 2)]
    assert whole == ["First", "Second", *(f"Own {n}" for n in range(5))]
    assert cut == several == ["First", "Second", "Own 0", "Own 1"]
