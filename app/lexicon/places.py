"""Places of Mongolia in both scripts, as headlines name them: provinces, districts of the capital, towns, ports."""

from functools import cache

from app.lexicon.lists import listed
from app.lexicon.roman import folded

_LONGEST_ENDING = 6


@cache
def _known() -> dict[str, str]:
    return {folded(place): place for place in listed("places.txt")}


def known_place(word: str) -> str | None:
    """The place that a lower-case word of either script names, with or without a Mongolian ending, else None."""
    known = _known()
    latin = folded(word)
    if (place := known.get(latin)) is not None or word < "\u0400":
        return place
    for length in range(len(latin) - 1, max(3, len(latin) - _LONGEST_ENDING) - 1, -1):
        if (place := known.get(latin[:length])) is not None and length >= 4:
            return place
    return None
