"""What a source usually does, learned from one fetch to the next as a few figures."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from app.model.source import Habit

LEARNED = 3
"""Readings after which a habit is one."""

MEMORY_DAYS = 14.0
"""A fortnight: what happened longer ago than this counts for about a third (1/e) in the items a day."""

_RECENT = 0.2
"""The weight of the last fetch that brought something in the mean of such fetches."""

_FADES = 0.95
"""How a longest silence is forgotten, each time that new items come."""

_BACK_LOG = timedelta(days=30)
"""Of a first reading, what is older says nothing about the present pace."""

_DAY = timedelta(days=1)


def begun(at: datetime, published: Iterable[datetime], languages: Iterable[str], added: int) -> Habit:
    """The habit after the first reading, whose items are the back-log: their dates say how often the source publishes
    and how long it is usually silent."""
    known = sorted(instant for instant in published if at - _BACK_LOG <= instant <= at)
    days = max((at - known[0]) / _DAY, 1 / 24) if len(known) > 1 else 0.0
    return Habit(
        fetches=1,
        per_day=len(known) / days if days else 0.0,
        gap_days=_longest_gap(known),
        brought_at=known[-1] if known else at if added else None,
        languages=frozenset(languages),
    )


def grown(habit: Habit, at: datetime, since: datetime | None, added: int, languages: Iterable[str] = ()) -> Habit:
    """The habit after a further reading at `at` that brought `added` new items; `since` is the reading before it."""
    days = max((at - since) / _DAY, 1 / 86_400) if since else 1.0
    fresh = -math.expm1(-days / MEMORY_DAYS)
    grown = replace(
        habit,
        fetches=habit.fetches + 1,
        per_day=habit.per_day + fresh * (added / days - habit.per_day),
        languages=habit.languages | set(languages),
    )
    if not added:
        return grown
    silence = (at - habit.brought_at) / _DAY if habit.brought_at else 0.0
    per_fetch = habit.per_fetch + _RECENT * (added - habit.per_fetch) if habit.per_fetch else float(added)
    gap = max(silence, _FADES * habit.gap_days)
    return replace(grown, per_fetch=per_fetch, gap_days=gap, brought_at=at)


def _longest_gap(known: Sequence[datetime]) -> float:
    return max(((b - a) / _DAY for a, b in pairwise(known)), default=0.0)
