"""What each page needs to know, frozen: the answers of `app.timeline.query`."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.model.filters import TimelineFilter
from app.model.headline import Article
from app.model.history import Sighting
from app.model.outlet import Outlet, OutletName
from app.model.search import Note
from app.model.story import Coverage
from app.model.timeline import Day, DayView, HeadlineRow, LanguageShare, OutletCount, Timeline
from app.timeline.calendar import Month
from app.timeline.difference import Segment


@dataclass(frozen=True, slots=True)
class Wider:
    """A wider question for a reader whose own found nothing: `drops` says what is left out of theirs (`languages`,
    `outlets`, `text`, `dates`, `before` or `all` of these; in a search `words` is one of its words alone, `language`
    another language), `n` how many headlines it finds; `more`, that there are more than `n`."""

    drops: str
    filter: TimelineFilter
    n: int
    more: bool


@dataclass(frozen=True, slots=True)
class TimelineView:
    """The timeline with what stands beside it. `window` are the days that the outlet counts are about; `others`
    the languages without a column that have headlines in these days, with their numbers; `month` is the calendar, None
    while there is no headline at all; `last` the number of the newest headline, from which one asks for newer ones."""

    timeline: Timeline
    window: tuple[date, date] | None
    others: tuple[tuple[str, int], ...]
    month: Month | None
    wider: tuple[Wider, ...]
    last: int

    @property
    def revision(self) -> int:
        return self.timeline.revision


@dataclass(frozen=True, slots=True)
class NewsView:
    """How many headlines the list under `filter` has that a reader of it has not seen yet."""

    filter: TimelineFilter
    n: int
    revision: int


@dataclass(frozen=True, slots=True)
class CalendarView:
    """One month's calendar, from which one can leaf on."""

    month: Month
    revision: int


@dataclass(frozen=True, slots=True)
class ArticleView:
    """One article with its outlet's name."""

    article: Article
    outlet: OutletName


@dataclass(frozen=True, slots=True)
class DayAnswer:
    """A day's view with its calendar, its articles, and how many of its headlines are told in which languages."""

    view: DayView
    month: Month
    articles: tuple[ArticleView, ...]
    coverage: Coverage

    @property
    def revision(self) -> int:
        return self.view.revision


@dataclass(frozen=True, slots=True)
class DayVolume:
    """How many headlines of an outlet are listed under a day, by language."""

    day: date
    languages: tuple[tuple[str, int], ...]

    @property
    def n(self) -> int:
        return sum(n for _, n in self.languages)


@dataclass(frozen=True, slots=True)
class OutletView:
    """One outlet: its own timeline under the filter asked for; `shown` is that filter with the languages that have a
    column. `volume` are the last days, oldest first; `usual` how many headlines a weekday of these usually has;
    `shares` what it printed in each language ever, most first."""

    outlet: Outlet
    name: OutletName
    timeline: Timeline
    shown: TimelineFilter
    volume: tuple[DayVolume, ...]
    usual: int
    shares: tuple[LanguageShare, ...]

    @property
    def revision(self) -> int:
        return self.timeline.revision

    @property
    def total(self) -> int:
        return sum(share.n for share in self.shares)

    @property
    def first(self) -> date | None:
        """The first day under which anything of it is listed."""
        return min((share.first for share in self.shares), default=None)

    @property
    def last(self) -> date | None:
        """The last such day."""
        return max((share.last for share in self.shares), default=None)


@dataclass(frozen=True, slots=True)
class OutletsView:
    """All outlets with their headlines from `window`'s first to its last day."""

    outlets: tuple[OutletCount, ...]
    window: tuple[date, date] | None
    revision: int


@dataclass(frozen=True, slots=True)
class YearMark:
    """A year in the strip of years, and whether anything was printed in it."""

    number: int
    printed: bool


@dataclass(frozen=True, slots=True)
class ArchiveView:
    """Months of a calendar. `years` are all from the archive's first to its last; `languages` the numbers of headlines
    by language, the two columns first; `outlets` those with most headlines (of a month only). `first` is the archive's
    first day, `previous` and `next` the nearest days with a headline before and after these months."""

    months: tuple[Month, ...]
    years: tuple[YearMark, ...]
    languages: tuple[tuple[str, int], ...]
    outlets: tuple[OutletCount, ...]
    first: date | None
    previous: date | None
    next: date | None
    revision: int

    @property
    def total(self) -> int:
        """Headlines in the two columns."""
        return sum(month.total for month in self.months)

    @property
    def days(self) -> int:
        """Days with any."""
        return sum(cell.n > 0 for month in self.months for week in month.weeks for cell in week if cell)


@dataclass(frozen=True, slots=True)
class AnalysisView:
    """Articles, each with its outlet's name."""

    articles: tuple[ArticleView, ...]
    revision: int


@dataclass(frozen=True, slots=True)
class ShownEdit:
    """A changed title as a page shows it: when (aware UTC), who had it first, what changed."""

    at: datetime
    origin: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class HeadlineView:
    """One headline: its edits newest first, its sightings earliest first, and the headlines that say the same in the
    same words (`near`). `canonical_url` is there where it differs from the link; `stated` is a date that is not
    believed; origins are told as readers may see them. `title_published` is what the outlet says where an editor shows
    another title, `note` what the editor says of it."""

    row: HeadlineRow
    canonical_url: str | None
    title_given: str | None
    stated: date | datetime | None
    first_seen_at: datetime
    edits: tuple[ShownEdit, ...]
    sightings: tuple[Sighting, ...]
    near: tuple[HeadlineRow, ...]
    revision: int
    title_published: str | None = None
    note: str = ""


class SearchState(StrEnum):
    """What became of a search."""

    EMPTY = "empty"  # no question yet
    NO_WORDS = "no-words"  # signs only
    NOTHING = "nothing"
    FOUND = "found"


@dataclass(frozen=True, slots=True)
class MonthCount:
    """How many headlines a search finds from the first to the last day of a month; `chosen`, that it asks for just
    these days."""

    first: date
    last: date
    n: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class SearchView:
    """What a search found: one page of days, and how much there is by month (newest first), language and outlet, each
    with its own condition left aside. `marked` are the words of titles that answer it; `more`, that there is more
    than `total` and the other numbers say; `wider` are questions that would find something; `notes` what was understood
    otherwise than it was written; `meant` a question that is spelled better; `best`, where the order of
    relevance is asked for, are hits in that order; `question` is the question without its operators."""

    filter: TimelineFilter
    marked: frozenset[str]
    state: SearchState
    days: tuple[Day, ...]
    older: date | None
    total: int
    more: bool
    months: tuple[MonthCount, ...]
    languages: tuple[tuple[str, int], ...]
    outlets: tuple[OutletCount, ...]
    wider: tuple[Wider, ...]
    notes: tuple[Note, ...]
    meant: str | None
    revision: int
    best: tuple[HeadlineRow, ...] = ()
    question: str = ""


@dataclass(frozen=True, slots=True)
class AcrossView:
    """Headlines in the other language that a search is likely to be about, the best first; they do not have its
    words."""

    language: str
    rows: tuple[HeadlineRow, ...]


@dataclass(frozen=True, slots=True)
class Leads:
    """The newest day's first headlines, for pages that have nothing else to show."""

    day: date
    rows: tuple[HeadlineRow, ...]
