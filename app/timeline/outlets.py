"""Outlets: the index of all, and the page of one."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from statistics import median_low

from app.model.filters import TimelineFilter
from app.model.language import COLUMNS
from app.model.timeline import LanguageShare, OutletCount
from app.store import Reader
from app.timeline.browse import name_of, outlet_of
from app.timeline.links import EVERYTHING
from app.timeline.query import WINDOW, newest_day, outlet_timeline
from app.timeline.views import DayVolume, OutletsView, OutletView

VOLUME_DAYS = 90
"""How many days the bars on an outlet's page show."""

WEEKEND = (5, 6)
"""Saturday and Sunday, as `date.weekday` numbers them: few headlines, so no usual days."""


def index(reader: Reader) -> OutletsView:
    """Every outlet, by domain, with its headlines of the last thirty days."""
    window, counted = recent(reader)
    found = tuple(OutletCount(name_of(o), counted.get(o.domain, 0)) for o in reader.outlets())
    return OutletsView(found, window, reader.revision())


def recent(reader: Reader) -> tuple[tuple[date, date] | None, dict[str, int]]:
    """The last thirty days up to the newest, None while there is no headline; and how many headlines each outlet (by
    domain) had in them, absent for none."""
    newest = newest_day(reader)
    if newest is None:
        return None, {}
    window = (newest - WINDOW, newest)
    return window, {count.outlet.domain: count.n for count in reader.outlet_counts(EVERYTHING, (), *window)}


def outlet(reader: Reader, domain: str, f: TimelineFilter, ui: str) -> OutletView:
    """One outlet's page: its headlines under `f`, whose outlets are left aside. NotFound."""
    found = outlet_of(reader, domain)
    shares = reader.shares(found.domain)
    own = replace(f, outlets=(found.domain,))
    shown = _shown(own, shares)
    timeline = replace(outlet_timeline(reader, shown, ui), filter=own)
    volume = reader.fact(("volume", found.domain), lambda: _volume(reader, found.domain))
    return OutletView(found, name_of(found), timeline, shown, volume, _usual(volume), shares)


def shown(reader: Reader, domain: str, f: TimelineFilter) -> TimelineFilter:
    """What the page of an outlet (its domain) shows under `f`, as a filter of all headlines."""
    return _shown(replace(f, outlets=(domain,)), reader.shares(domain))


def _shown(f: TimelineFilter, shares: tuple[LanguageShare, ...]) -> TimelineFilter:
    return replace(f, languages=f.languages or _printed(shares))


def _printed(shares: tuple[LanguageShare, ...]) -> tuple[str, ...]:
    """The columns that an outlet needs: those of the two that it prints in, else the languages that it does print in.
    Empty, which means the usual two, where both are needed."""
    languages = [share.language for share in shares]
    columns = tuple(code for code in COLUMNS if code in languages)
    return () if columns == COLUMNS else columns or tuple(sorted(languages)[:2])


def _volume(reader: Reader, domain: str) -> tuple[DayVolume, ...]:
    """The last VOLUME_DAYS days up to the newest of all, oldest first; nothing while there is no headline."""
    newest = newest_day(reader)
    if newest is None:
        return ()
    since = newest - timedelta(days=VOLUME_DAYS - 1)
    of_day: defaultdict[date, dict[str, int]] = defaultdict(dict)
    for (day, language), n in reader.volumes(since, newest, domain).items():
        of_day[day][language] = n
    days = (since + timedelta(days=i) for i in range(VOLUME_DAYS))
    return tuple(DayVolume(day, tuple(sorted(of_day[day].items()))) for day in days)


def _usual(volume: tuple[DayVolume, ...]) -> int:
    """How many headlines a weekday usually has: the median, which a single busy day does not move."""
    return median_low([day.n for day in volume if day.day.weekday() not in WEEKEND] or [0])
