"""What changed between two titles, word by word. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

MOST_PIECES = 300
"""Words, signs and blanks of a title that are compared one by one; a longer one is shown as changed whole, since the
comparison takes time with the square of it."""

_PIECE = re.compile(r"\s+|\w+|[^\w\s]+")


class Change(StrEnum):
    """What became of a piece of a title."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a changed title. The kept and removed ones in their order are the title before, the kept and added
    ones the title after."""

    change: Change
    text: str


def difference(before: str, after: str) -> tuple[Segment, ...]:
    """The segments of a change, each word whole; what is removed stands before what takes its place."""
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    if max(len(old), len(new)) > MOST_PIECES:
        return tuple(_segments([(before, after, "")]))
    found: list[tuple[str, str, str]] = []
    for name, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        removed, added = "".join(old[a:b]), "".join(new[c:d])
        found.append(("", "", removed) if name == "equal" else (removed, added, ""))
    return tuple(_segments(_without_gaps(found)))


def _without_gaps(found: Iterable[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """(removed, added, kept) pieces; a blank that is kept between two changes is part of them."""
    joined: list[tuple[str, str, str]] = []
    for removed, added, kept in found:
        gap = len(joined) > 1 and not kept and not joined[-1][2].strip() and joined[-1][2] and not joined[-2][2]
        if gap:
            blank = joined.pop()[2]
            first = joined.pop()
            joined.append((first[0] + blank + removed, first[1] + blank + added, ""))
        else:
            joined.append((removed, added, kept))
    return joined


def _segments(found: Iterable[tuple[str, str, str]]) -> Iterator[Segment]:
    for removed, added, kept in found:
        if removed:
            yield Segment(Change.REMOVED, removed)
        if added:
            yield Segment(Change.ADDED, added)
        if kept:
            yield Segment(Change.KEPT, kept)
