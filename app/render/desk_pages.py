"""The pages of the desk: a frozen context class for each template `templates/pages/desk_*.html`.

See `app.render.pages`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar

from app.model.audit import AuditFilter, Entry
from app.model.desk import DeskDigest, DeskRow, DigestVersion, Draft, Pasted, Slot, Typed
from app.model.editor import Editor, Right, Role, Session
from app.model.story import Story
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
    """Signing in. `after` is where one is led then, `typed` the name as typed, `refused` why it did not work."""

    template: ClassVar[str] = "pages/desk_login.html"
    section: ClassVar[str] = "login"
    after: str
    typed: str
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


@dataclass(frozen=True, slots=True)
class DeskHomePage(DeskPage):
    """Where one begins: the newest days with the number of their headlines, and the digests that readers do not see."""

    template: ClassVar[str] = "pages/desk_home.html"
    section: ClassVar[str] = "home"
    days: tuple[tuple[date, int], ...]
    unpublished: tuple[DeskDigest, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """What somebody asked for and did not get, because `who` was faster (with `action`, `at`): the fields of the form,
    to be sent again."""

    who: str
    action: str
    at: datetime
    fields: tuple[tuple[str, str], ...]
    address: str


@dataclass(frozen=True, slots=True)
class DeskDayPage(DeskPage):
    """A day in an editor's hands. `columns` are language and entries in order; `loose` are the day's headlines that
    are in no column, `held` those that are hidden; `can_undo` says whether there is something to undo; `waiting` is a
    change that met another one."""

    template: ClassVar[str] = "pages/desk_day.html"
    section: ClassVar[str] = "days"
    digest: DeskDigest
    columns: tuple[tuple[str, tuple[tuple[Slot, DeskRow], ...]], ...]
    loose: tuple[DeskRow, ...]
    held: tuple[DeskRow, ...]
    versions: tuple[DigestVersion, ...]
    can_undo: bool
    around: tuple[date | None, date | None]
    waiting: Waiting | None


@dataclass(frozen=True, slots=True)
class DeskAddPage(DeskPage):
    """A headline for a day: by its address or by hand. `draft` is what stands in the form, `checked` that its title
    was fetched and waits for a word, `refused` why it was not taken."""

    template: ClassVar[str] = "pages/desk_add.html"
    section: ClassVar[str] = "days"
    day: date
    draft: Draft
    checked: bool
    refused: str


@dataclass(frozen=True, slots=True)
class DeskPastePage(DeskPage):
    """A digest's text for a day; `pasted` is what it is and would do, None before it was looked at."""

    template: ClassVar[str] = "pages/desk_paste.html"
    section: ClassVar[str] = "days"
    day: date
    text: str
    pasted: Pasted | None
    refused: str


@dataclass(frozen=True, slots=True)
class DeskHeadlinePage(DeskPage):
    """One headline to be corrected, hidden, shown. `typed` is what stands in the form, `seen` when it last changed;
    `story` is the story that it is in."""

    template: ClassVar[str] = "pages/desk_headline.html"
    section: ClassVar[str] = "days"
    one: DeskRow
    typed: Typed
    seen: str
    refused: str
    entries: tuple[Entry, ...]
    story: Story | None
