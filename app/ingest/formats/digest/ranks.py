"""Which of the numbers that English entries begin with are ranks.

Titles begin with numbers too (`7 9 MONGOLIAN PROVINCES …`, `8 IN 10 HERDERS …`), ranks may be missing, and several
lists may stand in one text, each from 1. No entry can be judged alone, so the cheapest reading of the whole list is
taken: a number that is one more than the rank before it costs nothing; reading a number as part of the title, skipping
ranks, and starting again at 1 have the prices below. Linear in the number of entries: only the `_BEAM` cheapest
readings, and none that is `_HOPELESS` dearer than the best, are carried along.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

MAX_RANK = 999

_NO_NUMBER = 1.0
"""The entry has no rank of its own; it takes the next place."""
_PER_SKIPPED = 0.4
_MOST_FOR_SKIPPING = 1.4
"""A gap of one or two ranks is likelier than a missing rank (an entry was left out); a larger one is not."""
_AGAIN = 1.2
_AGAIN_AFTER_OTHERS = 0.6
"""A second list from 1: likelier where Mongolian entries stood in between."""
_LINE_INSIDE = 0.5
"""The rank begins a later line of the entry's text; the lines before it belong to nobody (a heading)."""
_BEAM = 12
_HOPELESS = 4.0

_NUMBER = re.compile(r"([0-9]{1,3})[.)]?\s+(?=\S)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Numbered:
    """An entry's place: its rank, where its title begins in its text, where its rank begins (what comes before is no
    part of the entry), and whether a new list begins with it."""

    rank: int
    title_at: int
    begins_at: int = 0
    restarts: bool = False


@dataclass(frozen=True, slots=True)
class _Choice:
    rank: int
    title_at: int
    begins_at: int


@dataclass(frozen=True, slots=True)
class _Path:
    """One reading up to some entry; `before` is its earlier part."""

    cost: float
    at: Numbered
    before: "_Path | None"


def assign(texts: Sequence[str], after_others: Sequence[bool], *, printed: bool = False) -> list[Numbered]:
    """One Numbered per text. `after_others[i]`: entries of another language stand between entry i and the one before.
    `printed`: the numbers are known to be ranks (the text was written by this program)."""
    choices = [_choices(text) for text in texts]
    if printed and (stated := _as_printed(choices)):
        return stated
    inside = 2 * sum(1 for found in choices if found) >= len(texts)
    paths = [_Path(0.0, Numbered(0, 0), None)]
    for i, found in enumerate(choices):
        allowed = [c for c in found if c.begins_at == 0 or inside]
        best: dict[tuple[int, bool], _Path] = {}
        for path in paths:
            for nxt in _steps(path, allowed, first=i == 0, after_others=after_others[i]):
                key = (nxt.at.rank, nxt.at.restarts)
                if key not in best or nxt.cost < best[key].cost:
                    best[key] = nxt
        cheapest = sorted(best.values(), key=lambda p: p.cost)[:_BEAM]
        paths = [path for path in cheapest if path.cost < cheapest[0].cost + _HOPELESS]
    return _unwound(min(paths, key=lambda p: p.cost))


def _choices(text: str) -> list[_Choice]:
    """The numbers that could be ranks: at the beginning of the text, and of each later line."""
    found = []
    start = 0
    while True:
        number = _NUMBER.match(text, start)
        if number and 1 <= int(number[1]) <= MAX_RANK:
            found.append(_Choice(int(number[1]), number.end(), start))
        newline = text.find("\n", start)
        if newline < 0 or len(found) >= _BEAM:
            return found
        start = newline + 1


def _steps(path: _Path, choices: Sequence[_Choice], *, first: bool, after_others: bool) -> list[_Path]:
    last = path.at.rank
    steps = [_Path(path.cost + _NO_NUMBER, Numbered(last + 1, 0), path)]
    for choice in choices:
        extra = _LINE_INSIDE if choice.begins_at else 0.0
        if choice.rank > last:
            gap = min(_PER_SKIPPED * (choice.rank - last - 1), _MOST_FOR_SKIPPING)
            at = Numbered(choice.rank, choice.title_at, choice.begins_at)
            steps.append(_Path(path.cost + gap + extra, at, path))
        if choice.rank == 1 and not first:
            again = _AGAIN_AFTER_OTHERS if after_others else _AGAIN
            at = Numbered(1, choice.title_at, choice.begins_at, restarts=True)
            steps.append(_Path(path.cost + again + extra, at, path))
    return steps


def _as_printed(choices: Sequence[Sequence[_Choice]]) -> list[Numbered] | None:
    """Every entry's own number, if these rise from entry to entry; None if they do not."""
    own = [found[0] for found in choices if found and found[0].begins_at == 0]
    rising = all(a.rank < b.rank for a, b in pairwise(own))
    return [Numbered(c.rank, c.title_at) for c in own] if rising and len(own) == len(choices) else None


def _unwound(path: _Path) -> list[Numbered]:
    places = []
    while path.before is not None:
        places.append(path.at)
        path = path.before
    return places[::-1]
