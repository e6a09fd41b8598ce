"""Mongolian words of no list: names, loan words, rare words. Endings that are hardly ever part of a word go, and then
what might be one more: the base form loses it too, so that all forms of a word meet in one stem, if a short one."""

import re

from app.lexicon.endings import Kind, endings, longest
from app.lexicon.skeleton import skeleton

_STEM = 3
"""Letters that are left when an ending is gone."""

_SURE = 3
"""Letters from which on an ending is taken off at once…"""

_SURE_SHORT = frozenset(("ын", "ыг", "нд"))
"""…and shorter ones that are as sure."""

_FOREIGN = frozenset(("луу", "лүү", "гаа", "гээ", "гоо", "гөө"))
"""Ends of many words."""

_MORE = re.compile(
    r"(?<=...)[аэоөи]х$"  # an infinitive, or what is left of one: зөөвөрлөх-өөр
    r"|(?<=аа|ээ|оо|өө|уу|үү|ай|эй|ой|уй|үй)(?:н|г|г(?:аа|ээ|оо|өө))$"  # хороо-ноос, дэвжээ-гээ
    r"|(?<=..[бвгджзклмпрстфхцчш])н$"  # сум-наас
    r"|(?<=....)[дт]$|(?<=...)(?<!г)(?:аа|ээ|оо|өө)$|(?<=....)[аэө]в$|(?<=....)[жч]$"
)

_FOREIGN_NAME = re.compile(".[аэиуыеяю][бвгджзклмнпрстфхцчшщ]+о$|..[бвгджзклмнпрстфхцчшщ][еу]$")
"""Ends in a vowel that no Mongolian word has there, and that stays before г: Тинто-гийн, Мбаппе-гийн."""

_LONG = frozenset(("аа", "ээ", "оо", "өө", "уу", "үү"))
_VERBAL = ("сан", "сэн", "сон", "сөн", "сн", "суг", "сүг")

_ROUNDS = 4

_HAS_VOWEL = re.compile("[аэоөуүиыеяю]")


def unlisted(word: str) -> str:
    """The stem of a folded word."""
    return _rest(without_ending(word))


def without_ending(word: str) -> str:
    """A folded word without the ending that is hardly anything else: the longest one that nouns have, else verbs."""
    return _without(word, verbs=False) or _without(word, verbs=True) or word


def _without(word: str, *, verbs: bool) -> str | None:
    table = endings()
    for at in range(max(_STEM, len(word) - longest()), len(word) - 1):
        text = word[at:]
        if text not in table or not _sure(text) or not _fits(word[:at], text):
            continue
        kinds = {ending.kind for ending in table[text]}
        if (Kind.VERB if verbs else Kind.NOUN) in kinds:
            return word[:at]
        if Kind.PERSON in kinds and word.startswith("чи", at - 2):
            return word[:at] + "н"
    return None


def _sure(text: str) -> bool:
    return (len(text) >= _SURE or text in _SURE_SHORT) and text not in _FOREIGN


def _fits(base: str, ending: str) -> bool:
    """No two vowels meet, г comes after long ones and behind foreign names. A н or с before the case is left to the
    stem: `_rest` takes the н off all forms alike, and hardly a plural ends in с."""
    if not _HAS_VOWEL.search(base) or (ending[0] in "аэоөуүиы" and base[-1] in "аэоөуүиыь"):
        return False
    if ending[0] == "г" and not ending.startswith("гүй"):
        return base[-1] in "нй" or base[-2:] in _LONG or _FOREIGN_NAME.search(base) is not None
    return ending[0] not in "нс" or ending == "нд" or ending.startswith(_VERBAL)


def _rest(word: str) -> str:
    for _ in range(_ROUNDS):
        shorter = _MORE.sub("", word)
        if not _HAS_VOWEL.search(shorter):
            break
        shorter = skeleton(shorter)
        if shorter == word:
            break
        word = shorter
    return skeleton(word)
