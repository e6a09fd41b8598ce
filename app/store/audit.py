"""The audit: written in the transaction of what it tells, never changed."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, insert, select

from app.model.audit import AuditFilter, Entry, Facts
from app.model.day import day_start
from app.store.desk_tables import audit
from app.store.registry import next_id, plain

CHUNK = 500
"""Entries that an export holds at once."""

_a = audit.c


class AuditReader:
    """The audit in one read transaction (`Reader.audit`)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def entries(self, wanted: AuditFilter, limit: int) -> tuple[Entry, ...]:
        """The newest `limit` entries that match."""
        question = select(audit).where(*_matching(wanted)).order_by(_a.id.desc()).limit(limit)
        return tuple(map(_entry, self._connection.execute(question)))

    def walk(self, wanted: AuditFilter) -> Iterator[Entry]:
        """All that match, oldest first, in constant memory."""
        last = 0
        while True:
            question = select(audit).where(*_matching(wanted), _a.id > last).order_by(_a.id).limit(CHUNK)
            part = self._connection.execute(question).all()
            yield from map(_entry, part)
            if len(part) < CHUNK:
                return
            last = part[-1].id

    def actions(self) -> tuple[str, ...]:
        """Every action that occurs."""
        return tuple(self._connection.execute(select(_a.action).distinct().order_by(_a.action)).scalars())


class AuditWriter(AuditReader):
    """What a write transaction may do to the audit (`Writer.audit`): add to it."""

    def add(
        self,
        who: str,
        action: str,
        kind: str,
        key: object,
        now: datetime,
        *,
        before: Facts | None = None,
        after: Facts | None = None,
        note: str = "",
    ) -> None:
        """Write down an action (see `model.audit.Entry`)."""
        self._connection.execute(
            insert(audit).values(
                id=next_id(self._connection, audit),
                at=now,
                who=who,
                action=action,
                kind=kind,
                key=plain(str(key)),
                before=dict(before) if before is not None else None,
                after=dict(after) if after is not None else None,
                note=plain(note),
            )
        )


def _matching(wanted: AuditFilter) -> Iterator[ColumnElement[bool]]:
    for name in ("who", "action", "kind", "key"):
        if value := getattr(wanted, name):
            yield _a[name] == value
    if wanted.since:
        yield _a.at >= day_start(wanted.since)
    if wanted.until:
        yield _a.at < day_start(wanted.until + timedelta(days=1))
    if wanted.before is not None:
        yield _a.id < wanted.before


def _entry(row: Row[Any]) -> Entry:
    return Entry(row.id, row.at, row.who, row.action, row.kind, row.key, row.before, row.after, row.note)
