"""What each page needs to know, frozen: the answers of `app.timeline.query`."""

from dataclasses import dataclass
from datetime import date

from app.model.filters import TimelineFilter
from app.model.headline import Article
from app.model.outlet import Outlet, OutletName
from app.model.timeline import DayView, HeadlineRow, OutletCount, Timeline
from app.timeline.calendar import Month


@dataclass(frozen=True, slots=True)
class Wider:
    """A wider question for a reader whose own found nothing: `drops` says what is left out of theirs (`languages`,
    `outlets`, `text`, `dates` or `before`), `n` how many headlines it finds; `more`, that there are more than `n`."""

    drops: str
    filter: TimelineFilter
    n: int
    more: bool


@dataclass(frozen=True, slots=True)
class TimelineView:
    """The timeline with what stands beside it. `window` are the days that the outlet counts are about; `others`
    the languages without a column that have headlines in these days, with their numbers; `month` is the calendar, None
    while there is no headline at all."""

    timeline: Timeline
    window: tuple[date, date] | None
    others: tuple[tuple[str, int], ...]
    month: Month | None
    wider: tuple[Wider, ...]

    @property
    def revision(self) -> int:
        return self.timeline.revision


@dataclass(frozen=True, slots=True)
class ArticleView:
    """One article with its outlet's name."""

    article: Article
    outlet: OutletName


@dataclass(frozen=True, slots=True)
class DayAnswer:
    """A day's view with its calendar and its articles."""

    view: DayView
    month: Month
    articles: tuple[ArticleView, ...]

    @property
    def revision(self) -> int:
        return self.view.revision


@dataclass(frozen=True, slots=True)
class OutletView:
    """One outlet: its own timeline, and its headlines on each of the days before `until` (`volume`, oldest first)."""

    outlet: Outlet
    name: OutletName
    timeline: Timeline
    volume: tuple[int, ...]
    since: date | None
    until: date | None

    @property
    def revision(self) -> int:
        return self.timeline.revision


@dataclass(frozen=True, slots=True)
class OutletsView:
    """All outlets with their headlines from `window`'s first to its last day."""

    outlets: tuple[OutletCount, ...]
    window: tuple[date, date] | None
    revision: int


@dataclass(frozen=True, slots=True)
class ArchiveView:
    """Months of a calendar. `years` are those that have headlines, `first` the archive's first day."""

    months: tuple[Month, ...]
    years: tuple[int, ...]
    days: int
    total: int
    first: date | None
    previous: date | None
    next: date | None
    revision: int


@dataclass(frozen=True, slots=True)
class AnalysisView:
    """Articles, each with its outlet's name."""

    articles: tuple[ArticleView, ...]
    revision: int


@dataclass(frozen=True, slots=True)
class HeadlineView:
    """One headline."""

    row: HeadlineRow
    revision: int


@dataclass(frozen=True, slots=True)
class Leads:
    """The newest day's first headlines, for pages that have nothing else to show."""

    day: date
    rows: tuple[HeadlineRow, ...]
