"""Mongolian Cyrillic in Latin letters, and one folded form in which English spellings of Mongolian names meet it.

`roman` follows MNS 5217:2012, the national standard, without its diacritics. Newspapers spell the same names in many
ways (Khuvsgul, Hovsgol, Huvsgul; Tsogttsetsii, Cogttsetsii); `folded` takes away what they differ in.
"""

import re
from functools import lru_cache

_ALONE = zip("абвгдежзийклмноөпрстуүфыьэ", "abvgdejziiklmnouprstuufiie", strict=True)
_PAIRS = {"ё": "yo", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ю": "yu", "я": "ya"}
_LETTERS: dict[int, str] = {ord(letter): latin for letter, latin in [*_ALONE, *_PAIRS.items()]}

_SPELLINGS = (
    ("kh", "h"),
    ("x", "h"),
    ("ts", "c"),
    ("tz", "c"),
    ("zh", "j"),
    ("dj", "j"),
    ("w", "v"),
    ("ph", "f"),
    ("y", "i"),
    ("ö", "u"),
    ("ü", "u"),
    ("o", "u"),
)
_TWICE = re.compile(r"(.)\1+")
_VOWELS = re.compile("[aeiou'’-]")
_DIGRAPHS = (("ch", "4"), ("sh", "6"))


def roman(word: str) -> str:
    """A lower-case Cyrillic word in Latin letters; other letters stay."""
    return word.translate(_LETTERS)


@lru_cache(maxsize=16_384)
def folded(word: str) -> str:
    """What the spellings of a name have in common; `word` lower-case, in either script."""
    latin = roman(word)
    for spelling, meant in _SPELLINGS:
        latin = latin.replace(spelling, meant)
    return _TWICE.sub(r"\1", latin)


@lru_cache(maxsize=16_384)
def consonants(word: str) -> str:
    """The consonants of `folded`: what is left when even the vowels are spelt by ear."""
    skeleton = folded(word)
    for pair, sign in _DIGRAPHS:
        skeleton = skeleton.replace(pair, sign)
    return _TWICE.sub(r"\1", _VOWELS.sub("", skeleton))


_ENDING = 6  # letters that Mongolian endings may add to a name
_FEW = 2  # consonants of them


@lru_cache(maxsize=65_536)
def likeness(english: str, mongolian: str) -> float:
    """How likely an English word and a word of a Mongolian title (both lower-case) are one name: 1 the same or the same
    with an ending, 0.7 and 0.5 by consonants alone, else 0. A Latin word in a Mongolian title must be the same."""
    if mongolian.isascii():
        return 1.0 if english == mongolian else 0.0
    one, other = folded(english), folded(mongolian)
    if one == other or (len(one) >= 4 and other.startswith(one) and len(other) - len(one) <= _ENDING):
        return 1.0
    bare, longer = consonants(english), consonants(mongolian)
    if not longer.startswith(bare) or len(longer) - len(bare) > _FEW:
        return 0.0
    if len(bare) >= 4:
        return 0.7
    return 0.5 if len(bare) == 3 and len(english) >= 5 and len(longer) - len(bare) <= 1 and one[0] == other[0] else 0.0
