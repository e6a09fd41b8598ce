"""`day_counts` against the headlines and digests."""

from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, delete, insert, select, union

from app.store import counts
from app.store.schema import day_counts, digest_entries, headlines
from app.store.soundness.part import Look, Rules

DAYS = 60
"""Days of one part."""


class Counts:
    """How many headlines are listed under each day, column and outlet."""

    name = "counts"

    def look(self, connection: Connection, _: Rules, after: date | None) -> Look:
        """The next days."""
        days = _days(connection, after)
        if not days:
            return Look(None, 0, ())
        told = counts.kept(connection, days[0], days[-1])
        true = counts.recount(connection, days[0], days[-1])
        wrong = sorted(place for place in told.keys() | true.keys() if told[place] != true[place])
        faults = tuple(
            f"{day} {language}, outlet {outlet}: {_said(told, true, (day, language, outlet))}"
            for day, language, outlet in wrong
        )
        return Look(days[-1] if len(days) == DAYS else None, len(true), faults)

    def mend(self, connection: Connection, _: Rules, after: date | None) -> None:
        """Count these days anew."""
        days = _days(connection, after)
        true = counts.recount(connection, days[0], days[-1])
        connection.execute(delete(day_counts).where(day_counts.c.day.between(days[0], days[-1])))
        rows = [{"day": d, "language": code, "outlet_id": outlet, "n": n} for (d, code, outlet), n in true.items()]
        if rows:
            connection.execute(insert(day_counts), rows)


def _said(told: counts.Counts, true: counts.Counts, place: tuple[date, str, int]) -> str:
    return f"says {told[place]}, has {true[place]}"


def _days(connection: Connection, after: date | None) -> list[date]:
    """The next days that anything says something about."""
    return sorted(connection.scalars(_next(after)))


def _next(after: date | None) -> Select[Any]:
    arms = []
    for table in (headlines, digest_entries, day_counts):
        later = select(table.c.day).distinct()
        arms.append(
            (later if after is None else later.where(table.c.day > after)).order_by(table.c.day).limit(DAYS).subquery()
        )
    days = union(*(select(arm.c.day) for arm in arms)).subquery()
    return select(days.c.day).order_by(days.c.day).limit(DAYS)
