"""Others on the same corpus: Datasette's listing of a hundred headlines, lemon24/reader's update of fifty feeds.

Run: `make bench-peers`, or `python -m benchmarks.speed.peers [--python PYTHON] [--headlines 100000]`; PYTHON is that of
a virtual environment in which `datasette` and `reader` are installed. Ours is measured in the same run. Prints, and
writes nothing.
"""

import argparse
import multiprocessing
import sqlite3
import subprocess
import tempfile
from pathlib import Path

from benchmarks import worker
from benchmarks.speed import databases, pages, taking
from benchmarks.speed.corpus import rows
from benchmarks.speed.serving import free_port, load, once, ortoo, running

_READER = """
import sys, time
from reader import make_reader
reader = make_reader(sys.argv[1])
for n in range(int(sys.argv[3])):
    reader.add_feed(f"http://127.0.0.1:{sys.argv[2]}/{n}")
start = time.process_time()
reader.update_feeds()
print(time.process_time() - start, reader.get_entry_counts().total)
"""
LISTING = "/corpus/headlines?_size=100&_sort_desc=id"


def datasette(python: str, folder: Path, n: int) -> float:
    """CPU ms of Datasette for a page of a hundred of `n` headlines, newest first."""
    path = folder / "corpus.db"
    path.unlink(missing_ok=True)
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE headlines (id INTEGER PRIMARY KEY, day, published, language, outlet, title, url)")
        told = ((f"{r.at:%Y-%m-%d}", r.at.isoformat(), r.language, r.outlet, r.title, r.url) for r in rows(n))
        db.executemany("INSERT INTO headlines VALUES (NULL, ?, ?, ?, ?, ?, ?)", reversed(list(told)))
        db.execute("CREATE INDEX of_day ON headlines (day, language)")
    port = free_port()
    with running([python, "-m", "datasette", "serve", str(path), "--port", str(port)], port) as server:
        once(server, LISTING, {"Connection": "close"})
        return load(server, LISTING, {}, 4).cpu / 1000


def ours(folder: Path, n: int) -> float:
    """CPU ms of our day page of a hundred headlines out of `n`, in no cache."""
    with ortoo(databases.sqlite(folder, n).url, cache=0) as server:
        once(server, pages.DAY)
        return load(server, pages.DAY, {}, 4).cpu / 1000


def reader(python: str, folder: Path) -> float:
    """CPU seconds of lemon24/reader for fifty new feeds of a hundred items over loopback."""
    here, there = multiprocessing.Pipe()
    server = multiprocessing.Process(target=worker.serve, args=(there,), daemon=True)
    server.start()
    command = [python, "-c", _READER, str(folder / "reader.db"), str(here.recv()), str(worker.FEEDS)]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    server.kill()
    assert int(told[1]) == worker.FEEDS * worker.ITEMS
    return float(told[0])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", required=True)
    parser.add_argument("--headlines", type=int, default=100_000)
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = asked.keep or Path(made)
        theirs, mine = datasette(asked.python, Path(made), asked.headlines), ours(folder, asked.headlines)
        print(
            f"a page of a hundred of {asked.headlines:,}: Datasette {theirs:.1f} ms of CPU, ours {mine:.1f}", flush=True
        )
        items = worker.FEEDS * worker.ITEMS
        spent, new = reader(asked.python, Path(made)), taking.of_feeds()["new"]
        print(f"fifty feeds: lemon24/reader {items / spent:,.0f} items a CPU second, ours {items / new:,.0f}")
        print(f"  {spent / new:.1f} times as many")


if __name__ == "__main__":
    main()
