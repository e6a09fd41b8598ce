"""The keys of search: how many forms of a word find it, how much else does, and what they cost.

Run: `python benchmarks/search_keys.py`. The paradigms are made by tests/lexicon/declension.py, which shares nothing
with the stemmer. Real headlines are read from the folder that ORTOO_DATA names (default ../shared/data).

*unlisted*: the same nouns with the dictionary taken away, as names and loan words fare that nobody has listed. Their
keys are shorter and two words may share one: the precision says how often.
"""

import csv
import os
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from app.lexicon.stems import stem
from app.lexicon.unlisted import unlisted
from app.search import keys, tokens
from tests.lexicon.declension import forms, nouns

DATA = Path(os.environ.get("ORTOO_DATA", "../shared/data"))
ROUNDS = 20


def paradigms(key: Callable[[str], str]) -> tuple[int, float, float]:
    """How many forms there are, the share of them that meet their noun, and the share of what a noun finds that is its
    own."""
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    met = total = 0
    for noun in nouns():
        made = forms(noun).values()
        met += sum(key(form) == key(noun.lemma) for form in made)
        total += len(made)
        for form in (noun.lemma, *made):
            found[key(form)].add((noun.lemma, form))
    owners = [lemma == noun.lemma for noun in nouns() for lemma, _ in found[key(noun.lemma)]]
    return total, met / total, sum(owners) / len(owners)


def headlines() -> list[tuple[str, str]]:
    """Real and made-up headlines with their language."""
    told: list[tuple[str, str]] = []
    real = DATA / "lid" / "dev_headlines.tsv"
    if real.exists():
        told += [(text, code) for code, text in csv.reader(real.open(encoding="utf-8"), delimiter="\t", quoting=3)]
    cases = Path(__file__).parents[1] / "tests" / "cases" / "search"
    if not told:
        print(f"no development data in {DATA}: the headlines of the tests are taken")
        for file in cases.glob("*.tsv"):
            rows = (line.split("\t") for line in file.read_text("utf-8").splitlines() if not line.startswith("#"))
            told += [(row[1], row[2]) for row in rows]
    return told


def cost(told: Iterable[tuple[str, str]]) -> float:
    """Microseconds of processor time a headline."""
    began = time.process_time()
    n = 0
    for title, language in told:
        keys.document(title, language)
        n += 1
    return (time.process_time() - began) / n * 1e6


def forget() -> None:
    """What is remembered of words."""
    keys.keyed.cache_clear()
    keys.keyed_part.cache_clear()
    tokens.tokens.cache_clear()
    stem.cache_clear()


def main() -> None:
    """Print all figures."""
    for name, key in (("listed", stem), ("unlisted", unlisted)):
        total, recall, precision = paradigms(key)
        print(f"paradigms, {name}: {len(nouns())} nouns, {total} forms, recall {recall:.3f}, precision {precision:.3f}")
    told = headlines()
    cost(told)
    forget()
    first = cost(told)
    warm = min(cost(told) for _ in range(ROUNDS))
    words = {word for title, _ in told for word in keys.words(title)}
    shared = defaultdict(set)
    for word in words:
        shared[keys.strong(word)].add(word)
    print(f"{len(told)} headlines, {len(words)} words, {len(shared)} stems")
    print(f"document(): {warm:.1f} µs a headline with its words known, {first:.1f} µs with all words new")


if __name__ == "__main__":
    main()
