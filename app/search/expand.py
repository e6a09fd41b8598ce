"""Which words of titles a word of a question stands for. Pure: the store's words are passed in.

A question is answered by words, not by texts: each word of it is first looked up among the words that titles have (some
hundred thousand), `app.search.keys.grade` says how well each answers it, and the index is asked for those that do. So
both databases find the same, and what counts is decided here alone:

- the word itself and its other forms always do;
- words that begin so do if what was typed looks unfinished, see `_is_start`: `ерөнх` is a beginning, `уул` is a
  mountain and no `уулзалт`, `import` is not `important`;
- other spellings do where the one that was typed is likely to be meant for them, see `_meant`.

None of this depends on what else is asked for or on what a page shows, so that pages follow one another, and a narrower
question never finds what the wider one does not.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain

from app.lexicon.lists import listed
from app.lexicon.stems import known
from app.model.search import Forms, Lookup, Spelling, Word
from app.search import keys as keys_made
from app.search.keys import Grade, grade, keyed, keyed_part
from app.search.tokens import parts

VERSION = keys_made.VERSION
"""Of what titles are taken apart into; an index of another version is made anew."""

START_LETTERS = 2
"""One letter is no beginning: it begins too much."""

KNOWN_START_LETTERS = 5
"""The same for a word that titles or the dictionary have as a whole."""

MOST_FORMS = 300
"""Words of titles that one word of a question stands for, the most frequent ones; a beginning can have thousands."""

RARER = 8
"""A spelling that is so many times rarer than another with the same sound is taken for a slip of it."""

_CYRILLIC = re.compile("[Ѐ-ӿ]")
_BACK = re.compile("[аоуыя]")
_FRONT = re.compile("[эөү]")


def words(title: str) -> tuple[str, ...]:
    """The words of a title in their order, as they are looked up."""
    return tuple(chain.from_iterable(map(_words_of, parts(title))))


@lru_cache(maxsize=131_072)
def _words_of(part: str) -> tuple[str, ...]:
    return tuple(word for word, _, _ in keyed_part(part))


@lru_cache(maxsize=131_072)
def keys(word: str) -> tuple[str, str]:
    """The keys by which a word is looked up: its stem and its sound."""
    _, strong, loose = keyed(word)
    return f"={strong}", f"~{loose}"


SPELLING = Spelling(words, keys)
"""How titles are taken apart."""


@dataclass(frozen=True, slots=True)
class Expanded:
    """A word of a question: what it stands for, and whether that is only the most frequent part of it."""

    word: str
    forms: Forms
    broad: bool = False


def lookup(asked: Iterable[str]) -> Lookup:
    """What to look up of these words, beginnings left aside."""
    plain = [keyed(word)[0] for word in asked]
    return Lookup(tuple(plain), keys=tuple(dict.fromkeys(key for word in plain for key in keys(word))))


def starts(asked: Iterable[str], found: Sequence[Word]) -> Lookup | None:
    """Which of these words to look up as beginnings, after `lookup` has `found` what it could."""
    begun = tuple(dict.fromkeys(word for word in (keyed(one)[0] for one in asked) if _is_start(word, found)))
    return Lookup((), starts=begun) if begun else None


def _is_start(word: str, found: Sequence[Word]) -> bool:
    """Whether a word may be an unfinished one: long enough, no number, no English word of the dictionary; a shorter one
    only if neither titles (`found`) nor the Mongolian dictionary have it."""
    if len(word) < START_LETTERS or word[0].isdigit() or word in _english():
        return False
    if len(word) >= KNOWN_START_LETTERS:
        return True
    return not known(word) and not any(grade(word, one.word) >= Grade.FORM for one in found)


@cache
def _english() -> frozenset[str]:
    """The English words that are no names."""
    return frozenset(word for word in listed("english.txt") if word.islower())


def expand(asked: str, found: Sequence[Word]) -> Expanded:
    """What a word of a question stands for among the words that were found."""
    word = keyed(asked)[0]
    graded = [(grade(word, one.word), one) for one in found]
    own = [one for g, one in graded if g >= Grade.FORM]
    begun = [one for g, one in graded if g is Grade.PREFIX] if _is_start(word, own) else []
    alike = [one for g, one in graded if g is Grade.LOOSE]
    kept = sorted({*own, *begun, *_meant(word, own, alike)}, key=lambda one: (one.word != word, -one.n, one.word))
    chosen = kept[:MOST_FORMS]
    forms = Forms(
        tuple(sorted(one.number for one in chosen)),
        frozenset(one.word for one in chosen),
        sum(one.n for one in chosen),
        tuple(one.number for one in chosen if one.word == word),
    )
    return Expanded(asked, forms, broad=len(kept) > MOST_FORMS)


def _meant(word: str, own: Sequence[Word], alike: Sequence[Word]) -> list[Word]:
    """Of words that sound `alike`, those that somebody who typed `word` is likely to mean. `own` are the word and its
    forms.

    In the other script: everything, unless the word is short and titles have it as it is (`hot`, `бид`). In Cyrillic:
    who types ө or ү has them and means what is typed, so that only titles without them are taken (`УНЭ`). Who types о
    or у may lack them: that is certain where vowels clash (`унэ`), and likely where the word is unknown or far rarer
    than what it sounds like (`хун`). In Latin letters spellings of names vary, short words do not.
    """
    cyrillic = bool(_CYRILLIC.search(word))
    across = [one for one in alike if bool(_CYRILLIC.search(one.word)) != cyrillic]
    within = [one for one in alike if bool(_CYRILLIC.search(one.word)) == cyrillic]
    if own and len(word) < (KNOWN_START_LETTERS if cyrillic else KNOWN_START_LETTERS - 1):
        across = []
    if not cyrillic:
        return across + (within if not own or len(word) > KNOWN_START_LETTERS else [])
    if "ө" in word or "ү" in word:
        return across + [one for one in within if _clashes(one.word)]
    likely = _clashes(word) or RARER * sum(one.n for one in own) < sum(one.n for one in within)
    return across + (within if likely else [])


def _clashes(word: str) -> bool:
    """Whether a word has both back and front vowels, which no Mongolian word has: о and у stand for ө and ү."""
    return bool(_BACK.search(word) and _FRONT.search(word)) and not ("ө" in word or "ү" in word)
