"""The pages one leafs through: archive, outlets, articles, single headlines."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from app.errors import NotFound
from app.model.day import FIRST_DAY
from app.model.filters import TimelineFilter
from app.model.outlet import Outlet, OutletName
from app.model.timeline import OutletCount
from app.store import Reader
from app.timeline.build import build_days, column_order, leads
from app.timeline.calendar import Month, month, month_bounds, year
from app.timeline.links import EVERYTHING
from app.timeline.query import WINDOW, newest_day, outlet_timeline, with_outlets
from app.timeline.views import (
    AnalysisView,
    ArchiveView,
    HeadlineView,
    Leads,
    OutletsView,
    OutletView,
)

VOLUME_DAYS = 90
"""How many days the bars on an outlet's page show."""

MOST_ARTICLES = 200


def today(reader: Reader, now: date) -> date:
    """The day that "today" means: the newest with a headline that is not in the future, else `now`."""
    found = reader.days(TimelineFilter(until=now), (), 1)
    return found[0][0] if found else now


def newest_leads(reader: Reader, ui: str) -> Leads | None:
    """The first headlines of the newest day; None while there is none."""
    newest = newest_day(reader)
    if newest is None:
        return None
    days = build_days(reader.listed(EVERYTHING, (), [newest], 4), [newest], column_order((), ui), {})
    return Leads(newest, leads(days))


def archive_year(reader: Reader, number: int | None) -> ArchiveView:
    """A year of the archive; the newest one for None. NotFound for a year without a headline."""
    newest = newest_day(reader)
    wanted = number if number is not None else (newest.year if newest else None)
    if wanted is None:
        return ArchiveView((), (), 0, 0, None, None, None, reader.revision())
    first, last = date(wanted, 1, 1), date(wanted, 12, 31)
    counts = reader.month_counts(first, last)
    if not counts:
        raise NotFound(f"Nothing was printed in {wanted}.", kind="year", key=str(wanted))
    return _archive(reader, year(wanted, counts), counts, first, last)


def archive_month(reader: Reader, wanted: date) -> ArchiveView:
    """The month that `wanted` lies in. NotFound for one without a headline."""
    first, last = month_bounds(wanted)
    counts = reader.month_counts(first, last)
    if not counts:
        raise NotFound(f"Nothing was printed in {wanted:%Y-%m}.", kind="month", key=f"{wanted:%Y-%m}")
    return _archive(reader, (month(wanted, counts),), counts, first, last)


def _archive(
    reader: Reader, months: tuple[Month, ...], counts: dict[date, int], first: date, last: date
) -> ArchiveView:
    oldest = reader.neighbours(FIRST_DAY - timedelta(days=1))[1]
    years = tuple(_years(reader, oldest))
    previous, following = reader.neighbours(first)[0], reader.neighbours(last)[1]
    return ArchiveView(months, years, len(counts), sum(counts.values()), oldest, previous, following, reader.revision())


def _years(reader: Reader, first: date | None) -> Iterator[int]:
    """The years that have headlines, from that of the archive's first day on."""
    while first is not None:
        yield first.year
        first = reader.neighbours(date(first.year, 12, 31))[1]


def outlets(reader: Reader) -> OutletsView:
    """Every outlet, by domain, with its headlines of the last thirty days."""
    newest = newest_day(reader)
    window = (newest - WINDOW, newest) if newest else None
    counted = {c.outlet.domain: c.n for c in reader.outlet_counts(EVERYTHING, (), *window)} if window else {}
    found = tuple(OutletCount(_name(o), counted.get(o.domain, 0)) for o in reader.outlets())
    return OutletsView(found, window, reader.revision())


def outlet_domain(reader: Reader, host: str) -> str:
    """The domain of the outlet that `host` means. NotFound."""
    return _outlet(reader, host).domain


def outlet(reader: Reader, domain: str, f: TimelineFilter, ui: str) -> OutletView:
    """One outlet's page: its headlines under `f`, whose outlets are left aside. NotFound."""
    found = _outlet(reader, domain)
    page = outlet_timeline(reader, replace(f, outlets=(found.domain,)), ui)
    newest = newest_day(reader)
    if newest is None:
        return OutletView(found, _name(found), page, (), None, None)
    since = newest - timedelta(days=VOLUME_DAYS - 1)
    own = TimelineFilter(outlets=(found.domain,), since=since, until=newest)
    counts = dict(reader.days(own, (), VOLUME_DAYS))
    volume = tuple(counts.get(since + timedelta(days=i), 0) for i in range(VOLUME_DAYS))
    return OutletView(found, _name(found), page, volume, since, newest)


def _outlet(reader: Reader, host: str) -> Outlet:
    for known in reader.outlets():
        if known.domain == host or host in known.hosts:
            return known
    raise NotFound(f"There is no outlet {host}.", kind="outlet", key=host)


def article(reader: Reader, slug: str) -> AnalysisView:
    """One article. NotFound."""
    return AnalysisView(with_outlets(reader, [reader.article(slug)]), reader.revision())


def analysis(reader: Reader) -> AnalysisView:
    """The newest articles."""
    return AnalysisView(with_outlets(reader, reader.articles(MOST_ARTICLES)), reader.revision())


def headline(reader: Reader, headline_id: int) -> HeadlineView:
    """One headline. NotFound."""
    return HeadlineView(reader.headline(headline_id), reader.revision())


def _name(outlet: Outlet) -> OutletName:
    return OutletName(outlet.domain, outlet.name_en, outlet.name_mn)
