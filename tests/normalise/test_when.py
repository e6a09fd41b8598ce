"""Dates with a clock time: every form that is read, and the reason for each reading."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.model.day import ULAANBAATAR, day_of
from app.model.headline import Honesty
from app.normalise.when import AHEAD, When, parse

NOW = datetime(2026, 4, 20, 4, 0, tzinfo=UTC)  # Monday noon in Ulaanbaatar

# (text, the instant in UTC, why it is read so)
DECLARED = [
    ("Wed, 11 Feb 2026 09:05:00 GMT", "2026-02-11T09:05:00", "RFC 822 as most feeds write it"),
    ("Wed, 11 Feb 2026 09:05:00 +0800", "2026-02-11T01:05:00", "RFC 2822 number"),
    ("Wed, 11 Feb 2026 09:05:00 -0000", "2026-02-11T09:05:00", "UTC whose sender hides the zone"),
    ("Wed, 11 Feb 2026 09:05:00 --0700", "2026-02-11T16:05:00", "a sign typed twice"),
    ("Wed, 11 Feb 2026 9:5:7 -700", "2026-02-11T16:05:07", "no leading noughts"),
    ("wed,11 feb 2026 09:05 gmt", "2026-02-11T09:05:00", "case, blanks and seconds missing"),
    ("Wed , 11 Feb 2026 09:05:00UT", "2026-02-11T09:05:00", "blank before the comma, none before the zone"),
    ("Wednesday, 11-Feb-26 09:05:00 GMT", "2026-02-11T09:05:00", "RFC 850"),
    ("11 Feb 26 09:05 EST", "2026-02-11T14:05:00", "two-digit year of RFC 822 is this century's"),
    ("Sun, 11 Jul 99 09:05:00 GMT", "1999-07-11T09:05:00", "two-digit year that would be ahead is the last century's"),
    ("Wed, 11th Feb 2026 09:05:00 GMT", "2026-02-11T09:05:00", "ordinal ending"),
    ("Wed, Feb 11, 2026, 9:05 PM EST", "2026-02-12T02:05:00", "American order, afternoon"),
    ("Wed, Feb 11, 2026 at 12:05 AM EDT", "2026-02-11T04:05:00", "twelve at night is hour 0"),
    ("Feb. 11, 2026, 12:05 p.m. UTC", "2026-02-11T12:05:00", "twelve at noon is hour 12"),
    ("Wed Feb 11 09:05:00 +0000 2026", "2026-02-11T09:05:00", "the year after the zone"),
    ("Wed Feb 11 09:05:00 MST 2026", "2026-02-11T16:05:00", "asctime with a zone"),
    ("Wed Feb 11 2026 09:05:00 GMT+0800 (Ulaanbaatar Standard Time)", "2026-02-11T01:05:00", "a browser's date"),
    ("Wed, 11 Feb 2026 09:05:00 GMT-07:00", "2026-02-11T16:05:00", "name and number: the number counts"),
    ("Wed, 11 Feb 2026 09:05:00 -0700 MST", "2026-02-11T16:05:00", "number and name"),
    ("Wed, 11 Feb 2026 09:05:00 Etc/GMT", "2026-02-11T09:05:00", "IANA name"),
    ("Wed, 11 Feb 2026 09:05:00 America/Los_Angeles", "2026-02-11T17:05:00", "IANA name with two words"),
    ("Fri, 10 Jul 2015 12:00:00 Asia/Ulaanbaatar", "2015-07-10T03:00:00", "summer time was kept in 2015"),
    ("Sat, 10 Jan 2026 12:00:00 ET", "2026-01-10T17:00:00", "eastern winter"),
    ("Thu, 10 Jul 2025 12:00:00 ET", "2025-07-10T16:00:00", "ET knows summer time"),
    ("Thu, 10 Jul 2025 12:00:00 MEST", "2025-07-10T10:00:00", "middle European summer"),
    ("Wed, 11 Feb 2026 09:05:00 ULAT", "2026-02-11T01:05:00", "Mongolia's own abbreviation"),
    ("Tue, 10 Jul 2012 09:05:00 ULAST", "2012-07-10T00:05:00", "and in summer"),
    ("Di, 10 Mär 2026 00:30:00 +0100", "2026-03-09T23:30:00", "German"),
    ("mar., 10 févr. 2026 16:11:02 +0000", "2026-02-10T16:11:02", "French mar. is a Tuesday here"),
    ("Чт, 12 фев 2026 09:05:00 +0300", "2026-02-12T06:05:00", "Russian"),
    ("Κυρ, 11 Ιούλ 2004 12:00:00 EST", "2004-07-11T17:00:00", "Greek"),
    ("2004-július-13T9:15-05:00", "2004-07-13T14:15:00", "Hungarian"),
    ("2026-02-11T09:05:00Z", "2026-02-11T09:05:00", "ISO 8601"),
    ("2026-02-11T09:05Z", "2026-02-11T09:05:00", "without seconds"),
    ("2026-02-11t09:05:00z", "2026-02-11T09:05:00", "lower case is allowed by RFC 3339"),
    ("2026-02-11 09:05:00 +08:00", "2026-02-11T01:05:00", "blanks for T and before the zone"),
    ("2026-02-11T09:05:00+08", "2026-02-11T01:05:00", "hours only"),
    ("2026-02-11T09:05:00+0800", "2026-02-11T01:05:00", "no colon"),
    ("2026-02-11T09:05:00,250+08:00", "2026-02-11T01:05:00.250000", "ISO's decimal comma"),
    ("2026-02-11T09:05:00.1234567Z", "2026-02-11T09:05:00.123456", "seven digits from .NET"),
    ("2026-02-11T09:05:00-05:00Z", "2026-02-11T14:05:00", "number and Z: the number counts"),
    ("2026-02-11T09:05:00-07:00:00", "2026-02-11T16:05:00", "seconds in the zone"),
    ("2026-02-11T09:05:00:-0700", "2026-02-11T16:05:00", "a colon before the zone"),
    ("2026-02-11T24:00:00+08:00", "2026-02-11T16:00:00", "24:00 is the end of the day"),
    ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59", "a leap second"),
    ("2026-02-11T09:05:00+08:00[Asia/Ulaanbaatar]", "2026-02-11T01:05:00", "RFC 9557"),
    ("20260211T090500Z", "2026-02-11T09:05:00", "basic format, as GDELT gives it"),
    ("20260211T0905+08", "2026-02-11T01:05:00", "basic format without seconds"),
    ("2003-012-31T10:14:55+00:00", "2003-12-31T10:14:55", "a nought too many in the month"),
    ("1770800700", "2026-02-11T09:05:00", "epoch seconds"),
    ("1770800700250", "2026-02-11T09:05:00.250000", "epoch milliseconds"),
    ("Sat, 11 04 2020 08:51:49 +0100", "2020-04-11T07:51:49", "only 11 April was a Saturday"),
    ("09/15/2014 4:20 pm PST", "2014-09-16T00:20:00", "there is no 15th month"),
    ("15:04 02.01.2006 -0700", "2006-01-02T22:04:00", "time first"),
    ("2026-02-11 09:05 (UTC+8)", "2026-02-11T01:05:00", "a zone in brackets is a zone"),
    ("2026-02-11 09:05 (GMT)", "2026-02-11T09:05:00", "and so is a name"),
    ("2 цагийн өмнө", "2026-04-20T02:00:00", "two hours ago"),
    ("2 ЦАГЫН ОМНО", "2026-04-20T02:00:00", "capitals, the other harmony, no Ө on the keyboard"),
    ("2 цaгийн ємнє", "2026-04-20T02:00:00", "Latin а, and Є typed for Ө"),
    ("нэг цагийн өмнө", "2026-04-20T03:00:00", "a number in words"),
    ("5 минутын өмнө", "2026-04-20T03:55:00", "five minutes ago"),
    ("30 секундын өмнө", "2026-04-20T03:59:30", "half a minute ago"),
    ("Нийтэлсэн: 5 мин өмнө", "2026-04-20T03:55:00", "abbreviated, behind a label"),
    ("Дөнгөж сая", "2026-04-20T04:00:00", "just now"),
    ("дөнгөж саяхан", "2026-04-20T04:00:00", "just now"),
    ("саяхан", "2026-04-20T04:00:00", "just now"),
    ("хэдхэн секундын өмнө", "2026-04-20T04:00:00", "as moment.js words it"),
    ("2 hours ago", "2026-04-20T02:00:00", "English"),
    ("about an hour ago", "2026-04-20T03:00:00", "an hour is one"),
    ("5m ago", "2026-04-20T03:55:00", "short"),
    ("just now", "2026-04-20T04:00:00", "English"),
    ("2 часа назад", "2026-04-20T02:00:00", "Russian"),
    ("час назад", "2026-04-20T03:00:00", "an hour is one"),
    ("2026-02-11T09Z", "2026-02-11T09:00:00", "ISO to the hour"),
    ("2026-02-11T09+08", "2026-02-11T01:00:00", "and with a zone"),
    ("[11/Feb/2026:09:05:00 +0800]", "2026-02-11T01:05:00", "a web server's log"),
    ("Wed, 11 Fеb 2026 09:05:00 GMT", "2026-02-11T09:05:00", "a Cyrillic е in a Latin month"),
    ("2026-02-11 09:05 (Улаанбаатар)", "2026-02-11T01:05:00", "the city is a zone"),
    ("2026-02-11 09:05, Улаанбаатарын цагаар", "2026-02-11T01:05:00", "by Ulaanbaatar's clock"),
    ("1770800700.25", "2026-02-11T09:05:00.250000", "epoch with a fraction"),
    ("@1770800700", "2026-02-11T09:05:00", "as Unix tools write it"),
    ("/Date(1770800700000+0800)/", "2026-02-11T09:05:00", "as .NET writes it"),
    ("хагас цагийн өмнө", "2026-04-20T03:30:00", "half an hour ago"),
    ("1 цаг 20 минутын өмнө", "2026-04-20T02:40:00", "an hour and twenty minutes ago"),
    ("цаг хагасын өмнө", "2026-04-20T02:30:00", "an hour and a half ago"),
    ("1 hour and 20 minutes ago", "2026-04-20T02:40:00", "English"),
    ("half an hour ago", "2026-04-20T03:30:00", "English"),
    ("полчаса назад", "2026-04-20T03:30:00", "Russian"),
    ("2 tsagiin omno", "2026-04-20T02:00:00", "Mongolian in Latin letters"),
    ("Wed, 11 Feb 2026 09:05:00 America/Port-au-Prince", "2026-02-11T14:05:00", "IANA name with hyphens"),
]

# (text, the clock time in Ulaanbaatar, why)
ZONE_ASSUMED = [
    ("2026.02.11 13:53", "2026-02-11 13:53", "the usual form of Mongolian pages"),
    ("2026.02.11, 13:53 цаг", "2026-02-11 13:53", "comma and the word for o'clock"),
    ("2026/02/11 13:53:09", "2026-02-11 13:53:09", "slashes"),
    ("2026-02-11 13:53", "2026-02-11 13:53", "no zone is not UTC"),
    ("2026-02-11T13:53:00", "2026-02-11 13:53", "nor with a T"),
    ("2026-02-11 13:53:00.000", "2026-02-11 13:53", "MSSQL"),
    ("2015-07-10 13:53", "2015-07-10 13:53", "summer time was kept: UTC+9"),
    ("2026. 2. 11. 13:53", "2026-02-11 13:53", "Korean dots"),
    ("2026-02-11 | 13:53", "2026-02-11 13:53", "a bar between"),
    ("13:53 | 2026-02-11", "2026-02-11 13:53", "time first: -02 is no zone"),
    ("13:53 - 2026-02-11", "2026-02-11 13:53", "nor is this dash"),
    ("2026-02-11 (13:53)", "2026-02-11 13:53", "brackets"),
    ("2026-02-11 13.53", "2026-02-11 13:53", "dotted time after a full date"),
    ("11.02.2026 13:53", "2026-02-11 13:53", "dots: the day is first"),
    ("20260211135300", "2026-02-11 13:53", "fourteen digits"),
    ("2026 оны 2-р сарын 11 13:53", "2026-02-11 13:53", "Mongolian"),
    ("2026 оны 2 дугаар сарын 11-ний өдрийн 13:53 цагт", "2026-02-11 13:53", "Mongolian, official style"),
    ("2026 оны 2-р сарын 11-нд 13 цаг 53 минут", "2026-02-11 13:53", "the time in words"),
    ("2-р сарын 11, 13:53", "2026-02-11 13:53", "without a year: the last such day"),
    ("2026-02-11 1:53 үдээс хойш", "2026-02-11 13:53", "afternoon in Mongolian"),
    ("2026-02-11 өглөө 9 цагт", "2026-02-11 09:00", "in the morning at nine"),
    ("2026 оны 2-р сарын 11 орой 7 цаг", "2026-02-11 19:00", "in the evening at seven"),
    ("2026-02-11 13 цагт", "2026-02-11 13:00", "the hour alone"),
    ("2026:02:11 13:53:00", "2026-02-11 13:53", "a photograph's"),
    ("2026-02-11_13:53", "2026-02-11 13:53", "a file name's"),
    ("202602111353", "2026-02-11 13:53", "twelve digits"),
    ("Posted on February 11, 2026 1:53 PM by Bat-Erdene", "2026-02-11 13:53", "label and author"),
    ("Өчигдөр 18:44", "2026-04-19 18:44", "yesterday"),
    ("өчигдөр 18 цагт", "2026-04-19 18:00", "yesterday at six"),
    ("ончигдор 18.44", "2026-04-19 18:44", "misspelt, a dot in the time"),
    ("ochigdor 18:44", "2026-04-19 18:44", "in Latin letters"),
    ("Өнөөдөр 9 цаг 10 минут", "2026-04-20 09:10", "the time in words"),
    ("өнөө өглөө 9:10", "2026-04-20 09:10", "this morning"),
    ("енеедер 09:10", "2026-04-20 09:10", "Е typed for Ө"),
    ("унжигдар 07:00", "2026-04-18 07:00", "misspelt"),
    ("очигдор, 18:44", "2026-04-19 18:44", "without Ө"),
    ("Өнөөдөр 09:10", "2026-04-20 09:10", "today"),
    ("Уржигдар 07:00", "2026-04-18 07:00", "the day before yesterday"),
    ("Өнгөрсөн Баасан 14:30", "2026-04-17 14:30", "last Friday, as moment.js words it"),
    ("Өнгөрсөн Даваа 14:30", "2026-04-13 14:30", "last Monday is not today"),
    ("Yesterday at 6:44 pm", "2026-04-19 18:44", "English"),
    ("вчера, 18:44", "2026-04-19 18:44", "Russian"),
    ("Feb 11, 2026 1:53 PM", "2026-02-11 13:53", "American"),
    ("February 11 2026 01:53:00PM", "2026-02-11 13:53", "nothing before PM"),
    ("Wednesday, February 11, 2026 - 1:53pm", "2026-02-11 13:53", "Drupal"),
    ("1:53 PM, February 11, 2026", "2026-02-11 13:53", "time first"),
    ("Wed Feb 11 13:53:00 2026", "2026-02-11 13:53", "asctime"),
    ("11 Wednesday, Feb 2026 13:53", "2026-02-11 13:53", "the weekday in the middle"),
    ("11 февраля 2026 г., 13:53", "2026-02-11 13:53", "Russian"),
    ("Lundi, 16. Novembre 2020 - 15:54", "2020-11-16 15:54", "French with a German dot"),
    ("2026年2月11日 13時53分", "2026-02-11 13:53", "Japanese"),
    ("2026年2月11日 下午1:53", "2026-02-11 13:53", "Chinese"),
    ("2026년 02월 11일 오후 1:53", "2026-02-11 13:53", "Korean"),
    ("10/30/23 21:55:58", "2023-10-30 21:55:58", "one reading only"),
    ("Wed, 11 Feb 2026 13:53:00 B", "2026-02-11 13:53", "military letters are to be ignored (RFC 2822, 4.3)"),
]


def read(text: str) -> When | None:
    return parse(text, now=NOW, zone=ULAANBAATAR)


@pytest.mark.parametrize(("text", "instant", "why"), DECLARED, ids=[row[0] for row in DECLARED])
def test_a_declared_instant(text: str, instant: str, why: str) -> None:
    expected = datetime.fromisoformat(instant).replace(tzinfo=UTC)
    assert read(text) == When(expected, day_of(expected), Honesty.DECLARED), why


@pytest.mark.parametrize(("text", "local", "why"), ZONE_ASSUMED, ids=[row[0] for row in ZONE_ASSUMED])
def test_a_time_without_a_zone_is_ulaanbaatar_time(text: str, local: str, why: str) -> None:
    there = datetime.fromisoformat(local).replace(tzinfo=ULAANBAATAR)
    assert read(text) == When(there.astimezone(UTC), there.date(), Honesty.ZONE_ASSUMED), why


def test_nothing_is_no_date() -> None:
    assert parse(None, now=NOW) is None


def test_now_needs_a_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        parse("2026-02-11", now=datetime(2026, 4, 20))  # noqa: DTZ001


def test_a_time_without_a_zone_is_told_in_the_zone_of_its_outlet() -> None:
    found = parse("2026-02-11 20:00", now=NOW, zone=ZoneInfo("America/New_York"))
    assert found is not None
    assert (str(found), found.day) == ("2026-02-12T01:00:00+00:00", date(2026, 2, 12))


def test_summer_time_counts_where_it_was_kept() -> None:
    kept, not_kept = read("2015-07-10 13:53"), read("2020-07-10 13:53")
    assert (str(kept), str(not_kept)) == ("2015-07-10T04:53:00+00:00", "2020-07-10T05:53:00+00:00")


def test_the_zone_may_be_given_by_name() -> None:
    assert parse("2026-02-11 20:00", now=NOW, zone="Asia/Ulaanbaatar") == parse("2026-02-11 20:00", now=NOW)


def test_the_day_of_an_instant_is_the_day_in_ulaanbaatar() -> None:
    late = read("Wed, 11 Feb 2026 16:00:00 GMT")
    assert late is not None
    assert late.day == date(2026, 2, 12)


def test_a_date_is_believed_up_to_two_days_ahead() -> None:
    edge = NOW + AHEAD
    assert read(edge.isoformat()) is not None
    assert read((edge + timedelta(seconds=1)).isoformat()) is None
    assert read("2026-04-22") is not None


def test_today_is_a_day_of_the_outlets_zone() -> None:
    late = datetime(2026, 4, 20, 17, 0, tzinfo=UTC)  # the 21st in Ulaanbaatar
    found = parse("Өнөөдөр", now=late)
    assert found is not None
    assert found.day == date(2026, 4, 21)


def test_value_and_text_of_a_day_and_of_an_instant() -> None:
    day, instant = read("2026-02-11"), read("2026-02-11T09:05:00Z")
    assert day is not None
    assert instant is not None
    assert (day.value, str(day)) == (date(2026, 2, 11), "2026-02-11")
    assert (instant.value, str(instant)) == (datetime(2026, 2, 11, 9, 5, tzinfo=UTC), "2026-02-11T09:05:00+00:00")
