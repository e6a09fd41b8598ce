"""Which spans of days to look through for words, newest first, so that common words are found at once and nothing walks
over the whole archive without need."""

from collections.abc import Iterator
from datetime import date, timedelta
from math import prod, sqrt

from sqlalchemy import Connection, func, select

from app.model.filters import TimelineFilter
from app.model.search import Sought
from app.model.story import Covered
from app.store.finding import Archive, Finding
from app.store.prepared import Prepared
from app.store.schema import day_counts, headlines
from app.store.story_coverage import first_in_both

FEWEST_DAYS = 8
"""Days of the first span at least."""

GROWTH = 4
"""Each further span is so many times as long, where the words are rarer in these days than elsewhere."""

_c = day_counts.c
_ARCHIVE = Prepared(
    select(
        select(_c.day).order_by(_c.day).limit(1).scalar_subquery(),
        select(_c.day).order_by(_c.day.desc()).limit(1).scalar_subquery(),
        select(func.max(headlines.c.id)).scalar_subquery(),
    )
)


def archive(connection: Connection) -> Archive | None:
    """How far the archive reaches; None while it is empty."""
    ((first, last, n),) = _ARCHIVE.rows(connection)
    return Archive(first, last, n) if first else None


def spans(connection: Connection, f: TimelineFilter, words: Finding, wanted: int) -> Iterator[tuple[date, date]]:
    """(first, last) of spans inside the filter's range: the whole of it for a rare word, else first as many days as are
    likely to have `wanted` headlines, by the kept numbers of headlines that have the words."""
    until = min(filter(None, (f.until, f.before and f.before - timedelta(days=1))), default=date.max)
    if words.rare:
        if (f.since or date.min) <= until:
            yield f.since or date.min, until
        return
    there = words.archive()
    if there is None:
        return
    first, last = max(there.first, f.since or date.min), min(there.last, until)
    if f.coverage == Covered.BOTH:
        first = max(first, first_in_both(connection) or date.max)
    length = (there.last - there.first).days + 1
    size = max(FEWEST_DAYS, int(length * wanted / likely(words.sought, there.headlines)) if words else 0)
    while first <= last:
        start = max(first, last - timedelta(days=min(size, length) - 1))
        yield start, last
        last, size = start - timedelta(days=1), size * GROWTH


def likely(sought: Sought, all_: int) -> float:
    """How many of so many headlines may have the words, at least one: more than if words had nothing to do with each
    other, fewer than if they always went together; the geometric mean of the two."""
    numbers = [sum(arm.n for arm in group) for group in sought.required]
    apart = all_ * prod(min(1.0, n / all_) for n in numbers)
    return max(1.0, sqrt(min(numbers) * apart))
