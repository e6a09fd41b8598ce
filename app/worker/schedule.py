"""When a source is fetched next. All spans are in seconds; `chance` is a random number from 0 up to 1."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.model.fetch import Fetched, FetchState
from app.model.source import Habit, Source
from app.settings import Settings
from app.worker.habit import LEARNED

DAY = 86_400
RARELY = 7 * DAY
"""The longest that a source which refuses us, or is not there, is left alone; also the longest Retry-After obeyed."""

FIRST_INTERVAL = 3_600
"""Until a source's pace is known."""

_REFUSING = (FetchState.BLOCKED, FetchState.ROBOTS, FetchState.GONE)
_BUSY = (FetchState.RATE_LIMITED, FetchState.UNAVAILABLE)


@dataclass(frozen=True, slots=True)
class Pace:
    """The bounds of the adaptive interval."""

    shortest: int
    longest: int

    @classmethod
    def of(cls, settings: Settings) -> "Pace":
        """ORTOO_FETCH_INTERVAL_MIN, ORTOO_FETCH_INTERVAL_MAX."""
        return cls(settings.fetch_interval_min, settings.fetch_interval_max)

    def bounded(self, seconds: float) -> float:
        """`seconds` within the bounds."""
        return min(max(seconds, self.shortest), self.longest)


def interval(source: Source, habit: Habit, pace: Pace) -> float:
    """How long a healthy source is left alone: what its operator says, else half of the mean span between two of its
    items, so that a fetch seldom finds more than a few."""
    if source.interval is not None:
        return float(source.interval)
    if habit.per_day <= 0:
        return float(pace.longest if habit.fetches > LEARNED else pace.bounded(FIRST_INTERVAL))
    return pace.bounded(DAY / habit.per_day / 2)


def delay(
    source: Source, habit: Habit, fetched: Fetched, failures: int, pace: Pace, chance: float, *, held: bool = False
) -> float:
    """How long until the next fetch.

    What the outlet asks for (Retry-After, Cache-Control) is the least; a failure that may pass is tried again soon,
    each time after twice the span, one that will not pass by itself after days. A source of which something is held
    is fetched seldom until a person has decided. The spread by `chance` keeps sources from coming due all at once.
    """
    usual = interval(source, habit, pace)
    if fetched.state.good:
        asked = min(fetched.fresh_for or 0.0, pace.longest)
        return max(max(usual, pace.longest if held else 0.0) * (0.9 + 0.2 * chance), asked)
    wait = _after_failure(fetched.state, failures, usual, pace) * (0.75 + 0.5 * chance)
    return max(wait, min(fetched.retry_after or 0.0, RARELY))


def _after_failure(state: FetchState, failures: int, usual: float, pace: Pace) -> float:
    nth = min(max(failures, 1), 16) - 1
    if state.retry_soon:
        soon = min(pace.shortest * 2.0**nth, max(pace.longest, usual))
        return max(soon, usual) if state in _BUSY else soon
    first = 1 if state in _REFUSING else 0
    rarely = DAY * 2.0 ** (nth + first - 1) if nth + first else pace.longest
    return min(max(rarely, usual), RARELY)


def next_at(now: datetime, seconds: float) -> datetime:
    """The instant of the next fetch."""
    return now + timedelta(seconds=seconds)
