"""Sources: the addresses that are fetched, what is remembered of each, and how each is doing.

All instants are aware UTC.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from app.model.fetch import FetchState, Validators

AUTO = "auto"
"""The kind of a source whose format is recognised anew at every fetch."""


@dataclass(frozen=True, slots=True)
class Source:
    """An address that is fetched, as an operator describes it. `id` is 0 before it is stored.

    `category` is a path such as `Regional/Agencies`. `kind` is the name of an ingest format or AUTO. `outlet` is the
    registrable domain of every item that names none itself; None for an aggregator, whose items each name theirs.
    `language` is a hint, `zone` the IANA zone of clock times without one. `keywords` is a filter
    (`app.ingest.keywords`: a rule's name or words of one's own), empty: all items. `interval` is in seconds, None: from
    what the source publishes. `listing` is the rule that says where the headlines stand in an HTML page
    (`app.ingest.listing`), `columns` maps columns to the source's names for them. `worked_on` is the last day on which
    somebody is known to have read the address with success.
    """

    url: str
    id: int = 0
    title: str = ""
    category: str = ""
    kind: str = AUTO
    outlet: str | None = None
    language: str | None = None
    zone: str | None = None
    keywords: str = ""
    interval: int | None = None
    enabled: bool = True
    note: str = ""
    listing: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    worked_on: date | None = None
    added_at: datetime | None = None

    @property
    def name(self) -> str:
        """What people call it: its title, else its address."""
        return self.title or self.url


@dataclass(frozen=True, slots=True)
class Habit:
    """What a source usually does, as a few rolling figures (`app.worker.habit` keeps them), so that nobody has to walk
    over its headlines.

    `fetches` counts the readings that went in; `per_day` is the mean of new items a day, `per_fetch` that of a fetch
    that brought any; `gap_days` the usual longest silence between new items. `brought_at` is when a new item last came.
    `languages` are the codes it has been read in. All empty for a source that was never read.
    """

    fetches: int = 0
    per_day: float = 0.0
    per_fetch: float = 0.0
    gap_days: float = 0.0
    brought_at: datetime | None = None
    languages: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Move:
    """A permanent redirect (301, 308) that was seen: `url` is where to, `times` how often in a row, `since` the first
    time."""

    url: str
    times: int
    since: datetime


@dataclass(frozen=True, slots=True)
class SourceState:
    """What is remembered of a source from one fetch to the next.

    `next_at` is when it is due; `fetched_at` the last try, `good_at` the last that was answered as it should be.
    `state` and `error` are the last fetch's. `failures` counts failures in a row, `failing_since` is the first of them.
    `validators` belong to the last body that was taken. `disabled_reason` says why the program itself stopped fetching.
    `lease_owner` may write until `lease_until`.
    """

    next_at: datetime
    fetched_at: datetime | None = None
    good_at: datetime | None = None
    state: FetchState | None = None
    error: str = ""
    failures: int = 0
    failing_since: datetime | None = None
    validators: Validators = field(default_factory=Validators)
    move: Move | None = None
    disabled_reason: str = ""
    lease_owner: str | None = None
    lease_until: datetime | None = None
    habit: Habit = Habit()


@dataclass(frozen=True, slots=True)
class Claimed:
    """A source that is due and, until `state.lease_until`, belongs to the worker that claimed it."""

    source: Source
    state: SourceState


@dataclass(frozen=True, slots=True)
class FetchRecord:
    """One fetch. `status` is the HTTP status, None where there was no answer; `seconds` and `bytes` what it took;
    `filtered` counts items that the keyword filter left out; `held` says that doubt keeps its items for a person."""

    at: datetime
    state: FetchState
    status: int | None = None
    seconds: float = 0.0
    bytes: int = 0
    added: int = 0
    updated: int = 0
    duplicate: int = 0
    rejected: int = 0
    filtered: int = 0
    held: bool = False
    error: str = ""


class Doubt(StrEnum):
    """Why what a fetch brought is held for a person. The codes are part of the interface and never change."""

    TOO_MANY = "too-many"  # many times what the source usually brings
    FURNITURE = "page-furniture"  # the same text again and again
    LANGUAGE = "new-language"  # a language that the source never had


@dataclass(frozen=True, slots=True)
class Reservation:
    """One reason to doubt a fetch, with a sentence for people that says the figures."""

    doubt: Doubt
    detail: str


@dataclass(frozen=True, slots=True)
class HeldBatch:
    """What doubt holds: the body as it came, with what is needed to read it again. `format` is the ingest format that
    read it, `items` how many headlines it would give. `id` is 0 before it is stored."""

    source_id: int
    at: datetime
    url: str
    media_type: str | None
    body: bytes
    format: str
    items: int
    reasons: tuple[Reservation, ...]
    id: int = 0


class Status(StrEnum):
    """How a source is doing, worst first. The codes are part of the interface and never change."""

    FAILING = "failing"  # the last fetches failed
    BLOCKED = "blocked"  # the outlet refuses us: shown, retried rarely, never evaded
    HELD = "held"  # something waits for a person
    LATE = "late"  # answers, but is silent for longer than is its habit
    NEW = "new"  # not fetched yet
    ON_TIME = "on-time"
    PAUSED = "paused"  # switched off, by a person or (410) by the program


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """What the store knows of a source's doing. `days` are the items added on each of the last Ulaanbaatar days that
    had a fetch, oldest first; `last` is the last fetch; `held` batches wait for a person since `held_since`."""

    source: Source
    state: SourceState
    days: tuple[tuple[date, int], ...] = ()
    last: FetchRecord | None = None
    held: int = 0
    held_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """How a source is doing. `silent_days` is the whole days without a new item, None before the first; `usual_days`
    the longest silence that is its habit, None before it is known. `since` is when it broke (FAILING, BLOCKED), fell
    silent (LATE) or was held; None where it is well. `next_at` is the next try, None when paused. `days` are the items
    added on each of the last HISTORY_DAYS days, oldest first, 0 on days without any."""

    source: Source
    state: SourceState
    status: Status
    silent_days: int | None = None
    usual_days: float | None = None
    since: datetime | None = None
    next_at: datetime | None = None
    days: tuple[tuple[date, int], ...] = ()
    last: FetchRecord | None = None
    held: int = 0


HISTORY_DAYS = 30
"""Days of a source's small bar chart."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What a fetch changes on its source: the state from now on and the record of the fetch. `url` is the address that
    it has moved to for good, `note` the whole new note; None where they stay. With a `state.disabled_reason` the source
    is switched off."""

    state: SourceState
    record: FetchRecord
    url: str | None = None
    note: str | None = None
