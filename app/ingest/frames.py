"""What the reading process and its parent say to each other: frames of a kind, a JSON head and bytes.

Plain data only, no pickles: who takes over the process that reads hostile bytes must not be able to give orders to its
parent. 100 items cost some 0.3 ms on both sides together (`benchmarks/reading.py`).
"""

import json
import struct
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from app.ingest.format import Item, Reading
from app.ingest.limits import Limits
from app.ingest.listing import Listing
from app.model.headline import RawArticle, RawItem, Reason, Rejection

HEAD = struct.Struct(">cII")
"""Kind, bytes of the JSON head, bytes that follow it."""

LARGEST = 64_000_000
"""Bytes of a frame that are believed: above the largest item there can be, times the items of a frame."""

ASK, ITEMS, FAILED, MEMORY, DONE = b"A", b"I", b"F", b"M", b"D"

_ITEM, _ARTICLE, _REJECTION = 0, 1, 2


def frame(kind: bytes, head: Any, body: bytes = b"") -> bytes:
    """One frame."""
    told = json.dumps(head, separators=(",", ":")).encode("ascii")
    return HEAD.pack(kind, len(told), len(body)) + told + body


def parsed(data: bytes) -> tuple[bytes, Any, bytes]:
    """A whole frame's kind, head and body."""
    kind, told, more = HEAD.unpack(data[: HEAD.size])
    start = HEAD.size + told
    return kind, json.loads(data[HEAD.size : start]), data[start : start + more]


def items_frame(items: Iterable[Item]) -> bytes:
    """A frame of items: their fields in the head, their raw bytes one after the other behind it."""
    rows, raws = [], []
    for item in items:
        rows.append(_row(item))
        raws.append(item.raw)
    return frame(ITEMS, rows, b"".join(raws))


def _row(item: Item) -> tuple[Any, ...]:
    n = len(item.raw)
    if isinstance(item, RawItem):
        return (
            *(_ITEM, n, item.title, item.link, item.outlet, item.published, item.language),
            *(item.marker, item.rank, item.position, item.digest_day, item.first_seen, item.stated),
        )
    if isinstance(item, RawArticle):
        told = (item.title, item.outlet, item.published, item.paragraphs, item.position, item.digest_day)
        return (_ARTICLE, n, *told)
    return (_REJECTION, n, item.reason.value, item.detail, item.format)


def items_of(head: Any, body: bytes) -> Iterator[Item]:
    """The items of a frame. TypeError or ValueError for what no `items_frame` made."""
    start = 0
    for kind, n, *told in head:
        raw = body[start : start + n]
        start += n
        if kind == _ITEM:
            *fields, first_seen, stated = told
            yield RawItem(*_nine(fields), raw, first_seen, stated)
        elif kind == _ARTICLE:
            title, outlet, published, paragraphs, position, digest_day = told
            yield RawArticle(title, outlet, published, tuple(paragraphs), position, digest_day, raw)
        else:
            reason, detail, format_name = told
            yield Rejection(raw, Reason(reason), detail, format_name)


def _nine(fields: list[Any]) -> tuple[Any, Any, Any, Any, Any, Any, Any, Any, Any]:
    """The fields of a RawItem from `title` to `digest_day`. ValueError for more or fewer."""
    title, link, outlet, published, language, marker, rank, position, digest_day = fields
    return title, link, outlet, published, language, marker, rank, position, digest_day


def reading_head(reading: Reading) -> dict[str, Any]:
    """How to read, as JSON."""
    return {
        "limits": asdict(reading.limits),
        "day": reading.day.isoformat() if reading.day else None,
        "columns": dict(reading.columns),
        "listing": reading.listing.text if reading.listing else None,
    }


def reading_of(head: Mapping[str, Any]) -> Reading:
    """The same back."""
    return Reading(
        limits=Limits(**head["limits"]),
        day=date.fromisoformat(head["day"]) if head["day"] else None,
        columns=head["columns"],
        listing=Listing.of(head["listing"]) if head["listing"] else None,
    )


def instant(moment: datetime | None) -> str | None:
    """An instant as JSON."""
    return moment.isoformat() if moment else None
