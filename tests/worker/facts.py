"""Sources, states and fetches, with everything a test does not care about filled in."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from app.model.fetch import Fetched, FetchState
from app.model.source import Claimed, Habit, Source, SourceState
from app.worker.schedule import Pace
from tests.builders import NOW

PACE = Pace(600, 21_600)
SOURCE = Source("https://a.mn/rss", id=1, kind="rss", added_at=NOW - timedelta(days=90))
HABIT = Habit(
    fetches=50,
    per_day=12.0,
    per_fetch=2.0,
    gap_days=0.5,
    brought_at=NOW - timedelta(hours=2),
    languages=frozenset({"mn"}),
)
"""A source with twelve items a day."""
STATE = SourceState(
    next_at=NOW, fetched_at=NOW - timedelta(hours=1), good_at=NOW - timedelta(hours=1), state=FetchState.OK, habit=HABIT
)
MIDDLE = 0.5
"""The chance that leaves every span as it is."""


def claimed(source: Source = SOURCE, **state: Any) -> Claimed:
    """SOURCE, claimed, with a different state."""
    return Claimed(source, replace(STATE, **state))


def fetched(state: FetchState = FetchState.OK, **rest: Any) -> Fetched:
    """An answer that came just now."""
    values: dict[str, Any] = {"url": SOURCE.url, "final_url": SOURCE.url, "at": NOW, "status": 200} | rest
    return Fetched(state, **values)
