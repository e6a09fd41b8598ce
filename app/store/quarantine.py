"""What could not be taken in, kept whole: a rejection is a row, once however often it comes."""

import hashlib
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, delete, func, select

from app.errors import NotFound
from app.model.batch import Batch
from app.model.headline import Reason, Rejection
from app.model.quarantine import Quarantined
from app.store.dialects import insert
from app.store.lookup import KEYS, chunks
from app.store.registry import next_id, plain
from app.store.schema import origins, rejections

PAGE_ROWS = 500
PAGE_BYTES = 10_000_000
"""Rejections are handed out this many at a time, or this many bytes, but always one."""

_r = rejections.c
_SIZES = select(_r.id, func.length(_r.raw).label("size")).order_by(_r.id).limit(PAGE_ROWS)
_WHOLE = select(rejections, origins.c.name).join(origins, origins.c.id == _r.origin_id).order_by(_r.id)


def last(connection: Connection) -> int:
    """The highest number in quarantine, 0 where there is nothing."""
    number: int | None = connection.execute(select(func.max(_r.id))).scalar()
    return number or 0


def page(connection: Connection, after: int, until: int) -> tuple[Quarantined, ...]:
    """The next rejections by number above `after` and up to `until`; none at the end."""
    size, upto = 0, 0
    for row in connection.execute(_SIZES.where(_r.id > after, _r.id <= until)):
        size += row.size
        if upto and size > PAGE_BYTES:
            break
        upto = row.id
    rows = connection.execute(_WHOLE.where(_r.id > after, _r.id <= upto))
    return tuple(_quarantined(row) for row in rows)


def newest(connection: Connection, before: int | None, limit: int) -> tuple[Quarantined, ...]:
    """The newest rejections, those with numbers below `before`."""
    wanted = select(rejections, origins.c.name).join(origins, origins.c.id == _r.origin_id).order_by(_r.id.desc())
    if before is not None:
        wanted = wanted.where(_r.id < before)
    return tuple(_quarantined(row) for row in connection.execute(wanted.limit(limit)))


def one(connection: Connection, number: int) -> Quarantined:
    """One rejection. NotFound."""
    found = connection.execute(_WHOLE.where(_r.id == number)).first() if 0 < number < 2**63 else None
    if found is None:
        raise NotFound(f"There is nothing rejected under the number {number}.", kind="rejection", key=str(number))
    return _quarantined(found)


def _quarantined(row: Row[Any]) -> Quarantined:
    return Quarantined(row.id, row.name, row.first_at, Rejection(row.raw, Reason(row.reason), row.detail, row.format))


def release(connection: Connection, numbers: Iterable[int]) -> None:
    """Take these out: they are understood now."""
    for some in chunks(numbers):
        connection.execute(delete(rejections).where(_r.id.in_(KEYS)), {"keys": some})


def keep(connection: Connection, batch: Batch, origin_id: int) -> None:
    """Keep the batch's rejections; one that came before from the same origin for the same reason is only seen again."""
    rows: dict[bytes, dict[str, Any]] = {}
    for rejection in batch.rejections:
        key = _key(rejection, origin_id)
        rows[key] = {
            "key": key,
            "origin_id": origin_id,
            "format": plain(rejection.format or batch.format),
            "reason": rejection.reason.value,
            "detail": plain(rejection.detail),
            "raw": rejection.raw,
            "first_at": batch.at,
            "last_at": batch.at,
        }
    if not rows:
        return
    first = next_id(connection, rejections)
    fresh = insert(connection, rejections)
    seen_again = fresh.on_conflict_do_update(
        index_elements=[rejections.c.key], set_={"last_at": fresh.excluded.last_at, "detail": fresh.excluded.detail}
    )
    connection.execute(seen_again, [{"id": n, **row} for n, row in enumerate(rows.values(), first)])


def _key(rejection: Rejection, origin_id: int) -> bytes:
    told = f"{origin_id} {rejection.reason.value}\n".encode()
    return hashlib.blake2b(told + rejection.raw, digest_size=16).digest()
