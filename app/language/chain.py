"""Languages as chains of letters: how likely is each letter of a word after the two before it, in each language.

The counts are langdetect's probability map. They are smoothed by Witten and Bell's method C (IEEE Transactions on
Information Theory 37, 1991): a context seen C times with T different followers gives T parts in C + T to what the
shorter context says, so a language with little text claims little. langdetect multiplies the likelihoods of all
sequences of one to three letters and so counts each letter up to six times; a chain counts it once, and on headlines of
three words errs half as often.

A cost is -1000 ln p as a whole number: such numbers add up exactly, in any order, on every machine. One Python integer
holds a cost for every language, 32 bits each, so one addition a letter weighs a word for all of them.
"""

import math
import struct
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from app.model.remembered import Remembered

UNITS = 1000
"""Cost units in a nat."""

_LETTERS = 60
"""Letters that an alphabet may have, the edge of a word included: before anything is counted each is as likely."""

_THREE = 3
"""Letters that are looked at together: one, and the two before it."""

_MOST_WINDOWS = 32_768

_Counts = list[tuple[int, int]]
"""The languages, by place, that have a sequence, each with how often."""

_Likely = dict[str, dict[int, float]]
"""Sequences -> the likelihood of their last letter after the others, by language."""


class Packing:
    """Whole numbers below 2**32, one for each of `size` languages, in one integer."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._struct = struct.Struct(f"<{size}I")
        self.n_bytes = self._struct.size
        self.unpack_bytes = self._struct.unpack

    def pack(self, numbers: Iterable[int]) -> int:
        return int.from_bytes(self._struct.pack(*numbers), "little")

    def unpack(self, packed: int) -> tuple[int, ...]:
        return self._struct.unpack(packed.to_bytes(self._struct.size, "little"))


class Chain:
    """The packed costs of sequences of up to three letters, in the order of the languages. Those of three are worked
    out when they are asked for: nine in ten sequences are, and most never come."""

    def __init__(self, probabilities: Mapping[str, Sequence[float]], totals: Sequence[Sequence[int]]) -> None:
        """`probabilities` is langdetect's map: a sequence of one to three letters (a space is the edge of a word) to
        its share, in each language, of all sequences of its length; `totals` counts these by language and length."""
        self.packing = Packing(len(totals))
        self._totals = totals
        self._unseen = self.packing.pack([round(UNITS * math.log(_LETTERS))] * len(totals))
        self._seen: dict[str, int] = {}
        self._stepping_back: dict[str, int] = {}
        nothing: _Likely = {"": dict.fromkeys(range(len(totals)), 1 / _LETTERS)}
        pairs = _layer(probabilities, totals, 2)
        likely = self._add_layer({**_layer(probabilities, totals, 1), " ": _word_ends(pairs)}, nothing)
        self._pairs = self._add_layer(pairs, likely)
        self._threes: dict[str, dict[str, Sequence[float]]] = defaultdict(dict)
        for gram, row in probabilities.items():
            if len(gram) == _THREE:
                self._threes[gram[:-1]][gram] = row
        self._contexts = Remembered(self._context, len(self._threes))
        self._windows = Remembered(self._window, _MOST_WINDOWS)

    def _add_layer(self, layer: Mapping[str, _Counts], shorter: _Likely) -> _Likely:
        """Add the sequences of one length. `shorter` holds, by language, the likelihoods of the last letters of
        sequences one shorter; returned are the same for these."""
        contexts: dict[str, list[_Counts]] = defaultdict(list)
        for gram, counts in layer.items():
            contexts[gram[:-1]].append(counts)
        seen = {context: _sized(found) for context, found in contexts.items()}
        self._stepping_back |= {context: self._step(sizes) for context, sizes in seen.items() if context}
        likely: _Likely = {}
        for gram, counts in layer.items():
            self._seen[gram], likely[gram] = self._costs(gram, counts, seen[gram[:-1]], shorter[gram[1:]])
        return likely

    def _costs(
        self, gram: str, counts: _Counts, seen: Mapping[int, tuple[int, int]], fallback: Mapping[int, float]
    ) -> tuple[int, dict[int, float]]:
        """The packed costs of a sequence, and its likelihoods by language. `seen` is told of its context by `_sized`,
        `fallback` are the likelihoods of the sequence without its first letter."""
        back = self._stepping_back.get(gram[:-1], 0) if len(gram) < _THREE else self._contexts[gram[:-1]][1]
        costs = list(self.packing.unpack(self._seen.get(gram[1:], self._unseen) + back))
        likely = {}
        for at, count in counts:
            size, kinds = seen[at]
            likely[at] = likelihood = (count + kinds * fallback[at]) / (size + kinds)
            costs[at] = _cost(likelihood)
        return self.packing.pack(costs), likely

    def _step(self, seen: Mapping[int, tuple[int, int]]) -> int:
        """What it costs to step back from a context."""
        costs = [0] * self.packing.size
        for at, (size, kinds) in seen.items():
            costs[at] = _cost(kinds / (size + kinds))
        return self.packing.pack(costs)

    def _context(self, pair: str) -> tuple[Mapping[int, tuple[int, int]], int]:
        """How often two letters were seen as the context of a third, and what it costs to step back from them."""
        rows = self._threes.get(pair)
        if rows is None:
            return {}, 0
        seen = _sized(_counted(row, self._totals, _THREE) for row in rows.values())
        return seen, self._step(seen)

    def _window(self, gram: str) -> int:
        """What the last of up to three letters costs after the others, whether they were seen or not."""
        pair = gram[:-1]
        if len(gram) == _THREE:
            row = self._threes.get(pair, {}).get(gram)
            if row is None:
                return self._contexts[pair][1] + self._window(gram[1:])
            counts = _counted(row, self._totals, _THREE)
            return self._costs(gram, counts, self._contexts[pair][0], self._pairs[gram[1:]])[0]
        if not gram:
            return self._unseen
        if (known := self._seen.get(gram)) is not None:
            return known
        return self._stepping_back.get(pair, 0) + self._window(gram[1:])

    def cost(self, word: str) -> int:
        """The packed cost of a word: letter after letter, and the edge that ends it."""
        padded = f" {word} "
        windows = (padded[max(end - _THREE, 0) : end] for end in range(2, len(padded) + 1))
        return sum(map(self._windows.__getitem__, windows))


def _layer(
    probabilities: Mapping[str, Sequence[float]], totals: Sequence[Sequence[int]], length: int
) -> dict[str, _Counts]:
    """The sequences of one length, counted again."""
    return {gram: _counted(row, totals, length) for gram, row in probabilities.items() if len(gram) == length}


def _counted(row: Sequence[float], totals: Sequence[Sequence[int]], length: int) -> _Counts:
    """The languages that have a sequence of this length, each with how often."""
    return [(at, round(share * totals[at][length - 1])) for at, share in enumerate(row) if share]


def _sized(followers: Iterable[_Counts]) -> dict[int, tuple[int, int]]:
    """How often a context was seen, by language, and with how many followers; `followers` are the counts of these."""
    seen: dict[int, tuple[int, int]] = {}
    for counts in followers:
        for at, count in counts:
            size, kinds = seen.get(at, (0, 0))
            seen[at] = size + count, kinds + 1
    return seen


def _word_ends(pairs: Mapping[str, _Counts]) -> _Counts:
    """How many words each language had: langdetect counts no space on its own, but every last letter with one."""
    ends: dict[int, int] = defaultdict(int)
    for gram, counts in pairs.items():
        if gram[1] == " ":
            for at, count in counts:
                ends[at] += count
    return list(ends.items())


def _cost(likelihood: float) -> int:
    return round(-UNITS * math.log(likelihood))
