"""A small two-language glossary of headlines: which things an English and a Mongolian title both speak of.

About 440 things (coal, visa, court, to resign). Data: `data/glossary.tsv`, written for this product; its third column
says how much it means that two headlines share the thing.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_WORD = re.compile(r"[^\W_]+(?:['.-][^\W_]+)*")
_SHORT = 4  # letters; a shorter Mongolian beginning stands for words that are at most _MORE longer
_MORE = 3


@dataclass(frozen=True, slots=True)
class Thing:
    """`english`: whole words and phrases. `mongolian`: beginnings of words and of the last word of phrases.
    `somewhere`: it is a country, a company, a person: two events in two of them are two events."""

    name: str
    english: tuple[str, ...]
    mongolian: tuple[str, ...]
    weight: float
    somewhere: bool


@cache
def things() -> tuple[Thing, ...]:
    """The whole glossary; a thing is known by its place in it."""
    text = files("app.lexicon").joinpath("data", "glossary.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return tuple(_thing(*row) for row in rows)


def _thing(english: str, mongolian: str, weight: str, mark: str = "") -> Thing:
    forms = tuple(english.split(", "))
    return Thing(forms[0], forms, tuple(mongolian.split(", ")), float(weight), mark == "@")


def words(text: str) -> tuple[str, ...]:
    """The lower-case words of a title; a hyphenated one whole and in parts (e-visa, МИАТ-ийн)."""
    found = _WORD.findall(text.lower().replace("’", "'"))
    return tuple(part for word in found for part in dict.fromkeys((word, *re.split("['.-]", word))) if part)


def spoken_of(title_words: Iterable[str], language: str) -> frozenset[int]:
    """The places in `things()` of what a title speaks of; `title_words` as `words` gives them."""
    listed = tuple(title_words)
    if language == "mn":
        return _mongolian(listed)
    index, phrases = _english_index()
    found = {place for word in listed for place in index.get(word, ())}
    line = f" {' '.join(listed)} "
    return frozenset(found.union(*(places for phrase, places in phrases if f" {phrase} " in line)))


def _mongolian(listed: tuple[str, ...]) -> frozenset[int]:
    index, phrases = _mongolian_index()
    found: set[int] = set()
    for word in listed:
        for length in range(len(word), 1, -1):
            if (places := index.get(word[:length])) and (length >= _SHORT or len(word) - length <= _MORE):
                found.update(places)
                break
    line = f" {' '.join(listed)}"
    return frozenset(found.union(*(places for phrase, places in phrases if f" {phrase}" in line)))


_Index = tuple[Mapping[str, tuple[int, ...]], tuple[tuple[str, tuple[int, ...]], ...]]


@cache
def _english_index() -> _Index:
    return _index(thing.english for thing in things())


@cache
def _mongolian_index() -> _Index:
    return _index(thing.mongolian for thing in things())


def _index(sides: Iterable[tuple[str, ...]]) -> _Index:
    places: dict[str, tuple[int, ...]] = {}
    for place, forms in enumerate(sides):
        for form in forms:
            places[form] = (*places.get(form, ()), place)
    phrases = tuple((form, at) for form, at in places.items() if " " in form)
    return {form: at for form, at in places.items() if " " not in form}, phrases
