"""Titles: shown safely, otherwise as published."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.normalise.text import clean, escaped


@pytest.mark.parametrize(
    "title",
    [
        "“ DOING  BUSINESS ” B2B",
        "ҮНЭ \xa0ХАНШ – №5, ₮3,014…",
        "MIXED “QUOTES' and \"more«",
        "Є, Ї, Ѳ and V stay as typed",
        "ᠮᠣᠩᠭᠣᠯ\u180eᠠ",
        "family 👨\u200d👩\u200d👧 and ᠡ\u180b",
        "\ue000 private use",
    ],
)
def test_what_is_only_read_stays(title: str) -> None:
    assert clean(title).text == title
    assert clean(title).given is None


def test_blanks_at_the_ends_go() -> None:
    assert clean(" \xa0\n Title \t") == clean("Title")


def test_letters_are_composed() -> None:
    found = clean("И\u0306е\u0308 о\u0308")
    assert found.text == "Йё ӧ"
    assert found.given is None


@pytest.mark.parametrize(
    ("title", "shown", "given"),
    [
        ("a\x00b", "ab", r"a\u0000b"),
        ("a\x1b[31mb", "a[31mb", r"a\u001b[31mb"),
        ("safe\u202egnp.exe", "safegnp.exe", r"safe\u202egnp.exe"),
        ("a\u2066b\u2069c", "abc", r"a\u2066b\u2069c"),
        ("a\u200eb\u200fc", "abc", r"a\u200eb\u200fc"),
        ("zero\u200bwidth", "zerowidth", r"zero\u200bwidth"),
        ("\ufeffTitle", "Title", r"\ufeffTitle"),
        ("soft\u00adhyphen", "softhyphen", r"soft\u00adhyphen"),
        ("hidden \U000e0041tag", "hidden tag", r"hidden \U000e0041tag"),
        ("no \uffff character", "no  character", r"no \uffff character"),
        ("a lone \udc80 byte", "a lone \ufffd byte", r"a lone \udc80 byte"),
        ("line\nbreak", "line break", r"line\u000abreak"),
        ("tab \t and blanks", "tab and blanks", r"tab \u0009 and blanks"),
        ("a\u2028b", "a b", r"a\u2028b"),
    ],
)
def test_what_acts_is_taken_out_and_told(title: str, shown: str, given: str) -> None:
    found = clean(title)
    assert (found.text, found.given) == (shown, given)


@given(st.text())
def test_what_is_shown_is_inert_and_stays_so(title: str) -> None:
    shown = clean(title).text
    kinds = {unicodedata.category(c) for c in shown}
    assert not kinds & {"Cc", "Cs", "Zl", "Zp"}
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
    assert shown == shown.strip()
    assert unicodedata.is_normalized("NFC", shown)
    assert shown.encode("utf-8").decode("utf-8") == shown
    assert clean(shown).text == shown


@given(st.text())
def test_escaped_text_can_be_printed_anywhere(text: str) -> None:
    assert not set(escaped(text)) & set(map(chr, range(32)))
    assert escaped(text).encode("utf-8").isascii() or not text.isascii()


def test_a_pile_of_marks_is_cut_and_what_came_is_kept() -> None:
    pile = "а" + "\u0323\u0301" * 400
    got = clean(f"{pile} б")
    assert got.text == "а" + "\u0323" * 15 + "\u0301" * 15 + " б"
    assert got.given == f"{pile} б"
    assert clean("а" * 400).given is None
