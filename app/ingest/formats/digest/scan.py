"""Where the entries of a digest end: at a marker word with a date. Every pattern here runs in linear time (one pass, no
repetition inside a repetition)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.model.day import FIRST_DAY, LAST_DAY

# НИЙТЭЛСЭН may come with Й in two code points (NFD).
_MARKER = re.compile(
    r"(?:(?P<en>published)|(?P<mn>ни(?:й|и\u0306)тэлсэн))\s*[:：]\s*"
    # A date in the digest's own form ends after its day, even where the next entry's number follows at once.
    r"(?P<date>(?:[0-9]{4}\s?[/.\-]\s?[0-9]{1,2}\s?[/.\-]\s?[0-9]{1,2}"
    r"|[0-9]{1,4}\s?[/.\-]\s?[0-9]{1,4}\s?[/.\-]\s?[0-9]{1,4})(?:\s[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?\b)?"
    r"|[0-9]{4}[0-9/.\-]*(?=\s{2}|\n|\Z))?",
    re.IGNORECASE,
)
_DATE = re.compile(r"([0-9]{4})\s?[/.\-]\s?([0-9]{1,2})\s?[/.\-]\s?([0-9]{1,2})(?![0-9])", re.ASCII)

_HOST_SHAPE = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[^\W\d_][\w-]+", re.IGNORECASE)
_WWW = "www."

_TAIL = 400
"""Characters before a marker in which its host must end; a host has at most 253."""

_BESIDE_HOST = " \t\n\r\v\f\xa0/.,;:|([–—-"
"""What may stand between a host and its marker besides blanks: a slash, a bracket, a dash."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A marker: the text before it, from the previous marker on, is an entry. `end` is where its date ends."""

    start: int
    end: int
    language: str
    date: str | None


def marks(text: str) -> Iterator[Mark]:
    """The markers that end an entry, in order. The same word in running text is none: a marker has a host before it, or
    is in capitals and has a date after it."""
    for found in _MARKER.finditer(text):
        language = "mn" if found["mn"] else "en"
        word = found[language]
        before = text[max(0, found.start() - _TAIL) : found.start()]
        printed = found["date"] and word.isupper()
        if printed or host_start(before) is not None:
            yield Mark(found.start(), found.end(), language, found["date"])


def host_start(before: str) -> int | None:
    """Where the host begins that ends `before` (the text up to a marker); None when there is none. An empty host
    (`WWW.`) counts: it says that there should be one."""
    end = len(before.rstrip(_BESIDE_HOST))
    if before[end : end + 1] == "." and before[max(0, end - 3) : end].lower() == "www":
        return end - 3
    start = end
    while start > 0 and not before[start - 1].isspace():
        start -= 1
    token = before[start:end]
    www = token.lower().rfind(_WWW)
    if www >= 0:
        scheme = token.lower().rfind("http", 0, www)
        return start + (scheme if scheme >= 0 and token[scheme:www].lower() in ("http://", "https://") else www)
    bare = token.split("://", 1)[-1].split("/", 1)[0]
    return start if _HOST_SHAPE.fullmatch(bare) else None


def host_of(printed: str) -> str | None:
    """`HTTP://WWW.X.MN/` -> `WWW.X.MN`, as printed otherwise; None for an empty one (`WWW.`)."""
    host = printed.strip(_BESIDE_HOST + ")]")
    if host[:7].lower() == "http://" or host[:8].lower() == "https://":
        host = host.split("://", 1)[1]
    host = host.split("/", 1)[0].strip(_BESIDE_HOST)
    return None if host.lower() in ("", "www") else host


def day_of_text(printed: str | None, latest: date | None = None) -> date | None:
    """`2026/01/15` -> date; None for one that cannot be: 30 February, a year outside the archive, after `latest`."""
    found = _DATE.match(printed or "")
    if found is None:
        return None
    try:
        day = date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= (latest or LAST_DAY) else None
