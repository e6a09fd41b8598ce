"""What a fetch changes on its source: pure, so that every case is a row of a test."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.model.fetch import Fetched, FetchState, Validators
from app.model.source import Claimed, FetchRecord, Habit, Move, Settled, SourceState
from app.worker.habit import begun, grown
from app.worker.schedule import Pace, delay, next_at

MOVED_TIMES = 3
"""A permanent redirect is believed after so many sights in a row …"""

MOVED_AFTER = timedelta(days=2)
"""… over so long: a site under repair says 301 too, for an evening."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of the items of a fetch. `filtered` were left out by the source's keywords. `published` are the
    instants that the headlines state, `languages` the codes that are certain. `held`: doubt keeps them for a person."""

    added: int = 0
    updated: int = 0
    duplicate: int = 0
    rejected: int = 0
    filtered: int = 0
    published: tuple[datetime, ...] = ()
    languages: frozenset[str] = frozenset()
    held: bool = False


NOTHING = Brought()


def settle(claimed: Claimed, fetched: Fetched, brought: Brought, pace: Pace, chance: float) -> Settled:
    """The source's state after a fetch, and the fetch's record. `chance` is a random number from 0 up to 1."""
    source, before = claimed.source, claimed.state
    good = fetched.state.good
    failures = 0 if good else before.failures + 1
    habit = _habit(before, fetched, brought) if good else before.habit
    move = _move(before.move, fetched)
    moved = move is not None and move.times >= MOVED_TIMES and fetched.at - move.since >= MOVED_AFTER
    gone = fetched.state is FetchState.GONE
    wait = delay(source, habit, fetched, failures, pace, chance, held=brought.held)
    state = replace(
        before,
        next_at=next_at(fetched.at, wait),
        fetched_at=fetched.at,
        good_at=fetched.at if good else before.good_at,
        state=fetched.state,
        error=fetched.error or "",
        failures=failures,
        failing_since=None if good else before.failing_since or fetched.at,
        validators=_validators(before.validators, fetched),
        move=None if moved else move,
        disabled_reason=f"410 Gone since {fetched.at:%Y-%m-%d}: the outlet took it away for good." if gone else "",
        habit=habit,
    )
    url = move.url if moved and move else None
    told = state.disabled_reason or (f"Moved on {fetched.at:%Y-%m-%d} from {source.url}." if moved else "")
    note = "\n".join(filter(None, (source.note, told))) if told else None
    return Settled(state, _record(fetched, brought), url=url, note=note)


def _habit(before: SourceState, fetched: Fetched, brought: Brought) -> Habit:
    """Of what is held nothing is learned: it counts when a person has published it."""
    if brought.held:
        return before.habit
    if not before.habit.fetches:
        if fetched.state is not FetchState.OK:
            return before.habit
        return begun(fetched.at, brought.published, brought.languages, brought.added)
    return grown(before.habit, fetched.at, before.good_at, brought.added, brought.languages)


def _move(before: Move | None, fetched: Fetched) -> Move | None:
    """Only an answer that can be read speaks for the new address; a failure neither confirms nor denies it."""
    if not fetched.state.good:
        return before
    if fetched.moved_to is None or fetched.moved_to == fetched.url:
        return None
    if before is None or before.url != fetched.moved_to:
        return Move(fetched.moved_to, 1, fetched.at)
    return replace(before, times=before.times + 1)


def _validators(before: Validators, fetched: Fetched) -> Validators:
    """Those of the last body that was read; a 304 or an unchanged body may bring newer ones."""
    if not fetched.state.good:
        return before
    if fetched.state is FetchState.OK:
        return fetched.validators
    return Validators(
        fetched.etag or before.etag,
        fetched.last_modified or before.last_modified,
        fetched.body_hash or before.body_hash,
    )


def _record(fetched: Fetched, brought: Brought) -> FetchRecord:
    return FetchRecord(
        at=fetched.at,
        state=fetched.state,
        status=fetched.status,
        seconds=round(fetched.seconds, 3),
        bytes=fetched.bytes,
        added=brought.added,
        updated=brought.updated,
        duplicate=brought.duplicate,
        rejected=brought.rejected,
        filtered=brought.filtered,
        held=brought.held,
        error=fetched.error or "",
    )
