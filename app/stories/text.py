"""What may reach the embedding model: its C code has a buffer that a certain letter overflows, stops silently at NUL,
and takes time without bound on long input. None of that comes through here."""

import unicodedata

LONGEST = 300
"""Characters. 11,000 took the model 26 seconds, one word of 20,000 letters 60."""


def guarded(text: str) -> str:
    """NFKC (U+FDFA, which overflows the tokenizer's buffer, becomes plain letters), no control or format characters, no
    surrogates, single blanks, at most LONGEST characters. May be empty: then there is nothing to embed."""
    plain = unicodedata.normalize("NFKC", text[: 4 * LONGEST])
    if not plain.isprintable():
        plain = "".join(" " if unicodedata.category(c)[0] == "C" else c for c in plain)
    return " ".join(plain.split())[:LONGEST].rstrip()
