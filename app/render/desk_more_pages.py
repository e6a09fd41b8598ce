"""The further pages of the desk: outlets, long reads, sources, quarantine; and the list of all (see
`app.render.desk_pages`)."""

from dataclasses import dataclass
from typing import ClassVar

from app.model.audit import Entry
from app.model.essay import Essay
from app.model.outlet import Outlet
from app.model.quarantine import Quarantined
from app.model.source import HeldBatch, Source
from app.render.desk_pages import (
    DeskAccountPage,
    DeskAddPage,
    DeskAuditPage,
    DeskDayPage,
    DeskHeadlinePage,
    DeskHomePage,
    DeskLoginPage,
    DeskPage,
    DeskPastePage,
    DeskPeoplePage,
    DeskTokensPage,
)
from app.render.health import SourceGroup
from app.render.pages import Page


@dataclass(frozen=True, slots=True)
class DeskOutletsPage(DeskPage):
    """All outlets."""

    template: ClassVar[str] = "pages/desk_outlets.html"
    section: ClassVar[str] = "outlets"
    outlets: tuple[Outlet, ...]


@dataclass(frozen=True, slots=True)
class DeskOutletPage(DeskPage):
    """One outlet: `outlet` is what stands in the form; the `rest` are those that it may be merged into."""

    template: ClassVar[str] = "pages/desk_outlet.html"
    section: ClassVar[str] = "outlets"
    outlet: Outlet
    rest: tuple[Outlet, ...]
    refused: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class DeskAnalysisPage(DeskPage):
    """All long reads, drafts too."""

    template: ClassVar[str] = "pages/desk_analysis.html"
    section: ClassVar[str] = "analysis"
    essays: tuple[Essay, ...]


@dataclass(frozen=True, slots=True)
class DeskEssayPage(DeskPage):
    """One long read: `essay` is what stands in the form, `preview` whether it is shown beneath as readers would see
    it."""

    template: ClassVar[str] = "pages/desk_essay.html"
    section: ClassVar[str] = "analysis"
    essay: Essay
    preview: bool
    refused: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a look at an address found: the source as it would be added, and the first of its headlines."""

    source: Source
    format: str
    headlines: tuple[tuple[str, str, str], ...]
    total: int
    rejected: int
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DeskSourcesPage(DeskPage):
    """The sources, those that need somebody first; `held` is what doubt keeps back; `found` what a look at an address
    (`typed`) found."""

    template: ClassVar[str] = "pages/desk_sources.html"
    section: ClassVar[str] = "sources"
    groups: tuple[SourceGroup, ...]
    held: tuple[HeldBatch, ...]
    typed: str
    found: Found | None
    refused: str


@dataclass(frozen=True, slots=True)
class DeskQuarantinePage(DeskPage):
    """What could not be taken in, newest first; `older` is the address of what follows, empty at the end."""

    template: ClassVar[str] = "pages/desk_quarantine.html"
    section: ClassVar[str] = "quarantine"
    rejected: tuple[Quarantined, ...]
    older: str


@dataclass(frozen=True, slots=True)
class DeskRejectedPage(DeskPage):
    """One rejection, with its text to be repaired; `whole` says whether it can be tried again."""

    template: ClassVar[str] = "pages/desk_rejected.html"
    section: ClassVar[str] = "quarantine"
    one: Quarantined
    text: str
    whole: bool


DESK_PAGES: tuple[type[Page], ...] = (
    DeskLoginPage,
    DeskAccountPage,
    DeskPeoplePage,
    DeskTokensPage,
    DeskAuditPage,
    DeskHomePage,
    DeskDayPage,
    DeskAddPage,
    DeskPastePage,
    DeskHeadlinePage,
    DeskOutletsPage,
    DeskOutletPage,
    DeskAnalysisPage,
    DeskEssayPage,
    DeskSourcesPage,
    DeskQuarantinePage,
    DeskRejectedPage,
)
"""Every page of the desk."""
