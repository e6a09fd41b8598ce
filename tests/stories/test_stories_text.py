"""What reaches the model's C code: never what is known to break it; and which language a question is in."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.stories.facts import language_of
from app.stories.text import LONGEST, guarded, is_plain


@given(st.text(alphabet=st.characters(), max_size=400))
def test_nothing_that_acts_comes_through(text: str) -> None:
    made = guarded(text)
    assert len(made) <= LONGEST
    assert made.isprintable()
    made.encode("utf-8")
    assert made == " ".join(made.split())


def test_the_letter_that_overflows_becomes_plain_letters() -> None:
    made = guarded("\ufdfa" * 5000)
    assert "\ufdfa" not in made
    assert len(made) <= LONGEST


def test_controls_and_surrogates_are_blanks() -> None:
    assert guarded("ab\0cd\ud800ef\u202egh") == "ab cd ef gh"


def test_a_megabyte_is_cut_before_it_is_normalised() -> None:
    assert len(guarded("ө" * 1_000)) == LONGEST
    assert len(guarded("ө" * 1_000_000)) == 80
    assert guarded("") == ""
    assert unicodedata.is_normalized("NFKC", guarded("ﬁ" * 100))


def test_words_in_our_letters_are_plain() -> None:
    assert is_plain("Монгол Улс 75 орны иргэдэд виз (олгохгүй)!")
    assert is_plain("GDP up 6.3%, says IMF – “a record”")
    assert not is_plain("а" * 41)
    assert not is_plain("漢字漢字漢字 abc")
    assert not is_plain("! ? ! ? !")


@pytest.mark.parametrize(
    ("query", "language"),
    [
        ("MongolZ аварга", "mn"),
        ("The MongolZ аварга", "mn"),
        ("нүүрс", "mn"),
        ("Rio Tinto", "en"),
        ("MNT 5,000₮", "en"),
        ("", "en"),
    ],
)
def test_a_question_with_an_english_name_is_a_mongolian_one(query: str, language: str) -> None:
    assert language_of(query) == language
