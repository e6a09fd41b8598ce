"""A title -> what the linker compares: numbers, months, things of the glossary, words that may be names."""

from dataclasses import dataclass
from functools import lru_cache

from app.lexicon.casing import recase
from app.lexicon.glossary import spoken_of, things, words
from app.lexicon.lists import listed
from app.lexicon.numbers import Numbers, numbers
from app.lexicon.places import known_place
from app.lexicon.roman import consonants, folded
from app.stories.text import guarded

LANGUAGES = ("en", "mn")
"""The languages between which, and within which, headlines are linked."""

_PREFIX = 5  # letters by which two words of one language are taken for one
_SHORTEST_NAME = 3

# Words that are in so many headlines about Mongolia that sharing them says nothing.
_COMMON = frozenset(listed("common.txt"))

# Things that are somebody or somewhere: two events in two of them are two events.
_SOMEWHERE = frozenset(thing.name for thing in things() if thing.somewhere)


@dataclass(frozen=True, slots=True)
class Facts:
    """`text`: guarded and in sentence case, as it is embedded. `names`: lower-case words that may be a name; `heads`:
    of each the first letter and the first consonant as they are heard, without one of which in common two are not
    alike. `places`: whom and where it speaks of, as far as the glossary and the list of names know, in one spelling."""

    text: str
    language: str
    numbers: Numbers
    things: frozenset[int]
    places: frozenset[str]
    weight: float  # of all its things
    prefixes: frozenset[str]
    names: tuple[str, ...]
    heads: tuple[tuple[str, str], ...]


def facts(title: str, language: str) -> Facts:
    """The facts of a title as published; `language` one of LANGUAGES."""
    return _facts(guarded(title), language)


@lru_cache(maxsize=8192)
def _facts(title: str, language: str) -> Facts:
    """Of a guarded title: however long a text came, what is kept is short."""
    text = recase(title)
    title_words = words(text)
    spoken = spoken_of(title_words, language)
    names = tuple(
        dict.fromkeys(w for w in title_words if len(w) >= _SHORTEST_NAME and w.isalpha() and w not in _COMMON)
    )
    return Facts(
        text,
        language,
        numbers(text, language),
        spoken,
        _places(title_words, spoken),
        weight(spoken),
        frozenset(word[:_PREFIX] for word in title_words),
        names,
        tuple((folded(name)[:1], consonants(name)[:1]) for name in names),
    )


def language_of(query: str) -> str:
    """In which of LANGUAGES a search is most likely written, by its letters: Mongolian ones have English names in them
    (`MongolZ аварга`), English ones hardly a Cyrillic word."""
    plain = guarded(query)
    cyrillic = sum("\u0400" <= c <= "\u052f" for c in plain)
    return "mn" if cyrillic * 4 > sum(map(str.isalpha, plain)) else "en"


def weight(places: frozenset[int]) -> float:
    """How much it says to share these things."""
    glossary = things()
    return sum(sorted(glossary[place].weight for place in places))


def _places(title_words: tuple[str, ...], spoken: frozenset[int]) -> frozenset[str]:
    glossary = things()
    known = {glossary[place].name for place in spoken} & _SOMEWHERE
    return frozenset(known | {folded(name) for word in title_words if (name := known_place(word))})
