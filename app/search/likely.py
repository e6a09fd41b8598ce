"""Which other spellings somebody who typed a word is likely to mean: in the other script, without ө and ү, by ear.

Words that sound alike are many (`app.search.keys.Grade.LOOSE`); what is taken of them depends on what titles have. So
`said` finds what the minister did, but `сайд` finds no English `said`.
"""

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from app.lexicon.english import is_word
from app.lexicon.lists import listed
from app.lexicon.roman import folded, roman
from app.lexicon.stems import forms, known
from app.model.search import Word
from app.search.keys import Grade, grade, strong
from app.search.loose import clashes

RARER = 8
"""A spelling that is so many times rarer than another with the same sound is taken for a slip of it."""

SHORT = 5
"""Letters of a word in Cyrillic from which on titles in Latin letters are looked through, whatever else there is."""

SHORTEST_NAME = 3
"""Letters of a word that is looked for in the other script although titles have it as typed."""

_CYRILLIC = re.compile("[Ѐ-ӿ]")
_BACK_ALONE = re.compile("[аыя]")
_E_FOR_E = re.compile("(?<=[бвгджзклмнпрстфхцчшщ])е")
_FRONTED = str.maketrans("оу", "өү")
_ROUND = re.compile("[оөуү]")
_ROUND_TYPED = re.compile("[ouöü]")
_TYPED_FOR = {"o": "оө", "u": "уүө", "ö": "ө", "ü": "ү"}


def is_cyrillic(word: str) -> bool:
    """Whether a word has Cyrillic letters."""
    return bool(_CYRILLIC.search(word))


def fronted(word: str) -> str | None:
    """A Cyrillic word with ө and ү where о and у are: all, by vowel harmony, and with э where е is that follows a
    consonant. None where that cannot be meant."""
    if not is_cyrillic(word) or _BACK_ALONE.search(word):
        return None
    made = _E_FOR_E.sub("э", word if "ө" in word or "ү" in word else word.translate(_FRONTED))
    return None if made == word else made


def is_slip(word: str, own: Sequence[Word], found: Sequence[Word]) -> bool:
    """Whether `word` is more likely `fronted` than what its letters say (`own`): it is no dictionary form itself, the
    other is a form of a listed word, and titles have that one much more often (`нуурс` for нүүрс, not of нуур)."""
    meant = fronted(word)
    if meant is None or known(word) == word or known(meant) is None or (not own and word in forms()):
        return False
    exactly = sum(one.n for one in own if one.word == word)
    whole = known(meant) == meant
    others = (one.n for one in found if one.word == meant or (whole and grade(meant, one.word) >= Grade.FORM))
    return RARER * exactly < sum(others)


def likely(word: str, own: Sequence[Word], alike: Sequence[Word]) -> list[Word]:
    """Of words that sound `alike`, those that are likely meant by `word`. `own` are the word and its forms.

    In Cyrillic: who types ө or ү has them and means what is typed, so that only titles without them are taken (`УНЭ`).
    Who types о or у may lack them: that is certain where vowels clash (`унэ`), and likely where the word is unknown or
    far rarer than what it sounds like (`хун`). In Latin letters spellings of names vary, English words do not.
    """
    cyrillic = is_cyrillic(word)
    within = [one for one in alike if is_cyrillic(one.word) == cyrillic]
    across = [one for one in alike if is_cyrillic(one.word) != cyrillic]
    if not cyrillic:
        free = not own or (len(word) > SHORT and not is_word(word))
        varied = [one for one in within if not is_word(one.word) or _spelt(one.word)] if free else []
        return _closest(word, _in_cyrillic(word, own, across)) + varied
    names = _closest(word, _in_latin(word, own, across))
    if "ө" in word or "ү" in word:
        return names + [one for one in within if clashes(one.word)]
    meant = clashes(word) or RARER * sum(one.n for one in own) < sum(one.n for one in within)
    return names + (within if meant else [])


def _in_cyrillic(word: str, own: Sequence[Word], across: Sequence[Word]) -> Sequence[Word]:
    """For a word in Latin letters: all, unless it is an abbreviation or an English word that titles have (`us`, `hot`);
    of a longer English one (`said`) only what is written just so."""
    if not own:
        return across
    if len(word) < SHORTEST_NAME or (is_word(word) and len(word) == SHORTEST_NAME):
        return ()
    return [one for one in across if _begins(word, one.word)] if is_word(word) and not _spelt(word) else across


def _in_latin(word: str, own: Sequence[Word], across: Sequence[Word]) -> Sequence[Word]:
    """For a word in Cyrillic: names, abbreviations, and the words that both languages have (`банк`)."""
    some = [one for one in across if not is_word(one.word) or _is_name(one.word) or _is_loan(word)]
    if not own or len(word) >= SHORT:
        return [one for one in some if not own or len(one.word) >= SHORTEST_NAME]
    if len(word) < SHORTEST_NAME:
        return ()
    long = (one for one in some if len(one.word) >= SHORTEST_NAME)
    return [one for one in long if _spelt(one.word) or _begins(word, one.word)]


def _closest(word: str, across: Sequence[Word]) -> list[Word]:
    """Words of the other script that are written just as `word` is, with all their forms; where there are none, or
    hardly any, those that begin so, and then all that sound alike: `khuuli` is the law, хууль, though хоол (food) has
    the same loose key."""
    begun = [one for one in across if _begins(word, one.word)]
    same = [one for one in begun if _vowels(word) == _vowels(strong(one.word))]
    same = same or [one for one in begun if _vowels(word) == _vowels(one.word)]
    if RARER * sum(one.n for one in same) < sum(one.n for one in begun):
        same = begun
    near = {strong(one.word) for one in same}
    return [one for one in across if not near or strong(one.word) in near]


def _begins(one: str, other: str) -> bool:
    """Whether a word in Cyrillic begins with one in Latin letters, as it is written in these."""
    cyrillic, latin = (one, other) if is_cyrillic(one) else (other, one)
    if not folded(cyrillic).startswith(folded(latin)):
        return False
    first, typed = _ROUND.search(cyrillic), _ROUND_TYPED.search(latin)
    return not first or not typed or first.group() in _TYPED_FOR[typed.group()]


def _vowels(word: str) -> int:
    """How many vowel letters a word has in Latin letters: цаас is caas, цас is cas."""
    return sum(letter in "aeiouyöü" for letter in roman(word))


def _is_loan(word: str) -> bool:
    return any(word[:length] in _loans() for length in range(SHORTEST_NAME, len(word) + 1))


def _is_name(word: str) -> bool:
    """Whether an English word is long enough not to sound like a Mongolian one by chance (`mongol`), or listed."""
    return len(word) > SHORT or _spelt(word)


def _spelt(word: str) -> bool:
    return word in _spellings()


@cache
def _loans() -> frozenset[str]:
    return frozenset(listed("loans.txt"))


@cache
def _spellings() -> frozenset[str]:
    text = files("app.lexicon").joinpath("data", "spellings.tsv").read_text("utf-8")
    return frozenset(line.split("\t")[0] for line in text.splitlines() if not line.startswith("#"))
