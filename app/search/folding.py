"""Titles and queries -> the words by which they are compared. Both databases store and match these same words: SQLite
folds ASCII capitals only, so nothing is left to it."""

import re
import unicodedata

MAX_WORDS = 20
"""Words of a query that count; more would only slow the search down."""

_WORD = re.compile(r"[^\W_]+")


def fold(title: str) -> str:
    """` word word `: NFC, full case folding, letters and digits only; words between single blanks, one at each end, so
    that ` wo` finds what begins with it. A title without a letter or digit gives one blank."""
    return " ".join(["", *_words(title), ""])


def query_words(text: str) -> tuple[str, ...]:
    """The folded words of a query, in its order, without repeats; at most MAX_WORDS."""
    return tuple(dict.fromkeys(_words(text)))[:MAX_WORDS]


def _words(text: str) -> list[str]:
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
    if not folded.isprintable() or any(map(unicodedata.combining, folded)):
        folded = "".join(c for c in folded if c.isspace() or not _inside_word(c))
    return _WORD.findall(folded)


def _inside_word(c: str) -> bool:
    """Marks that no composed letter has, and invisible characters: they are not compared and do not end a word."""
    return unicodedata.combining(c) > 0 or unicodedata.category(c) == "Cf"
