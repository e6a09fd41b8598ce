"""A date as published -> the instant or the day that it names, or None. Nothing is ever guessed.

Reads RFC 822/2822, ISO 8601, asctime, epoch seconds and milliseconds, the numeric and worded dates of the world's feeds,
and Mongolian: `2026 оны 1-р сарын 15`, `2026.01.15 13:53`, `IV/16`, `2 цагийн өмнө`, `Өчигдөр 18:44`.

Rules: a time without a zone is told in the zone that the caller gives, and says so; a date that can be read day-first and
month-first is refused unless its weekday decides; `05.02.2026` (with dots) is day-first everywhere; a year or a month
alone is not a day; nothing before 1990 or more than two days ahead of now is believed.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from app.model.day import FIRST_DAY, ULAANBAATAR, day_of
from app.model.headline import Honesty
from app.normalise.when_lex import Part, Time, lex
from app.normalise.when_relative import relative
from app.normalise.when_shapes import day_of_parts
from app.normalise.when_words import fold, without_label

LONGEST = 200
"""Characters; a longer text is not a date."""

AHEAD = timedelta(days=2)
"""How far ahead of now a date is still believed: clocks run fast and zones are mistaken, but not by more."""


@dataclass(frozen=True, slots=True)
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


def parse(text: str | None, *, now: datetime, zone: tzinfo | str = ULAANBAATAR) -> When | None:
    """The date that `text` names, or None when it names none for certain.

    `now` (aware) bounds the future and anchors relative words; `zone` is that of times without a zone of their own (a
    zone or an IANA name). ValueError for a naive `now`.
    """
    if now.tzinfo is None:
        raise ValueError("`now` needs a time zone")
    if not text or len(text) > 2 * LONGEST:
        return None
    return _Reader(now, ZoneInfo(zone) if isinstance(zone, str) else zone).read(text)


_ISO = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ](?:[01][0-9]|2[0-3]):[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{3}(?:[0-9]{3})?)?)?(Z|[+-]0[0-9]:?[0-5][0-9])?)?"
)
_RFC = re.compile(
    r"(?:[A-Z][a-z]{2}, )?([0-9]{1,2}) ([A-Z][a-z]{2}) ([0-9]{4}) ([01][0-9]|2[0-3]):([0-9]{2}):([0-9]{2}) (GMT|[+-]0[0-9][0-5][0-9])"
)
_RFC_MONTHS = {
    name: number for number, name in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), start=1)
}


class _Reader:
    """One reading: the text's own words with `now` and `zone` at hand."""

    def __init__(self, now: datetime, zone: tzinfo) -> None:
        self.now, self.zone = now, zone

    def read(self, text: str) -> When | None:
        text = text.strip()
        try:
            found = self._common(text)
            return self._any(text) if found is None else found
        except (ValueError, OverflowError):  # a day or a time that no calendar has: 30 February
            return None

    def _common(self, text: str) -> When | None:
        """The two forms that nearly all feeds use, without the general machinery."""
        if found := _ISO.fullmatch(text):
            if len(text) == 10:
                return self._day(date.fromisoformat(text))
            return self._instant(datetime.fromisoformat(text))
        if (found := _RFC.fullmatch(text)) and (month := _RFC_MONTHS.get(found.group(2))):
            day, year, *clock = (int(found.group(i)) for i in (1, 3, 4, 5, 6))
            zone = found.group(7)
            stamp = datetime(year, month, day, *clock, tzinfo=UTC)
            if zone != "GMT":
                ahead = timedelta(hours=int(zone[1:3]), minutes=int(zone[3:]))
                stamp = stamp - ahead if zone[0] == "+" else stamp + ahead
            return self._instant(stamp)
        return None

    def _any(self, given: str) -> When | None:
        if not given or len(given) > LONGEST:
            return None
        text = without_label(fold(given))
        if text.isascii() and text.isdigit() and len(text) in (10, 13):
            return self._instant(datetime.fromtimestamp(int(text[:10]), UTC))
        counted = relative(text, now=self.now, zone=self.zone)
        if isinstance(counted, datetime):
            return self._instant(counted)
        if counted is not None:
            day, clock = counted
            return self._day(day) if clock is None else self._instant(datetime(day.year, day.month, day.day, *clock))
        parts = lex(text, given)
        return self._written(parts) if parts else None

    def _written(self, parts: list[Part]) -> When | None:
        split = _split(parts)
        if split is None:
            return None
        date_parts, clock, zone, zone_known = split
        today = self.now.astimezone(self.zone).date()
        found = day_of_parts(date_parts, today=today)
        if found is None:
            return None
        day, stamp = found
        clock = stamp or clock
        if clock is None or not zone_known:
            return self._day(day)
        hour, *rest = clock
        moment = datetime(day.year, day.month, day.day, 0 if hour == 24 else hour, *rest, tzinfo=zone)
        return self._instant(moment + timedelta(days=1) if hour == 24 else moment)

    def _instant(self, moment: datetime) -> When | None:
        declared = moment.tzinfo is not None
        instant = (moment if declared else moment.replace(tzinfo=self.zone)).astimezone(UTC)
        day = day_of(instant)
        if day < FIRST_DAY or instant > self.now + AHEAD:
            return None
        return When(instant, day, Honesty.DECLARED if declared else Honesty.ZONE_ASSUMED)

    def _day(self, day: date) -> When | None:
        last = day_of(self.now + AHEAD)
        return When(None, day, Honesty.DATE_ONLY) if FIRST_DAY <= day <= last else None


_TIME = re.compile(r"(a?)t(a?)([zou]*)")


def _split(parts: list[Part]) -> tuple[list[Part], Time | None, tzinfo | None, bool] | None:
    """Parts -> (the parts of the day, the clock time, its zone, whether the zone is usable); None for a time that cannot
    be. A number is the zone where a name and a number stand together (`GMT-07:00`, `-0700 MST`)."""
    parts = [part for part in parts if part.code != "w"] + [part for part in parts if part.code == "w"]
    codes = "".join(part.code for part in parts if part.code != "w")
    found = _TIME.search(codes)
    zones = [part for part in parts if part.code in "zou"]
    known = not any(part.code == "u" for part in zones)
    numbers = [part.value for part in zones if part.code == "o"]
    names = [part.value for part in zones if part.code == "z"]
    zone = (numbers or names or [None])[0]
    assert zone is None or isinstance(zone, tzinfo)
    if found is None:
        return [part for part in parts if part.code not in "zo"], None, None, True
    clock = _clock(parts[found.start() : found.end()])
    before, after = parts[: found.start()], parts[found.end() :]
    while before and before[-1].code in "-/.":
        before.pop()
    while after and after[0].code in "-/.":
        after.pop(0)
    rest = [part for part in before + after if part.code not in "zo"]
    return None if clock is None else (rest, clock, zone, known)


def _clock(parts: list[Part]) -> Time | None:
    clock = next(part.value for part in parts if part.code == "t")
    halves = [part.value for part in parts if part.code == "a"]
    assert isinstance(clock, tuple)
    hour, minute, second, micro = clock
    if len(halves) > 1 or (halves == ["a"] and hour > 12):
        return None
    if halves and hour <= 12:
        hour = hour % 12 + (12 if halves == ["p"] else 0)
    return hour, minute, second, micro
