"""Backups: of one moment, whole or not there, restored all or nothing, on both databases."""

import os
import shutil
import sqlite3
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.errors import BackupFailed, BackupRefused, SchemaOutOfDate, SettingsError
from app.model.filters import TimelineFilter
from app.store import Store, Tools, backup_sqlite
from app.store.backup import LEAP
from app.store.contents import contents, differences
from tests.builders import DAY, batch, entry, headline

ALL = TimelineFilter()


def quiet(_: int, __: int | None) -> None:
    """Nobody watches."""


def put(store: Store, *titles: str) -> None:
    with store.writing() as writer:
        writer.put(batch([headline(title, f"https://a.mn/{title}") for title in titles]))


def titles(store: Store) -> set[str]:
    with store.reading() as reader:
        return set(reader._connection.exec_driver_sql("SELECT title FROM headlines").scalars())


@pytest.fixture
def filled(store: Store) -> Store:
    put(store, *(f"Headline {n}" for n in range(50)))
    with store.writing() as writer:
        writer.put(batch([entry("Of the digest", 1), entry("Дижестийн гарчиг", 1, language="mn")]))
    return store


@pytest.fixture
def elsewhere(bare_url: str) -> Iterator[Store]:
    """A database without tables; of the same kind as `store` where both are asked for with one kind."""
    opened = Store.open(bare_url)
    yield opened
    opened.close()


KINDS = pytest.mark.parametrize(("database_url", "bare_url"), [(k, k) for k in ("sqlite", "postgresql")], indirect=True)


@KINDS
def test_a_backup_restored_elsewhere_is_the_same(
    filled: Store, elsewhere: Store, postgresql_tools: Tools, tmp_path: Path
) -> None:
    file = tmp_path / "one.backup"
    made = filled.backup(file, postgresql_tools, quiet, verify=True)
    assert made.revision == filled.revision()
    assert made.bytes == file.stat().st_size
    assert made.verified is not None
    assert made.verified["headlines"].rows == 52
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    restored = elsewhere.restore(file, postgresql_tools, quiet, verify=True)
    elsewhere.check_schema()
    with filled.reading() as one, elsewhere.reading() as other:
        assert differences(contents(one._connection), contents(other._connection)) == ["store_state"]
        assert other.days(ALL, (), 9) == one.days(ALL, (), 9) == ((DAY, 52),)
    assert restored.revision == elsewhere.revision() == made.revision + LEAP
    put(elsewhere, "Goes on")
    assert "Goes on" in titles(elsewhere)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_what_is_written_meanwhile_is_not_in_it(filled: Store, postgresql_tools: Tools, tmp_path: Path) -> None:
    """A writer goes on through the whole backup; the backup is of one moment, and equal to that moment."""
    stop, written = threading.Event(), threading.Semaphore(0)

    def write() -> None:
        n = 0
        while not stop.is_set():
            put(filled, f"Meanwhile {n}")
            n += 1
            written.release()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert written.acquire(timeout=30)
        made = filled.backup(tmp_path / "busy.backup", postgresql_tools, quiet, verify=True)
        assert written.acquire(timeout=30), "writers were kept waiting"
    finally:
        stop.set()
        writer.join()
    assert made.revision < filled.revision()


def test_a_running_store_sees_what_is_restored(filled: Store, postgresql_tools: Tools, tmp_path: Path) -> None:
    """A second store has connections open all along, as a server has."""
    server = Store.open(filled._engine.url.render_as_string(hide_password=False))
    file = tmp_path / "before.backup"
    filled.backup(file, postgresql_tools, quiet)
    before = titles(server)
    put(filled, "After the backup")
    seen = server.revision()
    with pytest.raises(BackupRefused, match="--force"):
        filled.restore(file, postgresql_tools, quiet)
    assert "After the backup" in titles(server)
    filled.restore(file, postgresql_tools, quiet, force=True)
    assert titles(server) == before
    assert server.revision() > seen, "no page of before is taken for one of now"
    put(server, "After the restore")
    assert titles(filled) == {*before, "After the restore"}
    server.close()


