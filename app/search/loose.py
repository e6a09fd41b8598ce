"""The key in which spellings of a word meet."""

import re

from app.lexicon.roman import folded

_LATER = (("ie", "e"), ("iu", "u"), ("ii", "i"))


def loose(word: str, stemmed: str) -> str:
    """The loose key of a folded word whose strong key is `stemmed`."""
    key = folded(word if word.isascii() else stemmed)
    for spelling, meant in _LATER:
        key = key.replace(spelling, meant)
    return re.sub(r"(.)\1+", r"\1", key)
