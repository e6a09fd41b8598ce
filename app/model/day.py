"""A day is a calendar day in Asia/Ulaanbaatar, for every reader, for ever.

Computed with the zone (summer time existed up to 2016), in Python, never by SQL. The type of a day is `datetime.date`.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ULAANBAATAR = ZoneInfo("Asia/Ulaanbaatar")

FIRST_DAY = date(1990, 1, 1)
"""Nothing in the archive is older; an older date is a mistake and is refused."""

LAST_DAY = date(2199, 12, 31)

AHEAD = timedelta(hours=24)
"""How far after its receipt a headline's date may lie to be believed: clocks run fast, and zones are mistaken."""

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def day_of(instant: datetime) -> date:
    """The Ulaanbaatar day of an aware instant. ValueError for a naive one."""
    if instant.tzinfo is None:
        raise ValueError("a naive time has no day: give it a zone first")
    return instant.astimezone(ULAANBAATAR).date()


def day_start(day: date) -> datetime:
    """The first instant of `day` in Ulaanbaatar, as aware UTC."""
    return datetime.combine(day, time.min, tzinfo=ULAANBAATAR).astimezone(UTC)


def parse_day(text: str) -> date | None:
    """`2026-01-15` -> date; None for any other form, an impossible day, or one outside FIRST_DAY..LAST_DAY."""
    if _ISO.fullmatch(text) is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= LAST_DAY else None
