"""The shapes in which a date is written, as patterns over the codes of `when_lex`, and what each names."""

import re
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from app.model.day import FIRST_DAY
from app.normalise.when_lex import Part, Time


@dataclass(frozen=True, slots=True)
class Written:
    """A date as it was written: the calendar day, the clock time (None: a day only; hour 24 is the day's end) and the
    zone that stood beside it (None: none)."""

    day: date
    clock: Time | None = None
    zone: tzinfo | None = None


# Named groups: y year, m month (name, roman or number), d day; p and q are two numbers whose order is not said.
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        r"(?P<y>y)(?P<s>[-/.])(?P<m>[nkm])(?P=s)(?P<d>n)\.?",  # 2026-01-15, 2026. 1. 15., 2026-Jan-15
        r"(?P<d>n)[-/.]?(?P<m>m)[-/.]?(?P<y>[yn])",  # 15 January 2026, 15-Jan-26, 15. Januar 2026
        r"(?P<m>m)[-/.]?(?P<d>n)[-/.]?(?P<y>y)",  # January 15, 2026
        r"(?P<y>y)[-/.]?(?P<m>m)[-/.]?(?P<d>n)\.?",  # 2026 January 15, 2026 оны 1-р сарын 15
        r"(?P<y>y)\.?(?P<d>n)(?P<m>m)",  # 2026 ж. 15 қаңтар
        r"(?P<y>y)[-/.]?(?P<m>r)[-/.]?(?P<d>n)",  # 2026 IV/16, 2026.IV.16
        r"(?P<d>n)[-/.]?(?P<m>r)[-/.]?(?P<y>y)",  # 16.IV.2026
        r"(?P<d>n)\.(?P<m>n)\.(?P<y>y)\.?",  # 05.02.2026: with dots the day is first
        r"(?P<p>n)(?P<s>[-/])(?P<q>n)(?P=s)(?P<y>y)",  # 15/01/2026, 01/15/2026
        r"(?P<p>n)(?P<q>n)(?P<y>y)",  # Sat, 11 04 2020
        r"(?P<p>n)(?P<s>[/.])(?P<q>n)(?P=s)(?P<z>n)",  # 30.10.23
        r"(?P<m>m)[-/.]?(?P<d>n)",  # 1-р сарын 15, Jan 15: the last such day
        r"(?P<d>n)[-/.]?(?P<m>m)",
        r"(?P<m>r)/(?P<d>n)",  # IV/16
        r"(?P<y>y)-?(?P<x>x)-?(?P<d>n)",  # 2026-W03-4, 2026W034: ISO year, week, weekday
        r"(?P<y>y)-(?P<j>[jk])",  # 2026-015: ISO year and day of the year
        r"(?P<e>e)",  # 20260115
        r"(?P<f>f)",  # 20260115143000, 202601151430
    )
)

_TIME = re.compile(r"a?ta?[zou]*")


def written(parts: list[Part], *, today: date) -> Written | None:
    """The one date that the parts make up; None for no shape of a date, for several readings, and for a time that
    cannot be. ValueError for a day that no calendar has.

    `today` (the reader's) resolves a missing year to the last such day, and two-digit years to 1990 … today's year. A
    zone that nobody knows leaves a day only."""
    weekdays: set[object] = {part.value for part in parts if part.code == "w"}
    parts = [part for part in parts if part.code != "w"]
    found = _TIME.search("".join(part.code for part in parts))
    day_parts = _bare(parts) if found is None else _joined(parts[: found.start()], parts[found.end() :])
    day, stamp = _day(day_parts, weekdays, today)
    if day is None or found is None:
        return None if day is None else Written(day, stamp)
    clock = None if stamp else _clock(parts[found.start() : found.end()])
    if clock is None:
        return None
    zones = [part for part in parts if part.code in "zou"]
    return Written(day) if any(part.code == "u" for part in zones) else Written(day, clock, _zone(zones))


def _joined(before: list[Part], after: list[Part]) -> list[Part]:
    """The day's own parts on both sides of a time, without the marks that divided them from it and without zones."""
    before, after = list(before), list(after)
    while before and before[-1].code in "-/.":
        before.pop()
    while after and after[0].code in "-/.":
        after.pop(0)
    return _bare(before + after)


