"""Filters to answers: which days, which headlines, what stands beside them. Reads the store, decides purely."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from app.errors import NotFound
from app.model.filters import TimelineFilter
from app.model.headline import Article
from app.model.outlet import OutletName
from app.model.story import Coverage
from app.model.timeline import Day, DayView, OutletCount, Timeline
from app.store import Reader
from app.timeline.build import MOST_DAYS, DayCount, build_days, choose_days, column_order
from app.timeline.calendar import Month, month, month_bounds
from app.timeline.links import EVERYTHING
from app.timeline.seek import Asked, understood
from app.timeline.telling import computed, marked
from app.timeline.views import ArticleView, CalendarView, DayAnswer, NewsView, TimelineView, Wider

PER_COLUMN = 40
"""How many headlines besides the digest a column of the timeline shows of one day; its own page has the rest."""

PER_COLUMN_DAY = 100
"""The same for a day's page with two columns, which has to stay light…"""

PER_COLUMN_ONE = 2000
"""…and for a day's page in one language, which shows all of them."""

WINDOW = timedelta(days=29)
"""Outlet counts beside the timeline look this far back from the newest day: thirty days in all."""

MOST_WIDER_DAYS = 366
"""How many days are added up when a wider question is counted."""


def newest_day(reader: Reader) -> date | None:
    """The newest day with a headline in the two columns."""
    found = reader.days(EVERYTHING, (), 1)
    return found[0][0] if found else None


def timeline(reader: Reader, f: TimelineFilter, ui: str) -> TimelineView:
    """The timeline that `f` asks for, columns in the order of edition `ui`."""
    asked = understood(reader, f)
    shown, older = _page(reader, asked)
    days = _days(reader, asked, shown, ui)
    newest = newest_day(reader)
    window = _window(f, newest, days)
    outlets = _outlets(reader, asked, window) if window else ()
    calendar_day = days[0].day if days else newest
    calendar = _leafed(reader, calendar_day, reader.month_counts(*month_bounds(calendar_day))) if calendar_day else None
    wider = () if days or newest is None else _wider(reader, f)
    others = reader.other_languages(*window) if window else ()
    listed = Timeline(f, days, older, outlets, reader.revision())
    return TimelineView(listed, window, others, calendar, wider, reader.last_id())


def news(reader: Reader, f: TimelineFilter, after: int) -> NewsView:
    """What has come in since the headline numbered `after` and would stand on the first page of the list under `f`."""
    f = f.but()
    asked = understood(reader, f)
    shown, _ = _page(reader, asked)
    n = reader.newer(asked.filter, asked.sought, [day for day, _ in shown], after) if shown else 0
    return NewsView(f, n, reader.revision())


def month_calendar(reader: Reader, wanted: date) -> CalendarView:
    """The calendar of the month that `wanted` lies in. NotFound for one without a headline."""
    found = _leafed(reader, wanted, reader.month_counts(*month_bounds(wanted)))
    if not found.total:
        raise NotFound(f"Nothing was printed in {wanted:%Y-%m}.", kind="month", key=f"{wanted:%Y-%m}")
    return CalendarView(found, reader.revision())


def _leafed(reader: Reader, wanted: date, counts: Mapping[date, int]) -> Month:
    """The month that `wanted` lies in with the counts of its days, between its neighbours."""
    first, last = month_bounds(wanted)

    def leafed() -> Month:
        previous, following = reader.neighbours(first)[0], reader.neighbours(last)[1]
        return replace(month(wanted, counts), previous=previous, next=following)

    return reader.fact(("calendar", first), leafed)


def outlet_timeline(reader: Reader, f: TimelineFilter, ui: str) -> Timeline:
    """The timeline of one outlet, which `f` names."""
    asked = understood(reader, f)
    shown, older = _page(reader, asked)
    return Timeline(f, _days(reader, asked, shown, ui), older, (), reader.revision())


def day(reader: Reader, wanted: date, f: TimelineFilter, ui: str) -> DayAnswer:
    """Everything on a day's page. NotFound (`facts`: kind, key, previous, next) for a day that has nothing."""
    f = replace(f, since=None, until=None, before=None)
    asked = understood(reader, f)
    counts = reader.month_counts(*month_bounds(wanted))
    articles = reader.articles_of(wanted)
    previous, following = reader.neighbours(wanted)
    built = computed(_day(reader, asked, wanted, ui))
    if not (counts.get(wanted) or articles or built.total):
        raise NotFound(
            f"Nothing was printed on {wanted}.", kind="day", key=wanted.isoformat(), previous=previous, next=following
        )
    outlets = () if asked.impossible else reader.outlet_counts(asked.filter, asked.sought, wanted, wanted)
    view = DayView(built, f, articles, outlets, counts, previous, following, reader.revision())
    coverage = _coverage(reader, built, f)
    return DayAnswer(view, _leafed(reader, wanted, counts), with_outlets(reader, articles), coverage)


