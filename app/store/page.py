"""A part of the plain list of headlines, newest first, each headline once.

A headline that several days list (see `app.store.counts`) stands under the earliest of them whose digest carries it,
else under its own; days and columns that the filter leaves out do not count. The kept counts say which days to look at,
so that a rare outlet or language costs no more than a common one.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, exists, null, or_, select, true

from app.model.filters import TimelineFilter
from app.model.headline import DigestPlace
from app.model.item import Position
from app.model.language import COLUMNS
from app.store import listing
from app.store.dialects import DIALECTS, listed
from app.store.listing import When, Words, carried, newest_days, own, within
from app.store.lookup import ask_all
from app.store.schema import digest_entries, headlines
from app.store.spans import spans
from app.store.types import Id

_h, _e = headlines.c, digest_entries.c
_b = digest_entries.alias("better").c
_NOWHERE = (null().label("position"), null().label("rank"))

FIRST_DAYS = 8
"""Days whose counts are looked at first; they nearly always hold enough."""

_PLACES = {
    name: select(digest_entries).where(_e.headline_id.in_(listed(name, Id))).order_by(_e.day, _e.language)
    for name in DIALECTS
}


def rows(
    connection: Connection,
    columns: Sequence[ColumnElement[Any]],
    f: TimelineFilter,
    words: Words,
    after: Position | None,
    limit: int,
) -> list[Row[Any]]:
    """`columns` of the first `limit` headlines that match, behind `after`; with `under` (the day), `column`, `position`
    and `rank` (None outside a digest)."""
    found: list[Row[Any]] = []
    rest = f.but(before=after.day + timedelta(days=1)) if after else f
    for first, last in _blocks(connection, rest, words, after, limit):
        for question in _arms(columns, f, words, within(last, first), after):
            found += connection.execute(question.limit(limit))
        if len(found) >= limit:
            break
    return sorted(found, key=_newest_first, reverse=True)[:limit]


def titles(connection: Connection, f: TimelineFilter, words: Words, limit: int) -> list[tuple[int, str]]:
    """Numbers and titles of the newest headlines that match, each once, by their newest day."""
    found: dict[int, str] = {}
    for first, last in spans(connection, f, words, limit):
        for _, number, title in listing.titles(connection, f, words, within(first, last), limit):
            found.setdefault(number, title)
        if len(found) >= limit:
            break
    return list(found.items())[:limit]


def places(connection: Connection, headline_ids: Collection[int]) -> dict[int, tuple[DigestPlace, ...]]:
    """Number -> all places in digests, earliest first; absent for a headline that no digest carries."""
    found: dict[int, list[DigestPlace]] = {}
    for entry in ask_all(connection, _PLACES, headline_ids):
        place = DigestPlace(entry.day, entry.language, entry.position, entry.rank)
        found.setdefault(entry.headline_id, []).append(place)
    return {number: tuple(of_one) for number, of_one in found.items()}


def _blocks(
    connection: Connection, f: TimelineFilter, words: Words, after: Position | None, limit: int
) -> Iterator[tuple[date, date]]:
    """Spans of days, newest first, to be looked through until enough is found: without words as many days as hold
    enough by the kept counts (nobody knows how much the day of `after` still holds), with words
    or of a coverage ever more."""
    if words or f.coverage:
        for first, last in spans(connection, f, words, limit):
            yield last, first
        return
    block = FIRST_DAYS
    while days := newest_days(connection, f, block):
        chosen, n = [], 0
        for day, there in days:
            chosen.append(day)
            n += 0 if after and day == after.day else there
            if n >= limit:
                break
        yield chosen[0], chosen[-1]
        f, block = replace(f, before=chosen[-1]), block * 2


def _arms(
    columns: Sequence[ColumnElement[Any]], f: TimelineFilter, words: Words, days: When, after: Position | None
) -> Iterator[Select[Any]]:
    """The headlines that digests list on `days`, and those that stand there by themselves, in order."""
    for arm, day, column, entry in (
        (carried, _e.day, _e.language, (_e.position, _e.rank)),
        (own, _h.day, _h.language, _NOWHERE),
    ):
        told = (*columns, _h.sort_at, day.label("under"), column.label("column"), *entry)
        question = arm(told, f, words, days).where(
            ~exists().where(*_better(f, earlier=arm is carried)), _behind(day, after)
        )
        yield question.order_by(day.desc(), _h.sort_at.desc(), _h.id.desc())


def _better(f: TimelineFilter, *, earlier: bool) -> Iterator[ColumnElement[bool]]:
    """A digest's entry of the same headline that the question is about; `earlier` than the one at hand."""
    yield _b.headline_id == _h.id
    yield _b.language.in_(f.languages or COLUMNS)
    if f.since:
        yield _b.day >= f.since
    if f.until:
        yield _b.day <= f.until
    if earlier:
        yield or_(_b.day < _e.day, and_(_b.day == _e.day, _b.language < _e.language))


def _behind(day: ColumnElement[date], after: Position | None) -> ColumnElement[bool]:
    if after is None:
        return true()
    later_on = or_(_h.sort_at < after.at, and_(_h.sort_at == after.at, _h.id < after.id))
    return or_(day < after.day, and_(day == after.day, later_on))


def _newest_first(row: Row[Any]) -> tuple[date, datetime, int]:
    return row.under, row.sort_at, row.id
