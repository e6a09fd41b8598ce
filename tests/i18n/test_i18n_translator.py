"""Dates, numbers, plurals and names, as each edition writes them."""

from datetime import UTC, date, datetime

import pytest
from babel.dates import format_date

from app.i18n import Translator, translators
from app.settings import resource_dir

TRANSLATORS = translators(resource_dir("locale"))
EN, MN = TRANSLATORS["en"], TRANSLATORS["mn"]
DAY = date(2026, 1, 15)


@pytest.mark.parametrize(
    ("form", "english", "mongolian"),
    [
        ("full", "Thursday, 15 January 2026", "2026 оны нэгдүгээр сарын 15, пүрэв гараг"),
        ("long", "15 January 2026", "2026 оны 1-р сарын 15"),
        ("day", "Thursday 15 January", "Нэгдүгээр сарын 15, пүрэв гараг"),
        ("day-year", "Thursday 15 January 2026", "2026 оны нэгдүгээр сарын 15, пүрэв гараг"),
        ("weekday", "Thursday 15 January", "1-р сарын 15, пүрэв гараг"),
        ("nav", "Thu 15 Jan", "1-р сарын 15"),
        ("short", "15 Jan", "1-р сарын 15"),
        ("short-year", "15 Jan 2026", "2026 оны 1-р сарын 15"),
        ("month", "January", "1-р сар"),
        ("month-name", "January", "Нэгдүгээр сар"),
        ("month-year", "January 2026", "2026 оны нэгдүгээр сар"),
    ],
)
def test_dates(form: str, english: str, mongolian: str) -> None:
    assert EN.dated(DAY, form) == english
    assert MN.dated(DAY, form) == mongolian


@pytest.mark.parametrize("t", TRANSLATORS.values(), ids=str)
def test_whole_dates_are_those_of_the_locale_data(t: Translator) -> None:
    """Only the narrow no-break space, which our fonts lack, is written as a plain one."""
    for month in range(1, 13):
        day = date(2026, month, 3)
        assert t.dated(day, "full") == format_date(day, "full", t.catalogue.locale).replace("\u202f", " ")


def test_a_year_is_said_only_where_it_is_another() -> None:
    assert EN.heading(DAY, date(2026, 12, 31)) == "Thursday 15 January"
    assert EN.heading(DAY, date(2027, 1, 1)) == "Thursday 15 January 2026"
    assert MN.short(DAY, date(2026, 2, 1)) == "1-р сарын 15"
    assert MN.short(DAY, date(2025, 2, 1)) == "2026 оны 1-р сарын 15"


def test_clock_times_are_those_of_ulaanbaatar() -> None:
    assert EN.time(datetime(2026, 1, 14, 9, 45, tzinfo=UTC)) == "17:45"
    assert MN.time(datetime(2016, 7, 1, 16, 5, tzinfo=UTC)) == "01:05", "summer time: nine hours ahead in 2016"


def test_weekdays_begin_on_monday() -> None:
    assert [short for short, _ in EN.weekdays()] == ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
    assert [short for short, _ in MN.weekdays()] == ["Да", "Мя", "Лх", "Пү", "Ба", "Бя", "Ня"]
    assert MN.weekdays()[3] == ("Пү", "Пүрэв")


@pytest.mark.parametrize(
    ("n", "english", "mongolian"),
    [(0, "0 headlines", "0 мэдээ"), (1, "1 headline", "1 мэдээ"), (12345, "12,345 headlines", "12,345 мэдээ")],
)
def test_counts(n: int, english: str, mongolian: str) -> None:
    assert EN.count("count.headlines", n) == english
    assert MN.count("count.headlines", n) == mongolian


def test_whole_numbers_in_texts_take_the_form_of_the_edition() -> None:
    assert EN.text("outlet.range", most=1200) == "0 to 1,200"
    assert EN.text("archive.year", year="2026") == "2026", "a year is no quantity: it comes as text"


@pytest.mark.parametrize(
    ("code", "english", "mongolian"),
    [("mn", "Mongolian", "Монгол"), ("kk", "Kazakh", "Казах"), ("und", "Language unknown", "Хэл тодорхойгүй")],
)
def test_names_of_languages(code: str, english: str, mongolian: str) -> None:
    assert EN.language_title(code) == english
    assert MN.language_title(code) == mongolian


def test_a_language_without_a_name_goes_by_its_code() -> None:
    assert EN.language("qqq") == "qqq"


def test_lists() -> None:
    assert EN.join(["a", "b", "c"]) == "a, b and c"
    assert MN.join(["а", "б", "в"]) == "а, б, в"


@pytest.mark.parametrize(
    ("x", "text"), [(0, "0"), (0.04, "0"), (0.05, "0.1"), (3.44, "3.4"), (9.96, "10"), (12.6, "13"), (12345, "12,345")]
)
def test_means_and_measures(x: float, text: str) -> None:
    assert MN.decimal(x) == text
    assert EN.unit(x, "digital-kilobyte") == f"{text} kB"
    assert MN.unit(x, "duration-second") == f"{text} сек"
