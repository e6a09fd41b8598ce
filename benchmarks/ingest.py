"""Ingest: the whole pipeline against SQLite alone, a feed of 100 items, and memory against the size of a file.

Run: `python benchmarks/ingest.py [headlines]` (100,000 unless told). The headlines come from `../bench/corpus.py`
beside the folder that ORTOO_DATA names (default ../shared/data) where it is there, else from a small generator here;
both give the same headlines on every run.

The ratio is rows per CPU-second of `app.pipeline.ingest`, from the bytes of an NDJSON file to committed rows, divided
by those of `sqlite3.executemany` into the table `headlines` alone, with the same columns, indexes and rows, made ready
beforehand. CPU seconds count every thread, and no waiting for a disk.
"""

import gc
import importlib.util
import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

sys.path.insert(0, str(Path(__file__).parents[1]))

from app.ingest.payload import Payload
from app.pipeline import ingest, preview
from app.store import Store

NOW = datetime(2026, 7, 1, tzinfo=UTC)
CORPUS = Path(os.environ.get("ORTOO_DATA", "../shared/data")).parent / "bench" / "corpus.py"
RATIO, FEED_MS = 0.25, 2.0
"""What is wanted."""

Row = tuple[str, str, str, str, str]
"""published, url, title, outlet, language"""


def rows(count: int) -> Iterator[Row]:
    """So many headlines, newest first, the same ones every time."""
    if CORPUS.is_file():
        spec = importlib.util.spec_from_file_location("corpus", CORPUS)
        assert spec is not None
        assert spec.loader is not None
        corpus = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(corpus)
        yield from corpus.rows(count)
    else:
        yield from _invented(count)


_MN = "УИХ Засгийн газар төсвийн тухай хуулийг хэлэлцэв Улаанбаатар хотод шинэ сургууль нээгдлээ экспорт өсжээ"
_EN = "Parliament debates the budget as Mongolia opens new rail link with China and coal exports rise again"


def _invented(count: int) -> Iterator[Row]:
    chance = random.Random(1)
    start = datetime(2026, 1, 15, 15, tzinfo=UTC)
    for n in range(count):
        language, words = ("mn", _MN) if chance.random() < 0.6 else ("en", _EN)
        title = " ".join(chance.choices(words.split(), k=chance.randint(6, 14))) + f" {n}"
        outlet = f"outlet{chance.randint(1, 60)}.mn"
        yield (start - timedelta(minutes=4 * n)).isoformat(), f"https://{outlet}/a/{n}", title, outlet, language


def ndjson(path: Path, count: int) -> None:
    """Write so many headlines as NDJSON."""
    with path.open("w", encoding="utf-8") as file:
        for published, url, title, outlet, language in rows(count):
            record = {"url": url, "title": title, "outlet": outlet, "language": language, "published": published}
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


def _cpu(run: Callable[[], Any]) -> float:
    gc.collect()
    start = time.process_time()
    run()
    return time.process_time() - start


def take_in(source: Path, database: Path) -> dict[str, float]:
    """Ingest a file into a new store; CPU seconds by part."""
    store = Store.open(f"sqlite:///{database}")
    store.migrate()
    report = ingest(Payload.of(source), store, now=NOW)
    store.close()
    assert not report.rejected, report.rejections[:3]
    return dict(report.seconds)


def raw(database: Path, copy: Path, size: int | None) -> float:
    """CPU seconds of SQLite alone for the headlines of a store, `size` in a transaction, or all in one."""
    with sqlite3.connect(database) as db:
        ready = db.execute("SELECT * FROM headlines ORDER BY id").fetchall()
        made = db.execute("SELECT sql FROM sqlite_master WHERE tbl_name = 'headlines' AND sql IS NOT NULL").fetchall()
    copied = sqlite3.connect(copy, isolation_level=None)
    copied.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;")
    for (statement,) in made:
        copied.execute(statement)
    insert = f"INSERT INTO headlines VALUES ({', '.join('?' * len(ready[0]))})"

    def run() -> None:
        for begin in range(0, len(ready), size or len(ready)):
            copied.execute("BEGIN IMMEDIATE")
            copied.executemany(insert, ready[begin : begin + (size or len(ready))])
            copied.execute("COMMIT")

    seconds = _cpu(run)
    copied.close()
    return seconds


