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

UNITS = 1000
"""Cost units in a nat."""

_LETTERS = 60
"""Letters that an alphabet may have, the edge of a word included: before anything is counted each is as likely."""

_Counts = list[tuple[int, int]]
"""The languages, by place, that have a sequence, each with how often."""


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
    """The packed costs of sequences of up to three letters, in the order of the languages."""

    def __init__(self, probabilities: Mapping[str, Sequence[float]], totals: Sequence[Sequence[int]]) -> None:
        """`probabilities` is langdetect's map: a sequence of one to three letters (a space is the edge of a word) to
        its share, in each language, of all sequences of its length; `totals` counts these by language and length."""
        self.packing = Packing(len(totals))
        self._unseen = self.packing.pack([round(UNITS * math.log(_LETTERS))] * len(totals))
        self._seen: dict[str, int] = {}
        self._stepping_back: dict[str, int] = {}
        shorter: dict[str, dict[int, float]] = {"": dict.fromkeys(range(len(totals)), 1 / _LETTERS)}
        letters, pairs, threes = (_layer(probabilities, totals, length) for length in (1, 2, 3))
        letters[" "] = _word_ends(pairs)
        for layer in (letters, pairs, threes):
            shorter = self._add_layer(layer, shorter, keep=layer is not threes)

    def _add_layer(
        self, layer: Mapping[str, _Counts], shorter: Mapping[str, Mapping[int, float]], *, keep: bool
    ) -> dict[str, dict[int, float]]:
        """Add the sequences of one length. `shorter` holds, by language, the likelihoods of the last letters of
        sequences one shorter; returned are the same for these, if they are to be kept."""
        contexts = self._contexts(layer)
        likelihoods: dict[str, dict[int, float]] = {}
        for gram, counts in layer.items():
            seen, fallback = contexts[gram[:-1]], shorter[gram[1:]]
            costs = list(self.packing.unpack(self._stepped_back(gram)))
            likely = {}
            for at, count in counts:
                size, kinds = seen[at]
                likely[at] = likelihood = (count + kinds * fallback[at]) / (size + kinds)
                costs[at] = _cost(likelihood)
            self._seen[gram] = self.packing.pack(costs)
            if keep:
                likelihoods[gram] = likely
        return likelihoods

    def _stepped_back(self, gram: str) -> int:
        return self._seen.get(gram[1:], self._unseen) + self._stepping_back.get(gram[:-1], 0)

    def _contexts(self, layer: Mapping[str, _Counts]) -> dict[str, dict[int, tuple[int, int]]]:
        """How often each context was seen, by language, and with how many followers; keeps what it costs to step back
        from it."""
        contexts: dict[str, dict[int, tuple[int, int]]] = defaultdict(dict)
        for gram, counts in layer.items():
            seen = contexts[gram[:-1]]
            for at, count in counts:
                size, kinds = seen.get(at, (0, 0))
                seen[at] = size + count, kinds + 1
        for context, seen in contexts.items():
            if context:
                costs = [0] * self.packing.size
                for at, (size, kinds) in seen.items():
                    costs[at] = _cost(kinds / (size + kinds))
                self._stepping_back[context] = self.packing.pack(costs)
        return contexts

    def cost(self, word: str) -> int:
        """The packed cost of a word: letter after letter, and the edge that ends it."""
        seen, stepping_back = self._seen, self._stepping_back
        padded = f" {word} "
        total = 0
        for end in range(2, len(padded) + 1):
            gram = padded[max(end - 3, 0) : end]
            while gram not in seen and gram:
                total += stepping_back.get(gram[:-1], 0)
                gram = gram[1:]
            total += seen[gram] if gram else self._unseen
        return total


def _layer(
    probabilities: Mapping[str, Sequence[float]], totals: Sequence[Sequence[int]], length: int
) -> dict[str, _Counts]:
    """The sequences of one length, counted again."""
    sums = [total[length - 1] for total in totals]
    return {
        gram: [(at, round(share * sums[at])) for at, share in enumerate(row) if share]
        for gram, row in probabilities.items()
        if len(gram) == length
    }


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
