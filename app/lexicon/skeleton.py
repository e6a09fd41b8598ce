"""What all written forms of a Mongolian word have in common: its letters without those that come and go.

Short vowels at the end go before endings (`үнэ`, `үнийн`), so do ь and и (`морь`, `мориор`), and the ий of `дэлхий`
meets the one of the ending (`дэлхийн`). The short vowel before the last consonant goes before an ending that begins
with a vowel (`хэрэг`, `хэргийн`; `ажил`, `ажлаа`), and comes between consonants that cannot stand together (`эхлэх`,
`эхэлсэн`). The first syllable always stays, long vowels too.
"""

import re

_CONSONANT = "[бвгджзклмнпрстфхцчшщ]"
_ENDS_SHORT = re.compile(rf"(?<=[аэоөуүиыеяюй])(.*{_CONSONANT})(?:[аэоөуүиыь]|ий|ы)$")
_UNSTABLE = re.compile(rf"(?<=[аэоөуүиыеяюй])(.*{_CONSONANT})[аэоөи]({_CONSONANT})$")


def skeleton(word: str) -> str:
    """The skeleton of a word without endings."""
    word = _ENDS_SHORT.sub(r"\1", word)
    if word.endswith("ь"):
        word = word[:-1]
    return _UNSTABLE.sub(r"\1\2", word)
