"""Text -> langdetect profile (a table of how often each sequence of one to three letters occurs)."""

import json
from collections.abc import Iterable

from langdetect.utils.lang_profile import LangProfile

_LEGACY = str.maketrans("їєЇЄɵѳѲ", "үөҮӨөөӨ")


def profile(code: str, lines: Iterable[str]) -> bytes:
    """A langdetect JSON profile made from `lines` (a sentence each), in lower case; same lines, same bytes."""
    made = LangProfile(code)
    for line in lines:
        lowered = line.lower()
        made.update((lowered.translate(_LEGACY) if code == "mn" else lowered) + " ")
    made.omit_less_freq()
    table = {"freq": dict(sorted(made.freq.items())), "n_words": made.n_words, "name": code}
    return json.dumps(table, ensure_ascii=False, separators=(",", ":")).encode()
