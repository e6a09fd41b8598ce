"""What several pages look up: today, the leads, outlets, articles, single headlines."""

from datetime import date

from app.errors import NotFound
from app.model.filters import TimelineFilter
from app.model.outlet import Outlet, OutletName
from app.store import Reader
from app.timeline.build import build_days, column_order, leads
from app.timeline.links import EVERYTHING
from app.timeline.query import newest_day, with_outlets
from app.timeline.views import AnalysisView, Leads

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


def outlet_domain(reader: Reader, host: str) -> str:
    """The domain of the outlet that `host` means. NotFound."""
    return outlet_of(reader, host).domain


def outlet_named(reader: Reader, host: str) -> OutletName:
    """The name of the outlet that `host` means. NotFound."""
    return name_of(outlet_of(reader, host))


def outlet_of(reader: Reader, host: str) -> Outlet:
    """The outlet that `host` means. NotFound."""
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


def name_of(outlet: Outlet) -> OutletName:
    """What a page needs to name an outlet."""
    return OutletName(outlet.domain, outlet.name_en, outlet.name_mn)
