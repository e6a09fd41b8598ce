"""The kept counts: `day_counts` says how many headlines are listed under a day, in a column, from an outlet.

A headline is listed under its own day in its own language, and under each day whose digest carries it in the digest's
column. Where these are the same day the digest wins: it is listed once (twice only when both columns of one digest
carry it). The table is changed by differences inside the writing transaction, never counted anew while serving.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, delete, exists, func, select

from app.store.dialects import insert
from app.store.schema import day_counts, digest_entries, headlines

Place = tuple[date, str]
"""A day and one of its columns."""
Counts = Counter[tuple[date, str, int]]
"""(day, column, outlet's number) -> headlines."""


@dataclass(frozen=True, slots=True)
class Move:
    """Where a headline was listed before a batch and is from then on; `own` is its own day then, `was_own` before (None
    for a new one)."""

    headline_id: int
    outlet_id: int
    before: set[Place]
    after: set[Place]
    own: date
    was_own: date | None = None

    @property
    def days_before(self) -> frozenset[date]:
        """The days of the places before, its own among them."""
        return frozenset(day for day, _ in self.before) | ({self.was_own} if self.was_own else set())

    @property
    def days_after(self) -> frozenset[date]:
        """The days of the places from now on."""
        return frozenset(day for day, _ in self.after) | {self.own}


def difference(moves: Iterable[Move], new: Iterable[tuple[date, str, int]] = ()) -> Counts:
    """How the kept counts differ after these moves; `new` are the places of headlines that come besides."""
    changed: Counts = Counter(new)
    for move in moves:
        for day, language in move.before:
            changed[day, language, move.outlet_id] -= 1
        for day, language in move.after:
            changed[day, language, move.outlet_id] += 1
    return changed


def listed_under(own: Place, carried: Iterable[Place]) -> set[Place]:
    """Where a headline is listed that belongs to `own` and stands in the digests `carried`."""
    places = set(carried)
    return places if any(day == own[0] for day, _ in places) else {*places, own}


def add(connection: Connection, difference: Counts) -> None:
    """Add a difference to the kept counts."""
    changed = [(place, n) for place, n in difference.items() if n]
    if not changed:
        return
    rows = [{"day": day, "language": code, "outlet_id": outlet_id, "n": n} for (day, code, outlet_id), n in changed]
    fresh = insert(connection, day_counts)
    summed = fresh.on_conflict_do_update(
        index_elements=[day_counts.c.day, day_counts.c.language, day_counts.c.outlet_id],
        set_={"n": day_counts.c.n + fresh.excluded.n},
    )
    connection.execute(summed, rows)
    for day in {day for (day, _, _), n in changed if n < 0}:
        connection.execute(delete(day_counts).where(day_counts.c.day == day, day_counts.c.n == 0))


def recount(connection: Connection, first: date = date.min, last: date = date.max) -> Counts:
    """What the table should say of these days, counted from the headlines and digests themselves."""
    carried_today = exists().where(
        digest_entries.c.headline_id == headlines.c.id, digest_entries.c.day == headlines.c.day
    )
    own = select(headlines.c.day, headlines.c.language, headlines.c.outlet_id).where(
        ~carried_today, headlines.c.hidden.is_(False), headlines.c.day.between(first, last)
    )
    carried = (
        select(digest_entries.c.day, digest_entries.c.language, headlines.c.outlet_id)
        .join(headlines)
        .where(headlines.c.hidden.is_(False), digest_entries.c.day.between(first, last))
    )
    listed = own.union_all(carried).subquery()
    return _counter(connection, select(*listed.c, func.count()).group_by(*listed.c))


def kept(connection: Connection, first: date = date.min, last: date = date.max) -> Counts:
    """What the table says of these days."""
    return _counter(connection, select(day_counts).where(day_counts.c.day.between(first, last)))


def _counter(connection: Connection, question: Select[Any]) -> Counts:
    return Counter({(day, language, outlet_id): n for day, language, outlet_id, n in connection.execute(question)})
