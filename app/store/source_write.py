"""Sources: changing them, and what becomes of a fetch."""

import hashlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from app.errors import LeaseLost, NotFound, SourceRefused
from app.model.day import day_of
from app.model.fetch import Validators
from app.model.source import FetchRecord, HeldBatch, Settled, Source
from app.store import dialects
from app.store.lookup import KEYS, ask
from app.store.registry import next_id, plain
from app.store.source_rows import fresh_state, record_values, source_of, source_values, state_values
from app.store.source_tables import fetches, held_batches, source_days, source_state, sources

KEPT_DAYS = 400
"""Days of the bar charts that are kept: a year and what is needed to compare with it."""

_s = source_state.c


class SourceWriter:
    """The sources in one write transaction (`Writer.sources`). `changed` is called when a reader could see a
    difference; the record of a fetch alone is none, so that fetching does not empty the page cache."""

    def __init__(self, connection: Connection, changed: Callable[[], None]) -> None:
        self._connection = connection
        self._changed = changed

    def add(self, source: Source, now: datetime) -> Source:
        """A new source, due at once; with its number. SourceRefused when its address is a source already."""
        self._refuse_taken(source.url)
        made = replace(source, id=next_id(self._connection, sources), added_at=now.replace(microsecond=0))
        self._connection.execute(insert(sources).values(id=made.id, added_at=now, **source_values(made)))
        self._connection.execute(insert(source_state).values(source_id=made.id, **state_values(fresh_state(now))))
        self._changed()
        return made

    def change(self, source: Source, now: datetime) -> None:
        """Set everything that an operator says of the source with this number. Where the body must be read again (its
        address, kind or a rule changed), what was remembered of it is forgotten, it is due at once, and a fetch that is
        under way will be thrown away. NotFound; SourceRefused when another source has the address."""
        before = self._source(source.id)
        if source.url != before.url:
            self._refuse_taken(source.url)
        self._connection.execute(update(sources).where(sources.c.id == source.id).values(**source_values(source)))
        if any(getattr(source, name) != getattr(before, name) for name in _AFRESH):
            self._forget(source.id, now)
        self._changed()

    def enable(self, source_id: int, now: datetime) -> None:
        """Fetch it, from now on; past failures no longer count. NotFound."""
        self._source(source_id)
        self._connection.execute(update(sources).where(sources.c.id == source_id).values(enabled=True))
        fresh = {"next_at": now, "failures": 0, "failing_since": None, "disabled_reason": ""}
        self._connection.execute(update(source_state).where(_s.source_id == source_id).values(**fresh))
        self._changed()

    def make_due(self, source_id: int, now: datetime) -> None:
        """Have it fetched as soon as a worker comes. NotFound."""
        self._source(source_id)
        self._connection.execute(update(source_state).where(_s.source_id == source_id).values(next_at=now))

    def disable(self, source_id: int, reason: str = "") -> None:
        """Stop fetching it. NotFound."""
        self._source(source_id)
        self._connection.execute(update(sources).where(sources.c.id == source_id).values(enabled=False))
        state = update(source_state).where(_s.source_id == source_id)
        self._connection.execute(state.values(disabled_reason=plain(reason)))
        self._changed()

    def remove(self, source_id: int, *, discard: bool = False) -> None:
        """Forget a source and its fetches; its headlines stay. NotFound; SourceRefused while something of it waits for
        a person, unless that is to be thrown away too (`discard`)."""
        source = self._source(source_id)
        waiting = select(held_batches.c.id).where(held_batches.c.source_id == source_id).limit(1)
        if not discard and self._connection.execute(waiting).first():
            raise SourceRefused(
                f"{source.name}: a batch of it waits for a decision. Publish or discard it first, or say --force.",
                reason="held",
            )
        for table in (held_batches, source_days, fetches, source_state):
            self._connection.execute(delete(table).where(table.c.source_id == source_id))
        self._connection.execute(delete(sources).where(sources.c.id == source_id))
        self._changed()

    def finish(self, source_id: int, owner: str, now: datetime, settled: Settled) -> None:
        """Write down a fetch and give the source back. LeaseLost when it is no longer the owner's: then nothing of
        this transaction may stay, which raising it out of `Store.writing` sees to."""
        if self.finish_all(owner, now, {source_id: settled}):
            raise LeaseLost(f"Source {source_id} was taken over or changed during its fetch.", source=source_id)

    def finish_all(self, owner: str, now: datetime, settled: Mapping[int, Settled]) -> frozenset[int]:
        """Write down several fetches that brought nothing, in a few statements. The numbers of sources that are no
        longer the owner's: of these nothing is written."""
        asked = select(_s.source_id).where(_s.source_id.in_(KEYS), _s.lease_owner == owner, _s.lease_until > now)
        mine = [row.source_id for row in ask(self._connection, asked.with_for_update(), settled)]
        if not mine:
            return frozenset(settled)
        free = {"lease_owner": None, "lease_until": None}
        states = [{"of": n, **state_values(settled[n].state), **free} for n in mine]
        self._connection.execute(_SETTLE, states)
        self._record({n: settled[n].record for n in mine})
        for number in mine:
            self._follow(number, settled[number])
        return frozenset(settled.keys() - set(mine))

    def _follow(self, source_id: int, settled: Settled) -> None:
        """What of a fetch changes the source itself."""
        values: dict[str, Any] = {} if settled.note is None else {"note": plain(settled.note)}
        values |= {"enabled": False} if settled.state.disabled_reason else {}
        if settled.url is not None:
            values |= self._moved(source_id, settled.url)
        if values:
            self._connection.execute(update(sources).where(sources.c.id == source_id).values(**values))
            self._changed()

    def hold(self, batch: HeldBatch) -> bool:
        """Keep for a person what doubt does not publish; False when this body of this source is held already."""
        key = hashlib.blake2b(f"{batch.source_id}\n".encode() + batch.body, digest_size=16).digest()
        if self._connection.execute(select(held_batches.c.id).where(held_batches.c.key == key)).first():
            return False
        self._connection.execute(
            insert(held_batches).values(
                id=next_id(self._connection, held_batches),
                key=key,
                source_id=batch.source_id,
                at=batch.at,
                url=plain(batch.url),
                media_type=plain(batch.media_type) if batch.media_type else None,
                format=batch.format,
                items=batch.items,
                reasons=[[one.doubt.value, plain(one.detail)] for one in batch.reasons],
                body=batch.body,
            )
        )
        self._changed()
        return True

    def learn(self, source_id: int, languages: Collection[str]) -> None:
        """A person has published what was held: these languages are the source's from now on."""
        known = self._connection.execute(select(_s.languages).where(_s.source_id == source_id)).scalar_one()
        told = " ".join(sorted({*known.split(), *languages}))
        self._connection.execute(update(source_state).where(_s.source_id == source_id).values(languages=told))

    def discard(self, held_id: int) -> None:
        """Let a held batch go: it was published, or a person threw it away. NotFound."""
        if self._connection.execute(delete(held_batches).where(held_batches.c.id == held_id)).rowcount != 1:
            raise NotFound(f"There is nothing held under the number {held_id}.", kind="held", key=held_id)
        self._changed()

    def prune(self, before: datetime, now: datetime) -> int:
        """Forget fetches older than `before` and days older than KEPT_DAYS; the number of fetches."""
        last_day = day_of(now) - timedelta(days=KEPT_DAYS)
        self._connection.execute(delete(source_days).where(source_days.c.day < last_day))
        gone: int = self._connection.execute(delete(fetches).where(fetches.c.at < before)).rowcount
        return gone

    def _source(self, source_id: int) -> Source:
        row = self._connection.execute(select(sources).where(sources.c.id == source_id)).first()
        if row is None:
            raise NotFound(f"There is no source {source_id}.", kind="source", key=source_id)
        return source_of(row)

    def _refuse_taken(self, url: str) -> None:
        taken = self._connection.execute(select(sources.c.id).where(sources.c.url == plain(url))).scalar()
        if taken is not None:
            raise SourceRefused(f"{url} is source {taken} already.", reason="duplicate", source=taken)

    def _forget(self, source_id: int, now: datetime) -> None:
        nothing = state_values(replace(fresh_state(now), validators=Validators()))
        names = ("next_at", "etag", "last_modified", "body_hash", "moved_to", "moved_times", "moved_since")
        forgotten = {name: nothing[name] for name in (*names, "lease_owner", "lease_until")}
        self._connection.execute(update(source_state).where(_s.source_id == source_id).values(**forgotten))

    def _moved(self, source_id: int, url: str) -> dict[str, Any]:
        """A source whose new address another source has is a duplicate from now on, and is switched off."""
        taken = self._connection.execute(select(sources.c.id).where(sources.c.url == plain(url))).scalar()
        if taken in (None, source_id):
            return {"url": plain(url)}
        reason = f"It has moved to {url}, which is source {taken}."
        self._connection.execute(
            update(source_state).where(_s.source_id == source_id).values(disabled_reason=plain(reason))
        )
        return {"enabled": False}

    def _record(self, records: Mapping[int, FetchRecord]) -> None:
        first = next_id(self._connection, fetches)
        rows = [
            {"id": number, "source_id": source_id, **record_values(record)}
            for number, (source_id, record) in enumerate(records.items(), first)
        ]
        self._connection.execute(_RECORD, rows)
        days = [
            {
                "source_id": source_id,
                "day": day_of(record.at),
                "fetches": 1,
                "failures": int(not record.state.good),
                "added": record.added,
            }
            for source_id, record in records.items()
        ]
        self._connection.execute(_sum_up(self._connection), days)


_SETTLE = update(source_state).where(_s.source_id == bindparam("of"))
_RECORD = insert(fetches)


def _sum_up(connection: Connection) -> Any:
    d = source_days.c
    fresh = dialects.insert(connection, source_days)
    summed = {name: d[name] + fresh.excluded[name] for name in ("fetches", "failures", "added")}
    return fresh.on_conflict_do_update(index_elements=[d.source_id, d.day], set_=summed)


_AFRESH = ("url", "kind", "keywords", "listing", "columns", "outlet", "language", "zone", "interval")
"""What decides how, or how often, a body is read."""
