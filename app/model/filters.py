"""Filters: what a reader asked to see, as one immutable value that round-trips through a query string.

`FILTERS` is the table: one row per parameter, in the canonical order of the address. A new filter is a field here, a
row in the table, one condition in `app/store/read.py` and one control in `templates/partials/filters.html`.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Self
from urllib.parse import parse_qsl, urlencode

from app.errors import BadFilter
from app.model.day import parse_day
from app.model.language import is_language_code

MAX_QUERY_CHARS = 65_536
"""Of a whole query string: ten thousand Cyrillic letters, escaped, are 60,000; servers read no longer lines."""
MAX_OUTLETS = 30
MAX_LANGUAGES = 10
COVERAGE = ("both", "mn", "en")
"""Told in both languages, only in Mongolian, only in English (`app.model.story.Covered`)."""
MAX_TEXT_CHARS = 200
"""Of a search; what is longer is cut there."""

_DOMAIN = re.compile(r"(?!-)[a-z0-9-]{1,63}(?:\.(?!-)[a-z0-9-]{1,63})+", re.ASCII)


def _languages(values: list[str]) -> tuple[str, ...]:
    if len(set(values)) > MAX_LANGUAGES or not all(map(is_language_code, values)):
        raise ValueError(f"language codes such as mn or en, at most {MAX_LANGUAGES}")
    return tuple(sorted(set(values)))


def _outlets(values: list[str]) -> tuple[str, ...]:
    lowered = {value.lower() for value in values}
    if len(lowered) > MAX_OUTLETS or not all(len(v) <= 253 and _DOMAIN.fullmatch(v) for v in lowered):
        raise ValueError(f"domains such as montsame.mn, at most {MAX_OUTLETS}")
    return tuple(sorted(lowered))


def _text(values: list[str]) -> str:
    """Any text is a question (`app.search.query`): what is no character is dropped, what is too long is cut. Nothing
    but such is a question still, and finds nothing: otherwise it would find everything."""
    shown = "".join(" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in " ".join(values))
    return unicodedata.normalize("NFC", " ".join(shown.split()))[:MAX_TEXT_CHARS].strip() or "\ufffd"


def _day(values: list[str]) -> date:
    day = parse_day(values[0]) if len(set(values)) == 1 else None
    if day is None:
        raise ValueError("a day such as 2026-01-15")
    return day


def _coverage(values: list[str]) -> str:
    if len(set(values)) != 1 or values[0] not in COVERAGE:
        raise ValueError("both, mn or en")
    return values[0]


@dataclass(frozen=True, slots=True)
class _Row:
    """One parameter: its name in the address, the field that holds it, how it is read and how it is written."""

    name: str
    field: str
    read: Callable[[list[str]], Any]
    write: Callable[[Any], Iterable[str]]


FILTERS: tuple[_Row, ...] = (
    _Row("lang", "languages", _languages, lambda v: v),
    _Row("outlet", "outlets", _outlets, lambda v: v),
    _Row("q", "text", _text, lambda v: [v]),
    _Row("coverage", "coverage", _coverage, lambda v: [v]),
    _Row("from", "since", _day, lambda v: [v.isoformat()]),
    _Row("to", "until", _day, lambda v: [v.isoformat()]),
    _Row("before", "before", _day, lambda v: [v.isoformat()]),
)
_BY_NAME = {row.name: row for row in FILTERS}


@dataclass(frozen=True, slots=True)
class TimelineFilter:
    """Which headlines to show. Every field empty means everything.

    `languages` and `outlets` are sorted, without repeats (several mean any of them); `text` is a search as
    `app.search.query` reads it; `coverage` is one of COVERAGE; `since` and `until` are inclusive Ulaanbaatar days;
    `before` is the paging cursor: only earlier days.
    """

    languages: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    text: str = ""
    coverage: str = ""
    since: date | None = None
    until: date | None = None
    before: date | None = None

    @classmethod
    def from_query(cls, query: str) -> Self:
        """Read a query string. Empty and unknown parameters are ignored. BadFilter for a value that cannot be one."""
        if len(query) > MAX_QUERY_CHARS:
            raise BadFilter(
                "The query string is too long.", name="query", value=query[:80], expected=str(MAX_QUERY_CHARS)
            )
        try:
            pairs = parse_qsl(query, encoding="utf-8", errors="strict", max_num_fields=200)
        except ValueError as error:
            raise BadFilter(
                "The query string cannot be read.", name="query", value=query[:80], expected="UTF-8"
            ) from error
        given: dict[str, list[str]] = {}
        for name, value in pairs:
            if name in _BY_NAME and value.strip():
                given.setdefault(name, []).append(value.strip())
        values: dict[str, Any] = {}
        for name, texts in given.items():
            row = _BY_NAME[name]
            try:
                values[row.field] = row.read(texts)
            except ValueError as error:
                bad = ", ".join(texts)[:80]
                raise BadFilter(
                    f"{name}={bad}: expected {error}.", name=name, value=bad, expected=str(error)
                ) from error
        made = cls(**values)
        if made.since and made.until and made.since > made.until:
            shown = made.until.isoformat()
            raise BadFilter("to is earlier than from.", name="to", value=shown, expected=f"a day from {made.since} on")
        return made

    def to_query(self) -> str:
        """The canonical query string, without `?`; empty when nothing is asked. `from_query` reads it back exactly."""
        pairs = []
        for row in FILTERS:
            value = getattr(self, row.field)
            if value:
                pairs += [(row.name, text) for text in row.write(value)]
        return urlencode(pairs, safe="")

    def but(self, **changes: Any) -> Self:
        """The same filter with some fields changed; paging starts again unless it is what changes."""
        return replace(self, **{"before": None, **changes})

    @property
    def narrows(self) -> bool:
        """Whether anything is left out (the paging cursor does not count)."""
        return any(getattr(self, row.field) for row in FILTERS if row.field != "before")


assert {row.field for row in FILTERS} == {f.name for f in fields(TimelineFilter)}
