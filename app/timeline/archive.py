"""The archive: years and months as calendars."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from app.errors import NotFound
from app.model.day import FIRST_DAY
from app.model.language import COLUMNS
from app.store import Reader
from app.timeline.calendar import Month, month, month_bounds, year
from app.timeline.links import EVERYTHING
from app.timeline.query import newest_day
from app.timeline.views import ArchiveView, YearMark

Volumes = Mapping[tuple[date, str], int]

MOST_OUTLETS = 24
"""How many outlets stand beside a month, those with most headlines first."""


def of_year(reader: Reader, number: int | None) -> ArchiveView:
    """A year of the archive; the newest one for None. NotFound (`facts`: kind, key, previous, next) for a year without
    a headline."""
    newest = newest_day(reader)
    wanted = number if number is not None else (newest.year if newest else None)
    if wanted is None:
        return ArchiveView((), (), (), (), None, None, None, reader.revision())
    first, last = date(wanted, 1, 1), date(wanted, 12, 31)
    volumes = reader.volumes(first, last)
    counts = _counts(volumes)
    if not counts:
        raise _nothing(reader, "year", str(wanted), first, last)
    return _view(reader, year(wanted, counts), volumes, first, last)


def of_month(reader: Reader, wanted: date) -> ArchiveView:
    """The month that `wanted` lies in, with its outlets. NotFound (as above) for one without a headline."""
    first, last = month_bounds(wanted)
    volumes = reader.volumes(first, last)
    counts = _counts(volumes)
    if not counts:
        raise _nothing(reader, "month", f"{wanted:%Y-%m}", first, last)
    return _view(reader, (month(wanted, counts),), volumes, first, last, with_outlets=True)


def _counts(volumes: Volumes) -> dict[date, int]:
    """Headlines of a day in the two columns, as its page shows them."""
    counts: Counter[date] = Counter()
    for (day, language), n in volumes.items():
        if language in COLUMNS:
            counts[day] += n
    return dict(counts)


def _view(
    reader: Reader,
    months: tuple[Month, ...],
    volumes: Volumes,
    first: date,
    last: date,
    *,
    with_outlets: bool = False,
) -> ArchiveView:
    totals: Counter[str] = Counter()
    for (_, language), n in volumes.items():
        totals[language] += n
    languages = tuple(sorted(totals.items(), key=lambda pair: (pair[0] not in COLUMNS, -pair[1], pair[0])))
    outlets = reader.outlet_counts(EVERYTHING, (), first, last)[:MOST_OUTLETS] if with_outlets else ()
    oldest = reader.neighbours(FIRST_DAY - timedelta(days=1))[1]
    previous, following = reader.neighbours(first)[0], reader.neighbours(last)[1]
    years = tuple(_years(reader, oldest))
    return ArchiveView(months, years, languages, outlets, oldest, previous, following, reader.revision())


def _years(reader: Reader, first: date | None) -> Iterator[YearMark]:
    """Every year from that of the archive's first day to that of its last; one without a headline is marked so."""
    while first is not None:
        yield YearMark(first.year, True)
        following = reader.neighbours(date(first.year, 12, 31))[1]
        for empty in range(first.year + 1, following.year if following else 0):
            yield YearMark(empty, False)
        first = following


def _nothing(reader: Reader, kind: str, key: str, first: date, last: date) -> NotFound:
    previous, following = reader.neighbours(first)[0], reader.neighbours(last)[1]
    return NotFound(f"Nothing was printed in {key}.", kind=kind, key=key, previous=previous, next=following)
