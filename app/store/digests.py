"""Digest columns: what a batch says of a (day, language) replaces what was there."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Connection, delete, insert, select, update

from app.model.headline import Headline
from app.store.counts import Place
from app.store.desk_tables import desk_digests
from app.store.identity import Known
from app.store.lookup import KEYS, ask
from app.store.schema import digest_entries, digests

_e = digest_entries.c
_OF_DAYS = select(_e.day, _e.language, _e.position, _e.rank, _e.headline_id).where(_e.day.in_(KEYS))
_CARRYING = select(_e.headline_id, _e.day, _e.language).where(_e.headline_id.in_(KEYS))

Entry = tuple[int, int | None, int]
"""Position, printed rank, the headline's number."""


@dataclass(slots=True)
class DigestChange:
    """What happens to the digest columns that a batch names: `before` and `after` hold those that really change, whole;
    `moved` are the numbers of the headlines whose entry appears, disappears or changes."""

    before: dict[Place, list[Entry]] = field(default_factory=dict)
    after: dict[Place, list[Entry]] = field(default_factory=dict)

    def moved(self, place: Place, headline_id: int) -> bool:
        """Whether this headline's entry in this column is another one than before."""
        if place not in self.after:
            return False
        return _of(self.before[place], headline_id) != _of(self.after[place], headline_id)

    def headline_ids(self) -> set[int]:
        """Every headline of the changed columns."""
        return {entry[2] for column in (*self.before.values(), *self.after.values()) for entry in column}


def _of(column: list[Entry], headline_id: int) -> Entry | None:
    return next((entry for entry in column if entry[2] == headline_id), None)


def compare(connection: Connection, headlines: Sequence[Headline], known: Sequence[Known]) -> DigestChange:
    """The columns that `headlines` name (`known` are the same ones as the store has them, numbered), against what is
    stored."""
    told = _columns(headlines, known)
    _leave_to_editors(connection, told)
    stored: dict[Place, list[Entry]] = defaultdict(list)
    for day, language, *entry in ask(connection, _OF_DAYS, sorted({day for day, _ in told})):
        stored[day, language].append((entry[0], entry[1], entry[2]))
    change = DigestChange()
    for place, column in told.items():
        before = sorted(stored[place])
        if before != column:
            change.before[place], change.after[place] = before, column
    return change


def _leave_to_editors(connection: Connection, told: dict[Place, list[Entry]]) -> None:
    """Take out of `told` the days that editors have in hand; what came is kept beside their order, for them to see."""
    columns, arrived = desk_digests.c.columns, desk_digests.c.arrived
    wanted = select(desk_digests.c.day, columns, arrived).where(desk_digests.c.day.in_(KEYS))
    for day, theirs, before in ask(connection, wanted, sorted({day for day, _ in told})):
        came = {place[1]: [entry[2] for entry in told.pop(place)] for place in list(told) if place[0] == day}
        other = {c: ids for c, ids in came.items() if ids != [number for number, _ in theirs.get(c, ())]}
        kept = {**{c: ids for c, ids in (before or {}).items() if c not in came}, **other} or None
        if kept != before:
            changed = update(desk_digests).where(desk_digests.c.day == day)
            connection.execute(changed.values(arrived=kept))


def _columns(headlines: Sequence[Headline], known: Sequence[Known]) -> dict[Place, list[Entry]]:
    """By place, each headline once (at its first position), no position twice: one that is taken moves down."""
    told: dict[Place, list[Entry]] = defaultdict(list)
    for headline, one in zip(headlines, known, strict=True):
        place = headline.draft.place
        if place is not None:
            told[place.day, place.language].append((place.position, place.rank, one.id))
    for column in told.values():
        column.sort(key=lambda entry: entry[0])
        column[:] = spread(column)
    return told


def spread(column: Iterable[Entry]) -> list[Entry]:
    """Entries in order of position -> each thing once, each position once, none lost."""
    seen: set[int] = set()
    spaced: list[Entry] = []
    for position, rank, number in column:
        if number not in seen:
            seen.add(number)
            spaced.append((max(position, spaced[-1][0] + 1 if spaced else 1), rank, number))
    return spaced


def ensure(connection: Connection, days: Iterable[date], origin_id: int, at: datetime) -> None:
    """A row in `digests` for each of these days, whose contents change now."""
    for day in sorted(days):
        touched = connection.execute(update(digests).where(digests.c.day == day).values(updated_at=at)).rowcount
        if not touched:
            row = {"day": day, "origin_id": origin_id, "created_at": at, "updated_at": at}
            connection.execute(insert(digests).values(**row))


def replace(connection: Connection, change: DigestChange) -> None:
    """Write the changed columns, of which there are some."""
    for day, language in change.after:
        connection.execute(delete(digest_entries).where(_e.day == day, _e.language == language))
    rows = [
        {"day": day, "language": language, "position": position, "rank": rank, "headline_id": headline_id}
        for (day, language), column in change.after.items()
        for position, rank, headline_id in column
    ]
    connection.execute(insert(digest_entries), rows)


def carrying(connection: Connection, headline_ids: Iterable[int]) -> dict[int, set[Place]]:
    """Headline's number -> the columns of all digests that carry it."""
    places: dict[int, set[Place]] = defaultdict(set)
    for headline_id, day, language in ask(connection, _CARRYING, sorted(headline_ids)):
        places[headline_id].add((day, language))
    return places
