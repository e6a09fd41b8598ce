"""Pieces of a title in other scripts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.language import spans

CASES: list[tuple[str, str, list[tuple[str, str]]]] = [
    ("mn", "Шинэ сургууль нээгдлээ", []),
    ("en", "A new school opens", []),
    ("mn", "SPRING AIRLINE КОМПАНИ УЛААНБААТАРТ НИСНЭ", [("SPRING AIRLINE", "en")]),
    ("mn", "“The Eagle Huntress” кино шагнал авлаа", [("The Eagle Huntress", "en")]),
    ("mn", "iPhone 15 Pro Max худалдаанд гарлаа", [("iPhone 15 Pro Max", "en")]),
    ("mn", "COVID-19-ийн эсрэг вакцин", [("COVID-19", "en")]),
    ("mn", "«Le Monde diplomatique» сонинд нийтлэгдэв", [("Le Monde diplomatique", "fr")]),
    ("mn", "II Элизабет хатан хаан XX зуунд", []),
    ("mn", "Гепатит B-ийн эсрэг аян", []),
    ("mn", "Yндсэн хууль, Oюу Tолгой", []),
    ("mn", "ᠮᠣᠩᠭᠣᠯ бичгийн хичээл", [("ᠮᠣᠩᠭᠣᠯ", "mn-Mong")]),
    ("mn", "Бээжин (北京) хот", [("北京", "zh")]),
    ("en", "Exhibition «Монголын нууц товчоо» opens in Berlin", [("Монголын нууц товчоо", "mn")]),
    ("kk", "«Rio Tinto and the government» кеңесі", [("Rio Tinto and the government", "en")]),
    ("zh", "蒙古国 Mongolia reports trade surplus 发布", [("Mongolia reports trade surplus", "en")]),
    ("mn", "Spring Airlines", [("Spring Airlines", "en")]),
    ("mn", "2026.01.15", []),
]


@pytest.mark.parametrize(("code", "title", "foreign"), CASES)
def test_foreign_pieces(code: str, title: str, foreign: list[tuple[str, str]]) -> None:
    pieces = spans(title, code)
    assert [piece for piece in pieces if piece[1] != code] == foreign
    assert "".join(text for text, _ in pieces) == title


def test_an_empty_title_has_no_pieces() -> None:
    assert spans("", "mn") == ()


def test_an_uncertain_name_is_undetermined() -> None:
    assert spans("Netflix-ээр гарлаа", "mn") == (("Netflix", "und"), ("-ээр гарлаа", "mn"))


@given(
    st.text(st.characters() | st.sampled_from("аөү abXI15,&-中몽ᠮ"), max_size=120),
    st.sampled_from(["mn", "en", "kk", "zh", "ko", "und"]),
)
def test_pieces_are_the_title_again(title: str, code: str) -> None:
    pieces = spans(title, code)
    assert "".join(text for text, _ in pieces) == title
    assert all(text for text, _ in pieces)
    assert pieces == spans(title, code)


@pytest.mark.parametrize("unit", ["1", "a 1 ", "a,", "a.", "1,", "ө", "中 "])
def test_a_huge_title_is_cut_too(unit: str) -> None:
    title = unit * 50_000 + "ө"
    assert "".join(text for text, _ in spans(title, "mn")) == title
