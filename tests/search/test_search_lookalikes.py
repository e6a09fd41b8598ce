"""Letters typed for the ones that were meant. In these tables Latin letters inside Cyrillic words are written as
escapes, since nobody could see them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.search.folding import fold, query_words
from app.search.lookalikes import DOUBLES, STAND_INS

A, B, C, E, H, K, M, O, P, T, X, Y = "\x41\x42\x43\x45\x48\x4b\x4d\x4f\x50\x54\x58\x59"  # noqa: E741 - Latin letters

MEANT = [
    (f"{M}ОНГОЛ УЛС", "МОНГОЛ УЛС", "a Latin capital at the start"),
    (f"М{O}НГ{O}Л", "МОНГОЛ", "Latin letters in the middle"),
    (f"Улаанб{A.lower()}{A.lower()}т{A.lower()}р", "Улаанбаатар", "small letters"),
    (f"{T}{A}ВАН {T}ОЛГОЙ", "ТАВАН ТОЛГОЙ", "two in one word"),
    (f"{C}аяны б{A.lower()}яр, х{O.lower()}т {H}ийслэл", "Саяны баяр, хот Нийслэл", "in several words"),
    (f"Эр{X}эт {Y}йлдвэр", "Эрхэт Үйлдвэр", "Y beside front vowels is ү"),
    (f"{Y}лаанбаатар", "Улаанбаатар", "Y beside back vowels is у"),
    (f"х{Y.lower()}н", "хүн", "without a vowel to say so, y is what the keyboard lacked"),
    (f"Монгол {Y}лс", "Монгол Улс", "but the commonest noun is known"),
    ("Єндєр, Їнэ", "Өндөр, Үнэ", "Ukrainian letters for ө and ү"),
    ("Ѳмнѳговь", "Өмнөговь", "the old Cyrillic fita for ө"),
    ("хvн Vндсэн vг", "хүн Үндсэн үг", "V for ү"),
    ("öргөн üнэ", "өргөн үнэ", "letters of other Latin alphabets"),
    ("Ɵвөр", "Өвөр", "the barred O of other alphabets"),
    (f"{X}{Y}НИЙ ЭРХ", "ХҮНИЙ ЭРХ", "an ending does not make an abbreviation of XY"),
]
LEFT = [
    ("USD ханш", " usd ханш ", "a Latin word among Cyrillic ones"),
    ("COVID-ын тархалт", " covid ын тархалт ", "abbreviation and ending with a hyphen"),
    ("COVID-19 вакцин", " covid 19 вакцин ", "letters and digits"),
    ("JICA-гийн төсөл", " jica гийн төсөл ", "an abbreviation all of letters without doubles"),
    ("OTийн хувьцаа, HPын тайлан, TVээр", " otийн хувьцаа hpын тайлан tvээр ", "an ending grown on to an abbreviation"),
    ("ATM машин", " atm машин ", "all its letters have doubles, yet it is a Latin word"),
    ("iPhoneоор", " iphoneоор ", "a letter without a double"),
    ("Mongolia opens HOBBY COMPANY", " mongolia opens hobby company ", "English has no Cyrillic word"),
    ("V бүлэг, XX зуун", " v бүлэг xx зуун ", "Roman numbers"),
    ("Europe’s vote: über Görlitz", " europe s vote über görlitz ", "other Latin alphabets by themselves"),
    ("СOVID", " сovid ", "a Cyrillic letter in a Latin word: nothing is guessed"),
]


@pytest.mark.parametrize(("given_", "meant", "why"), MEANT, ids=[row[2] for row in MEANT])
def test_what_was_meant(given_: str, meant: str, why: str) -> None:
    assert given_ != meant
    assert fold(given_) == fold(meant) == f" {meant.lower().replace(',', '')} ", why
    assert query_words(given_) == query_words(meant), "titles and queries alike"


@pytest.mark.parametrize(("given_", "folded", "why"), LEFT, ids=[row[2] for row in LEFT])
def test_what_is_left_alone(given_: str, folded: str, why: str) -> None:
    assert fold(given_) == folded, why


def test_no_letter_is_two_things() -> None:
    assert not STAND_INS.keys() & DOUBLES.keys()
    assert not (set(STAND_INS.values()) | set(DOUBLES.values())) & (STAND_INS.keys() | DOUBLES.keys())


@given(st.text("абвөүуєї" + "abcehkmoptxyvöz0 -", max_size=20))
def test_folding_a_folded_mixture_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(text.upper()) == fold(text)


@given(st.text("абвгдеёжзийклмноөпрстуүфхцчшъыьэюя -", max_size=30))
def test_proper_mongolian_is_never_changed(text: str) -> None:
    assert fold(text) == f" {' '.join(text.replace('-', ' ').split())} ".replace("  ", " ")


@given(st.text("abcdefghijklmnopqrstuvwxyz -", max_size=30))
def test_proper_latin_is_never_changed(text: str) -> None:
    assert fold(text) == f" {' '.join(text.replace('-', ' ').split())} ".replace("  ", " ")
