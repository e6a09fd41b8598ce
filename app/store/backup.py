"""Backups: made while everything runs, of one moment; verified by restoring them; restored all or nothing.

A backup is a file of the database's own kind: an SQLite database, or an archive of PostgreSQL's `pg_dump` (custom
format). It appears under its name only when it is whole and on the disk.
"""

import contextlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, select, update

from app.errors import BackupFailed, BackupRefused
from app.store import backup_postgresql, backup_sqlite, migrate
from app.store.backup_postgresql import Tools as Tools
from app.store.contents import TableContents, contents, differences, table_names
from app.store.dialects import connect_engine, for_reading, for_writing
from app.store.schema import REVISION, store_state

Progress = Callable[[int, int | None], None]
"""Told how much is done, of how much where that is known: pages on SQLite, kilobytes on PostgreSQL."""

LEAP = 1_000_000
"""A restored store's revision is so much higher: pages that browsers keep from after the backup are not taken for those
of the restored store when it comes to the same number."""

_MAGIC = {b"SQLite format 3\0": "sqlite", b"PGDMP": "postgresql"}
_PRIVATE = 0o600  # it holds hashes of passwords and tokens


@dataclass(frozen=True, slots=True)
class Copied:
    """A backup that was made or restored: its size, the content's revision, the schema's, and what is in each table
    where that was compared."""

    bytes: int
    revision: int
    schema: str
    verified: dict[str, TableContents] | None = None


def make(engine: Engine, path: Path, tools: Tools, progress: Progress, *, force: bool, verify: bool) -> Copied:
    """Write a backup to `path`; with `verify` restore it beside and compare. BackupRefused when there is a file and not
    `force`; BackupFailed, and then nothing appears."""
    if path.exists() and not force:
        raise BackupRefused(f"{path} exists: --force overwrites it.")
    with _whole(path) as beside, for_reading(engine.connect()) as connection:
        revision = connection.execute(select(store_state.c.revision)).scalar_one()  # the moment
        schema = migrate.found(connection) or ""
        if engine.dialect.name == "sqlite":
            backup_sqlite.write(connection, beside, progress)
        else:
            backup_postgresql.write(connection, beside, tools, progress)
        _flush(beside)
        compared = None
        if verify:
            compared = contents(connection)
            if unlike := differences(compared, _restored(engine, beside, tools)):
                raise BackupFailed(
                    f"Restored and compared, the backup differs in {', '.join(unlike)}: it is thrown away."
                )
        size = beside.stat().st_size
    return Copied(size, revision, schema, compared)


def restore(engine: Engine, path: Path, tools: Tools, progress: Progress, *, force: bool, verify: bool) -> Copied:
    """Put the backup in the place of what is in the database: all of it or nothing, seen by processes that run. The
    file is checked first. BackupRefused when there is something and not `force`; BackupFailed."""
    schema = _looked_at(engine, path, tools)
    before = _present_revision(engine)
    if before is not None and not force:
        raise BackupRefused("The database is not empty: --force puts the backup in the place of all that is in it.")
    if engine.dialect.name == "sqlite":
        backup_sqlite.load(engine, path, progress)
    else:
        backup_postgresql.load(engine, path, tools, progress)
    compared = _compare(engine, path, tools) if verify else None
    return Copied(path.stat().st_size, _leap(engine, before or 0), schema, compared)


def _compare(engine: Engine, path: Path, tools: Tools) -> dict[str, TableContents]:
    with for_reading(engine.connect()) as connection:
        there = contents(connection)
    if unlike := differences(there, _restored(engine, path, tools)):
        raise BackupFailed(f"What is restored differs from the backup in {', '.join(unlike)}; does somebody write?")
    return there


def _restored(engine: Engine, path: Path, tools: Tools) -> dict[str, TableContents]:
    """What is in a backup, found out by restoring it into a database that passes."""
    scratch = backup_sqlite.scratch if engine.dialect.name == "sqlite" else backup_postgresql.scratch
    with scratch(engine, path) as url:
        passing = connect_engine(url)
        try:
            if engine.dialect.name == "sqlite":
                backup_sqlite.load(passing, path, lambda *_: None)
            else:
                backup_postgresql.load(passing, path, tools, lambda *_: None)
            with for_reading(passing.connect()) as connection:
                return contents(connection)
        finally:
            passing.dispose()


def _looked_at(engine: Engine, path: Path, tools: Tools) -> str:
    """The schema of a backup that this program and database can take. BackupFailed."""
    try:
        with path.open("rb") as file:
            head = file.read(16)
    except OSError as error:
        raise BackupFailed(f"{path} cannot be read: {error.strerror}.") from error
    kind = next((kind for magic, kind in _MAGIC.items() if head.startswith(magic)), None)
    if kind is None:
        raise BackupFailed(f"{path} is no backup: neither an SQLite database nor an archive of pg_dump.")
    if kind != engine.dialect.name:
        raise BackupFailed(
            f"{path} is of {kind}, the database is {engine.dialect.name}: `ortoo export` and `ortoo ingest` lead from"
            " one kind to the other."
        )
    schema = backup_sqlite.checked(path) if kind == "sqlite" else backup_postgresql.checked(path, tools)
    if schema > REVISION and not migrate.usable(schema):
        raise BackupFailed(f"{path} is at schema {schema}, made by a newer version of this program: install that one.")
    return schema


def _present_revision(engine: Engine) -> int | None:
    """The revision of what is there; 0 for something else or damaged, None for nothing."""
    if engine.dialect.name == "sqlite":
        if not backup_sqlite.is_there(engine):
            return None
        if backup_sqlite.is_damaged(engine):
            return 0
    with for_reading(engine.connect()) as connection:
        names = table_names(connection)
        if "store_state" in names:
            return connection.execute(select(store_state.c.revision)).scalar() or 0
        return 0 if names else None


def _leap(engine: Engine, before: int) -> int:
    with for_writing(engine.connect()) as connection:
        restored = connection.execute(select(store_state.c.revision)).scalar_one()
        after: int = max(restored, before) + LEAP
        connection.execute(update(store_state).values(revision=after))
        connection.commit()
    return after


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """A file that appears under its name only when it is whole, readable by its owner alone."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with closing_descriptor(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _PRIVATE)):
            pass
        yield beside
        beside.replace(path)
        _flush(path.parent)
    except OSError as error:
        raise BackupFailed(f"{path} cannot be written: {error.strerror}.") from error
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


@contextmanager
def closing_descriptor(number: int) -> Iterator[int]:
    """A file descriptor, closed at the end."""
    try:
        yield number
    finally:
        os.close(number)


def _flush(path: Path) -> None:
    """Until it is on the disk; a directory, so that the name is."""
    with closing_descriptor(os.open(path, os.O_RDONLY)) as number:
        os.fsync(number)
