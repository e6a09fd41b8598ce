"""What all subjects have in common."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from sqlalchemy import Connection

from app.model.search import Spelling

PART = 1_000
"""Rows looked at in one transaction."""


@dataclass(frozen=True, slots=True)
class Rules:
    """How things are derived, from the rooms that know: `keys` of title, day and first sight (folded form, then
    near-duplicate keys), `url_key` of a canonical address, `title_key` of outlet and published title. `now` is the
    instant that repaired rows carry."""

    spelling: Spelling
    keys: Callable[[str, date, datetime], tuple[str, tuple[int, ...]]]
    url_key: Callable[[str], bytes]
    title_key: Callable[[str, str], bytes]
    now: datetime


@dataclass(frozen=True, slots=True)
class Look:
    """What one part showed. `after` is where the next one begins, None when there is none; `looked` counts things,
    `faults` are words about each wrong one."""

    after: Any
    looked: int
    faults: tuple[str, ...]


class Subject(Protocol):
    """One kind of derived data. `name` is public; a part is given by where the one before it ended."""

    name: str

    def look(self, connection: Connection, rules: Rules, after: Any) -> Look:
        """Compare a part, inside a transaction of any kind."""
        ...

    def mend(self, connection: Connection, rules: Rules, after: Any) -> None:
        """Derive the same part again, inside a write transaction; what cannot be derived stays as it is."""
        ...
