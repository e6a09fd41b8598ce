"""Measure everything and write it into docs/performance.md.

Run: `make bench`, or `python -m benchmarks.speed [--sizes 10000,1000000] [--rows 100000] [--keep FOLDER] [--only …]`.
Every figure that is a ratio has its floor in the same run. CPU seconds are those of the server's processes (Linux).
"""

import argparse
import os
import platform
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.speed import databases, pages, taking
from benchmarks.speed.pages import Database
from benchmarks.speed.report import Figure, chart, table, write
from benchmarks.speed.serving import ROOT

DOCS = ROOT / "docs"


def of_memory(database: Database) -> list[Figure]:
    """A page out of memory."""
    where = f"{database.name}, {database.n:,}"
    found = pages.cached(database)
    plain, small, same = found["plain"], found["gzip"], found["304"]
    return [
        Figure(
            "cached day page: CPU over the floor's",
            where,
            f"{plain.times:.2f} ({plain.cpu:.0f} µs)",
            "≤ 1.5",
            plain.times <= 1.5,
        ),
        Figure("the same compressed", where, f"{small.times:.2f} ({small.cpu:.0f} µs)", "≤ 1.5", small.times <= 1.5),
        Figure("its requests a second over the floor's", where, f"{plain.rate:.2f}", "≥ 0.70", plain.rate >= 0.70),
        Figure("304: CPU over the floor's", where, f"{same.times:.2f} ({same.cpu:.0f} µs)", "≤ 1.6", same.times <= 1.6),
        Figure(
            "day page of 100 headlines on the wire", where, f"{small.size / 1000:.1f} kB", "≤ 9 kB", small.size <= 9000
        ),
    ]


def of_making(all_: list[Database], out: Path) -> list[Figure]:
    """Pages that are in no cache, at every size."""
    figures: list[Figure] = []
    times: dict[tuple[str, int], float] = {}
    series: dict[str, dict[int, float]] = {name: {} for name in pages.PAGES}
    for database in all_:
        where = f"{database.name}, {database.n:,}"
        made, cold = pages.uncached(database)
        times[database.name, database.n] = made["day"].times
        for name, one in made.items():
            wanted, good = ("≤ 60", one.times <= 60) if name == "day" else ("", None)
            told = f"{one.times:.0f} ({one.cpu / 1000:.2f} ms)"
            figures.append(Figure(f"uncached page, {name}: CPU over the floor's", where, told, wanted, good))
            if database.name == "SQLite":
                series[name][database.n] = one.times
        figures.append(Figure("uncached day page, one by one", where, f"{cold:.1f} ms", "≤ 4 ms", cold <= 4))
    for name, points in series.items():
        if len(points) > 1:
            growth = points[max(points)] / points[min(points)]
            told = f"{min(points):,} → {max(points):,}"
            figures.append(
                Figure(f"growth of the page, {name}", f"SQLite, {told}", f"{growth:.2f}", "≤ 1.2", growth <= 1.2)
            )
    (out / "performance.svg").write_text(chart(series), encoding="utf-8")
    return [*figures, *_two_databases(times)]


def _two_databases(times: dict[tuple[str, int], float]) -> list[Figure]:
    """PostgreSQL with its own processes against SQLite, each over its floor."""
    found = []
    for name, n in times:
        if name == "PostgreSQL":
            ratio = times[name, n] / times["SQLite", n]
            what = "uncached day page: PostgreSQL's CPU over SQLite's"
            found.append(Figure(what, f"{n:,}", f"{ratio:.2f}", "≤ 1.6", ratio <= 1.6))
    return found


def of_words(all_: list[Database]) -> list[Figure]:
    """The search, at every size."""
    figures, first = [], dict[tuple[str, str], float]()
    for database in all_:
        for name, ms in pages.searching(database).items():
            base = first.setdefault((database.name, name), ms)
            where = f"{database.name}, {database.n:,}"
            figures.append(
                Figure(
                    f"{name} words", where, f"{ms:.1f} ms, × {ms / base:.1f}", "≤ 5 ms, × 3", ms <= 5 and ms <= 3 * base
                )
            )
    return figures


