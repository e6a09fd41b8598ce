"""The door: transactions, revisions, faults."""

import sqlite3
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from app.errors import SchemaOutOfDate, SettingsError, Unavailable
from app.model.filters import TimelineFilter
from app.store import Store
from app.store.faults import faults
from tests.builders import DAY, NOW, batch, entry, headline

ALL = TimelineFilter()
ROOT = Path(__file__).resolve().parents[2]


def test_the_dialect_has_a_name(store: Store, database_url: str) -> None:
    assert store.dialect == database_url.split(":")[0]


def test_a_write_that_readers_can_see_raises_the_revision_by_one(store: Store) -> None:
    before = store.revision()
    with store.writing() as writer:
        writer.put(batch([headline("One", "https://a.mn/1")]))
        writer.put(batch([headline("Two", "https://a.mn/2")]))
    assert store.revision() == before + 1
    with store.reading() as reader:
        assert reader.revision() == before + 1


def test_a_write_that_changes_nothing_leaves_the_revision(store: Store) -> None:
    told = batch([headline("One", "https://a.mn/1"), entry("Two", 1)])
    with store.writing() as writer:
        writer.put(told)
    before = store.revision()
    with store.writing() as writer:
        writer.put(batch(told.headlines, at=NOW + timedelta(hours=1)))
        writer.put(batch())
    assert store.revision() == before


def test_a_failure_inside_a_transaction_leaves_nothing(store: Store) -> None:
    before = store.revision()

    def fail() -> None:
        with store.writing() as writer:
            writer.put(batch([headline("One", "https://a.mn/1")]))
            raise KeyError("stop")

    with pytest.raises(KeyError):
        fail()
    assert store.revision() == before
    with store.reading() as reader:
        assert reader.days(ALL, (), 10) == ()
        assert reader.outlets() == ()


def test_a_reader_sees_one_moment(store: Store) -> None:
    with store.reading() as reader:
        assert reader.days(ALL, (), 10) == ()
        with store.writing() as writer:
            writer.put(batch([headline("One", "https://a.mn/1")]))
        assert reader.days(ALL, (), 10) == ()
    with store.reading() as reader:
        assert reader.days(ALL, (), 10) == ((DAY, 1),)


def test_writers_take_turns(store: Store) -> None:
    """Eight threads tell the same ten headlines at once: each headline is there once, and every count is right."""
    told = batch([headline(f"Headline {n}", f"https://a.mn/{n}") for n in range(10)])
    added: list[int] = []

    def write() -> None:
        with store.writing() as writer:
            added.append(sum(result.outcome.value == "added" for result in writer.put(told)))

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(added) == [0] * 7 + [10]
    with store.reading() as reader:
        assert reader.days(ALL, (), 10) == ((DAY, 10),)


