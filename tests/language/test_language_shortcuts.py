"""The short ways of detection say what the long way says, to the last bit of the confidence."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.language import detector
from app.language.letters import MAX_LETTERS, Script, plain_words, prepared, script_of, words

_LETTERS = "абвгдеёжзийклмноөпрстуүфхцчшщъыьэюя"
_MONGOLIAN = st.text(_LETTERS + _LETTERS.upper() + "       -–—«»“”№,.:1234567890₮%", max_size=60)
_ENGLISH = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=60)
_STRANGE = st.text(
    st.one_of(
        st.sampled_from(_LETTERS + "abcxyz @:/.w"),
        st.sampled_from("їєɵѳіґқәһ\u0300\u0301\u0307\u00ad\u200b\u202e\ufeff\u00a0İıßÅᠮ中かα가"),
        st.characters(),
    ),
    max_size=40,
)
_TEXTS = st.one_of(_MONGOLIAN, _ENGLISH, _STRANGE)
_HINTS = st.sampled_from((None, "mn", "en", "ru", "bxr", "de", "zz", ""))


@settings(deadline=None)  # the first one reads the profiles
@given(_TEXTS, _HINTS)
def test_detect_says_what_the_long_way_says(text: str, hint: str | None) -> None:
    shared = detector.ready()
    assert shared.detect(text, hint=hint) == shared._with_care(text, hint)


@given(_TEXTS)
def test_plain_words_are_those_of_the_long_way(text: str) -> None:
    found = plain_words(text)
    if found is not None:
        long, (script, tokens) = prepared(text), found
        assert (script or Script.NONE) == script_of(long)
        assert tokens == words(long, script or Script.LATIN)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Монгол Улс", "Mongolian letters"),
        ("«ОЮУ ТОЛГОЙ»: 2026 онд 1,5 их наяд ₮", "capitals, signs, numbers"),
        ("Mongolia opens a border port", "ASCII"),
    ],
)
def test_ordinary_titles_take_the_short_way(text: str, why: str) -> None:
    assert plain_words(text) is not None, why


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Їндсэн хууль", "the old spelling"),
        ("Қазақстан", "a letter that Mongolian has not"),
        ("Yндсэн хууль", "a Latin letter in a Cyrillic word"),
        ("Оюу\u00adтолгой", "something invisible"),
        ("mail a@b.mn", "an address"),
        ("see https://ikon.mn/1", "an address"),
    ],
)
def test_whatever_needs_a_rule_takes_the_long_way(text: str, why: str) -> None:
    assert plain_words(text) is None, why


def test_no_more_is_looked_at_than_the_long_way_looks_at() -> None:
    found = plain_words("а " * MAX_LETTERS)
    assert found is not None
    assert len(found[1]) == MAX_LETTERS // 2
