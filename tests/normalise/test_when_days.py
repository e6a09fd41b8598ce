"""Dates without a clock time, and texts that are not dates for certain: each with its reason."""

from datetime import UTC, date, datetime

import pytest

from app.model.day import ULAANBAATAR
from app.model.headline import Honesty
from app.normalise.when import LONGEST, When, parse
from app.normalise.when_lex import lex
from app.normalise.when_words import MONTHS, WEEKDAYS, fold, without_label

NOW = datetime(2026, 4, 20, 4, 0, tzinfo=UTC)  # Monday noon in Ulaanbaatar

# (text, the day, why)
DATE_ONLY = [
    ("2026-02-11", "2026-02-11", "ISO"),
    ("2026/02/11", "2026-02-11", "slashes, as digests print it"),
    ("2026.02.11", "2026-02-11", "dots"),
    ("2026/2/1", "2026-02-01", "no leading noughts"),
    ("２０２６／０２／１１", "2026-02-11", "full-width"),
    ("20260211", "2026-02-11", "ISO basic"),
    ("2026-W07-3", "2026-02-11", "ISO week date"),
    ("2026W073", "2026-02-11", "ISO week date, basic"),
    ("2026-042", "2026-02-11", "ISO day of the year"),
    ("11 ақпан 2026", "2026-02-11", "Kazakh"),
    ("2026 жылғы 11 ақпан", "2026-02-11", "Kazakh, the year first"),
    ("11 şubat 2026", "2026-02-11", "Turkish"),
    ("11 lutego 2026", "2026-02-11", "Polish"),
    ("11 лютого 2026", "2026-02-11", "Ukrainian"),
    ("өчигдөр орой", "2026-04-19", "last evening"),
    ("өнөө өглөө", "2026-04-20", "this morning"),
    ("2026-02-11+08:00", "2026-02-11", "an XML date with its zone"),
    ("02.01.2006 -0700", "2006-01-02", "the same in another order"),
    ("26 Sep 2022 GMT", "2022-09-26", "a zone tells no time"),
    ("НИЙТЭЛСЭН: 2026/02/11", "2026-02-11", "label"),
    ("Нийтэлсэн огноо 2026.02.11", "2026-02-11", "label without a colon"),
    ("PUBLISHED: 2026/02/11", "2026-02-11", "label"),
    ("Published Date: February 11, 2026", "2026-02-11", "label"),
    ("2026 оны 2-р сарын 11", "2026-02-11", "Mongolian"),
    ("2026 ОНЫ 2-Р САРЫН 11", "2026-02-11", "capitals"),
    ("2026 oны 2-p capын 11", "2026-02-11", "Latin look-alikes"),
    ("2026оны2сарын11", "2026-02-11", "no blanks"),
    ("2026 он 2 сар 11", "2026-02-11", "no endings"),
    ("2026 оны 2 дугаар сарын 11-ний өдөр", "2026-02-11", "back vowels"),
    ("2026 оны 1 дүгээр сарын 1-ний өдөр", "2026-01-01", "front vowels"),
    ("2026 оны 1 дугээр сарын 1", "2026-01-01", "Ү typed as У"),
    ("2026 оны нэгдүгээр сарын 11", "2026-01-11", "spelled out"),
    ("2026 оны хоердугаар сарын 11", "2026-02-11", "Ё typed as Е"),
    ("2025 оны гуравдугаар сарын 11", "2025-03-11", "spelled out"),
    ("2025 оны дөрөвдүгээр сарын 11", "2025-04-11", "spelled out"),
    ("2025 оны тавдугаар сарын 11", "2025-05-11", "spelled out"),
    ("2025 оны зургаадугаар сарын 11", "2025-06-11", "spelled out"),
    ("2025 оны зургадугаар сарын 11", "2025-06-11", "the short spelling"),
    ("2025 оны долоодугаар сарын 11", "2025-07-11", "spelled out"),
    ("2025 оны долдугаар сарын 11", "2025-07-11", "the short spelling"),
    ("2025 оны наймдугаар сарын 11", "2025-08-11", "spelled out"),
    ("2025 оны есдүгээр сарын 11", "2025-09-11", "spelled out"),
    ("2025 оны аравдугаар сарын 11", "2025-10-11", "spelled out"),
    ("2025 оны арван нэгдүгээр сарын 11", "2025-11-11", "in two words"),
    ("2025 ОНЫ АРВАНХОЁРДУГААР САРЫН 11", "2025-12-11", "in one word"),
    ("2026 оны II сарын 11", "2026-02-11", "roman"),
    ("2025 оны ХII сарын 11", "2025-12-11", "roman with a Cyrillic Х"),
    ("2026 оны II/11", "2026-02-11", "roman with a slash"),
    ("2026.II.11", "2026-02-11", "roman with dots"),
    ("11.II.2026", "2026-02-11", "roman, the day first"),
    ("IV/16", "2026-04-16", "the last 16 April"),
    ("XII/31", "2025-12-31", "the last 31 December was last year's"),
    ("Ⅳ/16", "2026-04-16", "the single character for IV"),
    ("II/29", "2024-02-29", "the last leap day"),
    ("2-р сарын 11", "2026-02-11", "the last such day"),
    ("12 дугаар сарын 31", "2025-12-31", "the last such day"),
    ("1-р сарын 15, 2026", "2026-01-15", "the year last"),
    ("Нэгдүгээр сар 15, 2026", "2026-01-15", "as WordPress prints it"),
    ("Лхагва, 2026.02.11", "2026-02-11", "weekday"),
    ("2026 оны 2-р сарын 11, Лхагва гараг", "2026-02-11", "weekday at the end"),
    ("3 хоногийн өмнө", "2026-04-17", "three days ago names no time"),
    ("3 хоногын омно", "2026-04-17", "misspelt"),
    ("2 өдрийн өмнө", "2026-04-18", "the other word for a day"),
    ("7 хоногийн өмнө", "2026-04-13", "seven days"),
    ("1 долоо хоногийн өмнө", "2026-04-13", "a week"),
    ("3 days ago", "2026-04-17", "English"),
    ("3 дня назад", "2026-04-17", "Russian"),
    ("Өнөөдөр", "2026-04-20", "today"),
    ("ӨЧИГДӨР", "2026-04-19", "yesterday"),
    ("Уржигдар", "2026-04-18", "the day before yesterday"),
    ("yesterday", "2026-04-19", "English"),
    ("05.02.2026", "2026-02-05", "dots: the day is first everywhere"),
    ("15/01/2026", "2026-01-15", "no 15th month"),
    ("01/15/2026", "2026-01-15", "no 15th month"),
    ("05/05/2025", "2025-05-05", "both readings are the same day"),
    ("Fri, 05/06/2020", "2020-06-05", "only 5 June was a Friday"),
    ("30.10.23", "2023-10-30", "one reading only: 2030 is ahead"),
    ("11 Feb 2026", "2026-02-11", "English"),
    ("11 February, 2026", "2026-02-11", "English"),
    ("the 11th of February 2026", "2026-02-11", "English"),
    ("February 11, 2026", "2026-02-11", "American"),
    ("Sept. 11, 2025", "2025-09-11", "four-letter abbreviation"),
    ("2026-Feb-11", "2026-02-11", "unambiguous by its name"),
    ("11/Feb/2026", "2026-02-11", "unambiguous by its name"),
    ("Feb 11", "2026-02-11", "the last such day"),
    ("Wed, Feb 11", "2026-02-11", "the last such day, and it was a Wednesday"),
    ("11 февраля 2026 года", "2026-02-11", "Russian"),
    ("11. Februar 2026", "2026-02-11", "German"),
    ("1er février 2026", "2026-02-01", "French"),
    ("11 de febrero de 2026", "2026-02-11", "Spanish"),
    ("2026年2月11日", "2026-02-11", "Chinese"),
    ("Wed, 11 Feb 2026 09:05:00 XYZ", "2026-02-11", "a zone that nobody knows: the time is worth nothing"),
    ("Wed, 11 Feb 2026 09:05:00 IST", "2026-02-11", "India, Israel or Ireland"),
    ("2026-02-11 00:00:00+15:00", "2026-02-11", "no such zone"),
]

