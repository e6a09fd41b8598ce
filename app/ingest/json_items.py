"""Items in JSON: reading a document within limits, and taking strings out of whatever stands there."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from app.errors import MalformedPayload
from app.ingest.feed_item import SOURCE_CHARS, TITLE_CHARS
from app.ingest.markup import plain
from app.model.headline import Reason, Rejection

MAX_ITEMS = 50_000
"""Items of one document."""

_MOST_DIGITS = 20
"""A longer number stays text, so that one absurd number does not cost the document."""

MAX_BRACKETS = 500_000
"""Objects and lists in one document: what bounds the memory that it takes (some 250 bytes each)."""


def load(text: str) -> Any:
    """The value of a JSON document. MalformedPayload for anything else, for one nested too deep for the reader (some
    hundreds of levels; real ones have ten) and for one of more than MAX_BRACKETS objects and lists."""
    if text.count("{") + text.count("[") > MAX_BRACKETS:
        raise _over("has more objects and lists than are read", "brackets", MAX_BRACKETS)
    try:
        return json.loads(text.lstrip("\ufeff \t\r\n"), strict=False, parse_int=_integer)
    except RecursionError as error:
        raise _over("is nested too deep", "nesting", 1000) from error
    except ValueError as error:
        raise MalformedPayload(f"This is not JSON: {error}.", reason=Reason.MALFORMED) from error


def _integer(digits: str) -> int | str:
    return int(digits) if len(digits) <= _MOST_DIGITS else digits


def objects(values: Any) -> Iterator[Mapping[str, Any] | Rejection]:
    """The objects of a list, at most MAX_ITEMS; what is no object is a rejection. Nothing for what is no list."""
    for count, value in enumerate(values if isinstance(values, list) else ()):
        if count == MAX_ITEMS:
            detail = f"The document has more than {MAX_ITEMS:,} items; from this one on they were not read. Split it."
            yield Rejection(dumped(value), Reason.TOO_LARGE, detail)
            return
        if isinstance(value, dict):
            yield value
        else:
            yield Rejection(dumped(value), Reason.MALFORMED, "The item is not a JSON object.")


def string(value: Any) -> str | None:
    """A string that is not blank, or a number as it is written; None for anything else."""
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return None


def first(item: Mapping[str, Any], names: Iterable[str]) -> str | None:
    """The first of the named members that holds a string or a number."""
    return next((found for name in names if (found := string(item.get(name)))), None)


def dumped(value: Any) -> bytes:
    """A value as JSON, for keeping."""
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")


def titled(item: Mapping[str, Any], given: str | None, clean: Any = plain) -> str | Rejection:
    """The title of `item` as plain text, empty where none is given; a rejection where it is too long to be one."""
    if given is None:
        return ""
    if len(given) > SOURCE_CHARS or len(title := clean(given)) > TITLE_CHARS:
        return Rejection(dumped(item), Reason.TOO_LARGE, f"The title has more than {TITLE_CHARS:,} characters.")
    return str(title)


def _over(what: str, limit: str, value: int) -> MalformedPayload:
    return MalformedPayload(f"The JSON document {what} ({value:,}).", reason=Reason.TOO_LARGE, limit=limit, value=value)
