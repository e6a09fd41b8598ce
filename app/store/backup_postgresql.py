"""Backups of PostgreSQL, by its own `pg_dump` and `pg_restore`, custom format
(https://www.postgresql.org/docs/current/app-pgdump.html)."""

import contextlib
import os
import re
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError

from app.errors import BackupFailed, SettingsError
from app.store.contents import table_names

Progress = Callable[[int, int | None], None]

_LOOK_SECONDS = 0.2
"""Between two looks at how far a tool is."""
_WORDS = 400
"""Characters of what a tool says that are passed on."""


@dataclass(frozen=True, slots=True)
class Tools:
    """Where PostgreSQL's client programs are: a directory, or (empty) on the PATH."""

    directory: str = ""

    def find(self, name: str) -> str:
        """The program's path. SettingsError."""
        found = shutil.which(name, path=self.directory or None)
        if found is None:
            place = self.directory or "the PATH"
            raise SettingsError(
                f"{name} is not in {place}: install PostgreSQL's client programs (postgresql-client), or say in"
                " ORTOO_POSTGRESQL_BIN which directory they are in.",
                name="ORTOO_POSTGRESQL_BIN",
            )
        return found


def write(connection: Connection, path: Path, tools: Tools, progress: Progress) -> None:
    """Dump what `connection`, which has begun to read, sees."""
    snapshot = connection.execute(text("SELECT pg_export_snapshot()")).scalar_one()
    told = ["--format=custom", "--no-owner", "--no-privileges", "--no-password", f"--snapshot={snapshot}"]
    program = [tools.find("pg_dump"), *told, f"--file={path}", f"--dbname={_address(connection.engine)}"]
    _run(program, connection.engine, lambda: progress(path.stat().st_size // 1024, None))


def load(engine: Engine, path: Path, tools: Tools, progress: Progress) -> None:
    """Put the archive in the place of the tables, in one transaction: readers wait for its end, and see either all
    of it or nothing."""
    told = ["--single-transaction", "--exit-on-error", "--clean", "--if-exists"]
    program = [tools.find("pg_restore"), *told, "--no-owner", "--no-privileges", "--no-password"]
    _refuse_more_tables(engine, path, tools)
    _run([*program, f"--dbname={_address(engine)}", str(path)], engine, lambda: progress(0, None))


def _refuse_more_tables(engine: Engine, path: Path, tools: Tools) -> None:
    with engine.connect() as connection:
        there = set(table_names(connection))
    if more := sorted(there - set(_tables(path, tools))) if there else []:
        raise BackupFailed(
            f"The database has tables that the backup does not know ({', '.join(more[:5])}): restore into an empty one."
        )


def checked(path: Path, tools: Tools) -> str:
    """The schema of an archive that can be read to its end and has the tables. BackupFailed."""
    try:
        return _schema(path, tools)
    except BackupFailed as error:
        raise BackupFailed(f"{path} is damaged, or no backup of this program: {error.message}") from error


def _schema(path: Path, tools: Tools) -> str:
    if missing := {"store_state", "headlines", "alembic_version"} - set(_tables(path, tools)):
        raise BackupFailed(f"it has no {', '.join(sorted(missing))}.")
    said = _run([tools.find("pg_restore"), "--data-only", "--table=alembic_version", "--file=-", str(path)])
    found = re.search(r"^COPY [^\n]*\n(\w+)\n", said, re.MULTILINE)
    if found is None:
        raise BackupFailed("it does not say which schema it is of.")
    _run([tools.find("pg_restore"), f"--file={os.devnull}", str(path)])  # reads all of it
    return found[1]


def _tables(path: Path, tools: Tools) -> list[str]:
    said = _run([tools.find("pg_restore"), "--list", str(path)])
    return re.findall(r"^\d+; \d+ \d+ TABLE \S+ (\S+)", said, re.MULTILINE)


@contextmanager
def scratch(engine: Engine, _: Path) -> Iterator[str]:
    """The address of a database that passes, on the same server. BackupFailed where none may be made."""
    name = f"ortoo_verify_{secrets.token_hex(6)}"
    try:
        _execute(engine, f"CREATE DATABASE {name}")
    except SQLAlchemyError as error:
        raise BackupFailed(
            "The backup is not verified: this user may make no database for it (ALTER ROLE … CREATEDB)."
        ) from error
    try:
        yield engine.url.set(database=name).render_as_string(hide_password=False)
    finally:
        with contextlib.suppress(SQLAlchemyError):
            _execute(engine, f"DROP DATABASE {name} WITH (FORCE)")


def _execute(engine: Engine, statement: str) -> None:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(statement))


def _address(engine: Engine) -> str:
    """The database for a command line that others can read: without the password, which goes by the environment."""
    from psycopg.conninfo import make_conninfo

    _, facts = engine.dialect.create_connect_args(engine.url)
    return make_conninfo(**{name: value for name, value in facts.items() if name in _PLAIN})


_PLAIN = {"host", "port", "dbname", "user", "sslmode", "sslrootcert", "sslcert", "sslkey", "service", "hostaddr"}


def _run(program: Sequence[str], engine: Engine | None = None, look: Callable[[], None] = lambda: None) -> str:
    """What the program writes. BackupFailed with its last words; it ends with us, whatever way we end."""
    password = engine.url.password if engine else None
    environ = {**os.environ, "LC_ALL": "C", **({"PGPASSWORD": str(password)} if password else {})}
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        running = subprocess.Popen(  # noqa: S603 - PostgreSQL's own programs, found by name
            program, stdin=subprocess.DEVNULL, stdout=out, stderr=err, env=environ
        )
        try:
            ended = None
            while ended is None:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    ended = running.wait(_LOOK_SECONDS)
                look()
        finally:
            running.kill()
            running.wait()
        out.seek(0)
        err.seek(0)
        if running.returncode:
            said = " ".join(err.read().decode("utf-8", "replace").split())
            raise BackupFailed(f"{Path(program[0]).name} failed: {said[-_WORDS:]}")
        return out.read().decode("utf-8", "replace")
