"""How strongly the words of a text speak for each language of a script.

langdetect draws sequences at random until one language leads; here everything counts once, so the same text always gets
the same answer, in microseconds.
"""

import math
from collections.abc import Mapping, Sequence

from langdetect.detector_factory import DetectorFactory

from app.language.chain import UNITS, Chain
from app.language.profile import Profile
from app.model.remembered import Remembered

_MAX_WORDS = 2000
_MAX_WORD_LETTERS = 60
_CACHED_WORDS = 20_000
_THREE = 3

_WORD_WEIGHT = 4.0
"""A common word is four parts likely as a whole, as often as it was counted, to one part letter by letter."""


class Evidence:
    """The languages of one script. Immutable once built, apart from a cache of words; safe to share between threads."""

    def __init__(
        self,
        profiles: Sequence[Profile],
        *,
        cap: float,
        caps: Mapping[str, float],
        prior: Mapping[str, float],
        hint: float = 0.0,
    ) -> None:
        """`cap` is the most, in nats, that one word may say against a language (`caps`: exceptions), for any text may
        hold names and loans; `prior` gives nats to a language before anything is read, `hint` to one that is hinted
        at. Both have at most three decimals, so that they are whole numbers of UNITS."""
        factory = DetectorFactory()
        for place, profile in enumerate(profiles):
            factory.add_profile(profile.langdetect(), place, len(profiles))
        self.languages: tuple[str, ...] = tuple(factory.langlist)
        self._chain = Chain(factory.word_lang_prob_map, [profile.totals() for profile in profiles])
        self._packing = self._chain.packing
        self._unpack, self._bytes = self._packing.unpack_bytes, self._packing.n_bytes
        self._caps = tuple(round(UNITS * caps.get(code, cap)) for code in self.languages)
        self._prior = tuple(prior.get(code, 0.0) for code in self.languages)
        self._hint = hint
        self._common = _common_words(profiles)
        self._costs = Remembered(self._weigh, _CACHED_WORDS)
        self._handicaps = {code: self._handicap(code) for code in (None, *self.languages)}

    def _handicap(self, hint: str | None) -> tuple[int, tuple[int, ...], tuple[float, ...]]:
        """What each language lacks of the most that priors and hint give, packed and plain: added to the costs it puts
        the languages in the order of their scores. And what the hint gives to each."""
        given = [
            round(UNITS * (p + self._hint * (c == hint))) for p, c in zip(self._prior, self.languages, strict=True)
        ]
        lacking = tuple(max(given) - nats for nats in given)
        hinted = tuple(self._hint if code == hint else 0.0 for code in self.languages)
        return self._packing.pack(lacking), lacking, hinted

    def _weigh(self, word: str) -> int:
        """The packed cost of a word above its cost in the language that it suits best, capped."""
        word = word[:_MAX_WORD_LETTERS]
        costs = list(self._packing.unpack(self._chain.cost(word)))
        for place, share in self._common.get(word, ()):
            by_letters = math.exp(-costs[place] / UNITS)
            costs[place] = round(-UNITS * math.log(by_letters + _WORD_WEIGHT * share))
        least = min(costs)
        return self._packing.pack([min(cost - least, most) for cost, most in zip(costs, self._caps, strict=True)])

    def scores(self, words: Sequence[str], hint: str | None = None) -> list[float]:
        """Nats for each of `languages`, up to a constant: the more, the likelier."""
        costs = self._packing.unpack(self.cost(words))
        scores = [prior - cost / UNITS for cost, prior in zip(costs, self._prior, strict=True)]
        if hint in self._handicaps and hint is not None:
            scores[self.languages.index(hint)] += self._hint
        return scores

    def leader(self, cost: int, hint: str | None = None) -> tuple[str, float] | None:
        """The language of the highest score, with its lead over the next (of three languages or more), for words of
        this `cost`; None where two of the first three are equal to the last unit. The same as `scores` say, in a third
        of the time: whole numbers are put in order, and only the scores of two languages worked out."""
        packed, lacking, given = self._handicaps.get(hint) or self._handicaps[None]
        costs = self._unpack((cost + packed).to_bytes(self._bytes, "little"))
        first, second, third = sorted(costs)[:_THREE]
        if first == second or second == third:
            return None
        best, next_best = costs.index(first), costs.index(second)
        score = self._prior[best] - (first - lacking[best]) / UNITS + given[best]
        next_score = self._prior[next_best] - (second - lacking[next_best]) / UNITS + given[next_best]
        return self.languages[best], score - next_score

    def cost(self, words: Sequence[str]) -> int:
        """The packed cost of words; such costs add up to that of all of them."""
        return sum(map(self._costs.__getitem__, words[:_MAX_WORDS]))


def _common_words(profiles: Sequence[Profile]) -> dict[str, tuple[tuple[int, float], ...]]:
    """For each common word the languages (by place) that have it, with its share of all their words."""
    entries: dict[str, tuple[tuple[int, float], ...]] = {}
    for place, profile in enumerate(profiles):
        running = sum(count for gram, count in profile.trigrams.items() if gram[0] == " ")
        for word, count in profile.words.items():
            entries[word] = (*entries.get(word, ()), (place, count / running))
    return entries
