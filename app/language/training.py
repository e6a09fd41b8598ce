"""Text -> profile."""

from collections import Counter
from collections.abc import Iterable

from langdetect.utils.lang_profile import LangProfile

from app.language.letters import LEGACY, Script, prepared, words
from app.language.profile import Profile

COMMON_WORDS = 3000
"""At most so many words are kept in a profile, none that was seen once only."""


def train(code: str, script: Script, lines: Iterable[str], *, lexicon: bool = False) -> Profile:
    """A profile made from `lines` (a sentence each), counted by langdetect's trainer over the words that `detect` would
    see; with its commonest words if `lexicon`. The same lines give the same profile."""
    counted, seen = LangProfile(code), Counter[str]()
    for line in lines:
        text = prepared(line)
        tokens = words(text.translate(LEGACY) if code == "mn" else text, script)
        counted.update(" ".join([*tokens, ""]))
        seen.update(tokens)
    trigrams = {gram: count for gram, count in counted.freq.items() if len(gram) == 3}
    ranked = sorted(seen.items(), key=lambda item: (-item[1], item[0]))[:COMMON_WORDS] if lexicon else []
    return Profile(code, trigrams, {word: count for word, count in ranked if count > 1})
