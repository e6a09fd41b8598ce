"""`ortoo backup` and `ortoo restore`."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from app.clock import Clock
from app.settings import Settings
from app.store import Tools
from tests.cli.conftest import Ortoo, _runner

Named = Callable[[str], Ortoo]


@pytest.fixture
def on(clock: Clock, postgresql_tools: Tools) -> Named:
    """The command line on a database of that address."""
    return lambda url: _runner(Settings(database_url=url, postgresql_bin=postgresql_tools.directory), clock)


def test_there_and_back(on: Named, database_url: str, tmp_path: Path) -> None:
    ortoo, file = on(database_url), tmp_path / "day.backup"
    told = b'{"title": "Mongolia opens a new railway", "url": "https://a.mn/1", "date": "2026-01-15"}\n'
    assert ortoo("ingest", "-", stdin=told).code == 0
    made = ortoo("backup", file, "--verify")
    assert made.code == 0, made.err
    assert "Restored beside and compared" in made.out
    assert ortoo("ingest", "-", stdin=told.replace(b"opens", b"closes").replace(b"/1", b"/2")).code == 0
    assert "closes" in ortoo("export").out
    refused = ortoo("restore", file)
    assert (refused.code, refused.out) == (2, "")
    assert "--force" in refused.err
    restored = ortoo("restore", file, "--force", "--verify", "--json")
    assert restored.code == 0, restored.err
    facts = json.loads(restored.out)
    assert facts["verified"]["headlines"]["rows"] == 1
    assert facts["bytes"] == file.stat().st_size
    assert "closes" not in ortoo("export").out
    assert ortoo("migrate").code == 0
    assert ortoo("check").code == 0


def test_a_file_that_is_there(on: Named, database_url: str, tmp_path: Path) -> None:
    ortoo, file = on(database_url), tmp_path / "day.backup"
    assert ortoo("backup", file).code == 0
    refused = ortoo("backup", file)
    assert refused.code == 2
    assert refused.err == f"ortoo: {file} exists: --force overwrites it.\n"
    assert json.loads(ortoo("backup", file, "--force", "--json").out)["verified"] is None


def test_what_is_no_backup(on: Named, database_url: str, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear reader")
    said = on(database_url)("restore", letter, "--force")
    assert said.code == 1
    assert "is no backup" in said.err


def test_a_database_without_tables_has_nothing_to_back_up(on: Named, bare_url: str, tmp_path: Path) -> None:
    said = on(bare_url)("backup", tmp_path / "nothing.backup")
    assert said.code == 1
    assert "ortoo migrate" in said.err
    assert list(tmp_path.glob("*nothing*")) == []


def test_a_person_sees_how_far_it_is(database_url: str, clock: Clock, postgresql_tools: Tools, tmp_path: Path) -> None:
    ortoo = _runner(Settings(database_url=database_url, postgresql_bin=postgresql_tools.directory), clock)
    said = ortoo("backup", tmp_path / "seen.backup", terminal=True, seconds=iter(range(10**6)))
    assert said.code == 0
    assert "copied: " in said.err
