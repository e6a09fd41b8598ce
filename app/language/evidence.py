"""How strongly the words of a text speak for each language of a script.

langdetect draws sequences at random until one language leads; here everything counts once, so the same text always gets
the same answer, in microseconds.
"""

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache

from langdetect.detector_factory import DetectorFactory

from app.language.chain import UNITS, Chain
from app.language.profile import Profile

_MAX_WORDS = 2000
_MAX_WORD_LETTERS = 60
_CACHED_WORDS = 20_000

_WORD_WEIGHT = 4.0
"""A common word is four parts likely as a whole, as often as it was counted, to one part letter by letter."""


class Evidence:
    """The languages of one script. Immutable once built, apart from a cache of words; safe to share between threads."""

    def __init__(
        self, profiles: Sequence[Profile], *, cap: float, caps: Mapping[str, float], prior: Mapping[str, float]
    ) -> None:
        """`cap` is the most, in nats, that one word may say against a language (`caps`: exceptions), for any text may
        hold names and loans; `prior` gives nats to a language before anything is read."""
        factory = DetectorFactory()
        factory.load_json_profile([profile.langdetect_json() for profile in profiles])
        self.languages: tuple[str, ...] = tuple(factory.langlist)
        self._chain = Chain(factory.word_lang_prob_map, [profile.totals() for profile in profiles])
        self._packing = self._chain.packing
        self._caps = tuple(round(UNITS * caps.get(code, cap)) for code in self.languages)
        self._prior = tuple(prior.get(code, 0.0) for code in self.languages)
        self._common = _common_words(profiles)
        self._word = lru_cache(maxsize=_CACHED_WORDS)(self._weigh)

    def _weigh(self, word: str) -> int:
        """The packed cost of a word above its cost in the language that it suits best, capped."""
        costs = list(self._packing.unpack(self._chain.cost(word)))
        for place, share in self._common.get(word, ()):
            by_letters = math.exp(-costs[place] / UNITS)
            costs[place] = round(-UNITS * math.log(by_letters + _WORD_WEIGHT * share))
        least = min(costs)
        return self._packing.pack([min(cost - least, most) for cost, most in zip(costs, self._caps, strict=True)])

    def scores(self, words: Sequence[str]) -> list[float]:
        """Nats for each of `languages`, up to a constant: the more, the likelier."""
        packed = sum([self._word(word[:_MAX_WORD_LETTERS]) for word in words[:_MAX_WORDS]])
        costs = self._packing.unpack(packed)
        return [prior - cost / UNITS for cost, prior in zip(costs, self._prior, strict=True)]


def _common_words(profiles: Sequence[Profile]) -> dict[str, tuple[tuple[int, float], ...]]:
    """For each common word the languages (by place) that have it, with its share of all their words."""
    entries: dict[str, tuple[tuple[int, float], ...]] = {}
    for place, profile in enumerate(profiles):
        running = sum(count for gram, count in profile.trigrams.items() if gram[0] == " ")
        for word, count in profile.words.items():
            entries[word] = (*entries.get(word, ()), (place, count / running))
    return entries
