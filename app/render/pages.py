"""The pages: one frozen context class per template in `templates/pages/`. A test holds the two together.

A page's fields are the names that its template may use, besides those of `Frame` and the globals of the environment.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.model.source import FetchRecord, HeldBatch
from app.model.timeline import OutletCount
from app.render.frame import Frame as Frame
from app.render.frame import Page as Page
from app.render.health import SourceGroup, SourceLine
from app.render.reference import Reference
from app.timeline.chips import Chip
from app.timeline.story_views import SaidView, StoriesView, StoryView
from app.timeline.views import (
    AcrossView,
    AnalysisView,
    ArchiveView,
    CalendarView,
    DayAnswer,
    HeadlineView,
    Leads,
    NewsView,
    OutletView,
    SearchView,
    TimelineView,
)


@dataclass(frozen=True, slots=True)
class TimelinePage(Page):
    """The newest days, with filters."""

    template: ClassVar[str] = "pages/timeline.html"
    section: ClassVar[str] = "timeline"
    listed: ClassVar[bool] = True
    view: TimelineView
    chips: tuple[Chip, ...]


@dataclass(frozen=True, slots=True)
class NewsPage(Page):
    """A part of the timeline: that there are newer headlines."""

    template: ClassVar[str] = "pages/new.html"
    view: NewsView


@dataclass(frozen=True, slots=True)
class CalendarPage(Page):
    """A part of the timeline and of a day: the calendar of another month."""

    template: ClassVar[str] = "pages/calendar.html"
    view: CalendarView


@dataclass(frozen=True, slots=True)
class DayPage(Page):
    """One day: its digest, its other headlines, its articles. `after` is the day that follows while nothing has been
    printed later than this one, else None."""

    template: ClassVar[str] = "pages/day.html"
    section: ClassVar[str] = "today"
    listed: ClassVar[bool] = True
    answer: DayAnswer
    chips: tuple[Chip, ...]
    after: date | None


@dataclass(frozen=True, slots=True)
class ArchivePage(Page):
    """A year's calendars."""

    template: ClassVar[str] = "pages/archive.html"
    section: ClassVar[str] = "archive"
    listed: ClassVar[bool] = True
    view: ArchiveView


@dataclass(frozen=True, slots=True)
class MonthPage(Page):
    """One month's calendar."""

    template: ClassVar[str] = "pages/month.html"
    section: ClassVar[str] = "archive"
    listed: ClassVar[bool] = True
    view: ArchiveView


@dataclass(frozen=True, slots=True)
class OutletsPage(Page):
    """All outlets with their headlines from `window`'s first to its last day: in alphabetical order, or those with most
    headlines first (`by_volume`)."""

    template: ClassVar[str] = "pages/outlets.html"
    section: ClassVar[str] = "outlets"
    outlets: tuple[OutletCount, ...]
    window: tuple[date, date] | None
    by_volume: bool


@dataclass(frozen=True, slots=True)
class OutletPage(Page):
    """One outlet and its timeline."""

    template: ClassVar[str] = "pages/outlet.html"
    section: ClassVar[str] = "outlets"
    listed: ClassVar[bool] = True
    view: OutletView
    chips: tuple[Chip, ...]


@dataclass(frozen=True, slots=True)
class SearchPage(Page):
    """What a search found, by day or by relevance; `across` what it may be about in the other language."""

    template: ClassVar[str] = "pages/search.html"
    section: ClassVar[str] = "search"
    listed: ClassVar[bool] = True
    view: SearchView
    by_relevance: bool
    chips: tuple[Chip, ...]
    across: AcrossView | None


@dataclass(frozen=True, slots=True)
class SuggestionsPage(Page):
    """A part of the search: how a question may go on."""

    template: ClassVar[str] = "pages/suggestions.html"
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HeadlinePage(Page):
    """One headline."""

    template: ClassVar[str] = "pages/headline.html"
    view: HeadlineView


@dataclass(frozen=True, slots=True)
class StoriesPage(Page):
    """The stories of a week that most outlets tell."""

    template: ClassVar[str] = "pages/stories.html"
    section: ClassVar[str] = "stories"
    listed: ClassVar[bool] = True
    view: StoriesView


@dataclass(frozen=True, slots=True)
class StoryPage(Page):
    """One story across outlets and languages."""

    template: ClassVar[str] = "pages/story.html"
    section: ClassVar[str] = "stories"
    listed: ClassVar[bool] = True
    view: StoryView


@dataclass(frozen=True, slots=True)
class SaidPage(Page):
    """Thanks to a reader who said that a headline does not belong to a story."""

    template: ClassVar[str] = "pages/said.html"
    section: ClassVar[str] = "stories"
    view: SaidView


@dataclass(frozen=True, slots=True)
class AnalysisPage(Page):
    """The list of long reads."""

    template: ClassVar[str] = "pages/analysis.html"
    section: ClassVar[str] = "analysis"
    listed: ClassVar[bool] = True
    view: AnalysisView


@dataclass(frozen=True, slots=True)
class ArticlePage(Page):
    """One long read: the only article of `view`."""

    template: ClassVar[str] = "pages/article.html"
    section: ClassVar[str] = "analysis"
    view: AnalysisView


@dataclass(frozen=True, slots=True)
class SourcesPage(Page):
    """How the sources are doing: `groups` by standing, `days` what all of them brought each day, oldest first."""

    template: ClassVar[str] = "pages/sources.html"
    section: ClassVar[str] = "outlets"
    groups: tuple[SourceGroup, ...]
    days: tuple[tuple[date, int], ...]


@dataclass(frozen=True, slots=True)
class SourcePage(Page):
    """One source with its last fetches, newest first, and what of it waits for a person."""

    template: ClassVar[str] = "pages/source.html"
    section: ClassVar[str] = "outlets"
    line: SourceLine
    fetches: tuple[FetchRecord, ...]
    held: tuple[HeldBatch, ...]


@dataclass(frozen=True, slots=True)
class AboutPage(Page):
    """What Örtöö is. `contact` is an address (https: or mailto:) for questions, empty where the operator gave none."""

    template: ClassVar[str] = "pages/about.html"
    contact: str


@dataclass(frozen=True, slots=True)
class ReferencePage(Page):
    """The API, for people who write programs: English only, as its documents are."""

    template: ClassVar[str] = "pages/reference.html"
    reference: Reference


@dataclass(frozen=True, slots=True)
class OfflinePage(Page):
    """What a device shows without a connection in place of a page that it does not keep."""

    template: ClassVar[str] = "pages/offline.html"


@dataclass(frozen=True, slots=True)
class ProblemPage(Page):
    """Something went wrong. `title`, `alt` (the title in the other edition, with its language) and `detail` are texts;
    `remedy` is an address that works, with its label; `leads` something to read instead."""

    template: ClassVar[str] = "pages/problem.html"
    status: int
    title: str
    alt: tuple[str, str]
    detail: str
    remedies: tuple[tuple[str, str], ...]
    leads: Leads | None


PAGES: tuple[type[Page], ...] = (
    TimelinePage,
    NewsPage,
    CalendarPage,
    DayPage,
    ArchivePage,
    MonthPage,
    OutletsPage,
    OutletPage,
    SearchPage,
    SuggestionsPage,
    HeadlinePage,
    StoriesPage,
    StoryPage,
    SaidPage,
    AnalysisPage,
    ArticlePage,
    SourcesPage,
    SourcePage,
    AboutPage,
    ReferencePage,
    OfflinePage,
    ProblemPage,
)
"""Every page there is."""