def test_a_file_that_is_there_is_not_overwritten(filled: Store, postgresql_tools: Tools, tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Dear reader")
    with pytest.raises(BackupRefused, match="--force"):
        filled.backup(file, postgresql_tools, quiet)
    assert file.read_text() == "Dear reader"
    filled.backup(file, postgresql_tools, quiet, force=True)
    assert file.stat().st_size > 1000


def test_a_backup_that_fails_leaves_nothing(filled: Store, postgresql_tools: Tools, tmp_path: Path) -> None:
    def stop(_: int, __: int | None) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        filled.backup(tmp_path / "never.backup", postgresql_tools, stop)
    with pytest.raises(BackupFailed, match="cannot be written"):
        filled.backup(tmp_path / "nowhere" / "never.backup", postgresql_tools, quiet)
    assert [path for path in tmp_path.iterdir() if "never" in path.name] == []


@KINDS
def test_damaged_backups_are_refused(filled: Store, elsewhere: Store, postgresql_tools: Tools, tmp_path: Path) -> None:
    file, cut, letter = tmp_path / "whole.backup", tmp_path / "cut.backup", tmp_path / "letter.backup"
    filled.backup(file, postgresql_tools, quiet)
    cut.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    letter.write_text("Dear reader, " * 100)
    for broken in (cut, letter, tmp_path / "nowhere.backup"):
        with pytest.raises(BackupFailed, match=str(broken)):
            elsewhere.restore(broken, postgresql_tools, quiet)
    with pytest.raises(SchemaOutOfDate):
        elsewhere.check_schema()
    before = titles(filled)
    with pytest.raises(BackupFailed):
        filled.restore(cut, postgresql_tools, quiet, force=True)
    assert titles(filled) == before


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_backup_of_the_other_kind_is_refused(
    store: Store, sqlite_store: Store, postgresql_tools: Tools, tmp_path: Path
) -> None:
    ours, theirs = tmp_path / "sqlite.backup", tmp_path / "postgresql.backup"
    sqlite_store.backup(ours, postgresql_tools, quiet)
    store.backup(theirs, postgresql_tools, quiet)
    with pytest.raises(BackupFailed, match="ortoo export"):
        store.restore(ours, postgresql_tools, quiet, force=True)
    with pytest.raises(BackupFailed, match="ortoo export"):
        sqlite_store.restore(theirs, postgresql_tools, quiet, force=True)


def test_a_backup_of_a_newer_program_is_refused(filled: Store, postgresql_tools: Tools, tmp_path: Path) -> None:
    with filled.writing() as writer:
        writer._connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    filled.backup(tmp_path / "newer.backup", postgresql_tools, quiet)
    with pytest.raises(BackupFailed, match="newer version"):
        filled.restore(tmp_path / "newer.backup", postgresql_tools, quiet, force=True)
    with filled.writing() as writer:
        writer._connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0007'")


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_without_the_tools_it_says_where_they_may_be(store: Store, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="ORTOO_POSTGRESQL_BIN"):
        store.backup(tmp_path / "never.backup", Tools(str(tmp_path)), quiet)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_what_a_tool_says_is_passed_on(store: Store, tmp_path: Path) -> None:
    tool = tmp_path / "pg_dump"
    tool.write_text("#!/bin/sh\necho 'pg_dump: error: aborting because of server version mismatch' >&2\nexit 1\n")
    tool.chmod(0o700)
    with pytest.raises(BackupFailed, match="server version mismatch"):
        store.backup(tmp_path / "never.backup", Tools(str(tmp_path)), quiet)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_no_password_stands_on_a_command_line(store: Store, tmp_path: Path) -> None:
    tool = tmp_path / "pg_dump"
    tool.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/told\necho "$PGPASSWORD" > {tmp_path}/secret\nexit 1\n')
    tool.chmod(0o700)
    engine = store._engine
    store._engine = Store.open(engine.url.set(password="owl-and-wolf").render_as_string(hide_password=False))._engine
    with pytest.raises(BackupFailed):
        store.backup(tmp_path / "never.backup", Tools(str(tmp_path)), quiet)
    store._engine.dispose()
    store._engine = engine
    assert "owl-and-wolf" not in (tmp_path / "told").read_text()
    assert (tmp_path / "secret").read_text() == "owl-and-wolf\n"


def test_a_damaged_file_is_set_aside(sqlite_store: Store, postgresql_tools: Tools, tmp_path: Path) -> None:
    put(sqlite_store, "Kept")
    sqlite_store.backup(tmp_path / "good.backup", postgresql_tools, quiet)
    sqlite_store.close()
    path = tmp_path / "plain.db"
    path.write_bytes(b"no database at all" * 1000)
    with pytest.raises(BackupRefused):
        sqlite_store.restore(tmp_path / "good.backup", postgresql_tools, quiet)
    sqlite_store.restore(tmp_path / "good.backup", postgresql_tools, quiet, force=True)
    assert titles(sqlite_store) == {"Kept"}
    assert (tmp_path / "plain.db.damaged-1").read_bytes().startswith(b"no database")


def test_a_restore_that_dies_half_way_changes_nothing(
    sqlite_store: Store, postgresql_tools: Tools, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(sqlite_store, "Then")
    sqlite_store.backup(tmp_path / "then.backup", postgresql_tools, quiet)
    put(sqlite_store, "Now")

    def fail(*_: object) -> bool:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(backup_sqlite, "_written_into", fail)
    with pytest.raises(BackupFailed, match="disk is full"):
        sqlite_store.restore(tmp_path / "then.backup", postgresql_tools, quiet, force=True)
    assert titles(sqlite_store) == {"Then", "Now"}
    assert [name for name in os.listdir(tmp_path) if name.startswith(".")] == []


def test_a_copied_file_is_a_backup_too(sqlite_store: Store, postgresql_tools: Tools, tmp_path: Path) -> None:
    """What somebody copied by hand while nothing ran."""
    put(sqlite_store, "By hand")
    sqlite_store.close()
    shutil.copy(tmp_path / "plain.db", tmp_path / "hand.db")
    put(sqlite_store, "Later")
    sqlite_store.restore(tmp_path / "hand.db", postgresql_tools, quiet, force=True)
    assert titles(sqlite_store) == {"By hand"}
