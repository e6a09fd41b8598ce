"""Stories: how well headlines are linked, what it costs, how fast a million vectors are looked through.

Run: `python benchmarks/stories.py`. Reads the development streams from the folder that ORTOO_DATA names (default
../shared/data): invented headlines over ten days, and real news documents; hostile texts and vectors are made here.
"""

import os
import sys
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from app.errors import EmbedderGone
from app.stories import offline
from app.stories.choice import chosen
from app.stories.embedder import Embedder
from app.stories.nano import NanoEmbedder
from app.stories.scan import Scan
from app.stories.space import DIMENSIONS, unit

DATA = Path(os.environ.get("ORTOO_DATA", "../shared/data"), "stories")
ROWS = 1_000_000
HOSTILE = {
    "U+FDFA, 5,000 of them": "\ufdfa" * 5000,
    "NUL": "visa\0policy " * 20,
    "a megabyte": "ө" * 1_000_000,
    "half surrogates": "\ud800" * 300,
    "right to left": "\u202eשלום עולם " * 100,
    "Chinese, 300 letters": "".join(map(chr, range(0x4E00, 0x4E00 + 300))),
    "one word of 300 letters": "абвгдеёжзийклмноөпрсту" * 14,
}

Pairs = set[frozenset[str]]


def table(name: str) -> list[list[str]]:
    return [line.split("\t") for line in (DATA / name).read_text("utf-8-sig").splitlines()[1:] if line]


def pairs(stories: Mapping[str, str]) -> Pairs:
    groups: dict[str, list[str]] = defaultdict(list)
    for headline, story in stories.items():
        groups[story].append(headline)
    return {frozenset(pair) for members in groups.values() for pair in combinations(members, 2)}


def scored(found: Pairs, wanted: Pairs) -> str:
    same = len(found & wanted)
    precision, recall = same / (len(found) or 1), same / (len(wanted) or 1)
    both = 2 * precision * recall / (precision + recall or 1)
    return f"precision {precision:.3f}, recall {recall:.3f}, F1 {both:.3f}"


def b_cubed(found: Mapping[str, str], wanted: Mapping[str, str]) -> float:
    sides: list[dict[str, set[str]]] = [defaultdict(set), defaultdict(set)]
    for side, stories in zip(sides, (found, wanted), strict=True):
        for headline, story in stories.items():
            side[story].add(headline)
    mine, gold = sides
    shared = {h: len(mine[found[h]] & gold[wanted[h]]) for h in wanted}
    precision = sum(shared[h] / len(mine[found[h]]) for h in wanted) / len(wanted)
    recall = sum(shared[h] / len(gold[wanted[h]]) for h in wanted) / len(wanted)
    return 2 * precision * recall / (precision + recall)


def cpu(embedder: Embedder | None) -> float:
    """Seconds of this process and of the embedding one."""
    child = embedder._child if isinstance(embedder, NanoEmbedder) else None
    spent = time.process_time()
    if child is not None:
        fields = Path(f"/proc/{child.process.pid}/stat").read_text("ascii").split()
        spent += (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")
    return spent


def linked(name: str, near_misses: str, embedder: Embedder | None) -> None:
    rows = [(row[0], row[1], row[3], row[2], row[5]) for row in table(f"{name}.tsv")]
    languages = {row[0]: row[3] for row in rows}
    wanted = {row[0]: row[1] for row in table(f"{name}_gold.tsv")}
    apart = {frozenset(row[:2]) for row in table(near_misses)}
    before = cpu(embedder)
    found = offline.cluster(rows, embedder)
    each = 1000 * (cpu(embedder) - before) / len(rows)
    mine, gold = pairs(found), pairs(wanted)
    across = [{pair for pair in side if len({languages[h] for h in pair}) == 2} for side in (mine, gold)]
    wrong = {frozenset(wanted[headline] for headline in pair) for pair in mine - gold}
    print(f"{name}, {len(rows)} headlines: {scored(mine, gold)}, B-cubed {b_cubed(found, wanted):.3f}")
    print(f"  across languages: {scored(*across)}")
    print(f"  {len(wrong & apart)} of {len(apart)} near misses joined; {each:.1f} ms of CPU a headline")


def hostile(embedder: Embedder) -> None:
    for name, text in HOSTILE.items():
        before, since = cpu(embedder), time.monotonic()
        offline.similar(text, [("1", "2026-01-15", "a", "mn", text)], "mn", None)
        mid = time.monotonic()
        embedder.embed([text])
        took = f"{1000 * (time.monotonic() - mid):.0f} ms to embed, {1000 * (mid - since):.0f} ms for its facts"
        print(f"  {name}: {took}, {1000 * (cpu(embedder) - before):.0f} ms of CPU together")


def scan(rows: int) -> None:
    random, whole = np.random.default_rng(1), Scan()
    for start in range(0, rows, 50_000):
        whole.add(np.arange(start, start + 50_000), unit(random.standard_normal((50_000, DIMENSIONS)).astype("f4")))
    spent: list[float] = []
    for query in unit(random.standard_normal((20, DIMENSIONS)).astype("f4")):
        before = time.process_time()
        whole.nearest(query, 20)
        spent.append(1000 * (time.process_time() - before))
    print(f"The nearest 20 of {rows:,} vectors: {sorted(spent)[10]:.1f} ms of CPU, {max(spent):.1f} at most")


def memory(embedder: Embedder) -> None:
    if isinstance(embedder, NanoEmbedder) and embedder._child is not None:
        pages = int(Path(f"/proc/{embedder._child.process.pid}/statm").read_text("ascii").split()[1])
        print(f"The embedding process takes {pages * os.sysconf('SC_PAGE_SIZE') / 1e6:.0f} MB")


def main(arguments: Sequence[str]) -> None:
    try:
        embedder: Embedder | None = chosen(arguments[0] if arguments else "")
    except EmbedderGone as error:
        print(error.message)
        embedder = None
    if embedder is not None:
        embedder.embed(["started"])
    for told, one in (("With the model", embedder), ("By words alone", None)):
        if not DATA.is_dir():
            print(f"{DATA} is not there: quality is not measured (ORTOO_DATA names the folder).")
            break
        if told == "By words alone" or one is not None:
            print(told)
            linked("stream", "near_miss.tsv", one)
            linked("real_stream", "real_near_miss.tsv", one)
    if embedder is not None:
        print("Hostile texts")
        hostile(embedder)
        memory(embedder)
        embedder.close()
    scan(ROWS)


if __name__ == "__main__":
    main(sys.argv[1:])