def pipeline(count: int, folder: Path) -> None:
    """The ratio, and where the time goes."""
    source, database = folder / "headlines.ndjson", folder / "ortoo.db"
    ndjson(source, count)
    parts = take_in(source, database)
    ours = sum(parts.values())
    alone, cut = raw(database, folder / "one.db", None), raw(database, folder / "cut.db", 1000)
    each = {name: seconds / count * 1e6 for name, seconds in parts.items()}
    print(f"{count:,} headlines of {source.stat().st_size / 1e6:.1f} MB NDJSON, CPU µs a row:")
    print(f"  pipeline   {ours / count * 1e6:6.1f}  (up to the store {each['read']:.1f}, store {each['store']:.1f})")
    print(
        f"  executemany{alone / count * 1e6:6.1f}  in one transaction; {cut / count * 1e6:.1f} with one for each 1,000"
    )
    print(f"  ratio      {alone / ours:6.2f}  (wanted: {RATIO}); {cut / ours:.2f} against transactions of 1,000")


def feed(items: int = 100) -> bytes:
    """An RSS feed of Mongolian and English items with descriptions."""
    told = "".join(
        f'<item><title>{escape(title)}</title><link>{url}</link><guid isPermaLink="true">{url}</guid>'
        f"<pubDate>{datetime.fromisoformat(published):%a, %d %b %Y %H:%M:%S %z}</pubDate>"
        f"<description>{escape(title)}. &lt;p&gt;{'Дэлгэрэнгүй мэдээлэл. ' * 6}&lt;/p&gt;</description></item>\n"
        for published, url, title, _, _ in rows(items)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Мэдээ</title>{told}</channel></rss>'.encode()


def feeds(times: int = 100) -> None:
    """CPU milliseconds of a feed of 100 items through everything before the store."""
    payload = Payload.of(feed(), url="https://example.mn/rss", media_type="application/rss+xml", received_at=NOW)
    for _ in range(5):
        assert len(preview(payload)) == 100
    best = min(_cpu(lambda: preview(payload)) for _ in range(times)) * 1000
    mean = _cpu(lambda: [preview(payload) for _ in range(times)]) / times * 1000
    size = len(payload.head()) / 1000
    print(f"a feed of 100 items ({size:.0f} kB): {mean:.2f} ms CPU, at best {best:.2f} (wanted: {FEED_MS})")


def memory(sizes: tuple[int, ...], folder: Path) -> None:
    """The peak memory of a process that takes in files of these sizes."""
    for size in sizes:
        source = folder / f"{size}.ndjson"
        ndjson(source, size)
        told = subprocess.run(
            [sys.executable, __file__, "--peak", str(source), str(folder / f"{size}.db")],
            check=True, capture_output=True, text=True,
        ).stdout.strip()  # fmt: skip
        print(f"  {size:>7,} headlines, {source.stat().st_size / 1e6:5.1f} MB: peak {told} MB")


def main() -> None:
    """Print the figures."""
    if sys.argv[1:2] == ["--peak"]:
        take_in(Path(sys.argv[2]), Path(sys.argv[3]))
        # Not ru_maxrss: it starts at what the process that started this one had.
        print(int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]) // 1000)
        return
    count = int(sys.argv[1]) if sys.argv[1:] else 100_000
    print(f"headlines from {CORPUS if CORPUS.is_file() else 'the generator here'}")
    with tempfile.TemporaryDirectory() as name:
        feeds()
        pipeline(count, Path(name))
        print("memory against the size of a file:")
        memory((count // 10, count // 2, count), Path(name))


if __name__ == "__main__":
    main()
