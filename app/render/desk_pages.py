"""The pages of the desk: a frozen context class for each template `templates/pages/desk_*.html`.

See `app.render.pages`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from app.model.audit import AuditFilter, Entry
from app.model.editor import Editor, Right, Role, Session
from app.model.token import Scope, Token
from app.render.pages import Page
from app.timeline.desk_links import DeskLinks


@dataclass(frozen=True, slots=True)
class DeskFrame:
    """What every page of the desk has besides `Frame`: who sits there (None: nobody yet), the token of its forms, its
    addresses, what is said of the last deed (words, and whether it was refused), the present (aware UTC)."""

    editor: Editor | None
    csrf: str
    links: DeskLinks
    said: tuple[str, bool] | None
    now: datetime

    def may(self, right: str) -> bool:
        """Whether whoever sits there has a right."""
        return self.editor is not None and self.editor.may(Right(right))


@dataclass(frozen=True, slots=True)
class DeskPage(Page):
    """Base of the desk's pages."""

    desk: DeskFrame


@dataclass(frozen=True, slots=True)
class DeskLoginPage(DeskPage):
    """Signing in. `after` is where one is led then, `name` what was typed, `refused` why it did not work."""

    template: ClassVar[str] = "pages/desk_login.html"
    section: ClassVar[str] = "login"
    after: str
    name: str
    refused: str


@dataclass(frozen=True, slots=True)
class DeskAccountPage(DeskPage):
    """One's own account: `sessions` that are live, `mine` the number of this one. `secret` and `otpauth` are of a
    second factor that is being set up, else empty."""

    template: ClassVar[str] = "pages/desk_account.html"
    section: ClassVar[str] = "account"
    sessions: tuple[Session, ...]
    mine: int
    secret: str
    otpauth: str


@dataclass(frozen=True, slots=True)
class DeskPeoplePage(DeskPage):
    """Everybody."""

    template: ClassVar[str] = "pages/desk_people.html"
    section: ClassVar[str] = "people"
    people: tuple[Editor, ...]
    roles: tuple[Role, ...] = tuple(Role)


@dataclass(frozen=True, slots=True)
class DeskTokensPage(DeskPage):
    """The tokens of programs; `secret` is of one that was just made, shown this once."""

    template: ClassVar[str] = "pages/desk_tokens.html"
    section: ClassVar[str] = "tokens"
    tokens: tuple[Token, ...]
    secret: str
    scopes: tuple[Scope, ...] = tuple(Scope)


@dataclass(frozen=True, slots=True)
class DeskAuditPage(DeskPage):
    """What was done. `query` are the filter's values as they stand in the address, `older` the address of what follows,
    empty at the end; `actions` and `people` are what one may choose."""

    template: ClassVar[str] = "pages/desk_audit.html"
    section: ClassVar[str] = "audit"
    entries: tuple[Entry, ...]
    wanted: AuditFilter
    query: Mapping[str, str]
    older: str
    actions: tuple[str, ...]
    people: tuple[str, ...]
    kinds: tuple[str, ...] = field(default=())


DESK_PAGES: tuple[type[Page], ...] = (
    DeskLoginPage,
    DeskAccountPage,
    DeskPeoplePage,
    DeskTokensPage,
    DeskAuditPage,
)
"""Every page of the desk."""
