"""Who fetches what: a due source is claimed with a lease, so that any number of workers share the work and a dead
worker's sources come back when its lease runs out.

A claim takes no lock but those on the rows it takes. PostgreSQL steps over rows that another claim has locked just now
(SKIP LOCKED); on SQLite BEGIN IMMEDIATE lets one claim in at a time. On both, the update says again that nobody holds
the lease.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Select, or_, select, update

from app.model.source import Claimed
from app.store.lookup import CHUNK
from app.store.source_rows import WITH_STATE, source_of, state_of
from app.store.source_tables import source_state, sources

_s = source_state.c


def claim(
    connection: Connection, now: datetime, owner: str, lease_seconds: float, limit: int, ids: Sequence[int] | None
) -> tuple[Claimed, ...]:
    """At most `limit` sources for `owner`, those that wait longest first: due ones, or (`ids`) certain ones at any
    time, even when they are switched off."""
    until = now + timedelta(seconds=lease_seconds)
    wanted = _due(now) if ids is None else select(_s.source_id).where(_s.source_id.in_(ids[:CHUNK]), _free(now))
    asked = wanted.order_by(_s.next_at, _s.source_id).limit(limit).with_for_update(of=source_state, skip_locked=True)
    taken = connection.execute(asked).scalars().all()
    if not taken:
        return ()
    lease = update(source_state).where(_s.source_id.in_(taken), _free(now))
    connection.execute(lease.values(lease_owner=owner, lease_until=until))
    mine = WITH_STATE.where(sources.c.id.in_(taken), _s.lease_owner == owner, _s.lease_until > now)
    rows = connection.execute(mine.order_by(_s.next_at, _s.source_id)).all()
    return tuple(Claimed(source_of(row), state_of(row)) for row in rows)


def give_back(connection: Connection, owner: str, ids: Sequence[int]) -> None:
    """End the leases that `owner` has on these, so that others need not wait until they run out."""
    mine = update(source_state).where(_s.source_id.in_(ids[:CHUNK]), _s.lease_owner == owner)
    connection.execute(mine.values(lease_owner=None, lease_until=None))


def _due(now: datetime) -> Select[tuple[int]]:
    return select(_s.source_id).join(sources).where(sources.c.enabled, _s.next_at <= now, _free(now))


def _free(now: datetime) -> ColumnElement[bool]:
    return or_(_s.lease_until.is_(None), _s.lease_until <= now)
