"""Items in JSON: reading a document within limits, and taking strings out of whatever stands there."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from app.errors import MalformedPayload
from app.ingest.feed_item import SOURCE_CHARS, TITLE_CHARS
from app.ingest.markup import plain
from app.ingest.source import limits_of
from app.model.headline import Reason, Rejection

_MOST_DIGITS = 20
"""A longer number stays text, so that one absurd number does not cost the document."""

MAX_BRACKETS = 500_000
"""Objects and lists in one document: what bounds the memory that it takes (some 250 bytes each)."""


_STRING = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.S)
_BRACKET = re.compile(r"[\[\]{}]")


def load(chunks: Iterable[str]) -> Any:
    """The value of a JSON document. MalformedPayload for anything else, for one nested deeper than its limits allow
    and for one of more than MAX_BRACKETS objects and lists."""
    text, nesting = "".join(chunks), limits_of(chunks).nesting
    brackets = text.count("{") + text.count("[")
    if brackets > MAX_BRACKETS:
        raise _over("has more objects and lists than are read", "brackets", MAX_BRACKETS)
    if brackets > nesting and _depth(text) > nesting:
        raise _over("is nested deeper than is read", "ORTOO_MAX_NESTING", nesting)
    try:
        return json.loads(text.lstrip("\ufeff \t\r\n"), strict=False, parse_int=_integer)
    except RecursionError as error:
        raise _over("is nested deeper than is read", "ORTOO_MAX_NESTING", nesting) from error
    except ValueError as error:
        raise MalformedPayload(f"This is not JSON: {error}.", reason=Reason.MALFORMED) from error


def _depth(text: str) -> int:
    """How many objects and lists stand inside each other at most."""
    deepest = depth = 0
    for bracket in _BRACKET.findall(_STRING.sub("", text)):
        depth += 1 if bracket in "[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _integer(digits: str) -> int | str:
    return int(digits) if len(digits) <= _MOST_DIGITS else digits


def objects(values: Any) -> Iterator[Mapping[str, Any] | Rejection]:
    """The objects of a list; what is no object is a rejection. Nothing for what is no list."""
    for value in values if isinstance(values, list) else ():
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
    named = f"{limit} {value:,}" if limit.startswith("ORTOO") else f"{value:,}"
    return MalformedPayload(f"The JSON document {what} ({named}).", reason=Reason.TOO_LARGE, limit=limit, value=value)
