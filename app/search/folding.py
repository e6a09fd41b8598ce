"""Titles and queries -> the words by which they are compared. Both databases store and match these same words: SQLite
folds ASCII capitals only, so nothing is left to it."""

import re
import unicodedata

from app.model.remembered import Remembered
from app.search.lookalikes import meant, suspicious

VERSION = 3
"""Of the keys that `fold` makes. Keys of another version, stored earlier, are made anew by `ortoo migrate`.
2: look-alike letters (`app.search.lookalikes`); 3: more of them in one word."""

MAX_WORDS = 20
"""Words of a query that count; more would only slow the search down."""

_WORD = re.compile(r"[^\W_]+")

# Folded text in which nothing stands inside a word unseen: no marks, nothing invisible, all of it composed. Told in one
# match of 0.3 µs; to look at each character costs 2.5.
_PLAIN = re.compile("[\x20-\xac\xae-\xff\u0400-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u20a0-\u20bf№]*+")


def fold(title: str) -> str:
    """` word word `: NFC, full case folding, letters and digits only; words between single blanks, one at each end, so
    that ` wo` finds what begins with it. A title without a letter or digit gives one blank."""
    # No word, composition or look-alike reaches over a blank, so what stands between two is folded once.
    return "".join(map(_folded, title.split())) + " "


def query_words(text: str) -> tuple[str, ...]:
    """The folded words of a query, in its order, without repeats; at most MAX_WORDS."""
    return tuple(dict.fromkeys(_words(text)))[:MAX_WORDS]


def _words(text: str) -> list[str]:
    folded = unicodedata.normalize("NFC", text).casefold()
    if not _PLAIN.fullmatch(folded):
        folded = unicodedata.normalize("NFC", folded)
        if not folded.isprintable() or any(map(unicodedata.combining, folded)):
            folded = "".join(c for c in folded if c.isspace() or not _inside_word(c))
    words = _WORD.findall(folded)
    return [meant(word) for word in words] if suspicious(folded) else words


def _words_of(part: str) -> str:
    return "".join([f" {word}" for word in _words(part)])


_folded = Remembered(_words_of).__getitem__


def _inside_word(c: str) -> bool:
    """Marks that no composed letter has, and invisible characters: they are not compared and do not end a word."""
    return unicodedata.combining(c) > 0 or unicodedata.category(c) == "Cf"
