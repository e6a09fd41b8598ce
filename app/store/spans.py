"""Which spans of days to look through for words, newest first, so that common words are found at once and nothing walks
over the whole archive without need."""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import Connection, select

from app.model.filters import TimelineFilter
from app.model.story import Covered
from app.store.finding import Finding
from app.store.schema import day_counts
from app.store.story_coverage import first_in_both

FEWEST_DAYS = 8
"""Days of the first span at least."""

GROWTH = 4
"""Each further span is so many times as long, where the words are rarer in these days than elsewhere."""

_c = day_counts.c
_ENDS = select(
    select(_c.day).order_by(_c.day).limit(1).scalar_subquery().label("first"),
    select(_c.day).order_by(_c.day.desc()).limit(1).scalar_subquery().label("last"),
)


def spans(connection: Connection, f: TimelineFilter, words: Finding, wanted: int) -> Iterator[tuple[date, date]]:
    """(first, last) of spans inside the filter's range: the whole of it for a rare word, else first as many days as are
    likely to have `wanted` headlines, by the kept number of headlines that have the words."""
    until = min(filter(None, (f.until, f.before and f.before - timedelta(days=1))), default=date.max)
    if words.rare:
        if (f.since or date.min) <= until:
            yield f.since or date.min, until
        return
    ends = connection.execute(_ENDS).one()
    if ends.first is None:
        return
    first, last = max(ends.first, f.since or date.min), min(ends.last, until)
    if f.coverage == Covered.BOTH:
        first = max(first, first_in_both(connection) or date.max)
    length = (ends.last - ends.first).days + 1
    size = max(FEWEST_DAYS, length * wanted // words.sought.n if words else 0)
    while first <= last:
        start = max(first, last - timedelta(days=min(size, length) - 1))
        yield start, last
        last, size = start - timedelta(days=1), size * GROWTH
