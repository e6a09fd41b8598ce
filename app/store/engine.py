"""The store's door."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection, Engine, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from app.errors import SchemaOutOfDate
from app.model.export import ExportRecord
from app.model.source import Claimed
from app.store import backup, lease, migrate
from app.store.backup import LEAP, Copied, Progress, Tools
from app.store.dialects import connect_engine, for_reading, for_writing, insert
from app.store.export import Wanted, walked
from app.store.faults import faults
from app.store.memory import Memory
from app.store.read import Reader
from app.store.replicas import Replicas, ReplicaState
from app.store.schema import store_state
from app.store.soundness import Look, Rules, Subject
from app.store.watch import READ_REVISION, REVISION_NOW, Known, Watch, announce
from app.store.write import Writer

_LOCKED_REVISION = READ_REVISION.with_for_update()  # SQLite's BEGIN IMMEDIATE has the lock already and is not told


class Store:
    """A database of headlines. Safe to share between threads; every method raises Unavailable when the database cannot
    answer, and SchemaOutOfDate when its tables are not there."""

    def __init__(self, engine: Engine, replicas: Replicas | None = None) -> None:
        self._engine = engine
        self._replicas = replicas
        self._known = Known()
        self._shown = engine.url.render_as_string(hide_password=True)
        self._watches: list[Watch] = []
        self._memory = Memory()

    @classmethod
    def open(cls, url: str, replicas: Sequence[str] = (), lag_seconds: float = 5.0) -> Self:
        """`sqlite:///path` or `postgresql://user:password@host/name`, and where copies of it are that may answer
        readers, as long as they are no more than `lag_seconds` behind. Without copies nothing is connected yet.
        SettingsError for an address that cannot be used."""
        engine = connect_engine(url)
        return cls(engine, Replicas(engine, replicas, lag_seconds) if replicas else None)

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self._engine.dialect.name

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """One consistent view of the store; the connection goes back at exit, so render after it."""
        with faults(self._shown):
            connection, revision = self._read()
            with connection:
                yield Reader(connection, revision, self._memory)

    @contextmanager
    def viewing(self) -> Iterator[Reader]:
        """The same for somebody who only looks: of a replica that is fresh enough, where there is one, else of the
        database itself. Never of an older revision than this process has seen or made. ReplicaLost when a replica
        fails meanwhile: then `reading` has the answer."""
        if self._replicas is None:
            with self.reading() as reader:
                yield reader
            return
        least = self._known.revision
        with faults(self._shown), self._replicas.view(least, self._read) as (connection, revision):
            self._known.tell(revision)
            yield Reader(connection, revision, self._memory)

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
                for one in (self._known, *self._watches):
                    one.tell(revision + 1)

    def export(self, wanted: Wanted) -> Iterator[ExportRecord]:
        """The archive, or what is `wanted` of it, in the order of `Reader.export`. Memory is bounded by `wanted.chunk`,
        and a connection is held for one look of so many records only, however slow who takes them is. What is written
        meanwhile may or may not be in it."""
        return walked(self._glance, wanted)

    @contextmanager
    def _glance(self) -> Iterator[Connection]:
        with faults(self._shown):
            connection, _ = self._read()
            with connection:
                yield connection

    def revision(self) -> int:
        """Rises with every visible change; the same number means the same content."""
        with faults(self._shown):
            connection, revision = self._read()
            connection.close()
            return revision

    def revision_in_view(self) -> int:
        """The one that `viewing` shows."""
        with self.viewing() as reader:
            return reader.revision()

    def watch(self) -> Watch:
        """Somebody who knows the revision that is in view without asking every time; closed with the store. Where
        replicas answer it does not hear of revisions that they do not have yet."""
        watch = Watch(self._engine, self.revision_in_view, hears=self._replicas is None)
        self._watches.append(watch)
        return watch

    def connections(self) -> tuple[int, int]:
        """How many connections of this process are in use, and how many wait in its pool."""
        pool = self._engine.pool
        assert isinstance(pool, QueuePool)
        return pool.checkedout(), pool.checkedin()

    def replicas(self) -> tuple[ReplicaState, ...]:
        """How the copies are doing."""
        return self._replicas.states() if self._replicas else ()

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

    def migrate(self) -> bool:
        """Bring the tables to this program's schema; whether there was anything to do. Any number of processes may call
        it at once."""
        with faults(self._shown):
            return migrate.upgrade(self._engine)

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

    def look(self, subject: Subject, rules: Rules, after: Any) -> Look:
        """Whether a part of what is derived agrees with the originals (`app.store.soundness`)."""
        with self._glance() as connection:
            return subject.look(connection, rules, after)

    def mend(self, subject: Subject, rules: Rules, after: Any) -> None:
        """Derive the same part again, in one write transaction."""
        with self.writing() as writer:
            writer.mend(subject, rules, after)

    def mend_revision(self) -> None:
        """Give a store that has lost the row of its revision one again, far above any that it can have had."""
        with faults(self._shown), for_writing(self._engine.connect()) as connection:
            connection.execute(insert(connection, store_state).values(id=1, revision=LEAP).on_conflict_do_nothing())
            connection.commit()

    def close(self) -> None:
        """Give back every connection."""
        for watch in self._watches:
            watch.close()
        if self._replicas:
            self._replicas.close()
        self._engine.dispose()

    def _read(self) -> tuple[Connection, int]:
        told = self._known.told
        connection, revision = self._begin(for_reading, locked=False)
        self._known.settle(revision, told)
        return connection, revision

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
            rows = connection.execute(_LOCKED_REVISION).all() if locked else REVISION_NOW.raw(connection)
            if not rows:
                raise SchemaOutOfDate(f"{self._shown} has lost its revision: run `ortoo check --deep --repair`.")
            return connection, rows[0][0]
        except BaseException:
            connection.close()
            raise
