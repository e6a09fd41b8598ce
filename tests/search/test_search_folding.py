"""The words by which titles and queries are compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.search.folding import MAX_WORDS, fold, query_words


@pytest.mark.parametrize(
    ("title", "folded"),
    [
        ("МОНГОЛ УЛС", " монгол улс "),
        ("“ЭРДЭНЭС  ТАВАНТОЛГОЙ” ХК-ИЙН", " эрдэнэс тавантолгой хк ийн "),
        ("Y.M.D 4.5 №5 a_b", " y m d 4 5 5 a b "),
        ("И\u0306оо ЁО", " йоо ёо "),
        ("zero\u200bwidth soft\u00adhyphen", " zerowidth softhyphen "),
        ("Straße", " strasse "),
        ("ᠮᠣᠩᠭᠣᠯ", " ᠮᠣᠩᠭᠣᠯ "),
        ("", " "),
        ("… — !", " "),
    ],
)
def test_folded_titles(title: str, folded: str) -> None:
    assert fold(title) == folded


def test_query_words_in_order_without_repeats() -> None:
    assert query_words("Улс, МОНГОЛ улс") == ("улс", "монгол")


def test_a_query_has_an_end() -> None:
    assert len(query_words(" ".join(map(str, range(1000))))) == MAX_WORDS
    assert query_words("!?") == ()


@given(st.text())
def test_titles_and_queries_give_the_same_words(text: str) -> None:
    words = query_words(text)
    folded = fold(text)
    assert all(f" {word} " in folded for word in words)
    assert folded.startswith(" ")
    assert folded.endswith(" ")
    assert "  " not in folded
    assert tuple(dict.fromkeys(folded.split(" ")[1:-1]))[:MAX_WORDS] == words


@given(st.text())
def test_folding_is_finished_after_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_case_does_not_matter(text: str) -> None:
    assert fold(text.casefold()) == fold(text)
