"""Headlines in capitals in sentence case: what keeps its capital, what does not, what is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.lexicon.casing import in_capitals, recase


@pytest.mark.parametrize(
    ("capitals", "sentence"),
    [
        ("У.ХҮРЭЛСҮХ БНХАУ-ЫН ДАРГАТАЙ УУЛЗЛАА", "У.Хүрэлсүх БНХАУ-ын даргатай уулзлаа"),
        ("Д.НОМИН-ЭРДЭНЭ: ЭМЧ НАРЫН ЦАЛИН", "Д.Номин-Эрдэнэ: Эмч нарын цалин"),
        ("“РОСНЕФТЬ”-ТЭЙ ГЭРЭЭ БАЙГУУЛЛАА", "“Роснефть”-тэй гэрээ байгууллаа"),
        ("УЛААНБААТАРТ НӨАТ-ЫН ТУХАЙ", "Улаанбаатарт НӨАТ-ын тухай"),
        ("МОНГОЛЫН ХОЁР ХҮН", "Монголын хоёр хүн"),
        ("US COURT JAILS MONGOLIAN EX-OFFICIAL", "US court jails Mongolian ex-official"),
        ("CHINA'S GDP GREW. MONGOLIA WAITS", "China's GDP grew. Mongolia waits"),
    ],
)
def test_names_and_abbreviations_keep_their_capitals(capitals: str, sentence: str) -> None:
    assert recase(capitals) == sentence


@pytest.mark.parametrize("text", ["", "75", "УИХ", "GDP", "Өнөөдөр УИХ хуралдана", "Oyu Tolgoi", "İSTANBUL ZİYARET"])
def test_what_is_no_sentence_in_capitals_stays_as_it_is(text: str) -> None:
    assert recase(text) == text


@given(st.text(max_size=80))
def test_no_letter_is_lost_or_added(text: str) -> None:
    made = recase(text)
    assert len(made) == len(text)
    assert made == text or in_capitals(text)
    assert made.casefold() == text.casefold()
