"""Headlines in capitals -> sentence case, in which names and abbreviations keep their capitals.

Digests and tickers print all in capitals; readers read them more slowly and language models hardly at all (a bilingual
model found the translation of 71 of 100 capital headlines, of 96 once the capitals were undone). The text as published
is never altered: what is made here stands beside it.
"""

import re
from functools import cache

from app.lexicon.lists import listed

MOSTLY = 0.6
"""Share of capitals among the letters from which on a text counts as set in capitals."""

_SHORT = 4  # letters; an abbreviation alone is no sentence in capitals

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_PARTS = re.compile(r"[-’']")
_AMERICAN = "АМ"  # «ам.доллар»
# «О.», «Ц.», «Дэ.», "U.S." before the name
_INITIAL = re.compile(rf"(?:^|[^\w.])(?:(?!{_AMERICAN})[^\W\d_]{{1,2}}\.)+$")
_ENDING = 6  # letters that Mongolian endings may add to a name
_NAME = 4  # letters that a name must have to be known with an ending


def in_capitals(text: str) -> bool:
    """True if the text has more than a few letters and MOSTLY of them are capitals."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= _SHORT and sum(map(str.isupper, letters)) >= MOSTLY * len(letters)


def recase(text: str) -> str:
    """The text in sentence case if it is `in_capitals`, else as it is. Same length, same letters."""
    if not in_capitals(text):
        return text
    made: list[str] = []
    end = 0
    for found in _WORD.finditer(text):
        between = text[end : found.start()]
        made += between, _cased(found.group(), text, found.start(), first=end == 0 or between.strip() in _STOPS)
        end = found.end()
    cased = "".join([*made, text[end:]])
    return cased if len(cased) == len(text) else text


_STOPS = frozenset({".", "?", "!", ":", ". “", ": “", ". «", ": «", ': "'})
"""Between two words, these begin a sentence; a colon stands after the speaker or the place."""


def _cased(word: str, text: str, at: int, *, first: bool) -> str:
    if _stands_as_initial(word, text, at):
        return word
    if _INITIAL.search(text[:at]):
        return "-".join(part.capitalize() for part in word.split("-"))
    kept = _abbreviation(word) or _name(word.lower())
    if kept:
        return kept
    lower = word.lower()
    return lower[:1].upper() + lower[1:] if first else lower


def _stands_as_initial(word: str, text: str, at: int) -> bool:
    after = text[at + len(word) : at + len(word) + 2]
    return len(word) <= 2 and after[:1] == "." and after[1:].isalpha() and word != _AMERICAN


def _abbreviation(word: str) -> str | None:
    """«БНХАУ-ТАЙ» -> «БНХАУ-тай»: what follows the hyphen or apostrophe is an ending."""
    head = _PARTS.split(word, maxsplit=1)[0]
    return head + word[len(head) :].lower() if head in _abbreviations() else None


def _name(lower: str) -> str | None:
    known = _names()
    if (whole := known.get(lower)) is not None:
        return whole
    head = _PARTS.split(lower, maxsplit=1)[0]
    if head != lower and head in known:
        return known[head] + lower[len(head) :]
    if lower[0] < "\u0400":
        return None
    for length in range(len(lower) - 1, max(_NAME, len(lower) - _ENDING) - 1, -1):
        if (stem := known.get(lower[:length])) is not None:
            return stem + lower[length:]
    return None


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(listed("abbreviations.txt"))


@cache
def _names() -> dict[str, str]:
    return {name.lower(): name for name in listed("names.txt")}
