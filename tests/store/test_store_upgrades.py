"""Upgrades while the program before goes on serving: expand, migrate, contract."""

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import inspect

from app.errors import SchemaOutOfDate
from app.settings import resource_dir
from app.store import Store, migrate
from app.store.schema import REVISION
from tests.builders import batch, headline

NEXT, LONG, LAST = "9001", "9002", "9003"
REVISIONS = {
    f"{NEXT}_from_{REVISION}": """
    op.add_column("headlines", sa.Column("mood", sa.Text(), nullable=True))
    op.create_table("moods", sa.Column("id", sa.Integer(), nullable=False), sa.PrimaryKeyConstraint("id"))
""",
    f"{LONG}_from_{REVISION}": """
    op.execute("UPDATE headlines SET mood = 'calm'")
    (PLACE / "begun").touch()
    for _ in range(6000):
        if (PLACE / "go").exists():
            break
        time.sleep(0.01)
""",
    LAST: """
    op.drop_table("moods")
""",
}

Releases = Callable[[str], None]


@pytest.fixture
def release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Releases:
    """Makes migrations up to the one of that number the program's."""
    folder = tmp_path / "migrations"
    shutil.copytree(resource_dir("migrations"), folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(migrate, "resource_dir", lambda _: folder)

    def make(upto: str) -> None:
        before = REVISION
        for name, body in REVISIONS.items():
            if name[:4] <= upto:
                text = (
                    f'"""A later one.\n\nGoing back: …\n"""\nimport time\nfrom pathlib import Path\n'
                    f"import sqlalchemy as sa\nfrom alembic import op\nPLACE = Path({str(tmp_path)!r})\n"
                    f"revision = {name!r}\ndown_revision = {before!r}\n\n\ndef upgrade():{body}\n"
                )
                (folder / "versions" / f"{name}.py").write_text(text)
            before = name

    return make


@pytest.fixture
def bare_store(bare_url: str) -> Iterator[Store]:
    """A store of a database of its own, at this program's schema, with a headline."""
    opened = Store.open(bare_url)
    opened.migrate()
    put(opened, "Before")
    yield opened
    opened.close()


def put(store: Store, title: str) -> None:
    with store.writing() as writer:
        writer.put(batch([headline(title, f"https://a.mn/{title}")]))


def titles(store: Store) -> set[str]:
    with store.reading() as reader:
        return set(reader._connection.exec_driver_sql("SELECT title FROM headlines").scalars())


def upgraded(store: Store, to: str) -> threading.Thread:
    """What a newer program does, in a thread."""
    address = store._engine.url.render_as_string(hide_password=False)

    def run() -> None:
        newer = Store.open(address)
        migrate.upgrade(newer._engine, to)
        newer.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def there(store: Store) -> str | None:
    with store._engine.connect() as connection:
        return migrate.found(connection)


def test_the_program_before_goes_on_after_an_expand_step(bare_store: Store, release: Releases) -> None:
    release(NEXT)
    newer = f"{NEXT}_from_{REVISION}"
    upgraded(bare_store, newer).join(60)
    assert there(bare_store) == newer
    bare_store.check_schema()
    put(bare_store, "After")
    assert titles(bare_store) == {"Before", "After"}
    assert bare_store.migrate() is False, "a program that is started again leaves the newer tables alone"
    assert there(bare_store) == newer


def test_the_program_before_refuses_a_contract_step(bare_store: Store, release: Releases, tmp_path: Path) -> None:
    (tmp_path / "go").touch()
    release(LAST)
    upgraded(bare_store, LAST).join(60)
    with pytest.raises(SchemaOutOfDate, match=LAST):
        bare_store.check_schema()


def test_readers_are_served_during_a_long_migration(bare_store: Store, release: Releases, tmp_path: Path) -> None:
    """A step has changed every row and not ended: readers go on."""
    release(LONG)
    running = upgraded(bare_store, f"{LONG}_from_{REVISION}")
    try:
        waited = threading.Event()
        while not (tmp_path / "begun").exists():
            assert running.is_alive()
            waited.wait(0.02)
        for _ in range(20):
            assert titles(bare_store) == {"Before"}
            assert bare_store.revision() > 0
        assert running.is_alive(), "it went on meanwhile"
    finally:
        (tmp_path / "go").touch()
        running.join(60)
    put(bare_store, "After")
    assert there(bare_store) == f"{LONG}_from_{REVISION}"
    assert titles(bare_store) == {"Before", "After"}


@pytest.mark.parametrize("bare_url", ["postgresql"], indirect=True)
def test_a_migration_that_waits_for_a_reader_keeps_no_others_waiting(
    bare_store: Store, release: Releases, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PostgreSQL lets nobody pass a waiting ALTER TABLE; so it does not wait for long."""
    monkeypatch.setattr(migrate, "LOCK_TIMEOUT", 50)
    monkeypatch.setattr(migrate, "PAUSE", 0.05)
    monkeypatch.setattr(migrate, "TRIES", 2_000)
    release(NEXT)
    with bare_store.reading() as slow:
        assert slow.last_id()
        running = upgraded(bare_store, f"{NEXT}_from_{REVISION}")
        for _ in range(10):
            assert titles(bare_store) == {"Before"}
        assert running.is_alive()
    running.join(60)
    assert there(bare_store) == f"{NEXT}_from_{REVISION}"
    with bare_store._engine.connect() as connection:
        assert "moods" in inspect(connection).get_table_names()


@pytest.mark.parametrize("bare_url", ["postgresql"], indirect=True)
def test_a_step_that_fails_leaves_those_before_it(bare_store: Store, release: Releases, tmp_path: Path) -> None:
    release(LONG)
    broken = tmp_path / "migrations" / "versions" / f"{LONG}_from_{REVISION}.py"
    broken.write_text(broken.read_text().replace("SET mood", "SET nonsense"))
    with pytest.raises(SchemaOutOfDate):
        bare_store_upgrade(bare_store)
    assert there(bare_store) == f"{NEXT}_from_{REVISION}"
    put(bare_store, "After")
    assert titles(bare_store) == {"Before", "After"}


def bare_store_upgrade(store: Store) -> None:
    from app.store.faults import faults

    with faults("the database"):
        migrate.upgrade(store._engine, f"{LONG}_from_{REVISION}")
