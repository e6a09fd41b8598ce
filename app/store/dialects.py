"""Everything that SQLite and PostgreSQL do not do alike.

SQLite: write-ahead log, so that readers and the one writer do not wait for each other; `synchronous=FULL`, so that a
committed transaction is on the disk when it is acknowledged (NORMAL would be safe against a killed process but not
against a loss of power, and a batch costs one flush either way); foreign keys, which are off unless asked for;
`secure_delete=OFF`, as SQLite's makers ship it: some distributions overwrite every freed cell, which
costs a tenth of taking in and hides nothing that the log and backups do not have; a write transaction takes its lock at
the start (BEGIN IMMEDIATE), because one that begins as a reader cannot wait for another writer, it fails.

PostgreSQL: readers see one snapshot (REPEATABLE READ, READ ONLY); writers run READ COMMITTED behind the lock on the row
of `store_state`, which every write transaction takes first: one writer at a time, like SQLite, so that what was
looked up is still true when it is written.
"""

import json
import sqlite3
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache, partial
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    LargeBinary,
    Select,
    Table,
    Text,
    bindparam,
    create_engine,
    event,
    func,
    literal,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.types import TypeEngine

from app.errors import SettingsError
from app.store.types import KEY_BYTES, Moment

POOL_SIZE = 8
"""Connections kept open; each SQLite one may hold 2 MB of pages."""
MAX_OVERFLOW = 40
"""Further ones under load: together more than the 40 threads that serve requests (anyio's default)."""
POOL_TIMEOUT = 10.0
"""Seconds to wait for a connection."""
WRITER_CACHE = 32_000
"""Kilobytes of pages that an SQLite connection may hold once it has written: keys fall all over their indexes
(measured: 13 % less time a row at 100,000 rows, more with more)."""
BUSY_TIMEOUT = 10_000
"""Milliseconds that an SQLite writer waits for another."""
MIGRATION_TIMEOUT = 600_000
"""Milliseconds to wait for another process that migrates."""

_MIGRATION_LOCK = 0x6F72746F6F  # "ortoo", the key of PostgreSQL's advisory lock
_WRITING = "ortoo_writing"


@dataclass(frozen=True, slots=True)
class Hurry:
    """How long a database may take. Seconds to wait for a connection of the pool; what else libpq is to keep to
    (https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS)."""

    pool: float
    connecting: dict[str, int]


PATIENT = Hurry(POOL_TIMEOUT, {"connect_timeout": 10})
HURRIED = Hurry(
    1.0,
    {
        "connect_timeout": 2,
        "tcp_user_timeout": 3_000,  # milliseconds; a connection on which nothing is acknowledged is dead then
        "keepalives_idle": 5,
        "keepalives_interval": 2,
        "keepalives_count": 2,
    },
)
"""For databases that others can stand in for."""


def connect_engine(url: str, hurry: Hurry = PATIENT) -> Engine:
    """An engine for `url`, with nothing connected yet. SettingsError for an address that cannot be used.
    With `hurry` it had better answer soon, because somebody else can be asked."""
    address = _address(url)
    kept: dict[str, Any] = {
        "pool_size": POOL_SIZE,
        "max_overflow": MAX_OVERFLOW,
        "pool_timeout": hurry.pool,
        "pool_use_lifo": True,  # the connection used last has the warmest cache
        "json_serializer": partial(json.dumps, ensure_ascii=False),
    }
    try:
        if address.get_backend_name() == "sqlite":
            engine = create_engine(address, connect_args={"check_same_thread": False}, **kept)
            event.listen(engine, "connect", _open_sqlite)
            event.listen(engine, "begin", _begin_sqlite)
            return engine
        return create_engine(address, connect_args={**hurry.connecting, "options": "-c timezone=UTC"}, **kept)
    except ImportError as error:
        raise SettingsError(
            "PostgreSQL needs the package psycopg: pip install 'ortoo[postgres]'", name="ORTOO_DATABASE_URL"
        ) from error


def _address(url: str) -> URL:
    try:
        address = make_url(url.replace("postgres://", "postgresql://", 1) if url.startswith("postgres:") else url)
        backend = address.get_backend_name()
    except (ArgumentError, NoSuchModuleError) as error:
        raise SettingsError(f"{url[:80]!r} is not the address of a database", name="ORTOO_DATABASE_URL") from error
    if backend == "sqlite":
        if address.database in (None, "", ":memory:"):
            raise SettingsError("sqlite needs a file: sqlite:///ortoo.db", name="ORTOO_DATABASE_URL")
        return address.set(drivername="sqlite+pysqlite")
    if backend == "postgresql":
        return address.set(drivername="postgresql+psycopg")
    raise SettingsError(f"{backend}: only sqlite and postgresql are known", name="ORTOO_DATABASE_URL")


