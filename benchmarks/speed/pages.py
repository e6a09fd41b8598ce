"""What pages cost the server, against the floor in the same round."""

import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.store import Store
from benchmarks.speed.corpus import LAST
from benchmarks.speed.serving import ROOT, Headers, Server, floor, load, once, ortoo

DAY = f"/en/{LAST}"
OUTLET = "/en/outlets/medee1.example"
PAGES = {"day": DAY, "language": "/en/?lang=mn", "outlet": OUTLET, "archive": f"/en/archive/{LAST:%Y-%m}"}
ROUNDS = 3
GZIP = {"Accept-Encoding": "gzip"}


@dataclass(frozen=True, slots=True)
class Ratio:
    """Medians over the rounds: CPU µs, that over the floor's, requests a second over the floor's, bytes."""

    cpu: float
    times: float
    rate: float
    size: int
    floor: float


@dataclass(frozen=True, slots=True)
class Database:
    """A filled database: its name, its size, its address, the processes of its server."""

    name: str
    n: int
    url: str
    pids: tuple[int, ...] = ()


def against(server: Server, bare: Server, path: str, headers: Headers, *, known: bool = False) -> Ratio:
    """A page against a body of its size, or (`known`) what says that nothing has changed against a bare 304."""
    for _ in range(3):
        head, body, _ = once(server, path, headers)
    if known:
        tag = next(line for line in head.split(b"\r\n") if line.lower().startswith(b"etag: "))[6:].decode()
        headers = {**headers, "If-None-Match": tag}
    rounds = []
    for _ in range(ROUNDS):
        under = load(bare, "/304" if known else f"/{len(body)}", headers)
        ours = load(server, path, headers)
        over = load(bare, "/304" if known else f"/{len(body)}", headers)
        cpu, rate = (under.cpu + over.cpu) / 2, (under.rate + over.rate) / 2
        rounds.append((ours.cpu, ours.cpu / cpu, ours.rate / rate, cpu))
    middle = [statistics.median(values) for values in zip(*rounds, strict=True)]
    return Ratio(middle[0], middle[1], middle[2], 0 if known else len(body), middle[3])


def cached(database: Database) -> dict[str, Ratio]:
    """The day page out of memory: plain, compressed, unchanged."""
    with floor() as bare, ortoo(database.url, others=database.pids) as server:
        return {
            "plain": against(server, bare, DAY, {}),
            "gzip": against(server, bare, DAY, GZIP),
            "304": against(server, bare, DAY, GZIP, known=True),
        }


def uncached(database: Database) -> tuple[dict[str, Ratio], float]:
    """Pages that are made for every request, and the median ms of the day page asked for one by one."""
    with floor() as bare, ortoo(database.url, cache=0, others=database.pids) as server:
        made = {name: against(server, bare, path, {}) for name, path in PAGES.items()}
        return made, statistics.median(once(server, DAY)[2] for _ in range(40))


def start(database: Database) -> tuple[float, float]:
    """CPU seconds from nothing to the first page, and MiB after two seconds of everything."""
    with ortoo(database.url) as server:
        once(server, DAY)
        spent = server.cpu()
        for path in PAGES.values():
            load(server, path, GZIP, 1)
        return spent, server.rss()


def beside_writing(url: str, folder: Path, rows: int) -> tuple[float, float, int]:
    """99th percentiles in ms of the uncached day page, quiet and while so many rows are taken in; and errors."""
    with ortoo(url, cache=0) as server:
        once(server, DAY)
        quiet, errors = _percentile(server, lambda n: n < 400)
        with writing(url, folder, rows) as process:
            busy, more = _percentile(server, lambda _: process.poll() is None)
    return quiet, busy, errors + more


@contextmanager
def writing(url: str, folder: Path, rows: int) -> Iterator["subprocess.Popen[bytes]"]:
    """Another process that takes a file in."""
    from benchmarks.speed.taking import ndjson

    source = folder / "beside.ndjson"
    ndjson(source, rows, again=True)
    command = [sys.executable, "-m", "app", "ingest", str(source)]
    process = subprocess.Popen(
        command, cwd=ROOT, env=_environ(url), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(60)


def _environ(url: str) -> dict[str, str]:
    import os

    return {**os.environ, "ORTOO_DATABASE_URL": url}


def _percentile(server: Server, going: "object") -> tuple[float, int]:
    taken: list[float] = []
    errors = n = 0
    assert callable(going)
    while going(n):
        n += 1
        head, _, ms = once(server, DAY)
        taken.append(ms)
        errors += not head.startswith(b"HTTP/1.1 200")
        time.sleep(0.005)
    return statistics.quantiles(taken, n=100)[98], errors


def searching(database: Database) -> dict[str, float]:
    """Median ms of the search page's answer and of a list by words, in this process, each question on a new view."""
    from app.model.filters import TimelineFilter
    from app.timeline.items import items
    from app.timeline.search import search

    words = {"rare": ("uranium 4242", "MIAT flood 77"), "common": ("mongolia", "улаанбаатар", "coal")}
    store = Store.open(database.url)
    found: dict[str, float] = {}
    for kind, texts in words.items():
        for name, ask in (("search", lambda r, f: search(r, f, "en")), ("list", lambda r, f: items(r, f, None, 50))):
            taken = []
            for text in texts * 7:
                begun = time.perf_counter()
                with store.reading() as reader:
                    ask(reader, TimelineFilter(text=text))
                taken.append((time.perf_counter() - begun) * 1000)
            found[f"{name}, {kind}"] = statistics.median(taken)
    store.close()
    return found
