"""The loose key: Latin letters in which the spellings of a Mongolian word meet, whoever typed it on what keyboard.

`үнийн` on a keyboard without ү is `унийн`, in Latin letters `uniin` or `vniin`; `Хүрэлсүх` is Khurelsukh, Khürelsükh or
hurelsuh. All of them are written down by sound (`app.lexicon.roman`), then endings are taken off as written in Latin
letters, wherever that leaves the sound of a word of the lists. So English words are left alone, save those few that are
Mongolian ones by chance.
"""

import re
from functools import cache, lru_cache
from importlib.resources import files

from app.lexicon import stems
from app.lexicon.endings import USUAL, Kind, endings
from app.lexicon.roman import folded, roman
from app.lexicon.skeleton import skeleton
from app.lexicon.unlisted import without_ending

_LONG = 5
"""Letters that are left of a word in Latin letters when an ending of one letter is gone: English words end so too."""

_DEAREST = USUAL + 4
"""Rarer endings are not looked for behind words in Latin letters."""

_SURE = re.compile(r"(?<=.{5})(?:iin|yn|iig|yg|aas|ees|oos|uus|aar|eer|oor|tai|tei|toi)$")
"""Endings that English words hardly ever have, as they are typed behind names that no list has."""

_TYPED = (("oe", "ö"), ("ue", "ü"))  # as in German
_V = re.compile("vv|(?<=[gz])v(?=i)|^v(?=il[cd])|(?<![aeiouyöü])v(?![aeiouyöü])")
"""v is typed for ү, which it looks like: nvvrs, hvn, vnegvi, vildver."""

_SHORTEST = re.compile("(?<=.{4}[gsrv])t$|(?<=.{4}[nlmv])d$|(?<=.{4}n)g$")
"""The shortest endings of names, which many have as their own last letter; so all forms lose them."""
_SOFT_DATIVE = re.compile("(?<=...ь)[дт]$")
_SOUNDS = (("ie", "e"), ("iu", "e"), ("ii", "i"))  # е, ё and ю, as yo and ye by ear
_LETTERS = (
    ("kh", "h"),
    ("x", "h"),
    ("ts", "c"),
    ("tz", "c"),
    ("zh", "j"),
    ("w", "v"),
    ("ö", "u"),
    ("ü", "u"),
    ("o", "u"),
)
_BACK = re.compile("[аоуыя]")
_FRONT = re.compile("[эөү]")
_SOFT_SIGN = re.compile("ь(?=..)")
"""Hardly heard inside a word, and left out in Latin letters as often as not: amdral."""

_ROUND = str.maketrans("өү", "оу")
_TWICE = re.compile(r"(.)\1+")
_VOWELS = frozenset("aeiuyаэоуиыеяю")
_ENDS_SHORT = re.compile(r"(?<=[aeiu])(.*[^aeiu])[aeiu]$")
_UNSTABLE = re.compile(r"(?<=[aeiu])(.*[^aeiu])[aeiu]([^aeiu])$")


@lru_cache(maxsize=65_536)
def loose(word: str) -> str:
    """The loose key of a folded word."""
    if not ("a" <= word[:1] <= "ɏ" or "\u0400" <= word[:1] <= "\u04ff"):
        return word
    if word in _english():
        return word
    word = _spellings().get(word, word)
    known = None if clashes(word) else stems.known(word)
    return sound(known) if known else _by_sound(word) or _unlisted(word)


def clashes(word: str) -> bool:
    """Whether a word has both back and front vowels, which no Mongolian word has: о and у stand for ө and ү."""
    return bool(_BACK.search(word) and _FRONT.search(word)) and not ("ө" in word or "ү" in word)


@lru_cache(maxsize=65_536)
def sound(word: str) -> str:
    """A word of either script as it sounds."""
    if word.isascii():
        for typed, letter in _TYPED:
            word = word.replace(typed, letter)
        word = _V.sub("ü", word)
    found = folded(word)
    for spelling, meant in _SOUNDS:
        found = found.replace(spelling, meant)
    found = _TWICE.sub(r"\1", found)
    return found[:-1] if found.endswith("i") and len(found) > 3 and found[-2] not in "aeiu" else found


def _by_sound(word: str) -> str | None:
    """The sound of the listed word that a word in Latin letters, or without ө and ү, is most likely a form of."""
    heard = sound(word)
    if heard in _exact():
        return _exact()[heard]
    latin = word[0] < "\u0400"
    typed = _as_typed(word) if latin else word.translate(_ROUND)
    best: tuple[int, bool, int, str] | None = None
    for at in range(2, len(typed)):
        if typed[at] in _VOWELS and typed[at - 1] in _VOWELS:
            continue
        for kind, cost in _tails(latin=latin).get(typed[at:], ()):
            if len(typed) - at == 1 and not _single(typed, latin=latin):
                continue
            bones, base = _bones(verbs=kind is Kind.VERB), sound(typed[:at] + ("н" if kind is Kind.PERSON else ""))
            found = bones.get(base) or bones.get(_skeleton(base))
            if found:
                strange = typed[:at] not in _written(latin=latin)
                best = min(filter(None, (best, (cost, strange, len(typed) - at, found))))
    return best[-1] if best else None


