"""Keys that are derived from titles (`headlines.folded`, `near_key`, `near_pairs`), made anew when their rules change.

`key_versions` says with which version of the rules they were made. The identity of a headline does not depend on them.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, update

from app.store.dialects import insert
from app.store.schema import headlines, key_versions, near_pairs

CHUNK = 1_000
"""Headlines of one transaction."""

Make = Callable[[str, date, datetime], tuple[str, tuple[int, ...]]]
"""Title, day and first sight of a headline -> its folded form and its near-duplicate keys, the whole title's first."""

_h = headlines.c
_NEXT = select(_h.id, _h.title, _h.day, _h.first_seen_at, _h.folded, _h.near_key).order_by(_h.id).limit(CHUNK)


def versions(connection: Connection) -> dict[str, int]:
    """Name -> version of the keys that are there."""
    return {row.name: row.version for row in connection.execute(select(key_versions))}


def note(connection: Connection, made: Mapping[str, int]) -> None:
    """Write down that every key is of this version."""
    connection.execute(delete(key_versions))
    rows = [{"name": name, "version": version} for name, version in made.items()]
    connection.execute(insert(connection, key_versions), rows)


def remake(connection: Connection, after: int, make: Make) -> tuple[int, int, bool]:
    """Make the keys of the next CHUNK headlines with numbers above `after`: the number of the last one, how
    many they are, and whether any key changed."""
    rows = connection.execute(_NEXT.where(_h.id > after)).all()
    changed, pairs = [], []
    for row in rows:
        folded, keys = make(row.title, row.day, row.first_seen_at)
        near_key = keys[0] if keys else None
        if (folded, near_key) != (row.folded, row.near_key):
            changed.append({"changed_id": row.id, "folded": folded, "near_key": near_key})
        pairs += [{"key": key, "headline_id": row.id} for key in keys[1:]]
    if changed:
        new: dict[str, Any] = {name: bindparam(name) for name in ("folded", "near_key")}
        connection.execute(update(headlines).where(_h.id == bindparam("changed_id")).values(new), changed)
    if pairs:
        connection.execute(insert(connection, near_pairs).on_conflict_do_nothing(), pairs)
    return rows[-1].id if rows else after, len(rows), bool(changed)
