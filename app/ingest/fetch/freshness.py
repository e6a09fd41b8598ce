"""How long to wait: Retry-After, Cache-Control and Expires, as seconds within a week."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST = 7 * 86_400.0
"""Nobody's header sends us away for longer."""

_DIGITS = re.compile(r"[0-9]+")
_MAX_AGE = re.compile(r'(?:^|[,\s])max-age\s*=\s*"?([0-9]+)', re.I)
_NOT_KEPT = re.compile(r"(?:^|[,\s])(?:no-cache|no-store)(?:$|[,\s])", re.I)


def retry_after(value: str | None, now: datetime) -> float | None:
    """RFC 9110, 10.2.3: seconds or a date; None where it is neither."""
    if value is None:
        return None
    text = value.strip()
    return _seconds(text) if _DIGITS.fullmatch(text) else _until(text, now)


def fresh_for(headers: Mapping[str, str], now: datetime) -> float | None:
    """RFC 9111, 4.2.1: for how long the answer may be taken as current; None where the server does not say."""
    control = headers.get("cache-control", "")
    if _NOT_KEPT.search(control):
        return 0.0
    if (age := _MAX_AGE.search(control)) is not None:
        return _seconds(age[1])
    if "expires" not in headers:
        return None
    date = _date(headers.get("date", "")) or now
    return _until(headers["expires"], date) or 0.0  # an Expires that is no date means: already stale


def _seconds(digits: str) -> float:
    return min(float(int(digits[:12] if len(digits) <= 12 else "9" * 12)), LONGEST)


def _until(text: str, now: datetime) -> float | None:
    date = _date(text)
    return None if date is None else min(max((date - now).total_seconds(), 0.0), LONGEST)


def _date(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