def test_forty_readers_at_once(store: Store) -> None:
    ready = threading.Barrier(40, timeout=30)
    seen: list[int] = []

    def read() -> None:
        with store.reading() as reader:
            ready.wait()  # all forty hold a connection now
            seen.append(reader.revision())

    threads = [threading.Thread(target=read) for _ in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [store.revision()] * 40


def test_a_database_without_tables_names_the_remedy(bare_url: str) -> None:
    store = Store.open(bare_url)
    with pytest.raises(SchemaOutOfDate, match="ortoo migrate"):
        store.check_schema()
    with pytest.raises(SchemaOutOfDate, match="ortoo migrate"):
        store.revision()
    store.close()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_connections_that_died_in_the_pool_are_replaced(store: Store, database_url: str) -> None:
    with store.reading(), store.reading():
        pass  # two connections wait in the pool now
    other = Store.open(database_url)
    with other.reading() as reader:
        reader._connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    other.close()
    with store.writing() as writer:
        writer.put(batch([headline("One", "https://a.mn/1")]))
    with store.reading() as one, store.reading() as two:
        assert one.revision() == two.revision()


def test_a_server_that_is_not_there() -> None:
    store = Store.open("postgresql://somebody:secret@localhost:1/nothing")
    with pytest.raises(Unavailable, match="cannot be reached") as caught:
        store.revision()
    assert "secret" not in str(caught.value)
    store.close()


def test_a_database_that_does_not_exist(postgresql_server: str) -> None:
    store = Store.open(postgresql_server.format("nobody_made_this"))
    with pytest.raises(Unavailable, match="ORTOO_DATABASE_URL"):
        store.revision()
    store.close()


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "letter.db"
    path.write_text("Dear reader, " * 1000)
    store = Store.open(f"sqlite:///{path}")
    with pytest.raises(Unavailable, match="not an SQLite database"):
        store.check_schema()
    store.close()


def test_a_directory_that_is_not_there(tmp_path: Path) -> None:
    store = Store.open(f"sqlite:///{tmp_path}/nowhere/store.db")
    with pytest.raises(Unavailable, match="directory exists"):
        store.migrate()
    store.close()


def test_a_writer_that_waits_in_vain(sqlite_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.store.dialects.BUSY_TIMEOUT", 10)
    other = sqlite3.connect(tmp_path / "plain.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    def write() -> None:
        with sqlite_store.writing():
            pass

    with pytest.raises(Unavailable, match="locked"):
        write()
    assert sqlite_store.revision(), "readers are not kept waiting"
    other.close()


def test_a_full_disk(sqlite_store: Store) -> None:
    def fill() -> None:
        with sqlite_store.writing() as writer:
            writer._connection.exec_driver_sql("PRAGMA max_page_count = 60")
            writer.put(batch([headline(f"Headline {n} " * 20, f"https://a.mn/{n}") for n in range(2000)]))

    with pytest.raises(Unavailable, match="disk is full"):
        fill()
    with sqlite_store.reading() as reader:
        assert reader.days(ALL, (), 10) == ()


def test_a_database_that_can_only_be_read(sqlite_store: Store, tmp_path: Path) -> None:
    def write() -> None:
        with sqlite_store.writing() as writer:
            writer._connection.exec_driver_sql("PRAGMA query_only = ON")
            writer.put(batch([headline("One", "https://a.mn/1")]))

    with pytest.raises(Unavailable, match="only be read"):
        write()


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://localhost/x", "letters", "oracle://x/y"])
def test_an_address_that_cannot_be_used(url: str) -> None:
    with pytest.raises(SettingsError):
        Store.open(url)


@pytest.mark.parametrize("prefix", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_spelling_of_postgresql(prefix: str) -> None:
    assert Store.open(f"{prefix}://localhost/ortoo").dialect == "postgresql"


def test_sqlite_keeps_its_promises(sqlite_store: Store) -> None:
    with sqlite_store.reading() as reader:
        ask = reader._connection.exec_driver_sql
        assert ask("PRAGMA journal_mode").scalar() == "wal"
        assert ask("PRAGMA synchronous").scalar() == 2, "FULL: an acknowledged headline is on the disk"
        assert ask("PRAGMA foreign_keys").scalar() == 1


KILLED = """
import os, sys
from app.store import Store
from app.store.faults import faults
from tests.builders import batch, headline

store = Store.open(sys.argv[1])
with store.writing() as writer:
    writer.put(batch([headline("Acknowledged", "https://a.mn/1")]))
with store.writing() as writer:
    writer.put(batch([headline("Never acknowledged", "https://a.mn/2")]))
    os.kill(os.getpid(), 9)
"""


def test_an_acknowledged_headline_survives_a_killed_process(store: Store, database_url: str) -> None:
    killed = subprocess.run([sys.executable, "-c", KILLED, database_url], cwd=ROOT, check=False)
    assert killed.returncode == -9
    with store.writing() as writer:
        writer.put(batch([headline("Next", "https://a.mn/3")]))
    with store.reading() as reader:
        assert [record.title for record in reader.export()] == ["Acknowledged", "Next"]


def test_all_connections_in_use(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("POOL_SIZE", 1), ("MAX_OVERFLOW", 0), ("POOL_TIMEOUT", 0.01)):
        monkeypatch.setattr(f"app.store.dialects.{name}", value)
    store = Store.open(database_url)
    with store.reading() as reader:
        with pytest.raises(Unavailable, match="in use"):
            store.revision()
        assert reader.revision() == 1
    assert store.revision() == 1
    store.close()


def test_postgresql_without_its_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(SettingsError, match=r"pip install 'ortoo\[postgres\]'"):
        Store.open("postgresql://localhost/ortoo")


@pytest.mark.parametrize(
    ("sqlstate", "words"),
    [
        ("08006", "connection to it was lost"),
        ("25006", "only be read"),
        ("53100", "disk is full"),
        ("57P01", "being stopped"),
        ("58030", "disk does not answer"),
    ],
)
def test_what_postgresql_says_by_number_is_said_with_its_remedy(sqlstate: str, words: str) -> None:
    class Said(Exception):
        pass

    said = Said()
    said.sqlstate = sqlstate  # type: ignore[attr-defined]
    with pytest.raises(Unavailable, match=words), faults("postgresql://db/ortoo"):
        raise OperationalError("SELECT 1", {}, said)
