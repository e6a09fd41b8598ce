"""Letters typed for the ones that were meant: Latin look-alikes inside Cyrillic words, and stand-ins for Ө and Ү.

Titles come from keyboards without Mongolian letters, from two layouts at once and from scanned pages: `Yнэ`, `MОНГОЛ`,
`Єндєр`, `хvн`. For search they are the word that was meant. Only the keys change, never what is shown.

A word is left alone unless it is a Cyrillic one: each of its Latin letters has a Cyrillic double, and there are not
many more of them than of the others. So `USD`, `COVID` and `JICA` stay, and so does a Latin abbreviation with a
Mongolian ending grown on to it (`OTийн`, `HPын`): two or more Latin letters followed by nothing but a case ending.
"""

import re

STAND_INS = {"є": "ө", "ї": "ү", "ѳ": "ө", "ѵ": "ү", "ɵ": "ө", "ö": "ө", "ü": "ү", "v": "ү"}
"""What is typed where ө and ү are missing: Ukrainian and old Cyrillic letters, V, letters of other Latin alphabets.
The Cyrillic ones count as this in every word, Ukrainian ones too: titles and queries still agree."""

DOUBLES = {
    "a": "а",
    "b": "в",
    "c": "с",
    "e": "е",
    "h": "н",
    "k": "к",
    "m": "м",
    "o": "о",
    "p": "р",
    "t": "т",
    "x": "х",
    "ë": "ё",
}
"""Latin letters that look like a Cyrillic one, small or capital (`H` is Н, `B` is В); `y` is decided by the word."""

ENDINGS = (
    *("ын", "ийн", "ны", "ний", "гийн", "н", "ыг", "ийг", "г", "д", "т", "нд", "да", "дэ"),
    *("аас", "ээс", "оос", "өөс", "наас", "нээс", "ноос", "нөөс", "аар", "ээр", "оор", "өөр", "гаар", "гээр"),
    *("тай", "тэй", "той", "руу", "рүү", "уу", "үү", "ууд", "үүд", "чууд", "чүүд"),
)
"""Case and plural endings as they are written behind an abbreviation."""

_MOST = 2
"""So many Latin letters a Cyrillic one are believed to stand for others: of `MOHГOЛ` only two can be nothing else."""

_SUSPECT = re.compile(f"[{''.join(STAND_INS)}{''.join(DOUBLES)}y]")
_CYRILLIC = re.compile("[а-ҿӀ-ӿё]")
_LATIN = re.compile("[a-zà-öø-ɏɵ]")
_GROWN = re.compile(rf"[a-xz0-9]{{2,}}(?:{'|'.join(ENDINGS)})")
_BACK = re.compile("[аоуыяё]")
_MEANT = str.maketrans(STAND_INS | DOUBLES)


def suspicious(folded: str) -> bool:
    """Whether any word of a folded text could be a case: it has Cyrillic letters and one that stands for another."""
    if folded.isascii():
        return False
    return _SUSPECT.search(folded) is not None and _CYRILLIC.search(folded) is not None


def meant(word: str) -> str:
    """A folded word as it was meant, or as it is."""
    latin = _LATIN.findall(word)
    if not latin:
        return word.translate(_MEANT)
    cyrillic = _CYRILLIC.findall(word)
    if len(latin) > _MOST * len(cyrillic) or _GROWN.fullmatch(word) or not all(map(_SUSPECT.match, latin)):
        return word
    return _with_y(word.translate(_MEANT))


def _with_y(word: str) -> str:
    """`y` looks like у, but is typed for ү: vowel harmony says which. Mongolian words have either back or front vowels,
    so beside а, о or у it is у. Without any such sign it is ү, which keyboards lack; `улс`, which half of all titles
    have, is the exception."""
    if "y" not in word:
        return word
    if _BACK.search(word) or word == "yлс":
        return word.replace("y", "у")
    return word.replace("y", "ү")
