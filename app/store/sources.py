"""Sources: reading them and their health."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, or_, select

from app.errors import NotFound
from app.model.headline import Headline
from app.model.source import FetchRecord, HeldBatch, Source, SourceFacts, SourceState
from app.store.lookup import known_to
from app.store.source_rows import HELD, RECORDS, SOURCES, WITH_STATE, held_of, record_of, source_of, state_of
from app.store.source_tables import fetches, held_batches, source_days, source_state, sources

_newest = fetches.alias("newest")
_LAST = RECORDS.join(sources, sources.c.id == fetches.c.source_id).where(
    fetches.c.id == select(func.max(_newest.c.id)).where(_newest.c.source_id == sources.c.id).scalar_subquery()
)
_WAITING = select(held_batches.c.source_id, func.count(), func.min(held_batches.c.at)).group_by(
    held_batches.c.source_id
)


class SourceReader:
    """The sources in one read transaction (`Reader.sources`). Sources come in the order in which they were added."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> tuple[Source, ...]:
        """Every source."""
        return tuple(source_of(row) for row in self._connection.execute(SOURCES))

    def get(self, source_id: int) -> tuple[Source, SourceState]:
        """One source and its state. NotFound."""
        row = self._connection.execute(WITH_STATE.where(sources.c.id == source_id)).first()
        if row is None:
            raise NotFound(f"There is no source {source_id}.", kind="source", key=source_id)
        return source_of(row), state_of(row)

    def facts(self, since: date) -> tuple[SourceFacts, ...]:
        """What is known of every source's doing, with the days from `since` on. Four questions, whatever the number of
        sources or headlines."""
        days = self._days(since)
        last = {row.source_id: record_of(row) for row in self._connection.execute(_LAST)}
        waiting = {source_id: (n, at) for source_id, n, at in self._connection.execute(_WAITING)}
        found = []
        for row in self._connection.execute(WITH_STATE.order_by(sources.c.id)):
            n, at = waiting.get(row.id, (0, None))
            found.append(
                SourceFacts(source_of(row), state_of(row), tuple(days[row.id]), last.get(row.id), held=n, held_since=at)
            )
        return tuple(found)

    def fetches(self, source_id: int, limit: int = 20) -> tuple[FetchRecord, ...]:
        """The last fetches of a source, newest first."""
        wanted = RECORDS.where(fetches.c.source_id == source_id).order_by(fetches.c.id.desc()).limit(limit)
        return tuple(record_of(row) for row in self._connection.execute(wanted))

    def lately(self, since: datetime) -> tuple[dict[str, int], dict[str, int]]:
        """Fetches from `since` on by how they ended, and their items by what became of them."""
        f = fetches.c
        outcomes = (f.added, f.updated, f.duplicate, f.rejected, f.filtered)
        wanted = select(f.state, func.count(), *map(func.sum, outcomes)).where(f.at >= since).group_by(f.state)
        rows = [tuple(row) for row in self._connection.execute(wanted)]
        sums = {column.name: sum(int(row[n]) for row in rows) for n, column in enumerate(outcomes, 2)}
        return {row[0]: int(row[1]) for row in rows}, sums

    def held(self, source_id: int | None = None) -> tuple[HeldBatch, ...]:
        """What waits for a person, oldest first, without the bodies."""
        wanted = HELD if source_id is None else HELD.where(held_batches.c.source_id == source_id)
        return tuple(held_of(row) for row in self._connection.execute(wanted.order_by(held_batches.c.id)))

    def held_batch(self, held_id: int) -> HeldBatch:
        """One of them, whole. NotFound."""
        row = self._connection.execute(
            HELD.add_columns(held_batches.c.body).where(held_batches.c.id == held_id)
        ).first()
        if row is None:
            raise NotFound(f"There is nothing held under the number {held_id}.", kind="held", key=held_id)
        return held_of(row, row.body)

    def fresh(self, headlines: Collection[Headline]) -> int:
        """How many of these are not in the store yet, copies among themselves counted once. A few questions."""
        register = known_to(self._connection, headlines)
        strangers = [headline for headline in headlines if register.find(headline) is None]
        return len({headline.url_key or headline.title_key for headline in strangers})

    def next_due(self) -> datetime | None:
        """When the next source is due, or comes back from a worker that may be dead; None without sources."""
        s = source_state.c
        ready = select(s.next_at, s.lease_until).join(sources).where(sources.c.enabled)
        free = ready.where(or_(s.lease_until.is_(None), s.lease_until <= s.next_at)).order_by(s.next_at).limit(1)
        leased = ready.where(s.lease_until > s.next_at).order_by(s.lease_until).limit(1)
        firsts: Sequence[Any] = [self._connection.execute(one).first() for one in (free, leased)]
        return min((max(filter(None, row)) for row in firsts if row is not None), default=None)

    def _days(self, since: date) -> dict[int, list[tuple[date, int]]]:
        d = source_days.c
        days: dict[int, list[tuple[date, int]]] = defaultdict(list)
        wanted = select(d.source_id, d.day, d.added).where(d.day >= since).order_by(d.source_id, d.day)
        for source_id, day, added in self._connection.execute(wanted):
            days[source_id].append((day, added))
        return days
