"""JSON arrays of objects, with the columns of `app.ingest.columns`, as a stream of any size."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from json.decoder import JSONDecodeError

from app.errors import MalformedPayload
from app.ingest.columns import column, item_of
from app.ingest.format import Format, Head, Item, Reading
from app.ingest.formats import wordpress
from app.ingest.json_items import string
from app.ingest.payload import Payload
from app.ingest.source import read_all
from app.model.headline import RawItem, Reason, Rejection

_NAME = "json"

OBJECT_CHARS = 1_000_000
"""The longest object."""

KEPT_CHARS = 16_000
_BETWEEN = re.compile(r"[\s,]*")
_DECODER = json.JSONDecoder(strict=False)


def read(
    chunks: Iterable[str], url: str = "", columns: Mapping[str, str] | None = None
) -> Iterator[RawItem | Rejection]:
    """The objects of an array in their order. Reading stops at the first that is no JSON: nobody knows where the next
    begins. MalformedPayload for what is no array."""
    del url  # links stand as they are: an array has no address of its own
    for value, raw in _values(iter(chunks)):
        if isinstance(value, Rejection):
            yield value
        elif isinstance(value, dict):
            yield item_of(_row(value, columns or {}), raw.encode("utf-8", "replace"))
        else:
            yield Rejection(raw.encode("utf-8", "replace"), Reason.MALFORMED, "The item is no JSON object.")


def _row(record: Mapping[str, object], mapping: Mapping[str, str]) -> dict[str, str | None]:
    row: dict[str, str | None] = {}
    for name, value in record.items():
        known = column(name, mapping)
        if known is not None:
            row[known] = row.get(known) or string(value)
    return row


def _values(chunks: Iterator[str]) -> Iterator[tuple[object, str]]:
    """Each value of the array with its own text."""
    text = next(chunks, "").lstrip("\ufeff \t\r\n")
    if not text.startswith("["):
        raise MalformedPayload("This is no JSON array.", reason=Reason.MALFORMED)
    position = 1
    while True:
        position = _BETWEEN.match(text, position).end()  # type: ignore[union-attr]
        if text.startswith("]", position):
            return
        try:
            value, end = _DECODER.raw_decode(text, position)
            if end < len(text):
                yield value, text[position:end]
                position = end
                continue
            fault = "The array has no end"
        except RecursionError:
            yield _stopped(text[position:], Reason.TOO_LARGE, "An object is nested too deep")
            return
        except JSONDecodeError as error:
            fault = f"This is no JSON ({error.msg})"
        more = next(chunks, None) if len(text) - position <= OBJECT_CHARS else None
        if more is None:
            yield _stopped(text[position:], Reason.MALFORMED, fault)
            return
        text, position = text[position:] + more, 0


def _stopped(rest: str, reason: Reason, what: str) -> tuple[Rejection, str]:
    detail = f"{what}; what follows was not read."
    return Rejection(rest[:KEPT_CHARS].encode("utf-8", "replace"), reason, detail), ""


def sniff(head: Head) -> bool:
    """Whether an array begins here, of objects that are no WordPress posts."""
    text = head.text.lstrip("\ufeff \t\r\n")
    return re.match(r"\[\s*[{\]]", text) is not None and not wordpress.sniff(head)


def parse(payload: Payload, reading: Reading) -> Iterator[Item]:
    """The objects. MalformedPayload for what is no array."""

    def read_mapped(chunks: Iterable[str], url: str) -> Iterator[Item]:
        return read(chunks, url, reading.columns)

    return read_all(payload, reading, read_mapped, _NAME, endless=True)


FORMAT = Format(_NAME, ("application/json",), sniff, parse, endless=True)