def _open_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # the driver must not begin transactions of its own
    connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT}")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA secure_delete = OFF")
    if connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        connection.execute("PRAGMA journal_mode = WAL")


def _begin_sqlite(connection: Connection) -> None:
    if connection.get_execution_options().get(_WRITING, False):
        connection.exec_driver_sql(f"PRAGMA cache_size = -{WRITER_CACHE}")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        return
    raw: Any = connection.connection.driver_connection
    raw.execute("BEGIN")  # it takes no lock yet, so it meets nobody; through SQLAlchemy it is 20 µs more for every page


def for_reading(connection: Connection) -> Connection:
    """Make the transaction that begins next one snapshot that cannot write."""
    if connection.dialect.name == "postgresql":
        return connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return connection


def for_writing(connection: Connection) -> Connection:
    """Make the transaction that begins next the only writer (on PostgreSQL once it has locked `store_state`)."""
    if connection.dialect.name == "postgresql":
        raw: Any = connection.connection.driver_connection
        raw.read_only = None  # as the server has it; what a reader left there would overrule one that is set to be read
    return connection.execution_options(**{_WRITING: True})


def lock_migration(connection: Connection) -> None:
    """Wait until no other process migrates, and keep others waiting until this transaction ends. To be called before
    the transaction's first statement."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_MIGRATION_LOCK)))
        return
    raw = connection.connection.cursor()
    raw.execute(f"PRAGMA busy_timeout = {MIGRATION_TIMEOUT}")
    raw.close()


def unlock_migration(connection: Connection) -> None:
    """Put the connection back as `lock_migration` found it, after the transaction."""
    if connection.dialect.name == "sqlite":
        raw = connection.connection.cursor()
        raw.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT}")
        raw.close()


def insert(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that knows ON CONFLICT; both databases spell it alike, SQLAlchemy does not."""
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)


DIALECTS = ("sqlite", "postgresql")


def listed(dialect: str, of: TypeEngine[Any]) -> Select[Any]:
    """The values of one parameter `listed` (see `packed`), for `column.in_`: numbers, texts, or keys of KEY_BYTES.
    SQLAlchemy compiles a list of values anew for each question and binds them one by one, which costs more than
    looking them up (measured: 3 of 5 microseconds a key); this is one parameter, however many they are."""
    if dialect == "postgresql":
        return select(func.unnest(bindparam("listed", type_=postgresql.ARRAY(of))))
    if not isinstance(of, LargeBinary):
        return select(func.json_each(bindparam("listed", type_=Text())).table_valued("value").c.value)
    all_ = bindparam("listed", type_=of)
    at = select(literal(1).label("at")).where(func.length(all_) > 0).cte("places", recursive=True)
    at = at.union_all(select(at.c.at + KEY_BYTES).where(at.c.at + KEY_BYTES <= func.length(all_)))
    return select(func.substr(all_, at.c.at, KEY_BYTES))


def packed(dialect: str, values: Collection[Any]) -> Any:
    """The values as `listed` takes them."""
    if dialect == "postgresql":
        return list(values)
    return b"".join(values) if isinstance(next(iter(values)), bytes) else json.dumps(list(values))


@dataclass(frozen=True, slots=True)
class Plain:
    """How this database's driver takes values, for `insert_many`."""

    day: Callable[[date], Any]
    moment: Callable[[datetime | None], Any]


def plain_values(connection: Connection) -> Plain:
    """The driver's own form of days and instants."""
    day = date.isoformat if connection.dialect.name == "sqlite" else _as_it_is
    return Plain(lru_cache(maxsize=4096)(day), partial(Moment.plain, sqlite=connection.dialect.name == "sqlite"))


def _as_it_is(value: date) -> date:
    return value


def insert_many(
    connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]], *, unless_there: bool = False
) -> None:
    """Insert rows of all the table's columns, in their order, in the driver's own form; with `unless_there` those that
    meet no row of their keys. SQLAlchemy's way from a dictionary to the driver costs more than the insert itself
    (measured: 20 of 37 microseconds a headline), so the tables that grow with every headline go without it."""
    if rows:
        text = _insert_text(table, connection.dialect.name)
        connection.exec_driver_sql(f"{text} ON CONFLICT DO NOTHING" if unless_there else text, list(rows))


@cache
def _insert_text(table: Table, dialect: str) -> str:
    mark = "?" if dialect == "sqlite" else "%s"
    names = ", ".join(column.name for column in table.columns)
    return f"INSERT INTO {table.name} ({names}) VALUES ({', '.join([mark] * len(table.columns))})"  # noqa: S608
