"""Sources between the model and their tables."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from app.model.fetch import FetchState, Validators
from app.model.source import Doubt, FetchRecord, Habit, HeldBatch, Move, Reservation, Source, SourceState
from app.store.registry import plain
from app.store.source_tables import fetches, held_batches, source_state, sources

SOURCES = select(sources).order_by(sources.c.id)
WITH_STATE = select(sources, *(c.label(f"state_{c.name}") for c in source_state.c)).join(source_state)


def source_values(source: Source) -> dict[str, Any]:
    """What an operator says of a source, as a row without `id` and `added_at`."""
    return {
        "url": plain(source.url),
        "title": plain(source.title),
        "category": plain(source.category),
        "kind": source.kind,
        "outlet": source.outlet,
        "language": source.language,
        "zone": source.zone,
        "keywords": plain(source.keywords),
        "interval": source.interval,
        "enabled": source.enabled,
        "note": plain(source.note),
        "listing": plain(source.listing),
        "columns": dict(source.columns),
        "worked_on": source.worked_on,
    }


def source_of(row: Row[Any]) -> Source:
    """A row of `sources`."""
    return Source(
        id=row.id,
        url=row.url,
        title=row.title,
        category=row.category,
        kind=row.kind,
        outlet=row.outlet,
        language=row.language,
        zone=row.zone,
        keywords=row.keywords,
        interval=row.interval,
        enabled=row.enabled,
        note=row.note,
        listing=row.listing,
        columns=row.columns,
        worked_on=row.worked_on,
        added_at=row.added_at,
    )


def state_values(state: SourceState) -> dict[str, Any]:
    """A state as a row without its source."""
    move, habit, validators = state.move, state.habit, state.validators
    return {
        "next_at": state.next_at,
        "fetched_at": state.fetched_at,
        "good_at": state.good_at,
        "state": state.state.value if state.state else None,
        "error": plain(state.error),
        "failures": state.failures,
        "failing_since": state.failing_since,
        "etag": plain(validators.etag) if validators.etag else None,
        "last_modified": plain(validators.last_modified) if validators.last_modified else None,
        "body_hash": validators.body_hash,
        "moved_to": plain(move.url) if move else None,
        "moved_times": move.times if move else 0,
        "moved_since": move.since if move else None,
        "disabled_reason": plain(state.disabled_reason),
        "lease_owner": state.lease_owner,
        "lease_until": state.lease_until,
        "habit_fetches": habit.fetches,
        "habit_per_day": habit.per_day,
        "habit_per_fetch": habit.per_fetch,
        "habit_gap_days": habit.gap_days,
        "brought_at": habit.brought_at,
        "languages": " ".join(sorted(habit.languages)),
    }


def state_of(row: Row[Any]) -> SourceState:
    """The state in a row of WITH_STATE."""
    moved_to, moved_since = row.state_moved_to, row.state_moved_since
    return SourceState(
        next_at=row.state_next_at,
        fetched_at=row.state_fetched_at,
        good_at=row.state_good_at,
        state=FetchState(row.state_state) if row.state_state else None,
        error=row.state_error,
        failures=row.state_failures,
        failing_since=row.state_failing_since,
        validators=Validators(row.state_etag, row.state_last_modified, row.state_body_hash),
        move=Move(moved_to, row.state_moved_times, moved_since) if moved_to and moved_since else None,
        disabled_reason=row.state_disabled_reason,
        lease_owner=row.state_lease_owner,
        lease_until=row.state_lease_until,
        habit=Habit(
            fetches=row.state_habit_fetches,
            per_day=row.state_habit_per_day,
            per_fetch=row.state_habit_per_fetch,
            gap_days=row.state_habit_gap_days,
            brought_at=row.state_brought_at,
            languages=frozenset(row.state_languages.split()),
        ),
    )


def fresh_state(now: datetime) -> SourceState:
    """The state of a source that was never fetched: due at once."""
    return SourceState(next_at=now)


_RECORD = [c for c in fetches.c if c.name not in ("id", "source_id")]
RECORDS = select(fetches.c.source_id, *_RECORD)


def record_values(record: FetchRecord) -> dict[str, Any]:
    """A fetch as a row without its numbers."""
    values = {column.name: getattr(record, column.name) for column in _RECORD}
    return values | {"state": record.state.value, "error": plain(record.error)}


def record_of(row: Row[Any]) -> FetchRecord:
    """A row of RECORDS."""
    values = {column.name: getattr(row, column.name) for column in _RECORD}
    return FetchRecord(**(values | {"state": FetchState(row.state)}))


HELD = select(*(c for c in held_batches.c if c.name not in ("key", "body")))
"""Without the bodies, which may be large."""


def held_of(row: Row[Any], body: bytes = b"") -> HeldBatch:
    """A row of HELD."""
    return HeldBatch(
        id=row.id,
        source_id=row.source_id,
        at=row.at,
        url=row.url,
        media_type=row.media_type,
        body=body,
        format=row.format,
        items=row.items,
        reasons=tuple(Reservation(Doubt(code), detail) for code, detail in row.reasons),
    )
