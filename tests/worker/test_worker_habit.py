"""What a source usually does, learned fetch by fetch."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.source import Habit
from app.worker.habit import begun, grown
from tests.builders import NOW

HOUR = timedelta(hours=1)


def test_the_back_log_says_how_often_a_source_publishes() -> None:
    published = [NOW - n * 6 * HOUR for n in range(20)]
    habit = begun(NOW, published, {"mn"}, 20)
    assert habit == Habit(1, habit.per_day, 0.0, 0.25, NOW, frozenset({"mn"}))
    assert habit.per_day == pytest.approx(4.0, rel=0.1)


def test_old_future_and_missing_dates_say_nothing() -> None:
    assert begun(NOW, [NOW - timedelta(days=400), NOW + HOUR], (), 2) == Habit(fetches=1, brought_at=NOW)
    assert begun(NOW, [], (), 0) == Habit(fetches=1)


def run(habit: Habit, per_fetch: list[int], every: timedelta) -> Habit:
    at = NOW
    for added in per_fetch:
        habit, at = grown(habit, at + every, at, added), at + every
    return habit


@pytest.mark.parametrize("every", [HOUR / 4, HOUR, 6 * HOUR, 24 * HOUR])
def test_the_mean_does_not_depend_on_how_often_one_looks(every: timedelta) -> None:
    """One item every 24 hours, whatever the interval."""
    looks = int(24 * HOUR / every)
    habit = run(Habit(fetches=1), ([0] * (looks - 1) + [1]) * 90, every)
    assert habit.per_day == pytest.approx(1.0, rel=0.1)
    assert habit.per_fetch == pytest.approx(1.0)
    assert habit.gap_days == pytest.approx(1.0, rel=0.1)


def test_a_source_that_falls_asleep_loses_its_pace() -> None:
    busy = run(Habit(fetches=1), [1] * 24 * 30, HOUR)
    asleep = run(busy, [0] * 24 * 28, HOUR)
    assert asleep.per_day == pytest.approx(busy.per_day * 0.135, rel=0.05)
    assert asleep.gap_days == busy.gap_days


def test_a_long_silence_is_remembered_and_slowly_forgotten() -> None:
    habit = run(run(Habit(fetches=1, brought_at=NOW), [0] * 71 + [3], HOUR), [1] * 100, HOUR)
    assert 1 / 24 <= habit.gap_days < 0.1


def test_languages_gather() -> None:
    assert grown(Habit(2, languages=frozenset({"mn"})), NOW, NOW - HOUR, 1, {"en"}).languages == {"mn", "en"}


@given(st.lists(st.integers(0, 1000), max_size=50), st.integers(0, 10**7))
def test_figures_stay_sane(added: list[int], seconds: int) -> None:
    habit = run(Habit(), added, timedelta(seconds=seconds))
    most = max(added, default=0)
    assert 0 <= habit.per_fetch <= most
    assert habit.per_day >= 0
    assert habit.fetches == len(added)
