"""The shapes in which a day is written, as patterns over the codes of `when_lex`, and the day that each names."""

import re
from datetime import date, datetime

from app.model.day import FIRST_DAY
from app.normalise.when_lex import Part, Time

Found = tuple[date, Time | None]

# Named groups: y year, m month (name, roman or number), d day; p and q are two numbers whose order is not said.
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        r"(?P<y>y)(?P<s>[-/.])(?P<m>[nkmr])(?P=s)(?P<d>n)\.?",  # 2026-01-15, 2026. 1. 15., 2026/IV/16, 2026-Jan-15
        r"(?P<d>n)[-/.]?(?P<m>m)[-/.]?(?P<y>[yn])",  # 15 January 2026, 15-Jan-26, 15. Januar 2026
        r"(?P<m>m)[-/.]?(?P<d>n)[-/.]?(?P<y>y)",  # January 15, 2026
        r"(?P<y>y)[-/.]?(?P<m>m)[-/.]?(?P<d>n)\.?",  # 2026 January 15, 2026 оны 1-р сарын 15
        r"(?P<y>y)(?P<m>r)[-/.](?P<d>n)",  # 2026 IV/16
        r"(?P<d>n)(?P<s>[-/.])(?P<m>r)(?P=s)(?P<y>y)",  # 16.IV.2026
        r"(?P<d>n)(?P<m>r)(?P<y>y)",  # 16 IV 2026
        r"(?P<d>n)\.(?P<m>n)\.(?P<y>y)\.?",  # 05.02.2026: with dots the day is first
        r"(?P<p>n)(?P<s>[-/])(?P<q>n)(?P=s)(?P<y>y)",  # 15/01/2026, 01/15/2026
        r"(?P<p>n)(?P<q>n)(?P<y>y)",  # Sat, 11 04 2020
        r"(?P<p>n)(?P<s>[/.])(?P<q>n)(?P=s)(?P<z>n)",  # 30.10.23
        r"(?P<m>m)[-/.]?(?P<d>n)",  # 1-р сарын 15, Jan 15: the last such day
        r"(?P<d>n)[-/.]?(?P<m>m)",
        r"(?P<m>r)/(?P<d>n)",  # IV/16
        r"(?P<e>e)",  # 20260115
        r"(?P<f>f)",  # 20260115143000
    )
)


def day_of_parts(parts: list[Part], *, today: date) -> Found | None:
    """The one day that the parts name (weekday parts may be among them), with the clock time where one is glued to it;
    None for no shape of a date or for several readings. ValueError for a day that no calendar has.

    `today` (the reader's) resolves a missing year to the last such day, and two-digit years to 1990 … today's year."""
    weekdays = {part.value for part in parts if part.code == "w"}
    parts = [part for part in parts if part.code != "w"]
    codes = "".join(part.code for part in parts)
    for shape in _SHAPES:
        if found := shape.fullmatch(codes):
            texts = {name: parts[found.start(name)].value for name, group in found.groupdict().items() if group}
            return _named(texts, weekdays, today)
    return None


def _named(texts: dict[str, object], weekdays: set[object], today: date) -> Found | None:
    if "e" in texts:
        return datetime.strptime(str(texts["e"]), "%Y%m%d").date(), None  # noqa: DTZ007  a day has no zone
    if "f" in texts:
        stamp = datetime.strptime(str(texts["f"]), "%Y%m%d%H%M%S")  # noqa: DTZ007  the caller knows the zone
        return stamp.date(), (stamp.hour, stamp.minute, stamp.second, 0)
    if "z" in texts:
        day = _short(str(texts["p"]), str(texts["q"]), str(texts["z"]), weekdays, today)
    elif "p" in texts:
        year = int(str(texts["y"]))
        day = _only([(year, texts["q"], texts["p"]), (year, texts["p"], texts["q"])], weekdays)
    elif "y" in texts:
        year = _year(str(texts["y"]), today)
        day = None if year is None else date(year, int(str(texts["m"])), int(str(texts["d"])))
    else:
        day = _last(int(str(texts["m"])), int(str(texts["d"])), today)
    return None if day is None else (day, None)


def _year(digits: str, today: date) -> int | None:
    """Two digits mean the year of 1990 … today's that ends so (RFC 2822 section 4.3, within the archive's years)."""
    if len(digits) == 4:
        return int(digits)
    if len(digits) != 2:
        return None
    year = 2000 + int(digits)
    year = year if year <= today.year else year - 100
    return year if year >= FIRST_DAY.year else None


def _only(readings: list[tuple[int, object, object]], weekdays: set[object]) -> date | None:
    """The day of the readings (year, month, day) when they all mean one day, or when the weekday fits only one."""
    days = set()
    for year, month, day in readings:
        try:
            days.add(date(year, int(str(month)), int(str(day))))
        except ValueError:
            continue
    if len(days) > 1:
        days = {day for day in days if day.weekday() in weekdays}
    return days.pop() if len(days) == 1 else None


def _short(p: str, q: str, z: str, weekdays: set[object], today: date) -> date | None:
    """`30.10.23`: day-first, month-first or year-first, with two digits each; only when one reading is possible."""
    if not len(p) == len(q) == len(z) == 2:
        return None
    last, first = _year(z, today), _year(p, today)
    readings: list[tuple[int, object, object]] = [(last, q, p), (last, p, q)] if last else []
    if first:
        readings.append((first, q, z))
    return _only(readings, weekdays)


def _last(month: int, day: int, today: date) -> date | None:
    """The last such day not after `today`; 29 February may be up to eight years back."""
    for year in range(today.year, today.year - 9, -1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found <= today:
            return found
    return None
