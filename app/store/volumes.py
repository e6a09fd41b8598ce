"""How much was printed, when and by whom: sums of the kept counts, and where words are found.

Sums come from `day_counts`, never from counting headlines. Unlike the lists of days they take in every language: a
share of the whole needs the whole.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from app.model.filters import TimelineFilter
from app.model.timeline import Found, LanguageShare
from app.store.counts import Counts
from app.store.listing import FIRST_BLOCK, Words, tally, within
from app.store.schema import day_counts, outlets

_c, _o = day_counts.c, outlets.c


def per_day(connection: Connection, since: date, until: date, outlet: str | None) -> dict[tuple[date, str], int]:
    """(day, column) -> headlines listed from `since` to `until` (inclusive), of one outlet or of all."""
    question = select(_c.day, _c.language, func.sum(_c.n)).where(_c.day.between(since, until))
    if outlet is not None:
        question = question.where(_c.outlet_id == _number(outlet))
    rows = connection.execute(question.group_by(_c.day, _c.language))
    return {(day, language): int(n) for day, language, n in rows}


def shares(connection: Connection, outlet: str) -> tuple[LanguageShare, ...]:
    """What an outlet printed in each language, most first, with its first and last day there."""
    n = func.sum(_c.n)
    question = select(_c.language, n, func.min(_c.day), func.max(_c.day)).where(_c.outlet_id == _number(outlet))
    rows = connection.execute(question.group_by(_c.language).order_by(n.desc(), _c.language))
    return tuple(LanguageShare(language, int(total), first, last) for language, total, first, last in rows)


def _number(outlet: str) -> ColumnElement[Any]:
    return select(_o.id).where(_o.domain == outlet).scalar_subquery()


def found(
    connection: Connection, words: Words, since: date | None, until: date | None, most: int
) -> tuple[tuple[Found, ...], bool]:
    """Where headlines with these words are listed, newest day first, in every language and outlet; and whether the look
    ended before the archive did. A rare word is looked up at once; for a common one it goes through blocks of days
    until about `most` headlines are found, whole days only."""
    counted: Counts = Counter()
    cut = False
    for first, last in _spans(connection, words, since, until, counted, most):
        if counted.total() >= most:
            cut = True
            break
        counted += tally(connection, TimelineFilter(), words, within(first, last), columns=None)
    domains: dict[int, str] = {row.id: row.domain for row in connection.execute(select(_o.id, _o.domain))}
    ordered = sorted(counted.items(), key=lambda pair: (-pair[0][0].toordinal(), pair[0][1:]))
    return tuple(Found(day, language, domains[outlet_id], n) for (day, language, outlet_id), n in ordered), cut


def _spans(
    connection: Connection, words: Words, since: date | None, until: date | None, counted: Counts, most: int
) -> Iterator[tuple[date, date]]:
    """Spans of days to look through, newest first: all for a rare word; else some, then as many as are likely to have
    what is still missing of `most`."""
    if words.rare:
        yield since or date.min, until or date.max
        return
    size, looked, before = FIRST_BLOCK, 0, None
    while days := _days(connection, size, since, until, before):
        yield days[-1], days[0]
        n, looked, before = counted.total(), looked + len(days), days[-1]
        size = min(4 * size, max(1, looked * (most - n) // n)) if n else 4 * size


def _days(connection: Connection, size: int, since: date | None, until: date | None, before: date | None) -> list[date]:
    """The newest days that have any headline."""
    question = select(_c.day).group_by(_c.day).order_by(_c.day.desc()).limit(size)
    for bound in (
        None if since is None else _c.day >= since,
        None if until is None else _c.day <= until,
        None if before is None else _c.day < before,
    ):
        question = question if bound is None else question.where(bound)
    return list(connection.execute(question).scalars())
