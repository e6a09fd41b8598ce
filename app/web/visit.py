"""One request, understood: which edition, which filter, whole page or part. And the site that it came to."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qsl, unquote, urlsplit

from starlette.requests import Request

from app.clock import Clock
from app.errors import BadFilter
from app.i18n import Translator
from app.model.day import day_of
from app.model.filters import FILTERS, MAX_QUERY_CHARS, TimelineFilter
from app.model.language import UI_LANGUAGES
from app.render.formats.html import HtmlRenderer
from app.render.pages import Frame
from app.settings import Settings
from app.store import Reader, Store
from app.timeline.links import Links
from app.web.again import AGAIN
from app.web.assets import Assets
from app.web.negotiate import wants_part

At = Callable[[Links], str]
"""Where a page is, in whichever edition: from its links to its address."""

_HOST = re.compile(r"(?:[A-Za-z0-9_.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?")
_KNOWN = frozenset(row.name for row in FILTERS)


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that requests share. `version` names everything that pages are made of, but for what they say."""

    settings: Settings
    store: Store
    clock: Clock
    renderer: HtmlRenderer
    translators: dict[str, Translator]
    assets: Assets
    version: str


@dataclass(frozen=True, slots=True)
class Visit:
    """A request for a page of edition `ui`."""

    site: Site
    request: Request
    ui: str

    @classmethod
    def of(cls, request: Request, ui: str) -> "Visit":
        """A request that the application received."""
        return cls(request.app.state.site, request, ui)

    @property
    def links(self) -> Links:
        return Links(self.ui)

    @property
    def t(self) -> Translator:
        return self.site.translators[self.ui]

    @property
    def today(self) -> date:
        """The Ulaanbaatar day of this request."""
        return day_of(self.site.clock())

    @property
    def part(self) -> bool:
        """Whether only a part of the page is wanted."""
        return wants_part(self.request.headers)

    def reading(self) -> AbstractContextManager[Reader]:
        """One view of the store for somebody who only reads: of a replica, unless one has just failed him."""
        store = self.site.store
        return store.reading() if AGAIN in self.request.scope else store.viewing()

    def query(self) -> str:
        """The query string as it came. BadFilter when it is no UTF-8 or too long to be looked at."""
        raw: bytes = self.request.scope["query_string"]
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError as error:
            raise BadFilter("The query string is no UTF-8.", name="query", value="", expected="UTF-8") from error
        if len(text) > MAX_QUERY_CHARS:
            raise BadFilter("The query string is too long.", name="query", value="", expected=str(MAX_QUERY_CHARS))
        return text

    def filter(self) -> TimelineFilter:
        """The filter that the query string asks for. BadFilter."""
        return TimelineFilter.from_query(self.query())

    def is_at(self, address: str) -> bool:
        """Whether the request came to `address` just so: its path, and its known parameters in the same order."""
        wanted = urlsplit(address)
        pairs = parse_qsl(wanted.query)
        known = _KNOWN | {name for name, _ in pairs}
        mine = [pair for pair in parse_qsl(self.query(), keep_blank_values=True) if pair[0] in known]
        return self.request.scope["path"] == unquote(wanted.path) and mine == pairs

    def origin(self) -> str:
        """Scheme and host of absolute addresses: the public address if one is set, else the one that was asked."""
        if self.site.settings.base_url:
            return self.site.settings.base_url.rstrip("/")
        host = self.request.headers.get("host", "")
        return f"{self.request.scope['scheme']}://{host}" if _HOST.fullmatch(host) else ""

    def host(self) -> str:
        """The host of `origin`, without its port; "localhost" where the request names none."""
        return urlsplit(self.origin()).hostname or "localhost"

    def frame(self, at: At, *, index: bool = True) -> Frame:
        """What stands around the page whose address is `at`."""
        return Frame(
            t=self.t,
            others=tuple(t for ui, t in self.site.translators.items() if ui != self.ui),
            links=self.links,
            origin=self.origin(),
            path=at(self.links),
            alternates=tuple((ui, at(Links(ui))) for ui in UI_LANGUAGES),
            asset=self.site.assets.address,
            today=self.today,
            index=index,
        )
