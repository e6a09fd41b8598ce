"""What could not be taken in, kept whole: a rejection is a row, once however often it comes."""

import hashlib
from typing import Any

from sqlalchemy import Connection

from app.model.batch import Batch
from app.model.headline import Rejection
from app.store.dialects import insert
from app.store.registry import next_id, plain
from app.store.schema import rejections


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
