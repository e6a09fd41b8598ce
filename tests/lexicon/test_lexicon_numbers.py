"""Numbers and months in both languages as comparable values."""

import math

import pytest

from app.lexicon.numbers import big, numbers, year


@pytest.mark.parametrize(
    ("english", "mongolian", "values", "months"),
    [
        ("produces 31,000 tons in January", "нэгдүгээр сард 31 мянган тонн", {31_000}, {1}),
        ("2 millionth ton", "хоёр сая дахь тонн", {2_000_000}, set()),
        ("6.8 mln tons in December", "арванхоёрдугаар сард 6.8 сая тонн", {6_800_000}, {12}),
        ("MNT 1.4 trillion", "1.4 их наяд төгрөг", {1.4e12}, set()),
        ("twenty-five people", "хорин таван хүн", {25}, set()),
        ("a dozen buildings", "арван хоёр барилга", {12}, set()),
        ("9,000 households", "9000 өрх", {9000}, set()),
        ("in March", "3 дугаар сард", set(), {3}),
        ("triple", "гурав дахин", {3}, set()),
    ],
)
def test_both_languages_say_the_same(english: str, mongolian: str, values: set[float], months: set[int]) -> None:
    for text, language in ((english, "en"), (mongolian, "mn"), (mongolian.upper(), "mn")):
        found = numbers(text, language)
        assert (set(found.values), set(found.months)) == (values, months), text


def test_percentages_are_told_from_other_numbers() -> None:
    assert numbers("8.9 percent, 40 tons", "en").shares == {8.9}
    assert numbers("8,9 хувиар, 40 тонн", "mn").shares == {8.9}


def test_words_that_are_months_only_sometimes() -> None:
    assert numbers("Protesters march, Trump may visit", "en").months == frozenset()
    assert numbers("to visit in March", "en").months == {3}


@pytest.mark.parametrize("text", ["", "1" * 400, "١٢٣", "1,,2", "12.", "-5", "9" * 30 + " сая"])
def test_any_text_has_its_numbers(text: str) -> None:
    assert not any(math.isnan(value) for value in numbers(text, "mn").values)


def test_sizes() -> None:
    assert [big(7.5), big(13), big(12)] == [True, True, False]
    assert [year(2027), year(1989.5), year(300)] == [True, False, False]
