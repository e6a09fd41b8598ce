"""What taking headlines in costs: a file of them, the same file again, fifty feeds, fifty feeds with nothing new."""

import importlib.util
import json
import multiprocessing
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from app.ingest.payload import Payload
from app.pipeline import ingest
from app.store import Store
from benchmarks import worker
from benchmarks.ingest import raw
from benchmarks.speed.corpus import rows

NOW = datetime(2026, 1, 16, tzinfo=UTC)


def ndjson(path: Path, n: int, *, again: bool = False) -> None:
    """Write `n` headlines; with `again` others than the corpus has, of the same days."""
    with path.open("w", encoding="utf-8") as file:
        for row in rows(n):
            title, url = (f"{row.title} II", f"{row.url}-2") if again else (row.title, row.url)
            told = {"url": url, "title": title, "outlet": row.outlet, "published": row.at.isoformat()}
            file.write(json.dumps(told, ensure_ascii=False) + "\n")


def of_file(n: int, url: str, folder: Path) -> tuple[float, float]:
    """CPU seconds of this process for a new store at `url` to take a file of `n` headlines in, and the same again."""
    source = folder / "taken.ndjson"
    ndjson(source, n)
    store = Store.open(url)
    store.migrate()
    spent = []
    for _ in range(2):
        begun = time.process_time()
        report = ingest(Payload.of(source), store, now=NOW)
        spent.append(time.process_time() - begun)
        assert not report.rejected, report.rejections[:3]
    store.close()
    return spent[0], spent[1]


def bare(database: Path, folder: Path) -> float:
    """CPU seconds of sqlite3.executemany for the same rows of the table of headlines with its indexes, alone."""
    return raw(database, folder / "bare.db", None)


def of_feeds() -> dict[str, float]:
    """CPU seconds for fifty feeds of a hundred items, new, with nothing new, and of the other reader if it is there."""
    here, there = multiprocessing.Pipe()
    server = multiprocessing.Process(target=worker.serve, args=(there,), daemon=True)
    server.start()
    port = here.recv()
    warm, all_ = range(worker.FEEDS + 1, worker.FEEDS + worker.WARM + 1), range(1, worker.FEEDS + 1)
    with tempfile.TemporaryDirectory() as folder:
        url, other = (worker._prepared(f"sqlite:///{folder}/{name}.db", port) for name in ("bench", "warm"))
        begun = worker.measured(lambda: worker.once(other, warm))
        new = worker.measured(lambda: worker.once(url, warm, all_)) - begun
        quiet = worker.measured(lambda: worker.once(url, all_))
    found = {"new": new, "quiet": quiet, "items": worker.FEEDS * worker.ITEMS}
    if importlib.util.find_spec("reader"):
        found["reader"] = worker.lemon24(port)
    server.kill()
    return found
