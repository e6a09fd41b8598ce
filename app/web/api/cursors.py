"""Cursors: where a list goes on, as a text that means nothing to anybody but us.

Each says its version, its list and a checksum, so that one that was cut, mistyped, made up or taken from another list
is refused instead of being taken for some other place. It holds a position, not a number of items to skip: what is
added above it meanwhile moves nothing.
"""

import base64
import binascii
import hashlib
import re
from datetime import UTC, date, datetime

from app.errors import BadFilter
from app.model.item import Position

VERSION = "1"
MAX_CHARS = 600
"""A slug has at most some hundred characters."""

_TEXT = re.compile(r"[A-Za-z0-9_-]+")
_MARK_BYTES = 4


def written(kind: str, *parts: str) -> str:
    """The cursor of the list `kind` (one letter) at a position. A part has no NUL."""
    body = "\0".join((VERSION + kind, *parts)).encode()
    return base64.urlsafe_b64encode(_mark(body) + body).decode("ascii").rstrip("=")


def read(kind: str, text: str, parts: int) -> list[str]:
    """What `written` was given: so many parts. BadFilter."""
    try:
        if len(text) > MAX_CHARS or _TEXT.fullmatch(text) is None:
            raise ValueError("not of its letters")
        whole = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        mark, body = whole[:_MARK_BYTES], whole[_MARK_BYTES:]
        head, *found = body.decode("utf-8").split("\0")
        if mark != _mark(body) or head != VERSION + kind or len(found) != parts:
            raise ValueError("not of this list")
    except (ValueError, binascii.Error) as error:
        raise refused(text) from error
    return found


def position_written(position: Position) -> str:
    """The cursor of a place in the list of headlines."""
    return written("h", position.day.isoformat(), str(int(position.at.timestamp())), str(position.id))


def position_read(text: str) -> Position:
    """The place that a cursor means. BadFilter."""
    day, at, number = read("h", text, 3)
    try:
        return Position(date.fromisoformat(day), datetime.fromtimestamp(int(at), UTC), int(number))
    except (ValueError, OverflowError, OSError) as error:
        raise refused(text) from error


def day_read(kind: str, text: str, parts: int = 1) -> tuple[date, list[str]]:
    """The day that a cursor begins with, and its other parts. BadFilter."""
    day, *rest = read(kind, text, parts)
    try:
        return date.fromisoformat(day), rest
    except ValueError as error:
        raise refused(text) from error


def number_read(kind: str, text: str) -> int:
    """The number that a cursor is. BadFilter."""
    (number,) = read(kind, text, 1)
    if not (number.isascii() and number.isdigit()):
        raise refused(text)
    return int(number)


def _mark(body: bytes) -> bytes:
    return hashlib.blake2b(body, digest_size=_MARK_BYTES).digest()


def refused(text: str) -> BadFilter:
    """A text that is no cursor of this list."""
    return BadFilter(
        "cursor is not one of this list: send `next` of an earlier answer as it came, or leave cursor out to begin.",
        name="cursor",
        value=text[:80],
        expected="`next` of an earlier answer of the same list",
    )
