"""Did you mean …? A question in which the words that no title has are replaced by words that look much like them."""

import re
from collections.abc import Sequence

from app.model.search import Lookup, Word
from app.search.expand import lookup, starts
from app.search.keys import keyed
from app.search.likeness import nearest
from app.store import Reader
from app.timeline.seek import Asked

SHORTEST = 4
"""Letters of a word that is replaced; a shorter one is like too many."""

START = 2
"""Letters at the beginning, or of the sound, that are believed."""


def meant(reader: Reader, asked: Asked) -> str | None:
    """The question in other words; None where there are none."""
    text = asked.filter.text
    better = text
    for word in asked.words:
        if len(word) >= SHORTEST and not _known(reader, word):
            found = nearest(word, _like(reader, word))
            if found is None:
                return None
            better = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", found.word, better, flags=re.IGNORECASE)
    return better if better.casefold() != text.casefold() else None


def _known(reader: Reader, word: str) -> bool:
    found = reader.look_up(lookup([word]))
    more = starts([word], found)
    return bool(found) or bool(more and reader.look_up(more))


def _like(reader: Reader, word: str) -> Sequence[Word]:
    plain, _, sound = keyed(word)
    return reader.look_up(Lookup((), starts=(plain[:START],), key_starts=(f"~{sound[:START]}",)))
