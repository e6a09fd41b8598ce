"""Dates as published: every form that is read, every text that is refused, and the reason for each."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.day import FIRST_DAY, ULAANBAATAR, day_of
from app.model.headline import Honesty
from app.normalise.when import AHEAD, LONGEST, When, parse
from app.normalise.when_lex import lex
from app.normalise.when_words import MONTHS, WEEKDAYS, fold, without_label

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
    ("2026-02-11 (13:53)", "2026-02-11 13:53", "brackets"),
    ("2026-02-11 13.53", "2026-02-11 13:53", "dotted time after a full date"),
    ("11.02.2026 13:53", "2026-02-11 13:53", "dots: the day is first"),
    ("20260211135300", "2026-02-11 13:53", "fourteen digits"),
    ("2026 оны 2-р сарын 11 13:53", "2026-02-11 13:53", "Mongolian"),
    ("2026 оны 2 дугаар сарын 11-ний өдрийн 13:53 цагт", "2026-02-11 13:53", "Mongolian, official style"),
    ("2026 оны 2-р сарын 11-нд 13 цаг 53 минут", "2026-02-11 13:53", "the time in words"),
    ("2-р сарын 11, 13:53", "2026-02-11 13:53", "without a year: the last such day"),
    ("2026-02-11 1:53 үдээс хойш", "2026-02-11 13:53", "afternoon in Mongolian"),
    ("Өчигдөр 18:44", "2026-04-19 18:44", "yesterday"),
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

# (text, the day, why)
DATE_ONLY = [
    ("2026-02-11", "2026-02-11", "ISO"),
    ("2026/02/11", "2026-02-11", "slashes, as digests print it"),
    ("2026.02.11", "2026-02-11", "dots"),
    ("2026/2/1", "2026-02-01", "no leading noughts"),
    ("２０２６／０２／１１", "2026-02-11", "full-width"),
    ("20260211", "2026-02-11", "ISO basic"),
    ("2026-W07-3", "2026-02-11", "ISO week date"),
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


@pytest.mark.parametrize(("text", "instant", "why"), DECLARED, ids=[row[0] for row in DECLARED])
def test_a_declared_instant(text: str, instant: str, why: str) -> None:
    expected = datetime.fromisoformat(instant).replace(tzinfo=UTC)
    assert read(text) == When(expected, day_of(expected), Honesty.DECLARED), why


@pytest.mark.parametrize(("text", "local", "why"), ZONE_ASSUMED, ids=[row[0] for row in ZONE_ASSUMED])
def test_a_time_without_a_zone_is_ulaanbaatar_time(text: str, local: str, why: str) -> None:
    there = datetime.fromisoformat(local).replace(tzinfo=ULAANBAATAR)
    assert read(text) == When(there.astimezone(UTC), there.date(), Honesty.ZONE_ASSUMED), why


@pytest.mark.parametrize(("text", "day", "why"), DATE_ONLY, ids=[row[0] for row in DATE_ONLY])
def test_a_day_alone_stays_a_day(text: str, day: str, why: str) -> None:
    assert read(text) == When(None, date.fromisoformat(day), Honesty.DATE_ONLY), why


@pytest.mark.parametrize(("text", "why"), REFUSED, ids=[row[0][:30] or "empty" for row in REFUSED])
def test_what_is_no_date_for_certain_is_refused(text: str, why: str) -> None:
    assert read(text) is None, why


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


def test_month_and_weekday_names_share_only_mar() -> None:
    assert set(MONTHS) & set(WEEKDAYS) == set()
    assert MONTHS["mar"] == 3


def test_labels_go_only_from_the_front_and_only_as_words() -> None:
    assert without_label(fold("Огноо: 2026.02.11")) == "2026.02.11"
    assert without_label("dated 2026") == "dated 2026"
    assert without_label("2026.02.11 updated") == "2026.02.11 updated"


def test_a_text_of_too_many_parts_is_refused() -> None:
    assert lex("1 " * 40, "1 " * 40) is None


# What follows holds for every date, not for examples.

FIRST, LAST = datetime.fromisoformat("1990-01-02"), datetime.fromisoformat("2026-04-20")
INSTANTS = st.datetimes(FIRST, LAST, timezones=st.just(UTC)).map(lambda moment: moment.replace(microsecond=0))
DAYS = st.dates(FIRST_DAY, date(2026, 4, 20))
OFFSETS = st.integers(-12 * 4, 14 * 4).map(lambda quarter: timezone(timedelta(minutes=15 * quarter)))
DATE_WORDS = st.sampled_from(
    ("2026", "оны", "он", "1-р", "сарын", "сар", "15", "15-ны", "өдөр", "дүгээр", "дугаар", "IV", "/", "-", ".", ":",
     ",", "14:30", "T", "Z", "+08:00", "GMT", "PM", "Feb", "11", "пүрэв", "цагийн", "өмнө", "өчигдөр", "өнөөдөр", "ago",
     "hours", "年", "月", "日", "(", ")", "20260211", "1770800700", "mar")
)  # fmt: skip

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
ORDINAL = (
    "нэгдүгээр", "хоёрдугаар", "гуравдугаар", "дөрөвдүгээр", "тавдугаар", "зургаадугаар", "долоодугаар", "наймдугаар",
    "есдүгээр", "аравдугаар", "арван нэгдүгээр", "арван хоёрдугаар",
)  # fmt: skip
ENGLISH = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December")  # fmt: skip
RUSSIAN = ("января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября",
           "декабря")  # fmt: skip


def day_forms(day: date) -> list[str]:
    y, m, d = day.year, day.month, day.day
    return [
        f"{y}-{m:02}-{d:02}", f"{y}/{m}/{d}", f"{y}.{m:02}.{d:02}", f"{d:02}.{m:02}.{y}", f"{y}{m:02}{d:02}",
        f"{y} оны {m}-р сарын {d}", f"{y} оны {m} дугаар сарын {d}-ны өдөр", f"{y} оны {ORDINAL[m - 1]} сарын {d}",
        f"{y} ОНЫ {ORDINAL[m - 1].upper()} САРЫН {d}", f"{y} оны {ROMAN[m - 1]} сарын {d}",
        f"{y} оны {ROMAN[m - 1]}/{d}",
        f"{d}.{ROMAN[m - 1]}.{y}", f"{y}年{m}月{d}日", f"{y}년 {m}월 {d}일", f"{d} {ENGLISH[m - 1]} {y}",
        f"{ENGLISH[m - 1][:3]} {d}, {y}", f"{d}-{ENGLISH[m - 1][:3].upper()}-{y}", f"{d} {RUSSIAN[m - 1]} {y} г.",
        f"Огноо: {y}.{m}.{d}", "{}-W{:02}-{}".format(*day.isocalendar()),
    ]  # fmt: skip


@given(
    st.text(max_size=2 * LONGEST + 5)
    | st.lists(DATE_WORDS, max_size=12).map(" ".join)
    | st.lists(DATE_WORDS).map("".join)
)
def test_every_text_is_answered(text: str) -> None:
    found = read(text)
    assert found is None or FIRST_DAY <= found.day <= day_of(NOW + AHEAD)
    if found is not None and found.instant is not None:
        assert found.instant.utcoffset() == timedelta(0)
        assert found.day == day_of(found.instant)
    assert (found is not None and found.instant is None) == (found is not None and found.honesty is Honesty.DATE_ONLY)


@given(DAYS)
def test_every_form_of_a_day_reads_back(day: date) -> None:
    assert {form: read(form) for form in day_forms(day)} == {
        form: When(None, day, Honesty.DATE_ONLY) for form in day_forms(day)
    }


@given(INSTANTS, OFFSETS)
def test_every_form_of_an_instant_reads_back(instant: datetime, offset: timezone) -> None:
    there = instant.astimezone(offset)
    forms = [
        there.isoformat(), there.isoformat(" "), there.strftime("%Y-%m-%dT%H:%M:%S %z"),
        there.strftime("%Y%m%dT%H%M%S%z"), there.strftime("%a, %d %b %Y %H:%M:%S %z"),
        there.strftime("%d %b %Y, %I:%M:%S %p %z"),
        there.strftime("%a %b %d %H:%M:%S %z %Y"), there.strftime("%A, %B %d, %Y - %I:%M:%S%p GMT%z"),
        instant.strftime("%a, %d %b %Y %H:%M:%S GMT"), instant.strftime("%Y-%m-%dT%H:%M:%SZ"),
        instant.strftime("%A, %d-%b-%y %H:%M:%S UTC"),
    ]  # fmt: skip
    if instant.timestamp() >= 10**9:
        forms += [str(int(instant.timestamp())), str(int(instant.timestamp()) * 1000)]
    expected = When(instant, day_of(instant), Honesty.DECLARED)
    assert {form: read(form) for form in forms} == dict.fromkeys(forms, expected)


@given(INSTANTS)
def test_a_clock_time_is_ulaanbaatars_in_summer_time_years_too(instant: datetime) -> None:
    there = instant.astimezone(ULAANBAATAR).replace(second=0, microsecond=0)
    expected = there.replace(fold=0).astimezone(UTC)  # the hour that comes twice is told as its first
    for form in ("%Y.%m.%d %H:%M", "%H:%M %d.%m.%Y", "%Y оны %m-р сарын %d, %H:%M", "%B %d, %Y %I:%M %p"):
        found = read(there.strftime(form))
        assert found is not None
        assert (found.instant, found.honesty) == (expected, Honesty.ZONE_ASSUMED), form


@given(DAYS, st.times().map(lambda clock: clock.replace(microsecond=0)))
def test_the_common_forms_and_the_general_reading_agree(day: date, clock: object) -> None:
    for form in (f"{day}", f"{day} {clock}", f"{day}T{clock}Z", f"{day}T{clock}+0800"):
        assert read(form) == read(f"date: {form}")


@given(st.integers(1, 12), st.integers(1, 12), st.integers(1990, 2025))
def test_day_first_or_month_first_is_never_guessed(a: int, b: int, year: int) -> None:
    found = read(f"{a:02}/{b:02}/{year}")
    assert (found is None) == (a != b)