def _coverage(reader: Reader, shown: Day, f: TimelineFilter) -> Coverage:
    """Of all headlines of a day; counted by looking at them where all are shown."""
    if f.narrows or any(column.hidden for column in shown.columns):
        return reader.stories.coverage([shown.day])[shown.day]
    both = {
        column.language: sum(bool(row.told and row.told.language) for row in (*column.digest, *column.others))
        for column in shown.columns
    }
    totals = {column.language: column.total for column in shown.columns}
    return Coverage(sum(both.values()), totals["mn"] - both["mn"], totals["en"] - both["en"])


def with_outlets(reader: Reader, articles: Sequence[Article]) -> tuple[ArticleView, ...]:
    """Articles with the names of their outlets; an outlet that only an article names goes by its domain."""
    names = reader.names({article.outlet for article in articles})
    unknown = {a.outlet: OutletName(a.outlet, a.outlet, a.outlet) for a in articles if a.outlet not in names}
    return tuple(ArticleView(a, names.get(a.outlet) or unknown[a.outlet]) for a in articles)


def _day(reader: Reader, asked: Asked, wanted: date, ui: str) -> Day:
    columns = column_order(asked.filter.languages, ui)
    if asked.impossible:
        return build_days((), [wanted], columns, {})[0]
    per_column = PER_COLUMN_ONE if len(columns) == 1 else PER_COLUMN_DAY
    listed = reader.listed(asked.filter, asked.sought, [wanted], per_column)
    totals = reader.column_totals(asked.filter, asked.sought, [wanted])
    return marked(build_days(listed, [wanted], columns, totals))[0]


def _page(reader: Reader, asked: Asked) -> tuple[tuple[DayCount, ...], date | None]:
    """The days of one page, with their counts, and the day that follows below it."""
    return choose_days(() if asked.impossible else reader.days(asked.filter, asked.sought, MOST_DAYS + 1))


def _days(reader: Reader, asked: Asked, shown: Sequence[DayCount], ui: str) -> tuple[Day, ...]:
    """The days with their headlines. The columns' totals are asked for only when some column was cut off."""
    if not shown:
        return ()
    wanted = [day for day, _ in shown]
    f, sought = asked.filter, asked.sought
    listed = reader.listed(f, sought, wanted, PER_COLUMN, fits=all(n <= PER_COLUMN for _, n in shown))
    complete = len(listed) == sum(n for _, n in shown)
    totals = {} if complete else reader.column_totals(f, sought, wanted)
    return marked(build_days(listed, wanted, column_order(f.languages, ui), totals))


def _outlets(reader: Reader, asked: Asked, window: tuple[date, date]) -> tuple[OutletCount, ...]:
    """The outlets of the window with what matches of each; those of which nothing matches stay, with none."""
    f = asked.filter
    everywhere = reader.outlet_counts(TimelineFilter(outlets=f.outlets), (), *window)
    if not (f.languages or f.text or f.coverage):
        return everywhere
    matching = () if asked.impossible else reader.outlet_counts(f, asked.sought, *window)
    known = {count.outlet.domain for count in matching}
    return (*matching, *(replace(count, n=0) for count in everywhere if count.outlet.domain not in known))


def _window(f: TimelineFilter, newest: date | None, days: Sequence[Day]) -> tuple[date, date] | None:
    """Over which days outlets are counted: those that the filter names, else the newest thirty and all shown."""
    if newest is None:
        return None
    until = f.until or newest
    since = f.since or min([until - WINDOW, *(shown.day for shown in days)])
    return (since, until) if since <= until else None


def _wider(reader: Reader, f: TimelineFilter) -> tuple[Wider, ...]:
    """Questions that leave out one of the filter's conditions and do find something."""
    candidates = (
        ("before", f.before, f.but()),
        ("languages", f.languages, f.but(languages=())),
        ("outlets", f.outlets, f.but(outlets=())),
        ("coverage", f.coverage, f.but(coverage="")),
        ("dates", f.since or f.until, f.but(since=None, until=None)),
        ("text", f.text, f.but(text="")),
    )
    found = (_counted(reader, drops, wider) for drops, given, wider in candidates if given)
    return tuple(wider for wider in found if wider.n)


def _counted(reader: Reader, drops: str, f: TimelineFilter) -> Wider:
    asked = understood(reader, f)
    days = () if asked.impossible else reader.days(asked.filter, asked.sought, MOST_WIDER_DAYS)
    return Wider(drops, f, sum(n for _, n in days), more=len(days) == MOST_WIDER_DAYS)