# (text, why it is not a date)
REFUSED = [
    ("15:30", "no day"),
    ("15 цаг 30 минут", "no day"),
    ("өглөө 9 цагт", "no day"),
    ("хэдэн цагийн өмнө", "some hours ago: nobody says how many"),
    ("1 сарын өмнө", "a month ago names no day"),
    ("4/16", "a fraction, or either order"),
    ("04/05/2026", "either order"),
    ("15.01.26", "two readings"),
    ("2026-000", "there is no day 0"),
    ("2026-367", "no year has so many days"),
    ("202613010000", "no month 13"),
    ("2026-02-11T25Z", "no hour 25"),
    ("1 цаг 99 минут", "a span, not a time ago"),
    ("", "empty"),
    ("  ", "blank"),
    ("12", "a number"),
    ("-1", "a number"),
    ("0", "a number"),
    ("3.14", "a number"),
    ("2026", "a year is not a day"),
    ("2026 он", "a year is not a day"),
    ("2026-01", "a month is not a day"),
    ("Nov. 2020", "a month is not a day"),
    ("2026 оны 1-р сар", "a month is not a day"),
    ("1-р сар", "a month"),
    ("IV", "a numeral"),
    ("Monday", "a weekday is not a date"),
    ("14:30", "a time is not a date"),
    ("10:30 AM", "a time is not a date"),
    ("Part 2 of 2026", "words"),
    ("Today is the day", "words"),
    ("May", "a word"),
    ("COVID-19", "a name"),
    ("invalid", "a word"),
    ("null", "a program's nothing"),
    ("0000-00-00 00:00:00", "a database's nothing"),
    ("05/02/2026", "5 February or 2 May"),
    ("01-02-2026 10:00", "1 February or 2 January"),
    ("Tue, 05/02/2026", "neither reading is a Tuesday"),
    ("26.01.15", "2015 or 2026"),
    ("Tue, Feb 11", "the last 11 February was a Wednesday: some other year"),
    ("06-1-2 15:04", "any order"),
    ("30 Feb 2026", "no such day"),
    ("29 Feb 2025", "no such day"),
    ("2026-02-30", "no such day"),
    ("2026-13-45", "no such month"),
    ("2026 оны 2-р сарын 30", "no such day"),
    ("2026 оны 13-р сарын 1", "no such month"),
    ("IV/31", "no such day"),
    ("XIII/3", "no such month"),
    ("31.04.2025", "no such day"),
    ("Sun, 99 Jun 2009 12:00:00 GMT", "no such day"),
    ("20261315", "no such month"),
    ("2026-02-11T25:14:55Z", "no such hour"),
    ("2026-02-11T10:61:55Z", "no such minute"),
    ("2026-02-11T10:14:61Z", "no such second"),
    ("2026-02-11T24:30:00Z", "the day ends at 24:00"),
    ("2026-02-11 14:30 AM", "half past two in the afternoon is not AM"),
    ("today 25:00", "no such hour"),
    ("Sun, 16 Dec 2012 1:2:3:4 GMT", "four numbers are not a time"),
    ("2026-02-11 10:00 11:00", "two times"),
    ("Sun, 16 Dec zz 11:47:32 GMT", "no year"),
    ("Sun, Dec x 2012 11:47:32 GMT", "no day"),
    ("Sun, 16 Dec 2012 11:47:32 +zz:00", "half a zone"),
    ("2026-02-11T11:30:00-06:00Textra", "something more"),
    ("2013-01-27-01", "too many parts"),
    ("11 Feb 6", "a year of one digit"),
    ("2026-02-11 09:05 Nowhere/Land", "no such place"),
    ("many hours ago", "no number"),
    ("yesterday 14:30 pm", "there is no such hour"),
    ("yesterday evening", "no time"),
    ("2013-xx-27", "no month"),
    ("22013", "five digits"),
    ("013", "three digits"),
    ("031231", "six digits are anything"),
    ("99112233", "a telephone number"),
    ("+976 99112233", "a telephone number"),
    ("9911-2233", "a telephone number"),
    ("99-11-22", "a telephone number"),
    ("3:2", "a score"),
    ("10-20", "a score"),
    ("21-15, 21-18", "a score"),
    ("2025-2026", "a season"),
    ("1/2", "a half"),
    ("24/7", "always"),
    ("1.500.000", "a price"),
    ("₮5,000", "a price"),
    ("50%", "a share"),
    ("1.2.3", "a version"),
    ("192.168.1.1", "an address"),
    ("100 хоног", "a span"),
    ("5 цаг", "a span"),
    ("1 сарын өмнө", "a month ago names no day"),
    ("2 жилийн өмнө", "two years ago names no day"),
    ("2 months ago", "two months ago names no day"),
    ("1989-12-31", "before the archive"),
    ("0001-01-01T00:00:00Z", "a program's nothing"),
    ("9999-12-31T23:59:59Z", "never"),
    ("9999-12-31T23:59:59-99:99", "never, nowhere"),
    ("2026-04-23", "three days ahead"),
    ("4102444800", "the year 2100"),
    ("1234567890123456", "sixteen digits"),
    ("x" * (LONGEST + 1), "too long"),
    ("2026-02-11" + " " * LONGEST * 2, "much too long, even blank"),
]


def read(text: str) -> When | None:
    return parse(text, now=NOW, zone=ULAANBAATAR)


@pytest.mark.parametrize(("text", "day", "why"), DATE_ONLY, ids=[row[0] for row in DATE_ONLY])
def test_a_day_alone_stays_a_day(text: str, day: str, why: str) -> None:
    assert read(text) == When(None, date.fromisoformat(day), Honesty.DATE_ONLY), why


@pytest.mark.parametrize(("text", "why"), REFUSED, ids=[row[0][:30] or "empty" for row in REFUSED])
def test_what_is_no_date_for_certain_is_refused(text: str, why: str) -> None:
    assert read(text) is None, why


def test_month_and_weekday_names_share_only_mar() -> None:
    assert set(MONTHS) & set(WEEKDAYS) == set()
    assert MONTHS["mar"] == 3


def test_labels_go_only_from_the_front_and_only_as_words() -> None:
    assert without_label(fold("Огноо: 2026.02.11")) == "2026.02.11"
    assert without_label("dated 2026") == "dated 2026"
    assert without_label("2026.02.11 updated") == "2026.02.11 updated"


def test_a_text_of_too_many_parts_is_refused() -> None:
    assert lex("1 " * 40, "1 " * 40) is None
