"""Sources in the store: adding, changing, claiming, finishing, holding, on both databases."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from app.errors import LeaseLost, NotFound, SourceRefused
from app.model.fetch import FetchState, Validators
from app.model.source import Doubt, FetchRecord, Habit, HeldBatch, Move, Reservation, Settled, Source, SourceState
from app.store import Store, Writer
from tests.builders import DAY, NOW, batch, headline, rows

FEED = Source(
    "https://a.mn/rss",
    category="News/Agencies",
    kind="rss",
    outlet="a.mn",
    columns={"title": "Гарчиг"},
    worked_on=date(2026, 1, 2),
)
LATER = NOW + timedelta(seconds=30)
MINUTE = 60.0


def add(store: Store, *sources: Source) -> list[Source]:
    with store.writing() as writer:
        return [writer.sources.add(source, NOW) for source in sources]


def numbered(n: int) -> list[Source]:
    return [Source(f"https://a.mn/{i}") for i in range(1, n + 1)]


def read(store: Store, source_id: int = 1) -> tuple[Source, SourceState]:
    with store.reading() as reader:
        return reader.sources.get(source_id)


def settled(state: SourceState | None = None, **record: object) -> Settled:
    told = FetchRecord(LATER, FetchState.OK, 200, **record)  # type: ignore[arg-type]
    return Settled(state or SourceState(next_at=LATER + timedelta(hours=1)), told)


def finish(
    store: Store, source_id: int = 1, owner: str = "w", now: datetime = LATER, what: Settled | None = None
) -> None:
    with store.writing() as writer:
        writer.sources.finish(source_id, owner, now, what or settled())


def land(store: Store, owner: str, now: datetime) -> None:
    """A headline and the fetch that brought it, in one transaction."""
    with store.writing() as writer:
        writer.put(batch([headline("A", "https://a.mn/1")]))
        writer.sources.finish(1, owner, now, settled(added=1))


def test_a_source_comes_back_as_it_was_said_and_is_due_at_once(store: Store) -> None:
    (made,) = add(store, FEED)
    assert made == replace(FEED, id=1, added_at=NOW)
    assert read(store) == (made, SourceState(next_at=NOW))
    with store.reading() as reader:
        assert reader.sources.all() == (made,)
        assert reader.sources.next_due() == NOW


def test_an_address_is_one_source(store: Store) -> None:
    add(store, FEED)
    with pytest.raises(SourceRefused, match="is source 1 already") as caught, store.writing() as writer:
        writer.sources.add(replace(FEED, kind="atom"), NOW)
    assert caught.value.facts["reason"] == "duplicate"
    other = add(store, Source("https://b.mn/rss"))[0]
    with pytest.raises(SourceRefused), store.writing() as writer:
        writer.sources.change(replace(other, url=FEED.url), NOW)


def test_what_is_not_there_is_not_found(store: Store) -> None:
    acts: list[Callable[[Writer], None]] = [
        lambda w: w.sources.change(replace(FEED, id=9), NOW),
        lambda w: w.sources.enable(9, NOW),
        lambda w: w.sources.disable(9),
        lambda w: w.sources.remove(9),
        lambda w: w.sources.discard(9),
    ]
    for act in acts:
        with pytest.raises(NotFound, match="9"), store.writing() as writer:
            act(writer)
    with store.reading() as reader:
        with pytest.raises(NotFound):
            reader.sources.get(9)
        with pytest.raises(NotFound):
            reader.sources.held_batch(9)


def test_due_sources_are_shared_out_and_leases_run_out(store: Store) -> None:
    add(store, *numbered(5))
    first = store.claim(NOW, "one", MINUTE, 3)
    assert [c.source.id for c in first] == [1, 2, 3]
    assert {c.state.lease_owner for c in first} == {"one"}
    assert [c.source.id for c in store.claim(NOW, "two", MINUTE, 3)] == [4, 5]
    assert store.claim(NOW, "three", MINUTE, 3) == ()
    after = NOW + timedelta(seconds=61)
    assert [c.source.id for c in store.claim(after, "three", MINUTE, 9)] == [1, 2, 3, 4, 5]


def test_only_enabled_and_due_sources_are_claimed(store: Store) -> None:
    add(store, *numbered(3))
    with store.writing() as writer:
        writer.sources.disable(2, "410")
    assert store.claim(NOW - timedelta(seconds=1), "w", MINUTE, 9) == ()
    assert [c.source.id for c in store.claim(NOW, "w", MINUTE, 9)] == [1, 3]
    assert [c.source.id for c in store.claim(NOW, "w2", MINUTE, 9, ids=[2, 3])] == [2]
    assert read(store, 2)[1].disabled_reason == "410"


def test_the_one_that_waits_longest_comes_first(store: Store) -> None:
    add(store, *numbered(3))
    store.claim(NOW, "w", MINUTE, 9)
    for source_id, minutes in ((1, 9), (2, 3), (3, 6)):
        finish(store, source_id, what=settled(SourceState(next_at=NOW + timedelta(minutes=minutes))))
    with store.reading() as reader:
        assert reader.sources.next_due() == NOW + timedelta(minutes=3)
    claimed = store.claim(NOW + timedelta(hours=1), "w", MINUTE, 2)
    assert [c.source.id for c in claimed] == [2, 3]


def test_next_due_waits_for_a_lease_that_may_run_out(store: Store) -> None:
    add(store, *numbered(1))
    store.claim(NOW, "w", MINUTE, 1)
    with store.reading() as reader:
        assert reader.sources.next_due() == NOW + timedelta(seconds=60)


def test_a_lease_that_is_given_back_is_free_at_once(store: Store) -> None:
    add(store, *numbered(2))
    store.claim(NOW, "one", MINUTE, 2)
    store.give_back("two", [1, 2])
    assert store.claim(NOW, "two", MINUTE, 2) == ()
    store.give_back("one", [2])
    assert [c.source.id for c in store.claim(NOW, "two", MINUTE, 2)] == [2]


def test_a_fetch_and_its_headlines_land_together(store: Store) -> None:
    add(store, FEED)
    store.claim(NOW, "w", MINUTE, 1)
    state = SourceState(
        next_at=LATER + timedelta(hours=2),
        fetched_at=LATER,
        good_at=LATER,
        state=FetchState.OK,
        error="",
        failures=0,
        failing_since=NOW,
        validators=Validators('W/"1"', "Thu, 15 Jan 2026 09:00:00 GMT", "ab" * 32),
        move=Move("https://a.mn/feed", 2, NOW),
        habit=Habit(3, 2.5, 1.5, 0.25, LATER, frozenset({"mn", "en"})),
    )
    told = FetchRecord(LATER, FetchState.OK, 200, 0.5, 9000, 1, 2, 3, 4, 5, held=False)
    with store.writing() as writer:
        writer.put(batch([headline("A", "https://a.mn/1", outlet="a.mn")]))
        writer.sources.finish(1, "w", LATER, Settled(state, told))
    assert read(store)[1] == state
    with store.reading() as reader:
        assert reader.sources.fetches(1) == (told,)
        (facts,) = reader.sources.facts(DAY)
    assert (facts.last, facts.days, facts.held) == (told, ((DAY, 1),), 0)
    assert len(rows(store, "headlines")) == 1


@pytest.mark.parametrize("late", [False, True], ids=["taken over", "run out"])
def test_without_the_lease_nothing_lands(store: Store, late: bool) -> None:
    add(store, FEED)
    store.claim(NOW, "one", MINUTE, 1)
    when = NOW + timedelta(seconds=61)
    if not late:
        store.claim(when, "two", MINUTE, 1)
    with pytest.raises(LeaseLost):
        land(store, "one", when)
    assert (rows(store, "headlines"), rows(store, "fetches")) == ([], [])


def test_a_change_during_a_fetch_throws_the_fetch_away(store: Store) -> None:
    (source,) = add(store, FEED)
    store.claim(NOW, "w", MINUTE, 1)
    with store.writing() as writer:
        writer.sources.change(replace(source, url="https://a.mn/feed"), LATER)
    with pytest.raises(LeaseLost):
        finish(store)
    assert read(store) == (replace(source, url="https://a.mn/feed"), SourceState(next_at=LATER))


def test_a_new_note_does_not_disturb_a_fetch(store: Store) -> None:
    (source,) = add(store, FEED)
    store.claim(NOW, "w", MINUTE, 1)
    with store.writing() as writer:
        writer.sources.change(replace(source, note="asked the outlet", enabled=False), LATER)
    finish(store)
    assert read(store)[0] == replace(source, note="asked the outlet", enabled=False)


def test_moving_disabling_and_noting(store: Store) -> None:
    add(store, *numbered(3))
    store.claim(NOW, "w", MINUTE, 9)
    finish(store, 1, what=replace(settled(), url="https://b.mn/feed", note="moved"))
    assert (read(store)[0].url, read(store)[0].note, read(store)[0].enabled) == ("https://b.mn/feed", "moved", True)
    finish(store, 2, what=settled(SourceState(next_at=LATER, disabled_reason="gone")))
    assert (read(store, 2)[0].enabled, read(store, 2)[1].disabled_reason) == (False, "gone")
    finish(store, 3, what=replace(settled(), url="https://b.mn/feed"))
    assert (read(store, 3)[0].url, read(store, 3)[0].enabled) == ("https://a.mn/3", False)
    assert "which is source 1" in read(store, 3)[1].disabled_reason


def test_enabling_forgives(store: Store) -> None:
    add(store, FEED)
    store.claim(NOW, "w", MINUTE, 1)
    finish(
        store, what=settled(SourceState(NOW + timedelta(days=7), failures=9, failing_since=NOW, disabled_reason="x"))
    )
    with store.writing() as writer:
        writer.sources.enable(1, LATER)
    source, state = read(store)
    assert (source.enabled, state.next_at, state.failures, state.failing_since) == (True, LATER, 0, None)
    assert state.disabled_reason == ""


HELD = HeldBatch(
    source_id=1,
    at=NOW,
    url="https://a.mn/rss",
    media_type="text/xml",
    body=b"<rss/>",
    format="rss",
    items=400,
    reasons=(Reservation(Doubt.TOO_MANY, "400 new items, usually 4."),),
)


def test_held_batches_wait_whole_and_once(store: Store) -> None:
    add(store, *numbered(2))
    with store.writing() as writer:
        assert writer.sources.hold(HELD)
        assert not writer.sources.hold(replace(HELD, at=LATER))
        assert writer.sources.hold(replace(HELD, source_id=2))
    with store.reading() as reader:
        assert reader.sources.held(1) == (replace(HELD, id=1, body=b""),)
        assert len(reader.sources.held()) == 2
        assert reader.sources.held_batch(1) == replace(HELD, id=1)
        assert [(f.held, f.held_since) for f in reader.sources.facts(DAY)] == [(1, NOW), (1, NOW)]
    with store.writing() as writer:
        writer.sources.discard(1)
    with store.reading() as reader:
        assert reader.sources.held(1) == ()


def test_removing_keeps_headlines_and_asks_before_it_drops_what_is_held(store: Store) -> None:
    add(store, FEED)
    store.claim(NOW, "w", MINUTE, 1)
    land(store, "w", LATER)
    with store.writing() as writer:
        writer.sources.hold(HELD)
    with pytest.raises(SourceRefused, match="--force"), store.writing() as writer:
        writer.sources.remove(1)
    with store.writing() as writer:
        writer.sources.remove(1, discard=True)
    for table in ("sources", "source_state", "fetches", "source_days", "held_batches"):
        assert rows(store, table) == []
    assert len(rows(store, "headlines")) == 1


def test_days_add_up_and_old_fetches_are_forgotten(store: Store) -> None:
    add(store, FEED)
    for n, state in enumerate((FetchState.OK, FetchState.TIMEOUT, FetchState.OK)):
        at = NOW + timedelta(hours=12 * n)
        store.claim(at, "w", MINUTE, 1, ids=[1])
        record = FetchRecord(at, state, added=5 if state.good else 0)
        finish(store, now=at, what=Settled(SourceState(next_at=at), record))
    kept = [(r["day"], r["fetches"], r["failures"], r["added"]) for r in rows(store, "source_days")]
    assert kept == [(DAY, 1, 0, 5), (DAY + timedelta(days=1), 2, 1, 5)]
    with store.reading() as reader:
        assert [r.added for r in reader.sources.fetches(1, limit=2)] == [5, 0]
    with store.writing() as writer:
        assert writer.sources.prune(NOW + timedelta(hours=6), NOW) == 1
        assert writer.sources.prune(NOW, NOW + timedelta(days=500)) == 0
    assert rows(store, "source_days") == []
    assert len(rows(store, "fetches")) == 2


def test_a_fetch_that_changes_nothing_leaves_the_revision(store: Store) -> None:
    add(store, FEED)
    before = store.revision()
    store.claim(NOW, "w", MINUTE, 1)
    finish(store)
    assert store.revision() == before
    with store.writing() as writer:
        writer.sources.disable(1)
    assert store.revision() == before + 1
