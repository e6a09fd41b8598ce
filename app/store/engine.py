"""The store's door."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Self

from sqlalchemy import Connection, Engine, select, update
from sqlalchemy.exc import DBAPIError

from app.model.export import ExportRecord
from app.model.source import Claimed
from app.store import backup, lease, migrate
from app.store.backup import Copied, Progress, Tools
from app.store.dialects import connect_engine, for_reading, for_writing
from app.store.export import Wanted, walked
from app.store.faults import faults
from app.store.read import Reader
from app.store.schema import store_state
from app.store.watch import Watch, announce
from app.store.write import Writer

_REVISION = select(store_state.c.revision)
_LOCKED_REVISION = _REVISION.with_for_update()  # SQLite's BEGIN IMMEDIATE has the lock already and is not told


class Store:
    """A database of headlines. Safe to share between threads; every method raises Unavailable when the database cannot
    answer, and SchemaOutOfDate when its tables are not there."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._shown = engine.url.render_as_string(hide_password=True)
        self._watches: list[Watch] = []

    @classmethod
    def open(cls, url: str) -> Self:
        """`sqlite:///path` or `postgresql://user:password@host/name`. Nothing is connected yet. SettingsError for an
        address that cannot be used."""
        return cls(connect_engine(url))

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self._engine.dialect.name

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """One consistent view of the store; the connection goes back at exit, so render after it."""
        with faults(self._shown):
            connection, revision = self._begin(for_reading, locked=False)
            with connection:
                yield Reader(connection, revision)

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """One transaction: all or nothing; one writer at a time. The revision rises by one if a reader could see a
        difference."""
        with faults(self._shown):
            connection, revision = self._begin(for_writing, locked=True)
            with connection:
                writer = Writer(connection)
                yield writer
                if writer.visible:
                    connection.execute(update(store_state).values(revision=revision + 1))
                    announce(connection, revision + 1)
                connection.commit()
            if writer.visible:
                for watch in self._watches:
                    watch.tell(revision + 1)

    def export(self, wanted: Wanted) -> Iterator[ExportRecord]:
        """The archive, or what is `wanted` of it, in the order of `Reader.export`. Memory is bounded by `wanted.chunk`,
        and a connection is held for one look of so many records only, however slow who takes them is. What is written
        meanwhile may or may not be in it."""
        return walked(self._glance, wanted)

    @contextmanager
    def _glance(self) -> Iterator[Connection]:
        with faults(self._shown):
            connection, _ = self._begin(for_reading, locked=False)
            with connection:
                yield connection

    def revision(self) -> int:
        """Rises with every visible change; the same number means the same content."""
        with faults(self._shown):
            connection, revision = self._begin(for_reading, locked=False)
            connection.close()
            return revision

    def watch(self) -> Watch:
        """Somebody who knows the revision without asking every time; closed with the store."""
        watch = Watch(self._engine, self.revision)
        self._watches.append(watch)
        return watch

    def claim(
        self, now: datetime, owner: str, lease_seconds: float, limit: int, ids: Sequence[int] | None = None
    ) -> tuple[Claimed, ...]:
        """Sources for a worker, at most `limit`, those that wait longest first: due ones, or (`ids`) certain ones at
        any time, even when they are switched off. Nobody else gets them for `lease_seconds`; `owner` is the worker's
        own name."""
        with faults(self._shown), for_writing(self._engine.connect()) as connection:
            claimed = lease.claim(connection, now, owner, lease_seconds, limit, ids)
            connection.commit()
            return claimed

    def give_back(self, owner: str, ids: Sequence[int]) -> None:
        """End the worker's leases on these sources without a fetch, so that others can have them at once."""
        with faults(self._shown), for_writing(self._engine.connect()) as connection:
            lease.give_back(connection, owner, ids)
            connection.commit()

    def migrate(self) -> None:
        """Bring the tables to this program's schema. Any number of processes may call it at once."""
        with faults(self._shown):
            migrate.upgrade(self._engine)

    def check_schema(self) -> None:
        """SchemaOutOfDate unless the tables are at this program's schema."""
        with faults(self._shown):
            migrate.check(self._engine)

    def backup(
        self, path: Path, tools: Tools, progress: Progress, *, force: bool = False, verify: bool = False
    ) -> Copied:
        """See `app.store.backup.make`."""
        with faults(self._shown):
            return backup.make(self._engine, path, tools, progress, force=force, verify=verify)

    def restore(
        self, path: Path, tools: Tools, progress: Progress, *, force: bool = False, verify: bool = False
    ) -> Copied:
        """See `app.store.backup.restore`."""
        with faults(self._shown):
            return backup.restore(self._engine, path, tools, progress, force=force, verify=verify)

    def close(self) -> None:
        """Give back every connection."""
        for watch in self._watches:
            watch.close()
        self._engine.dispose()

    def _begin(self, prepare: Callable[[Connection], Connection], *, locked: bool) -> tuple[Connection, int]:
        """A connection whose transaction has begun, and the revision it sees. A connection that died in the pool (the
        database was restarted) shows at this first question; the pool is empty then, and a second try gets a new
        one."""
        try:
            return self._ask(prepare, locked=locked)
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise
        return self._ask(prepare, locked=locked)

    def _ask(self, prepare: Callable[[Connection], Connection], *, locked: bool) -> tuple[Connection, int]:
        connection = prepare(self._engine.connect())
        try:
            return connection, connection.execute(_LOCKED_REVISION if locked else _REVISION).scalar_one()
        except BaseException:
            connection.close()
            raise