def _bare(parts: list[Part]) -> list[Part]:
    return [part for part in parts if part.code not in "zo"]


def _zone(parts: list[Part]) -> tzinfo | None:
    """Where a name and a number stand together (`GMT-07:00`, `-0700 MST`) the number is the zone."""
    ranked = sorted(parts, key=lambda part: part.code != "o")
    zone = ranked[0].value if ranked else None
    return zone if isinstance(zone, tzinfo) else None


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


def _day(parts: list[Part], weekdays: set[object], today: date) -> tuple[date | None, Time | None]:
    codes = "".join(part.code for part in parts)
    for shape in _SHAPES:
        if found := shape.fullmatch(codes):
            texts = {name: str(parts[found.start(name)].value) for name, group in found.groupdict().items() if group}
            return _named(texts, weekdays, today)
    return None, None


def _named(texts: dict[str, str], weekdays: set[object], today: date) -> tuple[date | None, Time | None]:
    if "f" in texts:
        stamp = datetime.strptime(texts["f"].ljust(14, "0"), "%Y%m%d%H%M%S")  # noqa: DTZ007  the caller knows the zone
        return stamp.date(), (stamp.hour, stamp.minute, stamp.second, 0)
    return _plain_day(texts, weekdays, today), None


def _plain_day(texts: dict[str, str], weekdays: set[object], today: date) -> date | None:
    if "e" in texts:
        return datetime.strptime(texts["e"], "%Y%m%d").date()  # noqa: DTZ007  a day has no zone
    if "x" in texts:
        return date.fromisocalendar(int(texts["y"]), int(texts["x"]), int(texts["d"]))
    if "j" in texts:
        return datetime.strptime(texts["y"] + texts["j"], "%Y%j").date()  # noqa: DTZ007  a day has no zone
    if "z" in texts:
        return _short(texts["p"], texts["q"], texts["z"], weekdays, today)
    if "p" in texts:
        year, p, q = int(texts["y"]), int(texts["p"]), int(texts["q"])
        return _only([(year, q, p), (year, p, q)], weekdays)
    month, day = int(texts["m"]), int(texts["d"])
    if "y" not in texts:
        return _last(month, day, weekdays, today)
    full = _year(texts["y"], today)
    return None if full is None else date(full, month, day)


def _year(digits: str, today: date) -> int | None:
    """Two digits mean the year of 1990 … today's that ends so (RFC 2822 section 4.3, within the archive's years)."""
    if len(digits) == 4:
        return int(digits)
    if len(digits) != 2:
        return None
    year = 2000 + int(digits)
    year = year if year <= today.year else year - 100
    return year if year >= FIRST_DAY.year else None


def _only(readings: list[tuple[int, int, int]], weekdays: set[object]) -> date | None:
    """The day of the readings (year, month, day) when they all mean one day, or when the weekday fits only one."""
    days = {day for reading in readings if (day := _real(*reading))}
    if len(days) > 1:
        days = {day for day in days if day.weekday() in weekdays}
    return days.pop() if len(days) == 1 else None


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _short(p: str, q: str, z: str, weekdays: set[object], today: date) -> date | None:
    """`30.10.23`: day-first, month-first or year-first, with two digits each; only when one reading is possible."""
    if not len(p) == len(q) == len(z) == 2:
        return None
    last, first = _year(z, today), _year(p, today)
    readings = [(last, int(q), int(p)), (last, int(p), int(q))] if last else []
    if first:
        readings.append((first, int(q), int(z)))
    return _only(readings, weekdays)


def _last(month: int, day: int, weekdays: set[object], today: date) -> date | None:
    """The last such day not after `today`, unless a weekday beside it says otherwise; 29 February may be up to eight
    years back."""
    days = (_real(year, month, day) for year in range(today.year, today.year - 9, -1))
    found = next((found for found in days if found and found <= today), None)
    return found if found and (not weekdays or found.weekday() in weekdays) else None
