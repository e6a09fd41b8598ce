"""Schema migrations: Alembic, run by the program itself (`ortoo migrate`), from a checkout as from an installed
package.

Alembic is imported only when there is something to do, so that a server starts without it.
"""

from sqlalchemy import Connection, Engine, inspect, text

from app.errors import SchemaOutOfDate
from app.settings import resource_dir
from app.store.dialects import for_writing, lock_migration, unlock_migration
from app.store.schema import REVISION


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the database to `revision` in one transaction. Processes that come at the same time wait for the first and
    then find nothing to do."""
    with for_writing(engine.connect()) as connection:
        lock_migration(connection)
        try:
            there = found(connection)
            if revision != "head" or there != REVISION:
                _run(connection, there, revision)
            connection.commit()
        finally:
            connection.rollback()
            unlock_migration(connection)


def _run(connection: Connection, there: str | None, revision: str) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(resource_dir("migrations")).replace("%", "%%"))
    config.attributes["connection"] = connection
    scripts = ScriptDirectory.from_config(config)
    if there is not None and there not in {script.revision for script in scripts.walk_revisions()}:
        raise SchemaOutOfDate(
            f"The database is at schema {there}, made by a newer version of this program: install that one.",
            found=there,
            wanted=REVISION,
        )
    command.upgrade(config, revision)


def check(engine: Engine) -> None:
    """SchemaOutOfDate unless the database is at REVISION."""
    with engine.connect() as connection:
        there = found(connection)
    if there != REVISION:
        what = "has no tables yet" if there is None else f"is at schema {there}"
        raise SchemaOutOfDate(
            f"The database {what}, this program needs {REVISION}: run `ortoo migrate`.", found=there, wanted=REVISION
        )


def found(connection: Connection) -> str | None:
    """The schema revision of the database; None when it has none."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
