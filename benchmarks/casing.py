"""How often a headline in capitals is shown right as a sentence. `python benchmarks/casing.py [--wrong]`

Real headlines in mixed case (`lid/dev_headlines.tsv`, `real_mn_headlines.csv`) are put into capitals and back, and
compared word by word with what their outlets wrote: any capital that differs is wrong, also one that is a matter of
house style. Headlines in title case, and those of fewer than three words, prove nothing and are left out. Two ways are
measured: `recase`, which always answers, and `sentence_case`, the readers' aid, which answers only where it knows every
word. At last, what it makes of a real digest. --wrong lists what is wrong.

The data is read from the folder that ORTOO_DATA names (default ../shared/data).
"""

import csv
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from app.lexicon.casing import in_capitals, recase
from app.lexicon.reading import LANGUAGES, sentence_case

DATA = Path(os.environ.get("ORTOO_DATA", "../shared/data"))
WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
TITLE_CASE = 0.5
"""With a greater share of capitals after the first word, a headline is set in title case or in capitals in part."""


LONGEST_ABBREVIATION = 6
"""A longer word in capitals is shouted, and its capitals say nothing."""


def headlines() -> Iterator[tuple[str, str]]:
    """(language, headline) as printed, each once."""
    found: dict[tuple[str, str], None] = {}
    for line in (DATA / "lid" / "dev_headlines.tsv").read_text("utf-8").splitlines():
        language, title = line.split("\t", 1)
        found[language, title] = None
    with (DATA / "real_mn_headlines.csv").open(encoding="utf-8") as file:
        found |= dict.fromkeys(("mn", row["title"]) for row in csv.DictReader(file))
    yield from found


def proves(title: str) -> bool:
    """Whether the capitals of a headline say which words are names."""
    later = WORD.findall(title)[1:]
    capitals = sum(word[0].isupper() for word in later)
    if any(len(word) > LONGEST_ABBREVIATION and word.isupper() for word in WORD.findall(title)):
        return False
    same = len(title.upper()) == len(title)
    return same and len(later) > 1 and capitals <= TITLE_CASE * len(later) and not in_capitals(title)


def measure(name: str, language: str, titles: list[str], ask: Callable[[str], str | None], wrong: bool) -> None:
    """A line: how many are answered, and how many of the answers and of their words are wrong."""
    answers = [(title, told) for title in titles if (told := ask(title.upper())) is not None]
    errors: Counter[tuple[str, str]] = Counter()
    words = bad = 0
    for title, told in answers:
        pairs = list(zip(WORD.findall(title), WORD.findall(told), strict=True))
        differ = [pair for pair in pairs if pair[0] != pair[1]]
        words, bad = words + len(pairs), bad + bool(differ)
        errors.update(differ)
    n = len(answers)
    print(
        f"{language} {name:14} {n:4} of {len(titles)} answered ({n / len(titles):4.0%}), "
        f"wrong: {bad / max(n, 1):5.1%} of headlines, {errors.total() / max(words, 1):5.2%} of words"
    )
    if wrong:
        print("   ", ", ".join(f"{a}/{b} {k}" for (a, b), k in errors.most_common(80)))


def of_the_digest() -> None:
    """What the aid makes of a real digest: nobody printed these in mixed case, so they are for the eye."""
    printed = json.loads((DATA / "digests" / "2026-01-15.expected.json").read_text("utf-8"))
    titles = [(entry["language"], entry["title"]) for entry in printed]
    told = [sentence_case(title, language) for language, title in titles]
    print(f"digest of 2026-01-15: {len(told) - told.count(None)} of {len(told)} answered")
    for sentence in filter(None, told):
        print("   ", sentence)


def main() -> None:
    """Measure, or say what is missing."""
    if not DATA.is_dir():
        print(f"{DATA} is not there: set ORTOO_DATA to the folder with the headlines")
        return
    wrong = "--wrong" in sys.argv
    for language in LANGUAGES:
        titles = [title for code, title in headlines() if code == language and proves(title)]
        measure("recase", language, titles, recase, wrong)
        measure("sentence_case", language, titles, partial(sentence_case, language=language), wrong)
    of_the_digest()


if __name__ == "__main__":
    main()
