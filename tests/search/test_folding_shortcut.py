"""Plain text takes a short way to its words, and the words are the same."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from app.search import folding
from app.search.lookalikes import meant, suspicious

_TEXT = st.text(
    st.one_of(
        st.sampled_from("абвгөүйёАБВӨҮЙ abcXYZ 019 -–«»№₮%_"),
        st.sampled_from("\u0300\u0301\u0306\u0483\u00ad\u200b\u202e\u2028\ufeff\u00a0\x00\x7fßİﬁºª²½µ…"),
        st.characters(),
    ),
    max_size=30,
)


def _words_the_long_way(text: str) -> list[str]:
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
    folded = "".join(c for c in folded if c.isspace() or not folding._inside_word(c))
    words = folding._WORD.findall(folded)
    return [meant(word) for word in words] if suspicious(folded) else words


@given(_TEXT)
def test_fold_gives_the_words_of_the_long_way(text: str) -> None:
    assert folding.fold(text).split() == _words_the_long_way(text)


def test_no_plain_character_stands_inside_a_word_unseen_or_composes() -> None:
    plain = [c for c in map(chr, range(0x110000)) if folding._PLAIN.fullmatch(c)]
    assert len(plain) > 500
    assert not [c for c in plain if folding._inside_word(c) or unicodedata.normalize("NFC", c) != c]
    assert not [c for c in plain if unicodedata.normalize("NFC", f"а{c}") != f"а{c}"]
