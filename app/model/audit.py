"""The audit: who did what to what, when, and what was there before and after."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

Facts = Mapping[str, Any]
"""A state as JSON can hold it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One action. `who` is an editor's name, or `cli` for the command line; `kind` and `key` name the object (`day`
    `2026-01-15`), `before` and `after` its state as far as the action is about it. `at` is aware UTC."""

    id: int
    at: datetime
    who: str
    action: str
    kind: str
    key: str
    before: Facts | None = None
    after: Facts | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which entries: empty means any. `since` and `until` are Ulaanbaatar days, inclusive; `before` is the number
    behind which a page begins."""

    who: str = ""
    action: str = ""
    kind: str = ""
    key: str = ""
    since: date | None = None
    until: date | None = None
    before: int | None = None
