"""Language profiles: how often each sequence of three letters occurs, and the commonest words.

A file keeps a profile folded: for every two letters (a space is the edge of a word) the letters that followed them and
how often, `"мо": "н12р3д"` meaning мон 12 times, мор 3 times, мод once. Everything else in a langdetect profile
(sequences of two letters and of one, and the totals) is a sum of these, so `langdetect` gives exactly what
langdetect's own trainer counted, from a file of a third of the size.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from langdetect.utils.lang_profile import LangProfile

_FOLLOWER = re.compile(r"(\D)(\d*)")


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of one language. `trigrams` maps three letters to a count, `words` a common word to its count."""

    code: str
    trigrams: Mapping[str, int]
    words: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def parse(cls, text: str) -> Self:
        """From the folded form. ValueError when the text is not one."""
        data = json.loads(text)
        trigrams = {
            context + letter: int(count or 1)
            for context, followers in data["follow"].items()
            for letter, count in _FOLLOWER.findall(followers)
        }
        words = {word: int(count) for count, listed in data["words"].items() for word in listed.split()}
        return cls(data["code"], trigrams, words)

    def dump(self) -> str:
        """The folded form: sorted, so that equal profiles are equal to the byte."""
        follow: dict[str, str] = defaultdict(str)
        for gram, count in sorted(self.trigrams.items()):
            follow[gram[:2]] += gram[2] + (str(count) if count > 1 else "")
        listed: dict[int, list[str]] = defaultdict(list)
        for word, count in sorted(self.words.items()):
            listed[count].append(word)
        by_count = {str(count): " ".join(listed[count]) for count in sorted(listed, reverse=True)}
        data = {"code": self.code, "words": by_count, "follow": follow}
        return json.dumps(data, ensure_ascii=False, indent=0, separators=(",", ":")) + "\n"

    def totals(self) -> tuple[int, int, int]:
        """How many sequences of one, two and three letters the text had: langdetect's n_words."""
        sequences = sum(self.trigrams.values())
        ends = sum(count for gram, count in self.trigrams.items() if gram[2] == " ")
        return sequences, sequences + ends, sequences

    def langdetect(self) -> LangProfile:
        """The profile as langdetect has it, for DetectorFactory.add_profile."""
        pairs: Counter[str] = Counter()
        for gram, count in self.trigrams.items():
            pairs[gram[:2]] += count
            if gram[2] == " ":
                pairs[gram[1:]] += count
        letters: Counter[str] = Counter()
        for gram, count in pairs.items():
            if gram[1] != " ":
                letters[gram[1]] += count
        return LangProfile(self.code, {**letters, **pairs, **self.trigrams}, self.totals())

    def langdetect_json(self) -> str:
        """The same in langdetect's own JSON format."""
        made = self.langdetect()
        return json.dumps({"name": made.name, "freq": made.freq, "n_words": made.n_words}, ensure_ascii=False)
