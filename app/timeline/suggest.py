"""Words that a reader may be about to type."""

from dataclasses import dataclass

from app.model.search import Lookup
from app.search.keys import keyed
from app.store import Reader

MOST = 8
LOOKED_AT = 60
"""Words that are looked at, the most frequent ones; forms of one word are one suggestion."""

SHORTEST = 2
"""Letters of a beginning that suggests anything."""


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Whole questions, the likeliest first: what has been typed with its last word completed."""

    texts: tuple[str, ...]
    revision: int


def suggestions(reader: Reader, text: str) -> Suggestions:
    """How a question may go on."""
    before, _, last = text.rpartition(" ")
    begun = keyed(last.casefold().lstrip('-"«“('))[0]
    if len(begun) < SHORTEST or not begun.isalnum():
        return Suggestions((), reader.revision())
    sound = f"~{keyed(begun)[2]}" if begun.isascii() else ""
    found = reader.look_up(Lookup((), starts=(begun,), key_starts=(sound,) if len(sound) > SHORTEST else ()), LOOKED_AT)
    words: dict[str, str] = {}
    for word in found:
        words.setdefault(keyed(word.word)[1], word.word)
    mark = last[: len(last) - len(last.lstrip('-"«“('))]
    whole = (f"{before} {mark}{word}".strip() for word in words.values() if word != begun)
    return Suggestions(tuple(whole)[:MOST], reader.revision())
