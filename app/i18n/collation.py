"""Alphabetical order for lists of names, by the Mongolian alphabet.

By code point ё stands after я, and ө and ү after everything. The alphabet has ё after е, ө after о, ү after у. Letters
that other Cyrillic alphabets of the region add (Kazakh ә ғ қ ң ұ һ і) stand after the letter they are formed from.
"""

import unicodedata

_ALPHABET = "аәбвгғдеёжзиійкқлмнңоөпрстуүұфхһцчшщъыьэюя"
_PLACE = {letter: place for place, letter in enumerate(_ALPHABET, start=1)}

_OTHER, _DIGIT, _LATIN, _CYRILLIC = range(4)


def sort_key(text: str) -> tuple[tuple[tuple[int, int], ...], str]:
    """A key that sorts digits, then Latin, then Cyrillic words, whatever their case; accents break no order."""
    folded = unicodedata.normalize("NFC", text.casefold())
    places: list[tuple[int, int]] = []
    for letter in folded:
        places += [(_CYRILLIC, _PLACE[letter])] if letter in _PLACE else _other_places(letter)
    return tuple(places), folded


def _other_places(letter: str) -> list[tuple[int, int]]:
    """The places of anything that is no Cyrillic letter of the alphabet, without its accents."""
    plain = [c for c in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(c)]
    return [(_kind(c), ord(c)) for c in plain]


def _kind(letter: str) -> int:
    if letter.isdigit():
        return _DIGIT
    if not letter.isalpha():
        return _OTHER
    return _LATIN if letter < "Ͱ" else _CYRILLIC + 1
