"""Digests: positions, and what readers see of days that editors have in hand."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from app.store.desk_digests import printed
from app.store.desk_tables import desk_digests
from app.store.digests import ensure
from app.store.registry import origin_number
from app.store.schema import digest_entries
from app.store.soundness.part import PART, Look, Rules

_e, _d = digest_entries.c, desk_digests.c
_FIRST = date.min
_DAYS = 200
"""Days of one part."""


class Positions:
    """Places in a column are counted from 1, and the number printed beside one too."""

    name = "positions"

    def look(self, connection: Connection, _: Rules, after: date | None) -> Look:
        """The columns of the next days."""
        days = _digest_days(connection, after)
        columns = _columns(connection, days)
        faults = tuple(
            f"{day} {language}: {_places(rows)}" for (day, language), rows in columns.items() if _wrong(rows)
        )
        return Look(days[-1] if len(days) == _DAYS else None, len(columns), faults)

    def mend(self, connection: Connection, _: Rules, after: date | None) -> None:
        """Count the places of wrong columns from 1, in the order that they say."""
        for (day, language), rows in _columns(connection, _digest_days(connection, after)).items():
            if _wrong(rows):
                ours = (_e.day == day, _e.language == language)
                connection.execute(delete(digest_entries).where(*ours))
                connection.execute(insert(digest_entries), [_entry(row, place) for place, row in enumerate(rows, 1)])


def _digest_days(connection: Connection, after: date | None) -> list[date]:
    later = select(_e.day).distinct().where(_e.day > (after or _FIRST)).order_by(_e.day).limit(_DAYS)
    return list(connection.scalars(later))


def _columns(connection: Connection, days: Sequence[date]) -> dict[tuple[date, str], list[Row[Any]]]:
    columns: dict[tuple[date, str], list[Row[Any]]] = defaultdict(list)
    if days:
        entries = select(digest_entries).where(_e.day.between(days[0], days[-1]))
        for row in connection.execute(entries.order_by(_e.day, _e.language, _e.position)):
            columns[row.day, row.language].append(row)
    return columns


def _wrong(rows: Sequence[Row[Any]]) -> bool:
    return any(row.position < 1 or (row.rank is not None and row.rank < 0) for row in rows)


def _entry(row: Row[Any], place: int) -> dict[str, Any]:
    rank = None if row.rank is None else row.rank if row.rank >= 0 else place
    return {**row._mapping, "position": place, "rank": rank}


def _places(rows: Sequence[Row[Any]]) -> str:
    return "places " + ", ".join(str(row.position) for row in rows[:5]) + (" …" if len(rows) > 5 else "")


class DeskDigests:
    """What readers see of a day that editors have in hand is what they published of it, without what is hidden."""

    name = "digests"

    def look(self, connection: Connection, _: Rules, after: date | None) -> Look:
        """The next days in editors' hands."""
        held = _held(connection, after)
        faults = tuple(
            f"{row.day}: readers see another order than was published"
            for row in held
            if _seen(connection, row.day) != _published(connection, row)
        )
        return Look(held[-1].day if len(held) == PART else None, len(held), faults)

    def mend(self, connection: Connection, rules: Rules, after: date | None) -> None:
        """Write the entries of wrong days anew; the counts and the index are looked at after these."""
        for row in _held(connection, after):
            wanted = _published(connection, row)
            if _seen(connection, row.day) != wanted:
                connection.execute(delete(digest_entries).where(_e.day == row.day))
                if wanted:
                    ensure(connection, [row.day], origin_number(connection, "desk", "desk"), rules.now)
                    connection.execute(insert(digest_entries), wanted)


def _held(connection: Connection, after: date | None) -> list[Row[Any]]:
    later = select(desk_digests).where(_d.day > (after or _FIRST))
    return list(connection.execute(later.order_by(_d.day).limit(PART)))


def _seen(connection: Connection, day: date) -> list[dict[str, Any]]:
    entries = select(digest_entries).where(_e.day == day).order_by(_e.language, _e.position)
    return [dict(row._mapping) for row in connection.execute(entries)]


def _published(connection: Connection, row: Row[Any]) -> list[dict[str, Any]]:
    columns: Mapping[str, Any] = row.columns if row.published else {}
    numbers = {language: [number for number, _ in column] for language, column in columns.items()}
    return sorted(printed(connection, row.day, numbers), key=lambda entry: (entry["language"], entry["position"]))
