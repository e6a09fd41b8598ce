"""Rows that refer to what is not there. The databases refuse to write such rows; a disk, or somebody with a console,
does not ask them."""

from sqlalchemy import Connection, ForeignKey, Select, Table, delete, func, select

from app.store.schema import day_counts, metadata, near_pairs
from app.store.soundness.part import Look, Rules
from app.store.story_tables import story_members, story_queue, story_vectors
from app.store.title_tables import title_word_keys

DERIVED = frozenset({near_pairs, title_word_keys, day_counts, story_queue, story_vectors, story_members})
"""Tables whose rows say nothing without what they refer to, and can be made again."""

_REFERENCES: tuple[ForeignKey, ...] = tuple(
    sorted(
        (key for table in metadata.sorted_tables for key in table.foreign_keys),
        key=lambda key: (key.parent.table.name, key.parent.name),
    )
)


class Orphans:
    """Every reference from one table to another; a part is a reference."""

    name = "orphans"

    def look(self, connection: Connection, _: Rules, after: int | None) -> Look:
        """The rows of one reference."""
        place = after or 0
        key = _REFERENCES[place]
        table = _table(key)
        lost = select(key.parent).where(key.parent.in_(_lost(key)))
        faults = [
            f"{table.name}: a row refers to {_parent(key).name} {number}, which is not there"
            for number in connection.scalars(lost)
        ]
        if faults and table not in DERIVED:
            faults = [f"{fault}; it is an original: a backup has it" for fault in faults]
        rows = connection.execute(select(func.count()).select_from(table)).scalar_one()
        return Look(place + 1 if place + 1 < len(_REFERENCES) else None, rows, tuple(faults))

    def mend(self, connection: Connection, _: Rules, after: int | None) -> None:
        """Take out rows of derived tables; what they were derived for is derived again by the other subjects."""
        key = _REFERENCES[after or 0]
        table = _table(key)
        if table in DERIVED:
            connection.execute(delete(table).where(key.parent.in_(_lost(key))))


def _table(key: ForeignKey) -> Table:
    return key.parent.table


def _parent(key: ForeignKey) -> Table:
    return key.column.table


def _lost(key: ForeignKey) -> Select[tuple[int]]:
    """What is referred to and not there."""
    there = _parent(key).alias()
    return (
        select(key.parent)
        .where(key.parent.is_not(None), ~select(there).where(there.c[key.column.name] == key.parent).exists())
        .distinct()
    )
