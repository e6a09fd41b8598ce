"""How a source is doing."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.model.fetch import FetchState
from app.model.source import Habit, SourceFacts, SourceHealth, SourceState, Status
from app.worker.health import first_day, health, worst_first
from tests.builders import NOW
from tests.worker.facts import HABIT, PACE, SOURCE, STATE

DAY = timedelta(days=1)
SOON = NOW + timedelta(hours=1)
WELL = SourceFacts(SOURCE, replace(STATE, next_at=SOON))


def judged(facts: SourceFacts = WELL, **state: Any) -> SourceHealth:
    return health(replace(facts, state=replace(facts.state, **state)), NOW, PACE)


def silent(days: float, gap: float = 0.5, fetches: int = 50) -> SourceHealth:
    return judged(habit=replace(HABIT, brought_at=NOW - days * DAY, gap_days=gap, fetches=fetches))


def test_a_source_that_does_as_usual_is_on_time() -> None:
    found = judged()
    assert (found.status, found.since, found.silent_days, found.usual_days) == (Status.ON_TIME, None, 0, 0.5)
    assert found.next_at == SOON


@pytest.mark.parametrize(
    ("days", "gap", "status"),
    [(1.9, 0.1, Status.ON_TIME), (2.1, 0.1, Status.LATE), (5.9, 3, Status.ON_TIME), (6.1, 3, Status.LATE)],
)
def test_late_is_measured_by_the_sources_own_habit(days: float, gap: float, status: Status) -> None:
    assert silent(days, gap).status is status


def test_late_says_since_when() -> None:
    found = silent(9)
    assert (found.status, found.since, found.silent_days) == (Status.LATE, NOW - 9 * DAY, 9)


def test_what_never_brought_anything_is_late_after_a_fortnight() -> None:
    mute = Habit(fetches=9)
    assert judged(replace(WELL, source=replace(SOURCE, added_at=NOW - 13 * DAY)), habit=mute).status is Status.ON_TIME
    assert judged(replace(WELL, source=replace(SOURCE, added_at=NOW - 15 * DAY)), habit=mute).status is Status.LATE


@pytest.mark.parametrize(
    ("state", "status"),
    [
        (FetchState.BLOCKED, Status.BLOCKED),
        (FetchState.ROBOTS, Status.BLOCKED),
        (FetchState.TIMEOUT, Status.FAILING),
        (FetchState.MISSING, Status.FAILING),
        (FetchState.NOT_A_FEED, Status.FAILING),
    ],
)
def test_a_failure_shows_its_kind_and_since_when(state: FetchState, status: Status) -> None:
    found = judged(state=state, failures=4, failing_since=NOW - 3 * DAY)
    assert (found.status, found.since) == (status, NOW - 3 * DAY)


def test_a_source_that_no_worker_came_for_is_late() -> None:
    assert judged(next_at=NOW - timedelta(hours=5)).status is Status.ON_TIME
    assert judged(next_at=NOW - timedelta(hours=7)).status is Status.LATE
    new = SourceState(next_at=NOW - DAY)
    assert health(SourceFacts(SOURCE, new), NOW, PACE).status is Status.LATE


def test_new_paused_and_held() -> None:
    new = health(SourceFacts(SOURCE, SourceState(next_at=NOW)), NOW, PACE)
    assert (new.status, new.silent_days, new.usual_days) == (Status.NEW, None, None)
    paused = judged(replace(WELL, source=replace(SOURCE, enabled=False)))
    assert (paused.status, paused.next_at) == (Status.PAUSED, None)
    held = judged(replace(WELL, held=2, held_since=NOW - DAY))
    assert (held.status, held.since, held.held) == (Status.HELD, NOW - DAY, 2)


def test_the_bars_are_thirty_days_with_the_empty_ones() -> None:
    assert first_day(NOW) == date(2025, 12, 17)
    found = judged(replace(WELL, days=((date(2026, 1, 14), 7), (date(2026, 1, 15), 2))))
    assert len(found.days) == 30
    assert found.days[0] == (date(2025, 12, 17), 0)
    assert found.days[-2:] == ((date(2026, 1, 14), 7), (date(2026, 1, 15), 2))


def test_the_worst_comes_first_and_among_equals_the_longest() -> None:
    well = judged()
    failing = judged(state=FetchState.TIMEOUT, failures=1, failing_since=NOW - DAY)
    longer = judged(state=FetchState.TIMEOUT, failures=9, failing_since=NOW - 9 * DAY)
    paused = judged(replace(WELL, source=replace(SOURCE, enabled=False)))
    late = silent(9)
    assert worst_first([well, paused, failing, late, longer]) == (longer, failing, late, well, paused)
