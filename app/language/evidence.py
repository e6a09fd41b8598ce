"""How strongly the words of a text speak for each language of a script.

langdetect picks sequences at random until one language leads; here every letter counts, once, so the same text always gets
the same answer. One whole number holds a cost for every language, 32 bits each: a text is weighed for all languages at once
by adding such numbers, one addition a letter.
"""

import math
import struct
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from langdetect.detector_factory import DetectorFactory

from app.language.chain import UNITS, UNSEEN, Chain
from app.language.profile import Profile

_BYTES = 4
_MAX_WORDS = 2000
_MAX_WORD_LETTERS = 60
_WORD_WEIGHT = 4.0
"""A common word is four parts likely as a whole, as often as it was counted, to one part letter by letter."""


class Evidence:
    """The languages of one script. Immutable once built, apart from a cache of words; safe to share between threads."""

    def __init__(
        self, profiles: Sequence[Profile], *, caps: Mapping[str, float], cap: float, prior: Mapping[str, float]
    ) -> None:
        """`cap` is the most, in nats, that one word may say against a language (`caps`: exceptions), for any text may hold
        names and loans; `prior` gives nats to a language before anything is read."""
        factory = DetectorFactory()
        factory.load_json_profile([profile.langdetect_json() for profile in profiles])
        self.languages: tuple[str, ...] = tuple(factory.langlist)
        self._struct = struct.Struct(f"<{len(profiles)}I")
        self._caps = tuple(round(UNITS * caps.get(code, cap)) for code in self.languages)
        self._prior = tuple(prior.get(code, 0.0) for code in self.languages)
        self._seen: dict[str, int] = {}
        self._stepping_back: dict[str, int] = {}
        self._fill(_chains(factory, profiles))
        self._lexicon = _lexicon(profiles)
        self._word = lru_cache(maxsize=20_000)(self._weigh)

    def _fill(self, chains: Sequence[Chain]) -> None:
        """Pack the chains: shorter sequences first, for a longer one that a language never saw costs it what the shorter
        costs plus the step back."""
        for place, chain in enumerate(chains):
            for context, cost in chain.stepping_back.items():
                self._stepping_back[context] = self._stepping_back.get(context, 0) + (cost << 8 * _BYTES * place)
        rows: dict[str, list[tuple[int, int]]] = {}
        for place, chain in enumerate(chains):
            for gram, cost in chain.seen.items():
                rows.setdefault(gram, []).append((place, cost))
        self._unseen = self._pack([UNSEEN] * len(chains))
        for gram in sorted(rows, key=len):
            shorter = self._seen.get(gram[1:], self._unseen)
            costs = list(self._unpack(shorter + self._stepping_back.get(gram[:-1], 0)))
            for place, cost in rows[gram]:
                costs[place] = cost
            self._seen[gram] = self._pack(costs)

    def _pack(self, costs: Iterable[int]) -> int:
        return int.from_bytes(self._struct.pack(*costs), "little")

    def _unpack(self, packed: int) -> tuple[int, ...]:
        return self._struct.unpack(packed.to_bytes(self._struct.size, "little"))

    def _letters(self, word: str) -> int:
        """The packed cost of a word, letter after letter, with the edge that ends it."""
        seen, stepping_back = self._seen, self._stepping_back
        padded = f" {word} "
        total = 0
        for end in range(2, len(padded) + 1):
            gram = padded[end - 3 : end] if end > 2 else padded[:2]
            while gram not in seen and gram:
                total += stepping_back.get(gram[:-1], 0)
                gram = gram[1:]
            total += seen[gram] if gram else self._unseen
        return total

    def _weigh(self, word: str) -> int:
        """The packed cost of a word above its cost in the language that it suits best, capped."""
        costs = list(self._unpack(self._letters(word)))
        for place, share in self._lexicon.get(word, ()):
            by_letters = math.exp(-costs[place] / UNITS)
            costs[place] = round(-UNITS * math.log(by_letters + _WORD_WEIGHT * share))
        least = min(costs)
        return self._pack([min(cost - least, most) for cost, most in zip(costs, self._caps, strict=True)])

    def scores(self, words: Sequence[str]) -> list[float]:
        """Nats for each of `languages`, up to a constant: the more, the likelier."""
        packed = sum([self._word(word[:_MAX_WORD_LETTERS]) for word in words[:_MAX_WORDS]])
        costs = self._unpack(packed)
        return [prior - cost / UNITS for cost, prior in zip(costs, self._prior, strict=True)]


def _chains(factory: DetectorFactory, profiles: Sequence[Profile]) -> list[Chain]:
    """langdetect's probability map, language by language, turned back into counts."""
    tables: list[dict[str, int]] = [{} for _ in profiles]
    totals = [profile.counts()[1] for profile in profiles]
    for gram, row in factory.word_lang_prob_map.items():
        for place, probability in enumerate(row):
            if probability:
                tables[place][gram] = round(probability * totals[place][len(gram) - 1])
    return [Chain(table) for table in tables]


def _lexicon(profiles: Sequence[Profile]) -> dict[str, tuple[tuple[int, float], ...]]:
    """For each common word the languages (by place) that have it, with its share of all their words."""
    entries: dict[str, tuple[tuple[int, float], ...]] = {}
    for place, profile in enumerate(profiles):
        if profile.words:
            running = sum(count for gram, count in profile.trigrams.items() if gram[0] == " ")
            for word, count in profile.words.items():
                entries[word] = (*entries.get(word, ()), (place, count / running))
    return entries
