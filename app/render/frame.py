"""What stands around every page, and what every page is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.i18n import Translator
from app.timeline.links import Links


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page. `origin` is the scheme and host of absolute addresses, without a slash; `path` the
    page's own canonical path and query; `alternates` the same page in each edition; `asset` gives the address of a
    static file; `today` the Ulaanbaatar day on which the page is made; `index`, whether search engines should keep it;
    `others` are the translators of the other editions."""

    t: Translator
    others: tuple[Translator, ...]
    links: Links
    origin: str
    path: str
    alternates: tuple[tuple[str, str], ...]
    asset: Callable[[str], str]
    today: date
    index: bool = True


@dataclass(frozen=True, slots=True)
class Page:
    """Base of all pages: its template, the section of the navigation that it belongs to, and whether it is a list that
    has files (`app.render.formats.FORMATS`)."""

    template: ClassVar[str]
    section: ClassVar[str] = ""
    listed: ClassVar[bool] = False
