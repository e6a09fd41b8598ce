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

_MORE = re.compile(r"(?<=....)(?:[дтг])$|(?<=...)(?<!г)(?:аа|ээ|оо|өө)$|(?<=....)(?:[аэө]в)$|(?<=....)[жч]$")
_ROUNDS = 4

_HAS_VOWEL = re.compile("[аэоөуүиыеяю]")


def unlisted(word: str) -> str:
    """The stem of a folded word."""
    return _rest(without_ending(word))


def without_ending(word: str) -> str:
    """A folded word without the ending that is hardly anything else."""
    table = endings()
    for at in range(max(_STEM, len(word) - longest()), len(word) - 1):
        text = word[at:]
        if text not in table or not _HAS_VOWEL.search(word, 0, at):
            continue
        if (len(text) >= _SURE or text in _SURE_SHORT) and text not in _FOREIGN and _fits(word[:at], text):
            person = all(ending.kind is Kind.PERSON for ending in table[text])
            if not person:
                return word[:at]
            if word.startswith("чи", at - 2):
                return word[:at] + "н"
    return word


def _fits(base: str, ending: str) -> bool:
    """No two vowels meet; н between belongs to the ending only after a long vowel (`Пакистан-аас`, `хороо-ноос`)."""
    if ending[0] in "аэоөуүиы" and base[-1] in "аэоөуүиыь":
        return False
    if ending[0] == "н" and ending != "нд":
        return base[-1] in "аэоөуүий" and base[-2:-1] == base[-1:]
    return True


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