def _single(typed: str, *, latin: bool) -> bool:
    """Whether the last letter of a word can be an ending: н only after й, others behind longer words."""
    if typed[-1] in "nн":
        return typed[-2] in "iyй"
    return len(typed) > (_LONG if latin else _LONG - 2)


def _as_typed(latin: str) -> str:
    for spelling, letter in _LETTERS:
        latin = latin.replace(spelling, letter)
    return latin


def _unlisted(word: str) -> str:
    """Names that no list has: Cyrillic ones without their ending, Latin ones without one that is sure."""
    bare = _SOFT_DATIVE.sub("", without_ending(word)) if word[0] >= "\u0400" else _SURE.sub("", word)
    return _skeleton(_SHORTEST.sub("", sound(bare)))


def _skeleton(heard: str) -> str:
    return _UNSTABLE.sub(r"\1\2", _ENDS_SHORT.sub(r"\1", heard))


def listed(key: str) -> bool:
    """Whether a loose key is that of a listed Mongolian word."""
    return key in _exact()


def is_spelling(word: str) -> bool:
    """Whether a word in Latin letters is listed as a spelling of a Mongolian one (`dzud`)."""
    return word in _spellings()


def is_listed(word: str) -> bool:
    """Whether a word in Latin letters is a listed Mongolian one, letter by letter, without any ending."""
    return word not in _english() and _letters(word) in _whole()


def _letters(latin: str) -> str:
    for spelling, letter in (*_LETTERS[:-3], ("ö", "o"), ("ü", "u"), ("y", "i")):
        latin = latin.replace(spelling, letter)
    return latin


@cache
def _whole() -> frozenset[str]:
    listed = (word for verbs in (True, False) for word in stems.listed(verbs=verbs))
    return frozenset(_letters(roman(word.replace("ө", letter))) for word in listed for letter in "оу")


@cache
def _exact() -> dict[str, str]:
    """The sounds of all listed words and irregular forms -> the keys of the words."""
    listed = [word for verbs in (True, False) for word in stems.listed(verbs=verbs)]
    hard = {sound(_SOFT_SIGN.sub("", word)): sound(word) for word in listed}
    sounds = {sound(form): sound(word) for form, word in stems.forms().items()}
    return hard | sounds | {sound(word): sound(word) for word in listed}


@cache
def _bones(*, verbs: bool) -> dict[str, str]:
    found: dict[str, str] = {}
    for spelt in (str, lambda word: _SOFT_SIGN.sub("", word)):
        for word in stems.listed(verbs=verbs):
            found.setdefault(sound(skeleton(spelt(word[:-1] if verbs else word))), sound(word))
    return found


@cache
def _written(*, latin: bool) -> frozenset[str]:
    """The listed words without what comes and goes, as they are typed, long vowels long: `huchnii` is of хүч, not of
    хуучин."""
    bones = {skeleton(word[:-1] if verbs else word) for verbs in (True, False) for word in stems.listed(verbs=verbs)}
    return frozenset(_as_typed(roman(bone)) if latin else bone.translate(_ROUND) for bone in bones)


@cache
def _tails(*, latin: bool) -> dict[str, tuple[tuple[Kind, int], ...]]:
    """The endings as they are typed in Latin letters, or without ө and ү."""
    found: dict[str, dict[Kind, int]] = {}
    for text, readings in endings().items():
        for typed in _latin_endings(text) if latin else (text.translate(_ROUND),):
            costs = found.setdefault(typed, {})
            for reading in readings:
                if reading.cost <= _DEAREST or not latin:
                    costs[reading.kind] = min(reading.cost, costs.get(reading.kind, reading.cost))
    if latin:
        del found["ed"]  # English words end so
    return {text: tuple(costs.items()) for text, costs in found.items()}


def _latin_endings(text: str) -> set[str]:
    """`-ын` is typed yn or iin, `-тай` tai or tay."""
    plain = _as_typed(roman(text.replace("ы", "1").replace("й", "2")))
    return {plain.replace("1", y).replace("2", i) for y in ("y", "ii") for i in ("i", "y")}


@cache
def _spellings() -> dict[str, str]:
    rows = (line.partition("\t") for line in _lines("spellings.tsv"))
    return {spelling: word for spelling, _, word in rows}


@cache
def _english() -> frozenset[str]:
    return frozenset(word for line in _lines("english_only.txt") for word in line.split())


def _lines(file: str) -> list[str]:
    text = files("app.lexicon").joinpath("data", file).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
