"""What a fetch changes on its source."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from app.model.fetch import FetchState, Validators
from app.model.source import Claimed, FetchRecord, Habit, Move, Settled
from app.worker.settle import NOTHING, Brought, settle
from tests.builders import NOW
from tests.worker.facts import HABIT, MIDDLE, PACE, SOURCE, STATE, claimed, fetched

ELSEWHERE = "https://b.mn/rss"
DAY = timedelta(days=1)


def settled(before: Claimed, state: FetchState = FetchState.OK, brought: Brought = NOTHING, **rest: Any) -> Settled:
    return settle(before, fetched(state, **rest), brought, PACE, MIDDLE)


def test_a_good_fetch() -> None:
    before = claimed(failures=3, failing_since=NOW - DAY, error="x")
    found = settled(before, brought=Brought(2, 1, 5, 1, 4, languages=frozenset({"en"})), bytes=900, seconds=0.25)
    state = found.state
    assert (state.fetched_at, state.good_at, state.state) == (NOW, NOW, FetchState.OK)
    assert (state.failures, state.failing_since, state.error) == (0, None, "")
    assert (state.habit.fetches, state.habit.brought_at, state.habit.languages) == (51, NOW, frozenset({"mn", "en"}))
    assert NOW + timedelta(minutes=30) < state.next_at < NOW + timedelta(minutes=60)
    assert found.record == FetchRecord(NOW, FetchState.OK, 200, 0.25, 900, 2, 1, 5, 1, 4)
    assert (found.url, found.note) == (None, None)


def test_a_failure_keeps_what_was_remembered() -> None:
    validators = Validators("e", "m", "h")
    before = claimed(validators=validators, move=Move(ELSEWHERE, 2, NOW - DAY))
    found = settled(before, FetchState.TIMEOUT, status=None, error="No answer within 15 s.")
    assert found.state == replace(
        before.state,
        next_at=NOW + timedelta(seconds=600),
        fetched_at=NOW,
        state=FetchState.TIMEOUT,
        error="No answer within 15 s.",
        failures=1,
        failing_since=NOW,
    )
    assert (found.record.error, found.record.status) == ("No answer within 15 s.", None)
    again = settle(Claimed(SOURCE, found.state), fetched(FetchState.TIMEOUT, at=NOW + DAY), NOTHING, PACE, MIDDLE)
    assert (again.state.failures, again.state.failing_since) == (2, NOW)


def test_validators_follow_the_last_body_that_was_read() -> None:
    before = claimed(validators=Validators("e1", "m1", "h1"))
    fresh = settled(before, etag="e2", body_hash="h2").state.validators
    assert fresh == Validators("e2", None, "h2")
    same = settled(before, FetchState.NOT_MODIFIED, status=304, etag="e2").state.validators
    assert same == Validators("e2", "m1", "h1")


def test_the_first_fetch_is_a_back_log() -> None:
    published = tuple(NOW - n * timedelta(hours=12) for n in range(10))
    before = claimed(habit=Habit(), good_at=None, fetched_at=None, state=None)
    found = settled(before, brought=Brought(added=10, published=published, languages=frozenset({"mn"})))
    assert found.state.habit.fetches == 1
    assert 2.0 <= found.state.habit.per_day <= 2.5
    unread = settled(before, FetchState.NOT_MODIFIED)
    assert unread.state.habit == Habit()


def test_of_what_is_held_nothing_is_learned() -> None:
    found = settled(claimed(), brought=Brought(held=True, languages=frozenset({"ru"})))
    assert found.state.habit == HABIT
    assert found.record.held
    assert found.state.next_at == NOW + timedelta(seconds=PACE.longest)


def test_410_switches_a_source_off_and_says_so() -> None:
    found = settled(claimed(replace(SOURCE, note="asked in May")), FetchState.GONE, status=410)
    assert found.state.disabled_reason.startswith("410 Gone since 2026-01-15")
    assert found.note == "asked in May\n" + found.state.disabled_reason


def sights(*days: int, to: str = ELSEWHERE, start: datetime = NOW) -> Settled:
    """The address says 301 on these days."""
    state, found = STATE, None
    for day in days:
        answer = fetched(at=start + day * DAY, moved_to=to)
        found = settle(Claimed(SOURCE, state), answer, NOTHING, PACE, MIDDLE)
        state = found.state
    assert found is not None
    return found


def test_a_permanent_redirect_is_believed_after_repeated_sight() -> None:
    assert sights(0, 1).url is None
    assert sights(0, 0, 0, 0).url is None
    assert sights(0, 1).state.move == Move(ELSEWHERE, 2, NOW)
    believed = sights(0, 1, 2)
    assert believed.url == ELSEWHERE
    assert believed.note == f"Moved on 2026-01-17 from {SOURCE.url}."
    assert believed.state.move is None


def test_a_redirect_that_changes_or_ends_starts_again() -> None:
    half = sights(0, 1).state
    other = settle(Claimed(SOURCE, half), fetched(moved_to="https://c.mn/"), NOTHING, PACE, MIDDLE)
    assert other.state.move == Move("https://c.mn/", 1, NOW)
    ended = settle(Claimed(SOURCE, half), fetched(), NOTHING, PACE, MIDDLE)
    assert ended.state.move is None
