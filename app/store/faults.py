"""Driver errors -> named errors that say what is wrong and what to do."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from app.errors import SchemaOutOfDate, StoreError, Unavailable

# By the primary code's name (https://sqlite.org/rescode.html) and by SQLSTATE or its class
# (https://www.postgresql.org/docs/current/errcodes-appendix.html).
_REMEDIES = {
    "SQLITE_BUSY": "It is locked by another process for longer than the store waits; try again in a moment.",
    "SQLITE_LOCKED": "It is locked by another process for longer than the store waits; try again in a moment.",
    "SQLITE_FULL": "The disk is full; free some space, nothing was half-written.",
    "SQLITE_READONLY": "It can only be read; give this user the right to write the file and its directory.",
    "SQLITE_CANTOPEN": "The file cannot be opened; check that its directory exists and that this user may write there.",
    "SQLITE_IOERR": "The disk does not answer as it should; look at the system's log.",
    "SQLITE_CORRUPT": "The file is damaged; restore a backup.",
    "SQLITE_NOTADB": "The file is not an SQLite database; check ORTOO_DATABASE_URL.",
    "08": "The connection to it was lost; check that it runs, and try again in a moment.",
    "25006": "It can only be read just now (a replica, or set so); write to the primary.",
    "28": "It refuses this user or password; check ORTOO_DATABASE_URL.",
    "3D000": "There is no database of this name; create it or check ORTOO_DATABASE_URL.",
    "40": "Two transactions stood in each other's way; try again.",
    "53100": "Its disk is full; free some space, nothing was half-written.",
    "53300": "It has no free connection; raise max_connections or start fewer processes.",
    "55P03": "It is locked for longer than the store waits; try again in a moment.",
    "57": "It is being stopped or has cancelled the statement; try again in a moment.",
    "58": "Its disk does not answer as it should; look at its log.",
}
_UNREACHABLE = "It cannot be reached; check that it runs and that ORTOO_DATABASE_URL is right."


@contextmanager
def faults(shown: str) -> Iterator[None]:
    """Inside, an error of the driver or the pool becomes Unavailable or SchemaOutOfDate; `shown` is the database's
    address without a password. Errors that are mistakes of this program pass as they are."""
    try:
        yield
    except PoolTimeout as error:
        raise Unavailable(
            f"{shown}: all connections are in use; try again in a moment.", url=shown, cause="pool"
        ) from error
    except DBAPIError as error:
        named = _named(error, shown)
        if named is None:
            raise
        raise named from error


def _named(error: DBAPIError, shown: str) -> StoreError | None:
    code = _code(error)
    if code in ("42P01", "42703") or (code == "SQLITE_ERROR" and "no such " in str(error.orig)):
        return SchemaOutOfDate(
            f"{shown} lacks a table or column that this program needs: run `ortoo migrate`.", found=None, wanted=None
        )
    remedy = _REMEDIES.get(code) or _REMEDIES.get(code[:2]) or _REMEDIES.get("_".join(code.split("_")[:2]))
    if remedy is None:
        lost = error.connection_invalidated or (isinstance(error, OperationalError | InterfaceError) and not code)
        if not lost or isinstance(error, ProgrammingError):
            return None
        remedy = _UNREACHABLE
    return Unavailable(f"The database {shown} cannot answer. {remedy}", url=shown, cause=code or str(error.orig))


def _code(error: DBAPIError) -> str:
    """SQLite's result code by name, PostgreSQL's SQLSTATE, or nothing where the driver knows neither."""
    return getattr(error.orig, "sqlite_errorname", None) or getattr(error.orig, "sqlstate", None) or ""
