"""How much was printed, when and by whom: sums of the kept counts, and where words are found.

Sums come from `day_counts`, never from counting headlines. Unlike the lists of days they take in every language: a
share of the whole needs the whole.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from app.model.filters import TimelineFilter
from app.model.outlet import OutletName
from app.model.timeline import Found, LanguageShare
from app.store.counts import Counts
from app.store.listing import Words, tally, within
from app.store.schema import day_counts, outlets
from app.store.spans import spans

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
    connection: Connection,
    words: Words,
    since: date | None,
    until: date | None,
    most: int,
    names: Mapping[int, OutletName],
) -> tuple[tuple[Found, ...], bool]:
    """Where headlines with these words are listed, newest day first, in every language and outlet (`names` are those of
    all); and whether the look ended before the archive did. A rare word is looked up at once; for a common one it looks
    through as many of the newest days as should have `most` headlines, and on only while there is not half of that."""
    counted: Counts = Counter()
    cut = False
    for first, last in spans(connection, TimelineFilter(since=since, until=until), words, most):
        if 2 * counted.total() >= most:
            cut = True
            break
        counted += tally(connection, TimelineFilter(), words, within(first, last), columns=None)
    ordered = sorted(counted.items())
    ordered.sort(key=lambda pair: pair[0][0], reverse=True)  # sorts are stable
    return tuple(Found(day, language, names[number].domain, n) for (day, language, number), n in ordered), cut
