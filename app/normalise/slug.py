"""Titles -> the readable part of an address, in ASCII."""

import re
import unicodedata

# MNS 5217:2012, the Mongolian standard for writing Cyrillic in Latin letters, without the marks on ö and ü.
_LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "ye", "ё": "yo", "ж": "j", "з": "z", "и": "i", "й": "i",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "ө": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u",
    "ү": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "i", "ы": "y", "ь": "i", "э": "e",
    "ю": "yu", "я": "ya",
}  # fmt: skip
_TABLE = str.maketrans(_LATIN)
_OTHERS = re.compile(r"[^a-z0-9]+")

MAX_CHARS = 80


def slug(title: str) -> str:
    """`Yongusil 100: Mongolia and …` -> `yongusil-100-mongolia-and`; at most MAX_CHARS characters, cut between words.
    Empty for a title in other scripts."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", title).casefold().translate(_TABLE))
    words = _OTHERS.sub("-", "".join(c for c in plain if not unicodedata.combining(c))).strip("-")
    if len(words) <= MAX_CHARS:
        return words
    cut = words[: MAX_CHARS + 1].rpartition("-")[0]
    return cut or words[:MAX_CHARS]
