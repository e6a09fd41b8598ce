"""Words without their endings: enough to see one word in two forms, in Mongolian and English.

No dictionary. Endings are taken off for as long as they fit, so that a stem may be shorter than the real one; that does
little harm where titles are compared word by word, in order.
"""

import re
from functools import lru_cache

_CASES = (
    "ын ийн ны ний ыг ийг нд аас ээс оос өөс наас нээс ноос нөөс аар ээр оор өөр иар иэр тай тэй той"
    " руу рүү луу лүү аа ээ оо өө даа дээ доо дөө ууд үүд нууд нүүд чууд чүүд"
)
_TENSES = (
    "лаа лээ лоо лөө жээ чээ на нэ но нө сан сэн сон сөн ав эв өв ив даг дэг дог дөг аад ээд оод өөд"
    " ах эх ох өх иж ааж ээж гүй"
)


def _one_of(endings: str) -> str:
    return "|".join(sorted(endings.split(), key=len, reverse=True))


_CONSONANT = "[бвгджзклмнпрстфхцчш]"
_ENDING = re.compile(
    rf"(?<=..)(?:{_one_of(_TENSES)}|(?<!г)ов)$"  # говь is a word of its own: Дорноговь
    rf"|(?<=...)(?:{_one_of(_CASES)})$"
    rf"|(?<=..{_CONSONANT})[дтжч]$|(?<=....)[дн]$"  # сард, but not сайд
    r"|(?<=[аэоө][аэоө])г$|(?<=..н)гийн$"
    r"|(?<=..)[аэоөуүиыь]+$|(?<=...)й$"
)
_ENGLISH = re.compile(r"(?<=...)(?:ies|es|ed|ing|s|e|y)$")
_UNSTABLE = re.compile(rf"(?<=..{_CONSONANT})[аэоөиуү](?={_CONSONANT}$)")

_ROUNDS = 4
"""Endings that stand behind one another: plural, case, possession, a vowel between."""


@lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """A folded word without its endings; a Cyrillic one also without the vowel that comes and goes before the last
    consonant (`аймаг`, `аймгийн`)."""
    if word.isascii():
        return _ENGLISH.sub("", word, count=1)
    for _ in range(_ROUNDS):
        shorter = _ENDING.sub("", word, count=1)
        if shorter == word:
            break
        word = shorter
    return _UNSTABLE.sub("", word)
