"""Which headlines may be near-duplicates of one? Those that share a key with it; who is one is decided elsewhere
(`app.dedupe.near`), from what they are called now, so that a key left by an earlier title does no harm."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Select, select, union_all

from app.model.near import NearTitle
from app.store.lookup import KEYS, ask
from app.store.schema import headlines, near_pairs, outlets

SIDE = 50
"""Candidates that one key gives in each direction, the nearest by number, so the nearest in time. A title that recurs
more often than this is compared with its neighbours only."""

Keys = Callable[[str], Sequence[int]]
"""Folded title -> its keys, that of the whole title first."""

_h, _p, _o = headlines.c, near_pairs.c, outlets.c
_TITLES = (
    select(_h.id, _h.folded, _o.domain, _h.day)
    .join(outlets, _o.id == _h.outlet_id)
    .where(_h.id.in_(KEYS), _h.hidden.is_(False))
)


def titles(connection: Connection, headline_ids: Iterable[int]) -> tuple[NearTitle, ...]:
    """What is compared of these headlines, by number."""
    return tuple(sorted((NearTitle(*row) for row in ask(connection, _TITLES, headline_ids)), key=lambda one: one.id))


def candidates(connection: Connection, own: NearTitle, keys: Keys) -> tuple[NearTitle, ...]:
    """The headlines that share a key with `own`, which is not among them."""
    whole, *pairs = keys(own.folded) or (None,)
    if whole is None:
        return ()
    arms = [arm.subquery() for arm in _arms(own.id, whole, pairs)]
    found = connection.execute(union_all(*(select(arm.c.id) for arm in arms)))
    return titles(connection, sorted({number for (number,) in found}))


def _arms(own: int, whole: int, pairs: Iterable[int | None]) -> Iterator[Select[Any]]:
    for columns, key in ((_h, whole), *((_p, pair) for pair in pairs)):
        number = _h.id if columns is _h else _p.headline_id
        same = select(number.label("id")).where((_h.near_key if columns is _h else _p.key) == key)
        yield same.where(number < own).order_by(number.desc()).limit(SIDE)
        yield same.where(number > own).order_by(number).limit(SIDE)
