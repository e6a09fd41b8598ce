"""Schema migrations: Alembic, run by the program itself (`ortoo migrate`), from a checkout as from an installed
package.

A revision is an *expand* step, which the program before it can go on using, or a *contract* step, which takes away or
renames something. The name of an expand step says from which schema on programs may use it: `0009_from_0007`. A bare
number is a contract step: older programs refuse to work on it.

On PostgreSQL each revision is a transaction of its own, so that what a quick one locks is free again while a long one
runs, and no revision waits for a lock longer than LOCK_TIMEOUT, as all readers who come meanwhile would wait behind it:
it gives up, lets them through and tries again. On SQLite all is one transaction, and readers wait for nothing.

Alembic is imported only when there is something to do, so that a server starts without it.
"""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import OperationalError

from app.errors import SchemaOutOfDate
from app.settings import resource_dir
from app.store.dialects import for_writing, lock_migration, unlock_migration
from app.store.schema import REVISION

LOCK_TIMEOUT = 2_000
"""Milliseconds."""
TRIES = 60
PAUSE = 1.0
"""Seconds between two tries."""

_LOCKED = "55P03"


def upgrade(engine: Engine, revision: str = "head") -> bool:
    """Bring the database to `revision`; whether there was anything to do. Processes that come at the same time wait for
    the first and then find nothing to do. A newer database that this program may use stays as it is."""
    with _alone(engine) as connection:
        there = found(connection)
        if revision == "head" and (there == REVISION or usable(there)):
            return False
        if connection.dialect.name == "sqlite":
            _run(connection, there, revision)
            connection.commit()
        else:
            connection.rollback()  # Alembic begins a transaction for each revision
            _patiently(connection, there, revision)
        return True


@contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    """A connection while no other process migrates."""
    with for_writing(engine.connect()) as connection:
        if connection.dialect.name == "sqlite":
            lock_migration(connection)
            try:
                yield connection
            finally:
                connection.rollback()
                unlock_migration(connection)
            return
        lock_migration(connection)  # by a transaction that does nothing else, so that it holds behind a pooler too
        with engine.connect() as working:
            working.exec_driver_sql(f"SET lock_timeout = {LOCK_TIMEOUT}")
            working.commit()
            try:
                yield working
            finally:
                working.rollback()
                working.exec_driver_sql("RESET lock_timeout")
                working.commit()


def _patiently(connection: Connection, there: str | None, revision: str) -> None:
    for left in reversed(range(TRIES)):
        try:
            _run(connection, there, revision)
            connection.commit()
            return
        except OperationalError as error:
            if getattr(error.orig, "sqlstate", None) != _LOCKED or not left:
                raise
            connection.rollback()
            time.sleep(PAUSE)


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
    """SchemaOutOfDate unless the database is at REVISION, or at a newer one that this program may use."""
    with engine.connect() as connection:
        there = found(connection)
    if there != REVISION and not usable(there):
        what = "has no tables yet" if there is None else f"is at schema {there}"
        raise SchemaOutOfDate(
            f"The database {what}, this program needs {REVISION}: run `ortoo migrate`.", found=there, wanted=REVISION
        )


def usable(there: str | None) -> bool:
    """Whether a newer schema is one that this program may go on using."""
    named = re.fullmatch(r"(\d+)_from_(\d+)", there or "")
    return bool(named and named[1] > REVISION[:4] >= named[2])


def found(connection: Connection) -> str | None:
    """The schema revision of the database; None when it has none."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
