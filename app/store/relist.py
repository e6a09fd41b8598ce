"""Editors change headlines that are there: whatever it is, the kept counts and the index of titles follow.

What is listed where is looked up before and after, and the difference written, in the same transaction.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from app.model.search import Spelling
from app.store import counts, digests, title_index
from app.store.counts import Counts, Place, listed_under
from app.store.lookup import KEYS, ask
from app.store.schema import headlines

_h = headlines.c
_KNOWN = select(_h.id, _h.title, _h.outlet_id, _h.day, _h.language, _h.hidden).where(_h.id.in_(KEYS))


@dataclass(frozen=True, slots=True)
class _Listed:
    """Where a headline is listed and found; nowhere, and under no words, for a hidden one."""

    title: str
    outlet_id: int
    places: frozenset[Place]
    days: frozenset[date]


@contextmanager
def relisted(connection: Connection, headline_ids: Iterable[int], spelling: Spelling) -> Iterator[None]:
    """Inside, these headlines and the digests' entries of them may be changed."""
    numbers = sorted(set(headline_ids))
    before = _look(connection, numbers)
    yield
    after = _look(connection, numbers)
    difference: Counts = Counts()
    change = title_index.Change()
    for number, now in after.items():
        was = before[number]
        for sign, listed in ((-1, was), (1, now)):
            for day, language in listed.places:
                difference[day, language, listed.outlet_id] += sign
        if (was.title, was.days) != (now.title, now.days):
            change.before[number], change.after[number] = (was.title, was.days), (now.title, now.days)
    counts.add(connection, difference)
    title_index.set_terms(connection, title_index.keep(connection, change, spelling))


def _look(connection: Connection, numbers: list[int]) -> dict[int, _Listed]:
    carried = digests.carrying(connection, numbers)
    found = {}
    for row in ask(connection, _KNOWN, numbers):
        places = frozenset(listed_under((row.day, row.language), carried.get(row.id, ())))
        days = frozenset({row.day, *(day for day, _ in places)})
        hidden = _Listed("", row.outlet_id, frozenset(), frozenset())
        found[row.id] = hidden if row.hidden else _Listed(row.title, row.outlet_id, places, days)
    return found