def of_taking(n: int, folder: Path) -> list[Figure]:
    """Files and feeds."""
    path = folder / "taking.db"
    path.unlink(missing_ok=True)
    (folder / "bare.db").unlink(missing_ok=True)
    new, again = taking.of_file(n, f"sqlite:///{path}", folder)
    bare = taking.bare(path, folder)
    share, faster = bare / new, new / again
    told = f"SQLite, {n:,}"
    figures = [
        Figure(
            "NDJSON: rows a CPU second over sqlite3 alone",
            told,
            f"{share:.2f} ({n / new:,.0f})",
            "≥ 0.25",
            share >= 0.25,
        ),
        Figure("the same file again", told, f"{faster:.1f} × as fast", "≥ 2 ×", faster >= 2),
    ]
    feeds = taking.of_feeds()
    rate = feeds["items"] / feeds["new"]
    if "reader" in feeds:
        times = feeds["reader"] / feeds["new"]
        versus, good = f"{times:.1f} × lemon24/reader ({feeds['items'] / feeds['reader']:,.0f})", times >= 3
    else:
        versus, good = f"{rate / 2400:.1f} × the 2,400 of lemon24/reader (not installed here)", rate >= 7200
    figures.append(Figure("fifty feeds of 100: items a CPU second", "SQLite", f"{rate:,.0f}: {versus}", "≥ 3 ×", good))
    quiet = feeds["quiet"]
    return [*figures, Figure("fifty 304s", "SQLite", f"{quiet:.3f} CPU s", "≤ 0.12", quiet <= 0.12)]


def of_starting(database: Database) -> list[Figure]:
    """From nothing."""
    spent, rss = pages.start(database)
    where = f"{database.name}, {database.n:,}"
    return [
        Figure("start to the first page", where, f"{spent:.2f} CPU s", "≤ 0.9", spent <= 0.9),
        Figure("memory after load", where, f"{rss:.0f} MiB", "≤ 110", rss <= 110),
    ]


def of_both(database: Database, rows: int, folder: Path) -> list[Figure]:
    """Readers while a file is taken in."""
    quiet, busy, errors = pages.beside_writing(databases.copy_of(database, folder), folder, rows)
    told = f"{busy:.1f} ms against {quiet:.1f}: × {busy / quiet:.1f}, {errors} errors"
    where = f"{database.name}, {database.n:,} + {rows:,}"
    return [
        Figure(
            "99th percentile of readers while rows are taken in",
            where,
            told,
            "≤ 3 ×, none",
            busy <= 3 * quiet and not errors,
        )
    ]


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="10000,1000000", help="headlines, smallest first")
    parser.add_argument("--rows", type=int, default=100_000, help="headlines of a file that is taken in")
    parser.add_argument("--keep", type=Path, help="a folder for the databases, which are found there again")
    parser.add_argument("--only", default="memory,making,words,taking,starting,both")
    parser.add_argument("--no-postgresql", action="store_true")
    asked = parser.parse_args()
    folder = asked.keep or Path(tempfile.mkdtemp(prefix="ortoo-bench"))
    folder.mkdir(parents=True, exist_ok=True)
    sizes = [int(size) for size in asked.sizes.split(",")]
    lite = [databases.sqlite(folder, n) for n in sizes]
    if asked.no_postgresql:
        figures = run(asked.only.split(","), lite, lite, asked.rows, folder)
    else:
        with databases.postgresql(folder, [n for n in sizes if n <= 1_000_000]) as others:
            figures = run(asked.only.split(","), lite, [*lite, *others], asked.rows, folder)
    load = os.getloadavg()[0]
    about = (
        f"Measured {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, Python {platform.python_version()}, "
        f"{os.cpu_count()} processors, load {load:.1f}."
    )
    write(DOCS / "performance.md", f"{about}\n\n{table(figures)}")


def run(only: list[str], lite: list[Database], all_: list[Database], rows: int, folder: Path) -> list[Figure]:
    """The parts that are asked for, printed as they come."""
    parts: dict[str, Callable[[], list[Figure]]] = {
        "memory": lambda: of_memory(lite[-1]),
        "making": lambda: of_making(all_, DOCS),
        "words": lambda: of_words(all_),
        "taking": lambda: of_taking(rows, folder),
        "starting": lambda: of_starting(lite[-1]),
        "both": lambda: of_both(lite[-1], rows, folder),
    }
    figures: list[Figure] = []
    for name in only:
        for one in parts[name]():
            verdict = "" if one.good is None else "met" if one.good else "MISSED"
            print(f"{one.what:52} {one.where:26} {one.value:36} {one.wanted:12} {verdict}", flush=True)
            figures.append(one)
    return figures


if __name__ == "__main__":
    main()
