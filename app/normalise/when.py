"""A date as published -> the instant or the day that it names, or None. Nothing is ever guessed.

Reads RFC 822/2822, ISO 8601, asctime, epoch seconds and milliseconds, the numeric and worded dates of the world's
feeds, and Mongolian: `2026 оны 1-р сарын 15`, `2026.01.15 13:53`, `IV/16`, `2 цагийн өмнө`, `Өчигдөр 18:44`.

Rules: a time without a zone is told in the zone that the caller gives, and says so; a date that can be read day-first
and month-first is refused unless its weekday decides; `05.02.2026` (with dots) is day-first everywhere; a year or a
month alone is not a day; nothing before 1990 or more than two days ahead of now is believed.
"""

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from app.model.day import FIRST_DAY, ULAANBAATAR, day_of
from app.model.headline import Honesty
from app.model.value import value
from app.normalise.when_lex import lex
from app.normalise.when_relative import relative
from app.normalise.when_shapes import Written, written
from app.normalise.when_words import MONTH_WORD, fold, without_label

LONGEST = 200
"""Characters; a longer text is not a date."""

AHEAD = timedelta(days=2)
"""How far ahead of now a date is still believed: clocks run fast and zones are mistaken, but not by more."""


@value(frozen=True, slots=True)
class When:
    """A date that was read. `instant` is aware UTC, None where only a day is known; `day` is the Ulaanbaatar day of the
    instant, or the calendar day as written. `str()` gives ISO 8601: `2026-01-15T06:30:00+00:00` or `2026-01-15`."""

    instant: datetime | None
    day: date
    honesty: Honesty

    @property
    def value(self) -> datetime | date:
        """The instant, or the day where only a day is known."""
        return self.day if self.instant is None else self.instant

    def __str__(self) -> str:
        return self.value.isoformat()


def parse(
    text: str | None, *, now: datetime, zone: tzinfo | str = ULAANBAATAR, ahead: timedelta = AHEAD
) -> When | None:
    """The date that `text` names, or None when it names none for certain.

    `now` (aware) bounds the future and anchors relative words; `zone` is that of times without a zone of their own (a
    zone or an IANA name); nothing later than `now` and `ahead` is read. ValueError for a naive `now`.
    """
    if now.tzinfo is None:
        raise ValueError("`now` needs a time zone")
    if not text or len(text) > 2 * LONGEST:
        return None
    return _reader(now, ZoneInfo(zone) if isinstance(zone, str) else zone, ahead).read(text)


_CLOCK = r"([01][0-9]|2[0-3]):([0-5][0-9])"
_ISO = re.compile(
    rf"[0-9]{{4}}([-/.])[0-9]{{2}}\1[0-9]{{2}}"
    rf"(?:[T ]{_CLOCK}(?::[0-5][0-9](?:\.[0-9]{{3}}(?:[0-9]{{3}})?)?)?(?:Z|[+-]0[0-9]:?[0-5][0-9])?)?"
)
_RFC = re.compile(
    rf"(?:[A-Z][a-z]{{2}}, )?([0-9]{{1,2}}) ([A-Z][a-z]{{2}}) ([0-9]{{4}}) {_CLOCK}:([0-5][0-9])"
    r" (?:GMT|([+-])(0[0-9])([0-5][0-9]))"
)
_EPOCH = re.compile(r"(?:@|/date\()?([0-9]{10})([0-9]{0}|[0-9]{3}|\.[0-9]{1,9})(?:[+-][0-9]{4}\)/|\)/)?")
"""Seconds since 1970, also with milliseconds or a fraction, as Unix tools and .NET wrap them."""

_RFC_MONTHS = {name.title(): number for number, name in enumerate(MONTH_WORD, start=1)}


_NUMBER = re.compile(r"\d+")
_MOST_NUMBERS = 12
"""A day, a time with its fraction, a zone in hours and minutes and the year twice are ten."""
_WORDS_CHARS = 80
"""Words alone that name a moment (`хэдхэн секундын өмнө`) are short."""


def _may_be_date(given: str) -> bool:
    """Whether it is worth the work to look closer: a tenth of a millisecond for each text that is none."""
    numbers = len(_NUMBER.findall(given))
    return numbers <= _MOST_NUMBERS and (numbers > 0 or len(given) <= _WORDS_CHARS)


class _Reader:
    """One reading: the text's own words with `now` and `zone` at hand."""

    def __init__(self, now: datetime, zone: tzinfo, ahead: timedelta) -> None:
        self.now, self.zone, self.latest = now, zone, now + ahead

    def read(self, text: str) -> When | None:
        text = text.strip()
        try:
            found = self._common(text)
            return self._any(text) if found is None else found
        except (ValueError, OverflowError):  # a day or a time that no calendar has: 30 February
            return None

    def _common(self, text: str) -> When | None:
        """The forms that nearly all feeds and pages use, without the general machinery."""
        if found := _ISO.fullmatch(text):
            text = text if text[4] == "-" else f"{text[:4]}-{text[5:7]}-{text[8:]}"
            if len(text) == 10:
                return self._day(date.fromisoformat(text))
            return self._instant(datetime.fromisoformat(text))
        if (found := _RFC.fullmatch(text)) and (month := _RFC_MONTHS.get(found.group(2))):
            day, _, year, hour, minute, second, sign, hours, minutes = found.groups()
            stamp = datetime(int(year), month, int(day), int(hour), int(minute), int(second), tzinfo=UTC)
            ahead = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
            return self._instant(stamp + ahead if sign == "-" else stamp - ahead)
        return None

    def _any(self, given: str) -> When | None:
        if not given or len(given) > LONGEST or not _may_be_date(given):
            return None
        text = without_label(fold(given))
        if epoch := _EPOCH.fullmatch(text):
            fraction = timedelta(microseconds=int(epoch.group(2).lstrip(".").ljust(6, "0")[:6]))
            return self._instant(datetime.fromtimestamp(int(epoch.group(1)), UTC) + fraction)
        found = relative(text, now=self.now, zone=self.zone)
        if isinstance(found, datetime):
            return self._instant(found)
        if found is None and (parts := lex(text, given)):
            found = written(parts, today=self.now.astimezone(self.zone).date())
        return None if found is None else self._moment(found)

    def _moment(self, found: Written) -> When | None:
        if found.clock is None:
            return self._day(found.day)
        hour, minute, second, micro = found.clock
        clock = time(0 if hour == 24 else hour, minute, second, micro, tzinfo=found.zone)
        moment = datetime.combine(found.day, clock)
        return self._instant(moment + timedelta(days=1) if hour == 24 else moment)

    def _instant(self, moment: datetime) -> When | None:
        declared = moment.tzinfo is not None
        instant = moment
        if moment.tzinfo is not UTC:
            instant = (moment if declared else moment.replace(tzinfo=self.zone)).astimezone(UTC)
        day = day_of(instant)
        if day < FIRST_DAY or instant > self.latest:
            return None
        return When(instant, day, Honesty.DECLARED if declared else Honesty.ZONE_ASSUMED)

    def _day(self, day: date) -> When | None:
        last = day_of(self.latest)
        return When(None, day, Honesty.DATE_ONLY) if FIRST_DAY <= day <= last else None


_reader = lru_cache(maxsize=16)(_Reader)  # a file's items all came at one instant
