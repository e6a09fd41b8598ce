"""When a source is fetched next."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.fetch import FetchState
from app.model.source import Habit
from app.settings import Settings
from app.worker.schedule import DAY, RARELY, Pace, delay, interval
from tests.worker.facts import HABIT, MIDDLE, PACE, SOURCE, fetched

FAILING = [state for state in FetchState if not state.good]


@pytest.mark.parametrize(
    ("per_day", "seconds"),
    [(12, 3600), (48, 900), (1000, 600), (4, 10_800), (1, 21_600), (0, 21_600)],
)
def test_the_interval_follows_what_a_source_publishes(per_day: float, seconds: float) -> None:
    assert interval(SOURCE, replace(HABIT, per_day=per_day), PACE) == seconds


def test_a_new_source_is_looked_at_after_an_hour() -> None:
    assert interval(SOURCE, Habit(), PACE) == 3600


def test_the_operators_interval_goes_before_the_habit() -> None:
    assert interval(replace(SOURCE, interval=60), HABIT, PACE) == 60


def test_bounds_come_from_the_settings() -> None:
    assert Pace.of(Settings(fetch_interval_min=100, fetch_interval_max=200)) == Pace(100, 200)


@pytest.mark.parametrize(("chance", "seconds"), [(0.0, 3240), (0.5, 3600), (0.999999, 3960)])
def test_healthy_sources_are_spread(chance: float, seconds: float) -> None:
    assert delay(SOURCE, HABIT, fetched(), 0, PACE, chance) == pytest.approx(seconds, abs=0.01)


def test_cache_control_is_obeyed_within_bounds() -> None:
    assert delay(SOURCE, HABIT, fetched(fresh_for=7200.0), 0, PACE, MIDDLE) == 7200
    assert delay(SOURCE, HABIT, fetched(fresh_for=60.0), 0, PACE, MIDDLE) == 3600
    assert delay(SOURCE, HABIT, fetched(fresh_for=10.0 * DAY), 0, PACE, MIDDLE) == PACE.longest


def test_what_is_held_slows_a_source_down() -> None:
    assert delay(SOURCE, HABIT, fetched(), 0, PACE, MIDDLE, held=True) == PACE.longest


def test_passing_failures_are_tried_again_after_twice_the_span_each_time() -> None:
    timeout = fetched(FetchState.TIMEOUT)
    spans = [delay(SOURCE, HABIT, timeout, n, PACE, MIDDLE) for n in range(1, 9)]
    assert spans == [600, 1200, 2400, 4800, 9600, 19_200, 21_600, 21_600]


def test_a_busy_server_is_not_asked_sooner_than_a_healthy_one() -> None:
    assert delay(SOURCE, HABIT, fetched(FetchState.RATE_LIMITED), 1, PACE, MIDDLE) == 3600
    assert delay(SOURCE, HABIT, fetched(FetchState.UNAVAILABLE), 4, PACE, MIDDLE) == 4800


def test_retry_after_is_the_least_and_at_most_a_week() -> None:
    asked = fetched(FetchState.RATE_LIMITED, retry_after=9000.0)
    assert delay(SOURCE, HABIT, asked, 1, PACE, MIDDLE) == 9000
    assert delay(SOURCE, HABIT, replace(asked, retry_after=1e9), 1, PACE, 0.0) == RARELY


@pytest.mark.parametrize("state", [FetchState.BLOCKED, FetchState.ROBOTS])
def test_who_refuses_us_is_asked_rarely(state: FetchState) -> None:
    spans = [delay(SOURCE, HABIT, fetched(state), n, PACE, MIDDLE) / DAY for n in range(1, 6)]
    assert spans == [1, 2, 4, 7, 7]


def test_what_needs_a_person_is_tried_once_more_and_then_rarely() -> None:
    spans = [delay(SOURCE, HABIT, fetched(FetchState.MISSING), n, PACE, MIDDLE) for n in range(1, 6)]
    assert spans == [21_600, DAY, 2 * DAY, 4 * DAY, 7 * DAY]


@given(
    state=st.sampled_from(FAILING),
    chance=st.floats(0, 1, exclude_max=True),
    per_day=st.floats(0, 1e6),
    retry=st.none() | st.floats(0, 1e9),
    own=st.none() | st.integers(60, RARELY),
)
def test_every_wait_is_bounded_and_patience_grows(
    state: FetchState, chance: float, per_day: float, retry: float | None, own: int | None
) -> None:
    source, habit, answer = (
        replace(SOURCE, interval=own),
        replace(HABIT, per_day=per_day),
        fetched(state, retry_after=retry),
    )
    spans = [delay(source, habit, answer, n, PACE, chance) for n in range(1, 40)]
    assert all(a <= b for a, b in pairwise(spans))
    assert 0.75 * min(PACE.shortest, own or RARELY) <= spans[0]
    assert timedelta(seconds=spans[-1]) <= timedelta(seconds=1.25 * RARELY)
