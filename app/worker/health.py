"""How a source is doing, against its own habit."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from app.model.day import day_of
from app.model.fetch import FetchState
from app.model.source import HISTORY_DAYS, SourceFacts, SourceHealth, Status
from app.worker.habit import LEARNED
from app.worker.schedule import Pace

_SILENT = 2.0
"""Twice the usual longest silence is out of habit …"""

_AT_LEAST_DAYS = 2.0
"""… but nothing shorter than a weekend is."""

_UNKNOWN_DAYS = 14.0
"""The silence that is allowed to a source that never brought anything."""

_DAY = timedelta(days=1)
_ORDER = {status: n for n, status in enumerate(Status)}


def first_day(now: datetime) -> date:
    """The first day of the bar chart; what to ask the store for."""
    return day_of(now) - timedelta(days=HISTORY_DAYS - 1)


def health(facts: SourceFacts, now: datetime, pace: Pace) -> SourceHealth:
    """The verdict on one source."""
    status, since = _verdict(facts, now, pace)
    state, brought = facts.state, facts.state.habit.brought_at
    counted = dict(facts.days)
    days = (first_day(now) + timedelta(days=n) for n in range(HISTORY_DAYS))
    return SourceHealth(
        source=facts.source,
        state=state,
        status=status,
        silent_days=max((now - brought) // _DAY, 0) if brought else None,
        usual_days=state.habit.gap_days if state.habit.fetches >= LEARNED and brought else None,
        since=since,
        next_at=state.next_at if facts.source.enabled else None,
        days=tuple((day, counted.get(day, 0)) for day in days),
        last=facts.last,
        held=facts.held,
    )


def worst_first(healths: Iterable[SourceHealth]) -> tuple[SourceHealth, ...]:
    """Those that need somebody first; among equals the one that is so for longest."""
    return tuple(
        sorted(healths, key=lambda h: (_ORDER[h.status], h.since.timestamp() if h.since else 0.0, h.source.name))
    )


def _verdict(facts: SourceFacts, now: datetime, pace: Pace) -> tuple[Status, datetime | None]:
    state = facts.state
    if not facts.source.enabled:
        return (Status.HELD, facts.held_since) if facts.held else (Status.PAUSED, None)
    if state.fetched_at is None:
        return (Status.NEW, None) if now - state.next_at <= _overdue(pace) else (Status.LATE, state.next_at)
    if state.failures:
        refused = state.state in (FetchState.BLOCKED, FetchState.ROBOTS)
        return (Status.BLOCKED if refused else Status.FAILING), state.failing_since
    if facts.held:
        return Status.HELD, facts.held_since
    if now - state.next_at > _overdue(pace):
        return Status.LATE, state.next_at
    return (Status.LATE, _silent_since(facts)) if _is_silent(facts, now) else (Status.ON_TIME, None)


def _overdue(pace: Pace) -> timedelta:
    """No worker has come for so long: the source cannot be blamed, but its headlines are late."""
    return timedelta(seconds=pace.longest)


def _silent_since(facts: SourceFacts) -> datetime | None:
    return facts.state.habit.brought_at or facts.source.added_at


def _is_silent(facts: SourceFacts, now: datetime) -> bool:
    habit, since = facts.state.habit, _silent_since(facts)
    if since is None or (habit.fetches < LEARNED and habit.brought_at):
        return False
    allowed = max(_SILENT * habit.gap_days, _AT_LEAST_DAYS) if habit.brought_at else _UNKNOWN_DAYS
    return (now - since) / _DAY > allowed
