"""Readers are served while long things go on."""

from pathlib import Path

from app.store import Store, Tools
from tests.builders import batch, headline
from tests.web.sending import Poster, posting


def served(poster: Poster, wanted: str, unwanted: str) -> None:
    """Pages come, and show what was committed."""
    for address in ("/en/", "/mn/2026-01-15", "/en/archive"):
        assert poster.get(address).status_code == 200, address
    shown = poster.get("/en/2026-01-15").text
    assert wanted in shown
    assert unwanted not in shown


def test_readers_are_served_during_a_long_ingest(store: Store) -> None:
    """Half of it is written, none of it committed."""
    with store.writing() as writer:
        writer.put(batch([headline("There before", "https://a.mn/before")]))
    with posting(store) as poster:
        with store.writing() as writer:
            for part in range(3):
                told = [headline(f"Coming {part} {n}", f"https://a.mn/{part}/{n}") for n in range(300)]
                writer.put(batch(told))
                served(poster, "There before", "Coming")
        assert "Coming" in poster.get("/en/2026-01-15").text


def test_readers_and_writers_are_served_during_a_backup(store: Store, postgresql_tools: Tools, tmp_path: Path) -> None:
    """Between two parts of the copy pages are read and a headline is written."""
    with store.writing() as writer:
        writer.put(batch([headline("There before", "https://a.mn/before")]))
    written = 0
    with posting(store) as poster:

        def meanwhile(_: int, __: int | None) -> None:
            nonlocal written
            written += 1
            with store.writing() as writer:
                writer.put(batch([headline(f"Meanwhile {written}", f"https://a.mn/{written}")]))
            assert poster.get("/en/2026-01-15").status_code == 200

        store.backup(tmp_path / "day.backup", postgresql_tools, meanwhile, verify=True)
        assert written > 0
        assert f"Meanwhile {written}" in poster.get("/en/2026-01-15").text
