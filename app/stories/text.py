"""What may reach the embedding model: its C code has a buffer that a certain letter overflows, stops silently at NUL,
and takes time without bound on long input. None of that comes through here."""

import unicodedata

LONGEST = 300
"""Characters. 11,000 took the model 26 seconds, one word of 20,000 letters 60."""


_NO_TITLE = 4 * LONGEST
_BEGINNING = 80
"""Of what is so long that it is no title only the beginning is taken."""

_LONGEST_WORD = 40


def guarded(text: str) -> str:
    """NFKC (U+FDFA, which overflows the tokenizer's buffer, becomes plain letters), no control or format characters, no
    surrogates, single blanks, at most LONGEST characters. May be empty: then there is nothing to embed."""
    most = LONGEST if len(text) <= _NO_TITLE else _BEGINNING
    plain = unicodedata.normalize("NFKC", text[:_NO_TITLE])
    if not plain.isprintable():
        plain = "".join(" " if unicodedata.category(c)[0] == "C" else c for c in plain)
    return " ".join(plain.split())[:most].rstrip()


def is_plain(text: str) -> bool:
    """Whether a guarded text is one of words, mostly in Latin and Cyrillic letters and digits. Others take the model up
    to a step for each character."""
    usual = sum(c < "\u0530" and c.isalnum() for c in text)
    unusual = len(text) - usual - text.count(" ")
    return usual >= 3 * unusual and all(len(word) <= _LONGEST_WORD for word in text.split())
