"""A store with everything in it that is derived, and how it is damaged and looked at."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import inspect, select

import app
from app.ingest.payload import Payload
from app.model.filters import TimelineFilter
from app.model.linking import Link
from app.model.soundness import Finding
from app.pipeline import ingest, keys
from app.pipeline.soundness import look_through
from app.search.expand import SPELLING
from app.store import Store
from app.store.schema import headlines
from tests.asking import sought
from tests.builders import DAY, NOW

SAMPLE = Path(app.__file__).parent / "data" / "samples" / "2026-01-15.txt"
OLDER = Path(__file__).parents[1] / "cases" / "digests" / "2025-09-16-shape.txt"
RECORDS = """\
{"title": "Mongolia opens a new railway to China", "url": "https://montsame.mn/en/1", "date": "2026-01-15T05:00:00Z"}
{"title": "Монгол Улс Хятад руу шинэ төмөр зам нээлээ", "url": "https://gogo.mn/r/1", "date": "2026-01-15T05:30:00Z"}
{"title": "Wolves seen near the capital, herders say", "url": "https://montsame.mn/en/2", "date": "2026-01-14T05:00Z"}
{"title": "Нийслэлд агаарын бохирдол буурчээ", "url": "https://gogo.mn/r/2", "date": "2026-01-13T05:00:00Z"}
{"title": "Utility poles and wolves", "url": "https://akipress.com/3", "date": "2026-01-12T05:00:00Z"}
"""
URL = "https://montsame.mn/en/1"


def quiet(_: str, __: int) -> None:
    """Nobody watches."""


def number(store: Store, url: str) -> int:
    with store.reading() as reader:
        return int(reader._connection.scalars(select(headlines.c.id).where(headlines.c.url == url)).one())


def number_of(writer: Any, url: str) -> int:
    return int(writer._connection.scalars(select(headlines.c.id).where(headlines.c.url == url)).one())


def filled(store: Store, tmp_path: Path) -> Store:
    """A store with a digest, one in editors' hands, headlines, a story in two languages and one that leads to it, and
    a hidden headline."""
    records = tmp_path / "records.ndjson"
    records.write_text(RECORDS, "utf-8")
    for path in (SAMPLE, OLDER, records):
        ingest(Payload.of(path), store, now=NOW)
    keys.remake(store)
    en, mn, wolves = (number(store, u) for u in (URL, "https://gogo.mn/r/1", "https://montsame.mn/en/2"))
    poles = number(store, "https://akipress.com/3")
    with store.writing() as writer:
        writer.stories.link([Link(mn, en), Link(poles, wolves)], NOW)
        writer.stories.merge([en, poles], "bat", NOW)
        writer.corrections.hide(number_of(writer, "https://gogo.mn/r/2"), "twice", "bat", NOW, SPELLING)
    with store.writing() as writer:
        digest = writer.desk_digests.digest(DAY)
        turned = {language: column[::-1] for language, column in digest.columns.items()}
        writer.desk_digests.save(replace(digest, columns=turned), digest.token, "order", "bat", NOW, SPELLING)
    return store


def damage(store: Store, *statements: str) -> None:
    """What a disk does, or somebody with a console: no rule of the database is asked."""
    if store.dialect == "sqlite":
        with closing(sqlite3.connect(str(store._engine.url.database), isolation_level=None)) as raw:
            for statement in statements:
                raw.execute(statement)
        return
    with store._engine.begin() as connection:
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        for statement in statements:
            connection.exec_driver_sql(statement)


def look(store: Store, *, repair: bool = False) -> dict[str, Finding]:
    return {one.part: one for one in look_through(store, NOW, quiet, repair=repair)}


def faulty(found: dict[str, Finding]) -> list[str]:
    return [part for part, one in found.items() if one.faults]


_PASSING = {"headlines": {"terms", "updated_at"}, "stories": {"updated_at"}, "digests": {"updated_at"}}
_DERIVED_BY_NUMBER = ("title_", "store_state", "story_linkage", "alembic_version")


def facts(store: Store) -> dict[str, list[dict[str, Any]]]:
    """Every table but those whose numbers may become others."""
    with store.reading() as reader:
        told: dict[str, list[dict[str, Any]]] = {}
        for name in inspect(reader._connection).get_table_names():
            if not name.startswith(_DERIVED_BY_NUMBER):
                rows = reader._connection.exec_driver_sql(f"SELECT * FROM {name}").mappings()
                kept = [{k: v for k, v in row.items() if k not in _PASSING.get(name, ())} for row in rows]
                told[name] = sorted(kept, key=repr)
        return told


def hits(store: Store, *words: str) -> int:
    with store.reading() as reader:
        return len(reader.titles(TimelineFilter(), sought(reader, *words), 50))
