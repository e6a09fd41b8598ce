"""Mongolian alphabetical order."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from app.i18n import sort_key

ALPHABET = "абвгдеёжзийклмноөпрстуүфхцчшщъыьэюя"


def in_order(*words: str) -> bool:
    return list(words) == sorted(words, key=sort_key)


def test_the_alphabet() -> None:
    by_code_point = sorted(ALPHABET)
    assert by_code_point != list(ALPHABET)
    assert sorted(by_code_point, key=sort_key) == list(ALPHABET)


def test_letters_that_stand_elsewhere_by_code_point() -> None:
    assert in_order("Ерөө", "Ёл", "Жаргал")
    assert in_order("Орхон", "Өдрийн сонин", "Пүрэв")
    assert in_order("Увс", "Үндэсний шуудан", "Фото")


def test_case_and_composition_do_not_matter() -> None:
    assert sort_key("ӨДӨР")[0] == sort_key("өдөр")[0]
    assert sort_key("Й") == sort_key("И\u0306")


def test_digits_then_latin_then_cyrillic() -> None:
    assert in_order("24 цаг", "Eagle", "iToim", "Montsame", "Эгүүр")


def test_a_shorter_word_comes_first() -> None:
    assert in_order("Монгол", "Монголын мэдээ")


def test_accents_break_no_order() -> None:
    assert in_order("Ortoo", "Örtöö", "Otgon")


def test_kazakh_letters_stand_by_those_they_are_formed_from() -> None:
    assert in_order("ан", "әке", "бала")
    assert in_order("кім", "қала", "лагерь")


@given(st.text(), st.text())
def test_only_the_same_words_share_a_place(one: str, other: str) -> None:
    same = unicodedata.normalize("NFC", one.casefold()) == unicodedata.normalize("NFC", other.casefold())
    assert (sort_key(one) == sort_key(other)) is same
