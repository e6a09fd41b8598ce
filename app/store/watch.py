"""Which revision the store is at, for those who ask with every request: remembered, told, and asked for now and then.

What this process writes, its watches know when the transaction has ended. What others write, a watch learns when it
looks: on SQLite one `PRAGMA data_version` (it changes with every commit of another connection; 4 µs, the revision is
read only when it has changed), on PostgreSQL one SELECT. There every writer also says so (NOTIFY), and a watch that
listens hears it at once; looking remains what one may rely on, as a connection can be dead without anybody telling.
"""

import sqlite3
from collections.abc import Callable
from threading import Event, Lock, Thread
from typing import Any

from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.exc import SQLAlchemyError

from app.errors import StoreError
from app.store.prepared import Prepared
from app.store.schema import store_state

READ_REVISION = select(store_state.c.revision)
REVISION_NOW = Prepared(READ_REVISION)

CHANNEL = "ortoo_revision"
LISTEN_SECONDS = 0.5
"""How long a listener may take to notice that it is to stop."""
AGAIN_SECONDS = 5.0
"""Between two tries to listen where that fails."""


class Known:
    """The highest revision that one has heard of. Safe to share between threads."""

    def __init__(self) -> None:
        self.revision = -1
        self.told = 0
        self._lock = Lock()

    def tell(self, revision: int) -> None:
        """Somebody has committed this revision, or has seen it."""
        with self._lock:
            self.told += 1
            self.revision = max(self.revision, revision)

    def settle(self, found: int, told: int) -> None:
        """The database was asked when `told` was what it is, and answered `found`. Lower than before: another database
        was put in its place. But what came in while asking is newer."""
        with self._lock:
            self.revision = found if told == self.told else max(found, self.revision)


class Watch(Known):
    """What is known of the revision (made by `Store.watch`). Without `hears` it only looks, and hears of nothing."""

    def __init__(self, engine: Engine, ask: Callable[[], int], *, hears: bool = True) -> None:
        super().__init__()
        self.quick = engine.dialect.name == "sqlite"
        """Whether `look` takes microseconds and waits for nobody."""
        self._engine = engine
        self._ask = ask
        self._hears = hears and not self.quick
        self._raw: sqlite3.Connection | None = None
        self._version: object = None
        self._listener: Listener | None = None

    def look(self) -> None:
        """Ask the database. StoreError when it does not answer; `revision` stays then."""
        told = self.told
        version = self._changes() if self.quick else None
        if version is not None and version == self._version and self.revision >= 0:
            return
        self.settle(self._ask(), told)
        self._version = version

    def listen(self) -> None:
        """Hear of what others write as soon as they have, where the database can tell."""
        if self._hears and self._listener is None:
            self._listener = Listener(self._engine, self.tell)
            self._listener.start()

    def close(self) -> None:
        """Give back what it holds."""
        if self._listener:
            self._listener.stop()
            self._listener = None
        with self._lock:
            raw, self._raw = self._raw, None
        if raw:
            raw.close()

    def _changes(self) -> object:
        """SQLite's number that differs from the last one when somebody else has written; None if it cannot be told."""
        try:
            with self._lock:
                self._raw = self._raw or _apart(self._engine)
                return self._raw.execute("PRAGMA data_version").fetchone()
        except (sqlite3.Error, SQLAlchemyError):
            return None


def _apart(engine: Engine) -> Any:
    """A driver's connection that the pool does not count."""
    lent = engine.raw_connection()
    connection = lent.driver_connection
    lent.detach()
    return connection


class Listener(Thread):
    """Hears on PostgreSQL what other processes commit."""

    def __init__(self, engine: Engine, tell: Callable[[int], None]) -> None:
        super().__init__(name="revisions", daemon=True)
        self._engine = engine
        self._tell = tell
        self._stopped = Event()

    def run(self) -> None:
        """Until stopped; a lost connection is made anew."""
        import psycopg  # not there where only SQLite is used

        while not self._stopped.is_set():
            try:
                with _apart(self._engine) as connection:
                    connection.autocommit = True
                    connection.execute(f"LISTEN {CHANNEL}")
                    self._hear(connection)
            except (psycopg.Error, SQLAlchemyError, StoreError):
                self._stopped.wait(AGAIN_SECONDS)

    def _hear(self, connection: Any) -> None:
        while not self._stopped.is_set():
            for told in connection.notifies(timeout=LISTEN_SECONDS):
                self._tell(int(told.payload))

    def stop(self) -> None:
        """End it; returns when it has ended."""
        self._stopped.set()
        self.join()


def announce(connection: Connection, revision: int) -> None:
    """Say within a transaction what revision it makes; listeners hear it when it has been committed."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_notify(CHANNEL, str(revision))))
