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
from app.lexicon.roman import folded
from app.lexicon.skeleton import skeleton
from app.lexicon.unlisted import without_ending

_SHORT = 3
"""Letters that are left of a word in Latin letters when an ending is gone."""

_LONG = 5
"""The same for endings of one letter, which English words end in too, and words of no list."""

_SURE = ("iin", "yn", "iig", "yg", "aas", "ees", "oos", "uus", "aar", "eer", "oor", "tai", "tei", "toi", "ruu", "luu")
"""Endings that English words hardly ever have, as they are typed behind names that no list has."""

_TYPED = (("oe", "ö"), ("ue", "ü"))  # as in German
_SOUNDS = (("ie", "e"), ("iu", "e"), ("ii", "i"))  # е, ё and ю, as yo and ye by ear
_TWICE = re.compile(r"(.)\1+")
_VOWELS = frozenset("aeiu")
_VOWEL = "[aeiu]"
_ENDS_SHORT = re.compile(rf"(?<=[aeiu])(.*[^aeiu]){_VOWEL}$")
_UNSTABLE = re.compile(r"(?<=[aeiu])(.*[^aeiu])[aeiu]([^aeiu])$")


@lru_cache(maxsize=65_536)
def loose(word: str) -> str:
    """The loose key of a folded word."""
    if not ("a" <= word[:1] <= "ɏ" or "\u0400" <= word[:1] <= "\u04ff"):
        return word
    meant = _spellings().get(word)
    known = stems.known(meant or word)
    if known:
        return sound(known)
    return _by_sound(word) or _unlisted(word)


@lru_cache(maxsize=65_536)
def sound(word: str) -> str:
    """A word of either script as it sounds."""
    if word.isascii():
        for typed, letter in _TYPED:
            word = word.replace(typed, letter)
    found = folded(word)
    for spelling, meant in _SOUNDS:
        found = found.replace(spelling, meant)
    found = _TWICE.sub(r"\1", found)
    return found[:-1] if found.endswith("i") and len(found) > 3 and found[-2] not in "aeiu" else found


def _by_sound(word: str) -> str | None:
    """The sound of the listed word that a word in Latin letters, or without ө and ү, is most likely a form of."""
    heard = sound(word)
    if heard in _exact():
        return heard
    best: tuple[int, int, str] | None = None
    for at in range(2, len(heard)):
        if heard[at] in _VOWELS and heard[at - 1] in _VOWELS:
            continue
        for kind, cost in _endings().get(heard[at:], ()):
            if at < _least(word, len(heard) - at, cost):
                continue
            bones, base = _bones(kind is Kind.VERB), heard[:at] + ("n" if kind is Kind.PERSON else "")
            found = bones.get(base) or bones.get(_skeleton(base))
            if found and (best is None or (cost, len(heard) - at) < best[:2]):
                best = cost, len(heard) - at, found
    return best[2] if best else None


def _least(word: str, ending: int, cost: int) -> int:
    """How many letters must be left of a word when an ending of so many is gone."""
    if ending == 1:
        return _LONG if word[0] < "\u0400" else _LONG - 1
    return _SHORT if cost > USUAL or (ending == 2 and word[0] < "\u0400" and not word.endswith(_SURE)) else 2


def _unlisted(word: str) -> str:
    """Names that no list has: Cyrillic ones without their ending, Latin ones without one that is sure."""
    if word[0] >= "\u0400":
        return _skeleton(sound(without_ending(word)))
    for ending in _SURE:
        if word.endswith(ending) and len(word) - len(ending) >= _LONG:
            word = word[: -len(ending)]
            break
    return _skeleton(sound(word))


def _skeleton(heard: str) -> str:
    return _UNSTABLE.sub(r"\1\2", _ENDS_SHORT.sub(r"\1", heard))


@cache
def _exact() -> frozenset[str]:
    return frozenset(sound(word) for word in (*stems.listed(verbs=False), *stems.listed(verbs=True)))


@cache
def _bones(verbs: bool) -> dict[str, str]:
    found: dict[str, str] = {}
    for word in stems.listed(verbs=verbs):
        found.setdefault(sound(skeleton(word[:-1] if verbs else word)), sound(word))
    return found


@cache
def _endings() -> dict[str, tuple[tuple[Kind, int], ...]]:
    found: dict[str, dict[Kind, int]] = {}
    for text, readings in endings().items():
        costs = found.setdefault(_TWICE.sub(r"\1", folded(text)), {})
        for reading in readings:
            costs[reading.kind] = min(reading.cost, costs.get(reading.kind, reading.cost))
    return {text: tuple(costs.items()) for text, costs in found.items()}


@cache
def _spellings() -> dict[str, str]:
    text = files("app.lexicon").joinpath("data", "spellings.tsv").read_text("utf-8")
    rows = (line.partition("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {spelling: word for spelling, _, word in rows}
