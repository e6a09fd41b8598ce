"""Near-duplicates: how many copies of a headline are recognised, and how many different headlines are taken for one.

Run: `python benchmarks/near.py`. Reads the development headlines from the folder that ORTOO_DATA names (default
../shared/data): real Mongolian ones, streams in both languages with the story of each, translated news.

*Copies* are made by doing to a headline what outlets do to wire text. *Others* are: all pairs of different stories; the
pairs that look alike by intention; and headlines changed by a number, an opposite, a place or a negation.
"""

import csv
import os
import random
import re
import sys
import time
from collections.abc import Callable, Iterable
from itertools import combinations, pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from app.dedupe.near import alike, keys
from app.search.folding import fold

DATA = Path(os.environ.get("ORTOO_DATA", "../shared/data"))

Change = Callable[[str, random.Random], str | None]
"""A headline -> the changed one, None where the change does not fit."""

ENDING = [
    (r"(\w{3,})ийн\b", r"\1ийг"), (r"(\w{3,})ын\b", r"\1ыг"), (r"жээ\b", "лээ"), (r"чээ\b", "лээ"), (r"лаа\b", "сан"),
    (r"лээ\b", "сэн"), (r"лоо\b", "сон"), (r"в$", "лаа"), (r"(\w{3,})s\b", r"\1"), (r"(\w{3,})ed\b", r"\1s"),
]  # fmt: skip
OPPOSITES = [
    ("нэмэгд", "буурд"), ("нэмэг", "хасаг"), ("өсж", "буурч"), ("өслөө", "буурлаа"), ("боллоо", "болсонгүй"),
    (r"\bнээ(?=лээ|в|х|гд)", "хаа"),
    ("өндөр", "нам"), ("эхлүүл", "зогсоо"), ("rise", "fall"), ("up", "down"), ("opens", "closes"),
    ("more", "less"), ("first", "last"), ("cuts", "raises"), ("wins", "loses"),
]  # fmt: skip
PLACES = [("Монгол", "Хятад"), ("Улаанбаатар", "Дархан"), ("Mongolia", "China"), ("Ulaanbaatar", "Beijing")]


def words_changed(text: str, chance: random.Random, change: Callable[[list[str], int], list[str]]) -> str | None:
    """Change one word of a headline of at least five."""
    words = text.split()
    return " ".join(change(words, chance.randrange(len(words)))) if len(words) >= 5 else None


def mistyped(text: str, chance: random.Random) -> str | None:
    """Two letters of a long word change places."""
    found = [m for m in re.finditer(r"[^\W\d_]{8,}", text) if len(set(m[0][3:5])) == 2]
    if not found:
        return None
    at = chance.choice(found).start() + 3
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def first_of(pairs: Iterable[tuple[str, str]]) -> Change:
    """Replace what is found first."""
    table = list(pairs)

    def change(text: str, _: random.Random) -> str | None:
        made = next((re.sub(a, b, text, count=1) for a, b in table if re.search(a, text)), None)
        return made if made != text else None

    return change


def cut(text: str, _: random.Random) -> str | None:
    """Cut off after 70 % of the words."""
    words = text.split()
    return " ".join(words[: round(len(words) * 0.7)]) + " …" if len(words) >= 8 else None


COPIES: dict[str, Change] = {
    "capitals": lambda text, _: text.upper(),
    "quotation marks and dashes": lambda text, _: text.replace("“", '"').replace("”", '"').replace("-", " – "),
    "a label in front": lambda text, chance: f"{chance.choice(['ВИДЕО', 'ШУУД', 'ФОТО', 'UPDATE', 'LIVE'])}: {text}",
    "the agency in front": lambda text, _: f"МОНЦАМЭ: {text}" if len(text.split()) >= 5 else None,
    "the outlet behind": lambda text, _: f"{text} | iKon.mn" if len(text.split()) >= 6 else None,
    "another ending": first_of(ENDING),
    "a word more": lambda t, c: words_changed(t, c, lambda w, n: [*w[:n], "өчигдөр" if t > "А" else "Monday", *w[n:]]),
    "a word less": lambda t, c: (
        words_changed(t, c, lambda w, n: w[:n] + w[n + 1 :]) if not re.search(r"\d", t) else None
    ),
    "a slip of the keys": mistyped,
    "cut short": cut,
}
REWORDED: dict[str, Change] = {
    "another word": lambda t, c: words_changed(t, c, lambda w, n: [*w[:n], "мэдэгдэл", *w[n + 1 :]]),
}
OTHERS: dict[str, Change] = {
    "another number": lambda text, _: (
        made if (made := re.sub(r"\d", lambda m: str((int(m[0]) + 1) % 10), text, count=1)) != text else None
    ),
    "an opposite": first_of(OPPOSITES),
    "another place": first_of(PLACES),
    "a negation": first_of([(r"(\w{3,})(?:лаа|лээ|лоо|лөө|жээ|чээ)$", r"\1сангүй"), (r"\bto\b", "not to")]),
}


