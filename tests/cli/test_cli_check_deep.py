"""`ortoo check --deep` and `--repair`."""

import json

from app.store import Store
from tests.cli.conftest import Ortoo

TOLD = b'{"title": "Wolves seen near the capital", "url": "https://a.mn/1", "date": "2026-01-15"}\n'


def test_what_is_wrong_is_said_and_put_right(ortoo: Ortoo, store: Store) -> None:
    assert ortoo("ingest", "-", stdin=TOLD).code == 0
    assert ortoo("migrate").code == 0
    sound = ortoo("check", "--deep")
    assert sound.code == 0, sound.out
    assert "ok   counts" in sound.out
    with store.writing() as writer:
        writer._connection.exec_driver_sql("UPDATE day_counts SET n = 7")
    assert ortoo("check").code == 0, "it takes a deep look to see it"
    found = ortoo("check", "--deep")
    assert found.code == 1
    assert "FAIL counts" in found.out
    assert "says 7, has 1" in found.out
    mended = ortoo("check", "--repair", "--json")
    assert mended.code == 0
    (counts,) = [part for part in json.loads(mended.out) if part["part"] == "counts"]
    assert (counts["ok"], counts["faults"], counts["repaired"]) == (True, 1, 1)
    assert ortoo("check", "--deep").code == 0


def test_a_database_without_tables_has_nothing_deep(bare_ortoo: Ortoo) -> None:
    said = bare_ortoo("check", "--deep")
    assert said.code == 1
    assert "ortoo migrate" in said.out
    assert "counts" not in said.out
