"""A whole installation on loopback: a database, web processes, workers, all kept running by a supervisor."""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.desk import people
from app.desk.passwords import Passwords
from app.model.editor import Role
from app.model.source import Source
from app.model.token import Scope, secret_of
from app.store import Store
from benchmarks.load import feeds as feeds_
from benchmarks.load.clock import Clock
from benchmarks.load.disk import Disk, small_disk
from benchmarks.load.feeds import Feeds
from benchmarks.load.plan import Plan
from benchmarks.load.postgres import Server, primary_and_replica
from benchmarks.load.supervisor import Supervised
from benchmarks.load.writing import PASSWORD
from benchmarks.speed.corpus import fill
from benchmarks.speed.serving import free_port

SECRET = secret_of(b"the load's own token, 32 bytes..")
EDITOR = "bold"
DISK_MEGABYTES = {"sqlite": 120, "postgresql": 500}
INTERVAL = 20
"""Seconds between two fetches of a feed."""

SETTINGS = {
    "ORTOO_API_POSTS": "1000000",
    "ORTOO_LOG_LEVEL": "warning",
    "ORTOO_WORKER": "off",
    "ORTOO_STORIES": "off",
    "ORTOO_FETCH_THREADS": "4",
    "ORTOO_FETCH_SECONDS": "4",
    "ORTOO_FETCH_CONNECT_SECONDS": "1",
    "ORTOO_FETCH_READ_SECONDS": "2",
    "ORTOO_FETCH_SPACING": "0",
    "ORTOO_FETCH_INTERVAL_MIN": "60",
    "ORTOO_FETCH_INTERVAL_MAX": "60",
    "ORTOO_PARSE_SECONDS": "4",
}
"""An hour in ten minutes: fetches are short and their intervals too, so that what a killed worker held is fetched by
another one within the run. Stories are a matter
of CPU time that the two cores do not have besides."""


@dataclass(frozen=True, slots=True)
class House:
    """What runs. `ports` are those of `webs`, in their order; `numbers` is the feed of each source."""

    folder: Path
    url: str
    ports: tuple[int, ...]
    webs: tuple[Supervised, ...]
    workers: tuple[Supervised, ...]
    feeds: Feeds
    numbers: dict[int, int]
    clock: Clock
    primary: Server | None = None
    replica: Server | None = None
    disk: Disk | None = None

    @property
    def processes(self) -> tuple[Supervised, ...]:
        """All that are kept running."""
        servers = tuple(server.process for server in (self.primary, self.replica) if server)
        return (*self.webs, *self.workers, *servers)


@contextmanager
def built(plan: Plan) -> Iterator[House]:
    """A house while it is needed, with headlines, sources, a token and an editor. Everything of it is below a directory
    of its own, which goes away with it."""
    folder = Path(tempfile.mkdtemp(prefix="ortoo-load-", dir="/tmp"))
    folder.chmod(0o755)
    try:
        with ExitStack() as stack:
            yield _built(plan, folder, stack)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _built(plan: Plan, folder: Path, stack: ExitStack) -> House:
    disk = None
    if any(fault.name == "disk" for fault in plan.faults):
        disk = stack.enter_context(small_disk(folder / "small", DISK_MEGABYTES[plan.database]))
    data = disk.folder / "data" if disk else folder / "data"
    data.mkdir()
    data.chmod(0o755)
    primary = replica = None
    url = f"sqlite:///{data}/ortoo.db"
    if plan.database == "postgresql":
        primary, replica = stack.enter_context(primary_and_replica(folder / "pg", data))
        url = primary.url
    turning = range(plan.feeds - plan.feeds // 3, plan.feeds)
    feeds = stack.enter_context(feeds_.serving(Feeds(plan.feeds, plan.every, turning)))
    numbers = _prepared(url, plan, feeds)
    clock = Clock(folder)
    environ = {
        **SETTINGS,
        **clock.environ,
        "ORTOO_DATABASE_URL": url,
        "ORTOO_READ_DATABASE_URLS": replica.url if replica else "",
        "ORTOO_FETCH_ALLOW": f"127.0.0.1/32:{feeds.port}",
    }
    ports = tuple(free_port() for _ in range(plan.webs))
    webs = [_process(f"web {n}", ["serve", "--port", str(port)], folder, environ) for n, port in enumerate(ports, 1)]
    workers = [_process(f"worker {n}", ["worker", "--json"], folder, environ) for n in range(1, plan.workers + 1)]
    return House(
        folder,
        url,
        ports,
        tuple(map(stack.enter_context, webs)),
        tuple(map(stack.enter_context, workers)),
        feeds,
        numbers,
        clock,
        primary,
        replica,
        disk,
    )


def _process(name: str, arguments: list[str], folder: Path, environ: dict[str, str]) -> Supervised:
    log = folder / f"{name.replace(' ', '-')}.log"
    return Supervised(name, [sys.executable, "-m", "benchmarks.load.shifted", *arguments], log, environ=environ)


def _prepared(url: str, plan: Plan, feeds: Feeds) -> dict[int, int]:
    """Fill an empty database; source -> feed."""
    store, now = Store.open(url), datetime.now(UTC)
    store.migrate()
    fill(store, plan.headlines)
    people.add(store, Passwords(), people.CLI, EDITOR, Role.EDITOR, PASSWORD, now)
    with store.writing() as writer:
        writer.access.add("wire", [Scope.INGEST], SECRET, now)
        numbers = {}
        for feed in range(feeds.count):
            source = Source(feeds.url(feed), kind="rss", interval=INTERVAL)
            numbers[writer.sources.add(source, now).id] = feed
    store.close()
    return numbers
