"""Migrations make exactly the tables of the schema, from any earlier revision, whoever starts them and how many."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import JSON, Connection, Engine, MetaData, insert, inspect, select

from app.errors import SchemaOutOfDate
from app.model.filters import TimelineFilter
from app.settings import resource_dir
from app.store import Store, migrate
from app.store.counts import kept, recount
from app.store.dialects import connect_engine
from app.store.schema import REVISION, metadata
from tests.builders import DAY, NOW, batch, headline

SCRIPTS = ScriptDirectory(str(resource_dir("migrations")))
REVISIONS = [script.revision for script in SCRIPTS.walk_revisions()][::-1]


@pytest.fixture
def bare(bare_url: str) -> Iterator[Engine]:
    engine = connect_engine(bare_url)
    yield engine
    engine.dispose()


def ours(name: str | None, kind: str, _: Any) -> bool:
    """Not the tables of SQLite's full-text search and PostgreSQL's index for it, which each database has by itself."""
    return name is None or not name.startswith(("title_fts", "ix_headlines_terms"))


def test_the_program_knows_its_newest_revision() -> None:
    assert SCRIPTS.get_heads() == [REVISION]


def test_migrations_make_the_tables_of_the_schema(store: Store) -> None:
    with store.reading() as reader:
        context = MigrationContext.configure(
            reader._connection,
            opts={"compare_type": True, "compare_server_default": True, "include_name": ours},
        )
        assert compare_metadata(context, metadata) == []


def facts(connection: Connection) -> dict[str, Any]:
    """What the comparison above does not look at: names, order and details of everything."""
    told = inspect(connection)

    def in_words(found: list[Any]) -> list[str]:
        for one in found:
            if "dialect_options" in one:
                one["dialect_options"] = {name: str(value) for name, value in one["dialect_options"].items()}
        return sorted(map(str, found))

    return {
        table: {
            "columns": [(c["name"], str(c["type"]), c["nullable"], c["default"]) for c in told.get_columns(table)],
            "key": told.get_pk_constraint(table),
            "unique": in_words(told.get_unique_constraints(table)),
            "indexes": in_words(told.get_indexes(table)),
            "foreign": in_words(told.get_foreign_keys(table)),
            "checks": in_words(told.get_check_constraints(table)),
            "options": told.get_table_options(table),
        }
        for table in told.get_table_names()
        if table != "alembic_version" and ours(table, "table", None)
    }


def test_migrations_and_schema_agree_in_every_detail(bare: Engine) -> None:
    with bare.connect() as connection:
        metadata.create_all(connection)
        wanted = facts(connection)
        metadata.drop_all(connection)
        connection.commit()
    migrate.upgrade(bare)
    with bare.connect() as connection:
        assert facts(connection) == wanted


def fill(connection: Connection) -> dict[str, int]:
    """A row in every table of a database at any revision, so that no migration meets empty tables only; table ->
    rows."""
    tables = MetaData()
    tables.reflect(connection, only=lambda name, _: ours(name, "table", None))
    for table in tables.sorted_tables:
        if table.name not in ("alembic_version", "store_state"):
            connection.execute(insert(table), {column.name: example(column) for column in table.columns})
    return {table.name: len(connection.execute(select(table)).all()) for table in tables.sorted_tables}


def example(column: Any) -> Any:
    """A value that a column takes; all that refer to one another say 1."""
    if column.name in ("day", "first_day", "last_day", "digest_day") or column.name.endswith("_on"):
        return DAY
    if isinstance(column.type, JSON):
        return ["A paragraph."]
    return {
        int: 1,
        float: 0.5,
        bool: True,
        bytes: b"0123456789abcdef",
        str: f"some {column.name}",
        list: [1],
        type(NOW): NOW,
    }[column.type.python_type]


@pytest.mark.parametrize("revision", REVISIONS)
def test_every_earlier_revision_can_be_upgraded_with_rows_in_it(bare: Engine, revision: str) -> None:
    migrate.upgrade(bare, revision)
    with bare.begin() as connection:
        assert migrate.found(connection) == revision
        before = fill(connection)
    migrate.upgrade(bare)
    migrate.check(bare)
    with bare.connect() as connection:
        left = [name for name in inspect(connection).get_table_names() if ours(name, "table", None)]
        tables = MetaData()
        tables.reflect(connection, only=left)
        after = {name: len(connection.execute(select(tables.tables[name])).all()) for name in left}
        assert {name: n for name, n in after.items() if name in before} == {
            name: n for name, n in before.items() if name in after
        }
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": ours})
        assert compare_metadata(context, metadata) == []


def test_migrating_again_keeps_everything(store: Store) -> None:
    with store.writing() as writer:
        writer.put(batch([headline("A", "https://a.mn/1")]))
    before = store.revision()
    store.migrate()
    store.check_schema()
    assert store.revision() == before
    with store.reading() as reader:
        assert reader.days(TimelineFilter(), (), 9) == ((DAY, 1),)
        assert kept(reader._connection) == recount(reader._connection)


def test_processes_that_start_together_migrate_once(bare_url: str) -> None:
    """Ten of them: one migrates, nine wait and find nothing to do."""
    program = (
        "import sys; from app.store import Store; s = Store.open(sys.argv[1]); print(s.migrate()); s.check_schema()"
    )
    root = Path(__file__).resolve().parents[2]
    started = [
        subprocess.Popen(
            [sys.executable, "-W", "error", "-c", program, bare_url],
            cwd=root,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(10)
    ]
    told = []
    for process in started:
        out, said = process.communicate(timeout=180)
        assert process.returncode == 0, said
        told.append(out.strip())
    assert sorted(told) == ["False"] * 9 + ["True"]
    store = Store.open(bare_url)
    assert store.revision() == 1
    store.close()


def test_a_failed_migration_leaves_nothing(bare: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def halfway(connection: Connection, there: str | None, revision: str) -> None:
        connection.exec_driver_sql("CREATE TABLE half (id INTEGER)")
        raise KeyError("stop")

    monkeypatch.setattr(migrate, "_run", halfway)
    with pytest.raises(KeyError):
        migrate.upgrade(bare)
    monkeypatch.undo()
    with bare.connect() as connection:
        assert inspect(connection).get_table_names() == []
    migrate.upgrade(bare)
    migrate.check(bare)


def test_a_database_of_another_program_version(bare_url: str) -> None:
    store = Store.open(bare_url)
    store.migrate()
    with store.writing() as writer:
        writer._connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(SchemaOutOfDate, match="9999") as caught:
        store.check_schema()
    assert caught.value.facts == {"found": "9999", "wanted": REVISION}
    with pytest.raises(SchemaOutOfDate, match="newer version"):
        store.migrate()
    store.close()


def test_every_revision_says_how_to_go_back() -> None:
    for script in SCRIPTS.walk_revisions():
        assert "Going back:" in script.longdoc or "Going back:" in (script.module.__doc__ or ""), script.revision


def test_alembic_is_configured_by_the_program_alone() -> None:
    assert not (resource_dir("migrations").parent / "alembic.ini").exists()
    assert Config().config_file_name is None