def table(name: str) -> list[dict[str, str]]:
    """The rows of a data file."""
    with (DATA / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t" if name.endswith(".tsv") else ","))


def headlines() -> list[tuple[str, str]]:
    """(title, story) of everything there is, each title once; what has no story is one by itself."""
    told = {row["title"]: row["title"] for row in table("real_mn_headlines.csv")}
    for stream in ("stories/stream", "stories/real_stream"):
        story = {row["id"]: row["story"] for row in table(f"{stream}_gold.tsv")}
        told |= {row["text"]: story[row["id"]] for row in table(f"{stream}.tsv")}
    for row in table("stories/pairs.tsv"):
        if len(row["en"]) < 160:
            told.setdefault(row["en"], row["en"])
            told.setdefault(row["mn"], row["mn"])
    return list(told.items())


def changed(titles: list[str], changes: dict[str, Change], *, wanted: bool) -> tuple[int, int]:
    """Print, for each change, how many of the changed headlines are recognised and how many share a key; the sums."""
    chance = random.Random(1)
    sums = [0, 0]
    for name, change in changes.items():
        pairs = [(fold(title), fold(made)) for title in titles if (made := change(title, chance)) is not None]
        same = [(a, b) for a, b in pairs if alike(a, b)]
        found = sum(bool(set(keys(a, fresh=True)) & set(keys(b, fresh=True))) for a, b in same)
        print(f"  {name:28} {len(pairs):5} made, {len(same) / max(len(pairs), 1):6.1%} taken for the same", end="")
        print(f", {found / max(len(same), 1):6.1%} of them found by their keys" if wanted else "")
        sums[0] += found if wanted else len(same)
        sums[1] += len(pairs)
    return sums[0], sums[1]


def main() -> None:
    """Print the figures."""
    if not (DATA / "stories").is_dir():
        sys.exit(f"There is no development data in {DATA}: ORTOO_DATA names the folder.")
    told = list({fold(title): (title, story) for title, story in headlines()}.values())
    titles = [title for title, _ in told]
    print(f"{len(titles):,} headlines. Copies:")
    right, copies = changed(titles, COPIES, wanted=True)
    print("Told in other words, which is not the same text (counted as neither):")
    changed(titles, REWORDED, wanted=True)
    print("Others:")
    wrong, _ = changed(titles, OTHERS, wanted=False)
    folded = [(fold(title), story) for title, story in told]
    crossed = [(a, b) for (a, x), (b, y) in combinations(folded, 2) if x != y and alike(a, b)]
    print(
        f"  pairs of different stories: {len(crossed)} of {len(folded) * (len(folded) - 1) // 2:,} taken for the same"
    )
    for one, other in crossed[:5]:
        print(f"   {one}\n   {other}")
    told_twice = sum(bool(alike(a, b)) for (a, x), (b, y) in combinations(folded, 2) if x == y)
    print(f"  pairs of one story in other words: {told_twice} taken for the same (they need not be)")
    wrong += len(crossed)
    print(f"recall {right / copies:.1%}; precision {right / (right + wrong):.1%}")
    cost([text for text, _ in folded])


def cost(folded: list[str]) -> None:
    """CPU microseconds of keys and of a comparison."""
    start = time.process_time()
    for text in folded:
        keys(text, fresh=True)
    middle = time.process_time()
    for text in folded:
        keys(text, fresh=False)
    third = time.process_time()
    pairs = list(pairwise(folded))
    for one, other in pairs:
        alike(one, other)
    end = time.process_time()
    each = [1e6 * t / len(folded) for t in (middle - start, third - middle, end - third)]
    print(f"CPU µs: keys of a recent headline {each[0]:.1f}, of an older one {each[1]:.1f}, a comparison {each[2]:.1f}")


if __name__ == "__main__":
    main()
