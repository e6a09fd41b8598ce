"""What of a word is compared: the word itself, its `strong` key and its `loose` key.

    word (folded)   strong      loose
    монголын        монгол      mungul      one strong key for all forms of a word,
    mongolyn        mongolyn    mungul      one loose key for all spellings of it in both scripts
    үнийн, унийн    үнэ, ун     une
    mines           mine        mines

The strong key is for finding, the loose one finds too much: `grade` decides. Pure functions; what they know of words is
remembered, since a million headlines are written with some ten thousand words.
"""

import re
from collections.abc import Iterable
from enum import IntEnum
from functools import lru_cache

from app.lexicon.english import is_word
from app.lexicon.stems import known, stem
from app.search import loose as sounds
from app.search.tokens import parts, placed, tokens

VERSION = 3
"""Of all keys made here; keys stored under another version are to be made anew."""

Keyed = tuple[str, str, str]
"""A folded word, its strong and its loose key."""


class Grade(IntEnum):
    """How well a word of a title answers a word of a question; more is better."""

    NONE = 0
    LOOSE = 1  # another spelling or script
    PREFIX = 2  # it begins so
    FORM = 3  # another form of the word
    EXACT = 4


def words(text: str) -> tuple[str, ...]:
    """The folded words of a text in its order, without endings that stand behind a hyphen."""
    return tuple(token[2] for part in parts(text) for token in tokens(part))


def strong(word: str) -> str:
    """One key for all forms of a folded word: its stem; a number stays as it is."""
    return keyed(word)[1]


def loose(word: str) -> str:
    """One weaker key, in Latin letters, for all spellings of a folded word."""
    return keyed(word)[2]


@lru_cache(maxsize=131_072)
def keyed(word: str) -> Keyed:
    """A folded word with its keys."""
    word = word.replace("ё", "е") if "ё" in word else word
    stemmed = stem(word)
    if word.isascii() and stemmed != word and sounds.is_listed(word) and not is_word(word):
        stemmed = word  # nuurs is coal, not several lakes
    return word, stemmed, sounds.loose(word)


def document(title: str, language: str) -> tuple[Keyed, ...]:  # noqa: ARG001
    """The words of a title in their order, each with its keys: what there is to index. A word's script says how its
    keys are made, whatever the `language` of the title: names and abbreviations travel."""
    return tuple(one for part in parts(title) for one in keyed_part(part))


@lru_cache(maxsize=131_072)
def keyed_part(part: str) -> tuple[Keyed, ...]:
    """The words of a part of a title, as `app.search.tokens.parts` cuts it, with their keys."""
    return tuple(keyed(token[2]) for token in tokens(part))


def grade(query_word: str, title_word: str) -> Grade:
    """How well a folded word of a title answers one of a question."""
    if query_word == title_word:
        return Grade.EXACT
    query, query_strong, query_loose = keyed(query_word)
    title, title_strong, title_loose = keyed(title_word)
    if query_strong == title_strong:
        return Grade.FORM
    if title.startswith(query) or (query >= _CYRILLIC and title_strong.startswith(query)):
        longer = len(title_strong) >= len(query) or not known(query)
        return Grade.PREFIX if longer else Grade.NONE  # гэрээс is of гэр, not the beginning of гэрээ
    return Grade.LOOSE if query_loose == title_loose and _spelt_alike(query, title) else Grade.NONE


def _spelt_alike(query: str, title: str) -> bool:
    """Whether two words of one sound may be one. Between scripts always. In Latin letters only words of some length, or
    Mongolian ones, since short English words sound alike. In Cyrillic о and у may be typed for ө and ү (`унэ`,
    `тугруг`), but two words that both are in the dictionary are two (`ус`, `үс`)."""
    if (query[0] < _CYRILLIC) != (title[0] < _CYRILLIC):
        return True
    if query[0] < _CYRILLIC:
        if min(len(query), len(title)) < _LATIN_LETTERS:
            return sounds.is_spelling(query) or sounds.is_spelling(title)
        return sounds.sound(query) == sounds.sound(title) or sounds.listed(loose(query))
    return _first_vowel(query) == _first_vowel(title) and not (known(query) and known(title))


def _first_vowel(word: str) -> str:
    """A Cyrillic word up to its first vowel, long or short, with one letter for all that are typed for one another."""
    found = _FIRST_VOWEL.match(word.translate(_VOWELS))
    return found.group() if found else ""


_CYRILLIC = "\u0400"
_VOWELS = str.maketrans("өүуыйе", "оооииэ")
_FIRST_VOWEL = re.compile("[^аэоиюя]*(?:[аэоиюя]+|$)")  # what follows may be an ending
_LATIN_LETTERS = 4


def spans(title: str, query_words: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """Where the words of a question stand in a title, in whatever form: beginning and end of each, for highlighting."""
    asked = tuple(query_words)
    return tuple((start, end) for start, end, word in placed(title) if any(grade(one, word) for one in asked))
