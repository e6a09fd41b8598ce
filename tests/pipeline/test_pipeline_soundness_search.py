"""What a search finds is damaged and mended; originals are left; others go on meanwhile."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from app.ingest.payload import Payload
from app.pipeline import ingest, keys
from app.pipeline.soundness import look_through
from app.search.expand import SPELLING
from app.store import Store
from app.store.title_index import term
from app.store.title_tables import SHIFT, title_words
from app.store.vocabulary import words_of
from tests.builders import NOW
from tests.pipeline.soundness_case import URL, damage, faulty, hits, look, number

FOUND = {
    "nothing is found": {
        "sqlite": ["INSERT INTO title_fts (title_fts) VALUES ('delete-all')"],
        "postgresql": ["UPDATE headlines SET terms = '{}'"],
    },
    "one is not found": {
        "sqlite": [],  # its rows are taken out below, as the table has to be told what it forgets
        "postgresql": [f"UPDATE headlines SET terms = NULL WHERE url = '{URL}'"],
    },
    "one is found on other days": {
        "sqlite": [],
        "postgresql": [f"UPDATE headlines SET terms[1] = terms[1] - 7 WHERE url = '{URL}'"],
    },
    "one is found by other words": {
        "sqlite": ["INSERT INTO title_fts (rowid, terms) SELECT 739000 * 4294967296 + max(id), '1' FROM headlines"],
        "postgresql": [f"UPDATE headlines SET terms = terms || 1 WHERE url = '{URL}'"],
    },
}


@pytest.mark.parametrize("name", FOUND)
def test_a_search_that_does_not_find_is_mended(whole: Store, name: str) -> None:
    before = hits(whole, "railway"), hits(whole, "wolves")
    assert min(before) > 0
    statements = FOUND[name][whole.dialect] or [forget(whole, number(whole, URL))]
    damage(whole, *statements)
    found = look(whole)
    assert faulty(found) == ["index"]
    mended = look(whole, repair=True)
    assert mended["index"].sound
    assert faulty(look(whole)) == []
    assert (hits(whole, "railway"), hits(whole, "wolves")) == before


def forget(store: Store, headline_id: int) -> str:
    """SQLite's statement that takes a headline out of the index."""
    with store.reading() as reader:
        row = reader.headline(headline_id)
        words = words_of(row.title, SPELLING)
        known = select(title_words.c.id).where(title_words.c.word.in_(words))
        terms = " ".join(sorted(term(one) for one in reader._connection.scalars(known)))
    place = (row.day.toordinal() << SHIFT) + headline_id
    return f"INSERT INTO title_fts (title_fts, rowid, terms) VALUES ('delete', {place}, '{terms}')"


def test_an_index_that_was_left_half_made_is_finished(whole: Store) -> None:
    with whole.writing() as writer:
        writer.begin_index()
    assert faulty(look(whole)) == ["index"]
    assert look(whole, repair=True)["index"].sound
    assert hits(whole, "wolves") > 0


@pytest.mark.parametrize("table", ["sightings", "digest_entries", "title_edits"])
def test_an_original_that_is_lost_is_named_and_left(whole: Store, table: str) -> None:
    """What nothing can be derived from is not thrown away either."""
    where = {
        "sightings": "INSERT INTO sightings (headline_id, origin_id, first_at, last_at)"
        " SELECT 999999, origin_id, first_at, last_at FROM sightings LIMIT 1",
        "digest_entries": "INSERT INTO digest_entries (day, language, position, headline_id)"
        " VALUES ('2025-09-17', 'en', 500, 999999)",
        "title_edits": "INSERT INTO title_edits (id, headline_id, at, before, after, origin_id)"
        " SELECT 1, 999999, first_at, 'a', 'b', origin_id FROM sightings LIMIT 1",
    }
    damage(whole, where[table])
    mended = look(whole, repair=True)
    assert (mended["orphans"].faults, mended["orphans"].repaired) == (1, 0)
    assert "a backup has it" in mended["orphans"].examples[0]
    assert faulty(look(whole)) == ["orphans"]


def test_fingerprints_that_another_one_has_are_left_to_people(whole: Store) -> None:
    other = number(whole, "https://montsame.mn/en/2")
    damage(
        whole,
        f"UPDATE headlines SET canonical_url = (SELECT h.canonical_url FROM headlines h WHERE h.id = {other})"
        f" WHERE url = '{URL}'",
    )
    mended = look(whole, repair=True)["fingerprints"]
    assert (mended.faults, mended.repaired) == (1, 0)


def test_keys_of_another_version_are_for_migrate(whole: Store) -> None:
    damage(whole, "UPDATE key_versions SET version = 0")
    found = look(whole, repair=True)
    assert "ortoo migrate" in found["keys"].examples[0]
    assert "ortoo migrate" in found["index"].examples[0]
    keys.remake(whole)
    assert faulty(look(whole)) == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_an_index_of_the_file_is_made_anew(whole: Store) -> None:
    """A row that an index does not know: the index is hidden while the row is written."""
    path = str(whole._engine.url.database)
    whole.close()
    saved = "SELECT type, name, tbl_name, rootpage, sql FROM sqlite_master WHERE name = 'ix_headlines_near_key'"
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        row = raw.execute(saved).fetchone()
        raw.execute("PRAGMA writable_schema = ON")
        raw.execute("DELETE FROM sqlite_master WHERE name = 'ix_headlines_near_key'")
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("UPDATE headlines SET near_key = near_key + 1 WHERE url = ?", (URL,))
        raw.execute("UPDATE headlines SET near_key = near_key - 1 WHERE id < 5")
        raw.execute("PRAGMA writable_schema = ON")
        raw.execute("INSERT INTO sqlite_master VALUES (?, ?, ?, ?, ?)", row)
    found = look(whole)
    assert "file" in faulty(found)
    mended = look(whole, repair=True)
    assert mended["file"].repaired == mended["file"].faults > 0
    assert faulty(look(whole)) == []


def test_readers_and_writers_go_on_while_it_is_mended(whole: Store, tmp_path: Path) -> None:
    """Between any two parts somebody reads and somebody writes."""
    damage(whole, "DELETE FROM day_counts", "UPDATE title_words SET n = 0")
    n = 0

    def beside(_: str, __: int) -> None:
        nonlocal n
        n += 1
        path = tmp_path / f"{n}.ndjson"
        path.write_text(f'{{"title": "Between the parts {n}", "url": "https://gogo.mn/b/{n}", "date": "2026-01-15"}}')
        assert ingest(Payload.of(path), whole, now=NOW).added == 1
        with whole.reading() as reader:
            assert reader.last_id() > 0

    mended = {one.part: one for one in look_through(whole, NOW, beside, repair=True)}
    assert mended["index"].repaired > 0
    assert all(one.sound for one in mended.values())
    assert n >= len(mended) - 1
    assert faulty(look(whole)) == []
