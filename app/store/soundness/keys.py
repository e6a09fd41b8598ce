"""What is derived of each headline by itself: folded title, keys of near-duplicates, place in its day."""

from typing import Any

from sqlalchemy import Connection, Row, bindparam, select, update

from app.model.day import day_start
from app.store import keys
from app.store.lookup import KEYS, ask
from app.store.schema import headlines, near_pairs
from app.store.soundness.part import PART, Look, Rules

_h, _p = headlines.c, near_pairs.c
_WANTED = (
    _h.id,
    _h.title,
    _h.day,
    _h.first_seen_at,
    _h.updated_at,
    _h.folded,
    _h.near_key,
    _h.published_at,
    _h.sort_at,
)
_PAIRS = select(_p.headline_id, _p.key).where(_p.headline_id.in_(KEYS))


class Keys:
    """Folded titles, keys of near-duplicates and places in the day, headline by headline."""

    name = "keys"

    def look(self, connection: Connection, rules: Rules, after: int | None) -> Look:
        """The next headlines."""
        rows = _rows(connection, after)
        pairs = {(row.headline_id, row.key) for row in ask(connection, _PAIRS, [row.id for row in rows])}
        faults = [f"headline {row.id}: {what}" for row in rows for what in _wrong(row, rules, pairs)]
        return Look(rows[-1].id if len(rows) == PART else None, len(rows), tuple(faults))

    def mend(self, connection: Connection, rules: Rules, after: int | None) -> None:
        """Derive them anew."""
        keys.remake(connection, after or 0, rules.keys)
        late = [
            {"number": row.id, "place": _place(row)} for row in _rows(connection, after) if row.sort_at != _place(row)
        ]
        if late:
            change = update(headlines).where(_h.id == bindparam("number")).values(sort_at=bindparam("place"))
            connection.execute(change, late)


def _rows(connection: Connection, after: int | None) -> list[Row[Any]]:
    return list(connection.execute(select(*_WANTED).where(_h.id > (after or 0)).order_by(_h.id).limit(PART)))


def _place(row: Row[Any]) -> Any:
    return row.published_at or day_start(row.day)


def _wrong(row: Row[Any], rules: Rules, pairs: set[tuple[int, int]]) -> list[str]:
    folded, near = rules.keys(row.title, row.day, row.first_seen_at)
    found = []
    if row.folded != folded:
        found.append("folded title")
    if row.near_key != (near[0] if near else None):
        found.append("key of near-duplicates")
    # One that was dated anew has the keys that it needed on the day it came.
    elif row.updated_at == row.first_seen_at and not {(row.id, key) for key in near[1:]} <= pairs:
        found.append("keys of pairs of words")
    if row.sort_at != _place(row):
        found.append("place in its day")
    return found
