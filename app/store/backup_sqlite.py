"""Backups of SQLite, by its own backup interface (https://sqlite.org/backup.html)."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine

from app.errors import BackupFailed

PAGES = 1_000
"""Pages copied between two words about how far it is."""

Progress = Callable[[int, int | None], None]

_BROKEN = {"SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_READONLY"}
"""Why a database cannot be written into though its file can be replaced; the last: its pages are of another size."""


def write(connection: Connection, path: Path, progress: Progress) -> None:
    """Copy what `connection`, which has begun to read, sees. As it goes on reading, the copy is of that moment and
    never begins again, however much others write meanwhile."""
    source: Any = connection.connection.driver_connection
    try:
        with closing(sqlite3.connect(path)) as target:
            _copy(source, target, progress)
            target.execute("PRAGMA journal_mode = DELETE")  # one file, that a disk that can only be read can hold
    except sqlite3.Error as error:
        raise BackupFailed(f"The backup cannot be written: {error}.") from error


def _copy(source: sqlite3.Connection, target: sqlite3.Connection, progress: Progress) -> None:
    source.backup(target, pages=PAGES, progress=lambda _, left, total: progress(total - left, total))


def checked(path: Path) -> str:
    """The schema of a backup that is sound. BackupFailed."""
    try:
        with closing(_read_only(path)) as file:
            told = [row[0] for row in file.execute("PRAGMA integrity_check(3)")]
            if told != ["ok"]:
                raise BackupFailed(f"{path} is damaged: {'; '.join(told)}")
            if file.execute("PRAGMA foreign_key_check").fetchone():
                raise BackupFailed(f"{path} is damaged: rows refer to others that are not there.")
            file.execute("SELECT revision FROM store_state").fetchone()
            return str(file.execute("SELECT version_num FROM alembic_version").fetchone()[0])
    except (sqlite3.Error, TypeError) as error:
        raise BackupFailed(f"{path} is damaged, or no database of this program: {error}.") from error


def _read_only(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{quote(str(path.resolve()))}?mode=ro", uri=True)


def is_there(engine: Engine) -> bool:
    """Whether there is a file."""
    return _place(engine).exists()


def is_damaged(engine: Engine) -> bool:
    """Whether the file that is there cannot be opened as a database."""
    try:
        with closing(sqlite3.connect(_place(engine))) as there:
            there.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.DatabaseError as error:
        return _name(error) in _BROKEN
    return False


def load(engine: Engine, path: Path, progress: Progress) -> None:
    """Put the backup into the database: first beside it, then in its place. Where there is a database it is written
    into in one transaction, so that processes that have it open read on and then see the new one; a file that is
    damaged is set aside under another name."""
    place = _place(engine)
    engine.dispose()
    beside = place.with_name(f".{place.name}.{os.getpid()}")
    try:
        with closing(_read_only(path)) as file, closing(sqlite3.connect(beside)) as copy:
            _copy(file, copy, progress)
            copy.execute("PRAGMA journal_mode = DELETE")
        if not (place.exists() and _written_into(place, beside)):
            _set_aside(place)
            beside.replace(place)
    except (sqlite3.Error, OSError) as error:
        raise BackupFailed(f"{place} cannot be written: {error}.") from error
    finally:
        beside.unlink(missing_ok=True)


def _written_into(place: Path, beside: Path) -> bool:
    try:
        with closing(sqlite3.connect(place, timeout=10)) as target, closing(_read_only(beside)) as source:
            target.execute("PRAGMA synchronous = FULL")
            source.backup(target)
            return True
    except sqlite3.DatabaseError as error:
        if _name(error) not in _BROKEN:
            raise
        return False


def _set_aside(place: Path) -> None:
    """What is left of a damaged database keeps its log, which belongs to it and to no other."""
    number = next(n for n in range(1, 10_000) if not place.with_name(f"{place.name}.damaged-{n}").exists())
    for suffix in ("", "-wal", "-shm"):
        old = place.with_name(place.name + suffix)
        if old.exists():
            old.replace(place.with_name(f"{place.name}.damaged-{number}{suffix}"))


def _name(error: sqlite3.DatabaseError) -> str:
    """The primary code's name."""
    return "_".join(str(getattr(error, "sqlite_errorname", "")).split("_")[:2])


def _place(engine: Engine) -> Path:
    return Path(str(engine.url.database))


@contextmanager
def scratch(_: Engine, path: Path) -> Iterator[str]:
    """The address of a database that passes, beside the backup, where there is room for it."""
    with TemporaryDirectory(prefix=".ortoo-", dir=path.parent) as folder:
        yield f"sqlite:///{Path(folder).resolve()}/restored.db"
