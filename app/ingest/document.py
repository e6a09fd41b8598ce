"""A JSON document that somebody sends, as lines of NDJSON: one item, a list of items, or an object whose `items` are
one. It is read strictly (RFC 8259), item by item, so that a document of any shape costs no more than its own size; one
fault, wherever it is, and there are no lines at all."""

import json
import re
from collections.abc import Iterator
from typing import Any, NoReturn

from app.errors import MalformedPayload
from app.ingest.json_items import dumped
from app.model.headline import Reason

_LIST = "items"
_BLANKS = re.compile(r"[ \t\r\n]*")
_MOST_DIGITS = 400
"""A longer number is none that anybody means; Python's own limit is 4,300."""


def lines(body: bytes) -> list[bytes]:
    """The items, each on a line of its own, without line ends: as they stand, or written anew where they ran over
    several lines. What is an item but no object is a line all the same: who reads lines says what is wrong with it.

    MalformedPayload for what is no JSON or is cut off (`facts`: line and column, from 1), or no UTF-8."""
    try:
        text = body.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError as error:
        at = body[: error.start]
        line, column = at.count(b"\n") + 1, len(at) - at.rfind(b"\n")
        raise MalformedPayload(
            f"JSON is UTF-8, and byte {error.start:,} (line {line:,}) is not.",
            reason=Reason.ENCODING,
            line=line,
            column=column,
        ) from error
    return _Scanner(text).lines()


class _Scanner:
    """Walks over one document; `_at` is where it stands."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._decode = json.JSONDecoder(parse_constant=_no_constant, parse_int=_integer).raw_decode

    def lines(self) -> list[bytes]:
        """The whole document."""
        if not self._text.strip(" \t\r\n"):
            raise MalformedPayload("The document is empty.", reason=Reason.EMPTY)
        if self._next() == "[":
            found = list(self._list())
        elif self._next() == "{":
            found = self._object()
        else:
            self._fail("an object or a list was expected")
        if self._next():
            self._fail("the document goes on after its end")
        return found

    def _object(self) -> list[bytes]:
        """The items of an object that holds a list of them, else the object itself."""
        start = self._at
        found: list[bytes] | None = None
        self._at += 1
        first = True
        while not self._closes("}", first=first):
            first = False
            if self._next() != '"':
                self._fail("the name of a member was expected")
            name, _ = self._value()
            if self._next() != ":":
                self._fail("a colon was expected")
            self._at += 1
            if name == _LIST and self._next() == "[":
                found = list(self._list())
            else:
                self._value()
        return [_line(None, self._text[start : self._at])] if found is None else found

    def _list(self) -> Iterator[bytes]:
        self._at += 1
        first = True
        while not self._closes("]", first=first):
            first = False
            yield _line(*self._value())

    def _closes(self, bracket: str, *, first: bool) -> bool:
        """Step over the closing bracket; or, before any but the first part, over a comma."""
        sign = self._next()
        if sign == bracket:
            self._at += 1
            return True
        if not first:
            if sign != ",":
                self._fail(f"a comma or {bracket} was expected")
            self._at += 1
        return False

    def _value(self) -> tuple[Any, str]:
        """The value that begins here, and its text."""
        self._next()
        start = self._at
        try:
            value, self._at = self._decode(self._text, start)
        except json.JSONDecodeError as error:
            self._at = len(self._text) if error.msg.startswith("Unterminated") else error.pos
            what = error.msg.removesuffix(" at").removesuffix(" starting")
            self._fail(what[:1].lower() + what[1:])
        except RecursionError:
            self._fail("it is nested too deep")
        except ValueError as error:
            self._fail(str(error))
        return value, self._text[start : self._at]

    def _next(self) -> str:
        """The next sign that is no blank, "" at the end."""
        self._at = _BLANKS.match(self._text, self._at).end()  # type: ignore[union-attr]
        return self._text[self._at : self._at + 1]

    def _fail(self, what: str) -> NoReturn:
        cut = "; the document is cut off" if not self._text[self._at :].strip() else ""
        line = self._text.count("\n", 0, self._at) + 1
        column = self._at - self._text.rfind("\n", 0, self._at)
        raise MalformedPayload(
            f"This is not JSON: {what}, line {line:,}, column {column:,}{cut}.",
            reason=Reason.MALFORMED,
            line=line,
            column=column,
        )


def _line(value: Any, text: str) -> bytes:
    """An item as one line."""
    if "\n" not in text and "\r" not in text:
        return text.encode("utf-8")
    return dumped(json.loads(text) if value is None else value)


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no value of JSON")


def _integer(digits: str) -> int:
    if len(digits) > _MOST_DIGITS:
        raise ValueError(f"a number of {len(digits):,} digits")
    return int(digits)
