"""Why two headlines were linked, in words that a page can show."""

from app.lexicon.glossary import things
from app.model.story import Evidence
from app.stories.facts import Facts
from app.stories.features import Likeness, same_names

MOST = 6
"""Names and words that are kept of each, the weightiest first."""

_SURE_NAME = 0.5
"""A likeness of two names below this is shown to nobody."""


def evidence(one: Facts, other: Facts, number: int, near: Likeness | None) -> Evidence:
    """What `one` has in common with `other`, the headline with this number; `near` as the linker had it."""
    return Evidence(
        other=number,
        similarity=None if near is None else round(near[0], 3),
        numbers=tuple(sorted(one.numbers.values & other.numbers.values, reverse=True))[:MOST],
        months=tuple(sorted(one.numbers.months & other.numbers.months)),
        names=_names(one, other)[:MOST],
        words=_words(one, other)[:MOST],
    )


def _names(one: Facts, other: Facts) -> tuple[tuple[str, str], ...]:
    """Only across languages: within one a name is a word."""
    if one.language == other.language:
        return ()
    english, mongolian = (one, other) if one.language == "en" else (other, one)
    found = sorted(same_names(english, mongolian), key=lambda name: -name[2])
    turned = one.language != "en"
    return tuple((b, a) if turned else (a, b) for a, b, likeness in found if likeness >= _SURE_NAME)


def _words(one: Facts, other: Facts) -> tuple[tuple[str, str], ...]:
    """Things of the glossary; in one language the words themselves, the longest first."""
    if one.language == other.language:
        shared = [word for word in one.names if word in set(other.names)]
        return tuple((word, word) for word in sorted(dict.fromkeys(shared), key=lambda word: (-len(word), word)))
    glossary = things()
    shared_things = sorted(one.things & other.things, key=lambda place: (-glossary[place].weight, place))
    return tuple((_said(place, one.language), _said(place, other.language)) for place in shared_things)


def _said(place: int, language: str) -> str:
    thing = things()[place]
    return (thing.english if language == "en" else thing.mongolian)[0]
