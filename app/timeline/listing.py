"""Lists as files: the days of a filter with everything in them, newest first. A page cuts long columns, a file does
not."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, timedelta

from app.errors import NotFound
from app.model.filters import TimelineFilter
from app.model.headline import Article
from app.model.listing import ListedDay
from app.model.outlet import OutletName
from app.model.timeline import Day
from app.store import Reader
from app.timeline.build import MOST_DAYS, build_days, choose_days, column_order
from app.timeline.query import with_outlets
from app.timeline.seek import Asked, understood
from app.timeline.telling import marked

Open = Callable[[], AbstractContextManager[Reader]]
"""Opens one view of the store."""

ALL = 10**9
"""More headlines than a column has."""

CHUNK_HEADLINES = 2_000
"""How many headlines are read at once, give or take a day; between two such chunks no connection is held."""

CHUNK_DAYS = 64


def newest(reader: Reader, f: TimelineFilter, ui: str) -> tuple[tuple[ListedDay, ...], date | None]:
    """The days that the first page of `f` shows, whole, and the day that follows below them."""
    asked = understood(reader, f)
    found = () if asked.impossible else reader.days(asked.filter, asked.sought, MOST_DAYS + 1)
    shown, older = choose_days(found)
    return _marked(_listed(reader, asked, [day for day, _ in shown], ui)), older


def one_day(reader: Reader, wanted: date, f: TimelineFilter, ui: str) -> ListedDay:
    """One day, whole. NotFound (`facts`: kind, key, previous, next) for a day that has nothing at all."""
    (found,) = _marked(_listed(reader, understood(reader, _undated(f)), [wanted], ui))
    if not found.day.total and not found.articles and not reader.month_counts(wanted, wanted):
        previous, following = reader.neighbours(wanted)
        raise NotFound(
            f"Nothing was printed on {wanted}.", kind="day", key=wanted.isoformat(), previous=previous, next=following
        )
    return found


def around(reader: Reader, wanted: date, f: TimelineFilter) -> tuple[date | None, date | None]:
    """The days before and after `wanted` that a chain of day files goes through: the earlier one has a match, however
    far back it lies."""
    f = _undated(f)
    previous, following = reader.neighbours(wanted)
    if f.narrows:
        asked = understood(reader, replace(f, until=wanted - timedelta(days=1)))
        found = () if asked.impossible else reader.days(asked.filter, asked.sought, 1)
        previous = found[0][0] if found else None
    return previous, following


def everything(opened: Open, f: TimelineFilter, ui: str) -> Iterator[ListedDay]:
    """Every day that matches, newest first; memory is bounded. What is written meanwhile may or may not be in it, but
    no headline of an earlier day is left out."""
    while True:
        with opened() as reader:
            asked = understood(reader, f)
            days = [] if asked.impossible else _chunk(reader.days(asked.filter, asked.sought, CHUNK_DAYS))
            listed = _listed(reader, asked, days, ui)
        yield from listed
        if not days:
            return
        f = replace(f, before=days[-1])


def articles(reader: Reader, limit: int) -> tuple[ListedDay, ...]:
    """The newest articles under the days on which they were published."""
    found: dict[date, list[Article]] = {}
    for article in reader.articles(limit):
        found.setdefault(article.published_on, []).append(article)
    return tuple(ListedDay(Day(day, ()), _named(reader, of_day)) for day, of_day in found.items())


def _marked(found: Sequence[ListedDay]) -> tuple[ListedDay, ...]:
    """The same days; their headlines know who else tells their events."""
    days = marked([listed.day for listed in found])
    return tuple(replace(listed, day=day) for listed, day in zip(found, days, strict=True))


def _chunk(found: Iterable[tuple[date, int]]) -> list[date]:
    days: list[date] = []
    headlines = 0
    for day, n in found:
        if days and headlines + n > CHUNK_HEADLINES:
            break
        days.append(day)
        headlines += n
    return days


def _listed(reader: Reader, asked: Asked, days: Sequence[date], ui: str) -> tuple[ListedDay, ...]:
    """`days` with their headlines; the articles belong to a list that is not narrowed."""
    columns = column_order(asked.filter.languages, ui)
    listed = () if asked.impossible else reader.listed(asked.filter, asked.sought, days, ALL)
    whole = not _undated(asked.filter).narrows
    return tuple(
        ListedDay(day, _named(reader, reader.articles_of(day.day)) if whole else ())
        for day in build_days(listed, days, columns, {})
    )


def _named(reader: Reader, found: Sequence[Article]) -> tuple[tuple[Article, OutletName], ...]:
    return tuple((view.article, view.outlet) for view in with_outlets(reader, found))


def _undated(f: TimelineFilter) -> TimelineFilter:
    return replace(f, since=None, until=None, before=None)
