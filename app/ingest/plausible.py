"""How much a text is like writing: the judge between one-byte encodings.

The same bytes read in a wrong encoding give words that mix Latin and Cyrillic, capitals in the middle of small
letters, signs and box drawings between letters, or letters that are rare in every Cyrillic language. Only words with
letters beyond ASCII are looked at: what is plain ASCII is the same in every candidate.
"""

import re

_BEYOND = re.compile("[^\x00-\x7f]")
_WORD = re.compile(r"[A-Za-z]*[^\x00-\x7f]+(?:[A-Za-z]*[^\x00-\x7f]+)*[A-Za-z]*")
_CYRILLIC = re.compile(r"[А-ЯЁӨҮЄІЇҐЎ]?[а-яёөүєіїґў]+|[А-ЯЁӨҮЄІЇҐЎ]+")
_LATIN = re.compile(r"[A-ZÀ-ÖØ-ÞŠŒŽŸ]?[a-zß-öø-ÿšœž]+|[A-ZÀ-ÖØ-ÞŠŒŽŸ]+")
# Quotation marks, dashes and the like, which stand beside words in running text.
_SIGNS = "«»„“”‘’‚‹›–—…№•·§©®°±€™\xa0"
_FRAME = f"[{_SIGNS}]+"
_EDGES = re.compile(f"^{_FRAME}|{_FRAME}$")
# The most frequent letters of Mongolian, Russian, Kazakh, Bulgarian and Ukrainian together: well over half of any text.
_COMMON = frozenset("аоеэинтрлсдгвхуйүөАОЕЭИНТРЛСДГВХУЙҮӨ")

_WORDS = 4000
"""Words that are enough to judge by."""

_DOUBT = 3
"""Words of no opinion that are added, so that one or two odd words do not weigh like a page of them."""


def plausibility(text: str) -> float:
    """From -1 (noise) to 1 (writing), the mean over the words that have letters beyond ASCII, drawn to 0 when
    there are few of them."""
    total = 0.0
    count = 0
    for found in _WORD.finditer(text):
        total += _word(found[0])
        count += 1
        if count >= _WORDS:
            break
    return total / (count + _DOUBT)


def _word(word: str) -> float:
    """1 for a word of one script in one case, less where its letters are rare ones, down to -1 for what is no word."""
    core = _EDGES.sub("", word)
    # A quotation mark at a word can be a letter misread (Улаан, “лаан): a reading without it is to be preferred.
    doubt = 0.0 if len(core) == len(word) else 0.2
    if len(core) < 2:  # a sign, or one letter: a word of several languages (à, и)
        return 0.1
    if _CYRILLIC.fullmatch(core):
        return min(1.0, 2 * sum(c in _COMMON for c in core) / len(core) - 0.4) - doubt
    if _LATIN.fullmatch(core):
        # Western words have one accented letter in many: a run of accented letters is Cyrillic read as cp1252.
        return (1.0 if 2 * len(_BEYOND.findall(core)) <= len(core) else -0.5) - doubt
    return -1.0
