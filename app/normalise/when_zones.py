"""Time zones as feeds write them: names, numbers, and names with numbers.

The names are those of RFC 822 and RFC 2822 section 4.3, of common feeds, and of Mongolia (ULAT, ULAST, HOVT, HOVST).
A name that several countries use differently (IST) is left out on purpose; CST is American, as RFC 822 has it.
"""

import re
from datetime import UTC, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

_HOURS: dict[str, float] = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 1, "bst": 1, "cet": 1, "met": 1, "cest": 2, "mest": 2,
    "eet": 2, "eest": 3, "msk": 3, "мск": 3, "hovt": 7, "hovst": 8, "ulat": 8, "ulast": 9, "hkt": 8, "sgt": 8,
    "awst": 8, "jst": 9, "kst": 9, "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13, "hst": -10, "akst": -9, "akdt": -8,
    "pst": -8, "pdt": -7, "mst": -7, "mdt": -6, "cst": -6, "cdt": -5, "est": -5, "edt": -4, "ast": -4, "adt": -3,
    "nst": -3.5, "ndt": -2.5, "brt": -3,
}  # fmt: skip

_PLACES = {
    "et": "America/New_York",
    "ct": "America/Chicago",
    "mt": "America/Denver",
    "pt": "America/Los_Angeles",
    "at": "America/Halifax",
    "ulaanbaatar": "Asia/Ulaanbaatar",
    "улаанбаатар": "Asia/Ulaanbaatar",
}

_FURTHEST_WEST, _FURTHEST_EAST = timedelta(hours=-12), timedelta(hours=14)

OFFSET = re.compile(r"([+-])[+-]?(?:([0-9]{2}):?([0-9]{2})(?::00)?|([0-9])([0-9]{2})|([0-9]{1,2}))(?![0-9./:-])")
PLACE = re.compile(r"[a-z]+(?:/[a-z_-]+){1,2}(?:[+-]?[0-9]{1,2})?")


def named(word: str) -> tzinfo | None:
    """The zone of a lower-case name (`gmt`, `ulat`, `et`); None when it is not known or means several."""
    if word in _HOURS:
        hours = _HOURS[word]
        return UTC if hours == 0 else timezone(timedelta(hours=hours))
    return ZoneInfo(_PLACES[word]) if word in _PLACES else None


def placed(name: str) -> tzinfo | None:
    """The zone of a lower-case IANA name (`europe/brussels`); None when there is none."""
    known = _places().get(name)
    return None if known is None else ZoneInfo(known)


@cache
def _places() -> dict[str, str]:
    """Lower-case IANA name -> the name as it is written. Reads the list of zones at the first use, some 20 ms."""
    return {name.lower(): name for name in available_timezones()}


def offset(found: re.Match[str]) -> tzinfo | None:
    """The zone of an OFFSET match (`+0800`, `+08:00`, `+08`, `-700`); None outside -12:00 … +14:00."""
    sign, two, minutes, one, after_one, hours = found.groups()
    ahead = timedelta(hours=int(two or one or hours), minutes=int(minutes or after_one or 0))
    ahead = -ahead if sign == "-" else ahead
    if int(minutes or after_one or 0) > 59 or not _FURTHEST_WEST <= ahead <= _FURTHEST_EAST:
        return None
    return timezone(ahead)
