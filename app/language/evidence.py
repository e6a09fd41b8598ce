"""The exact posterior over langdetect's probability map.

langdetect samples n-grams at random until one language leads; here every n-gram counts, once, so the answer is always
the same and a headline costs microseconds. An n-gram seen with probability p in a language weighs log(p + 0.5/10000),
which is langdetect's own smoothing (Detector.ALPHA_DEFAULT / BASE_FREQ).

One integer per n-gram holds its weight for every language, 32 bits each, in thousandths of a nat above the floor: the
weights of a text are then added for all languages at once by adding integers, exactly, and alike on every machine.
"""

import math
import struct
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from langdetect.detector import Detector
from langdetect.detector_factory import DetectorFactory

_UNITS = 1000
_BYTES = 4
MAX_LETTERS = 20_000
"""Letters that are weighed: 3 n-grams a letter x 10,000 units stay far below the 32 bits of a field."""
_FLOOR = Detector.ALPHA_DEFAULT / Detector.BASE_FREQ


class Evidence:
    """The languages of one script and how strongly each n-gram speaks for each. Immutable after construction."""

    def __init__(self, profiles: Sequence[str], prior: Mapping[str, float] | None = None) -> None:
        """`profiles` are langdetect JSON profiles (at least two); `prior` adds nats to a language."""
        factory = DetectorFactory()
        factory.load_json_profile(list(profiles))
        self.languages: tuple[str, ...] = tuple(factory.langlist)
        self._grams = {gram: _packed(map(_weight, row)) for gram, row in factory.word_lang_prob_map.items()}
        self._prior = tuple((prior or {}).get(code, 0.0) for code in self.languages)
        self._unpack = struct.Struct(f"<{len(self.languages)}I").unpack
        self._word = lru_cache(maxsize=20_000)(self._weigh)

    def _weigh(self, word: str) -> int:
        """The packed weights of one word's n-grams of one to three letters, a space at either end."""
        padded = f" {word} "
        size = len(padded)
        grams = [*word]
        grams += [padded[at : at + 2] for at in range(size - 1)]
        grams += [padded[at : at + 3] for at in range(size - 2)]
        known = self._grams
        return sum([known[gram] for gram in grams if gram in known])

    def scores(self, words: Iterable[str]) -> list[float] | None:
        """Nats for each of `languages`, up to a constant; None when nothing in `words` is known to any of them."""
        total, room = 0, MAX_LETTERS
        for word in words:
            total += self._word(word) if len(word) < 64 else self._weigh(word[:room])
            room -= len(word)
            if room <= 0:
                break
        if not total:
            return None
        fields = self._unpack(total.to_bytes(_BYTES * len(self.languages), "little"))
        return [field / _UNITS + prior for field, prior in zip(fields, self._prior, strict=True)]


def _weight(probability: float) -> int:
    return round(_UNITS * math.log((probability + _FLOOR) / _FLOOR))


def _packed(weights: Iterable[int]) -> int:
    packed = 0
    for place, weight in enumerate(weights):
        packed |= weight << (8 * _BYTES * place)
    return packed
