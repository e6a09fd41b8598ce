"""The outlets as files: a table, JSON, NDJSON, and OPML with which a feed reader follows each of them."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from app.i18n import Translator
from app.model.outlet import Outlet
from app.render.formats.table import BYTE_ORDER_MARK, line
from app.render.formats.xml import DECLARATION, attribute, text, uri
from app.timeline.links import Links, in_format
from app.timeline.views import OutletsView


@dataclass(frozen=True, slots=True)
class Register:
    """All outlets in the order of the page, each with its headlines in `view`'s window. `origin` is the scheme and host
    of absolute addresses, `own` the path of the file."""

    t: Translator
    links: Links
    origin: str
    own: str
    view: OutletsView
    outlets: tuple[tuple[Outlet, int], ...]


@dataclass(frozen=True, slots=True)
class RegisterFormat:
    """One format; see `app.render.formats.OutputFormat`."""

    suffix: str
    media_type: str
    write: Callable[[Register], Iterator[str]]
    label: str

    @property
    def mime(self) -> str:
        """The media type without its parameters."""
        return self.media_type.partition(";")[0]


COLUMNS = ("domain", "name_en", "name_mn", "kind", "country", "languages", "hosts", "headlines", "page", "feed")


def _records(register: Register) -> Iterable[dict[str, Any]]:
    for outlet, n in register.outlets:
        page = register.origin + register.links.outlet(outlet.domain)
        yield {
            "domain": outlet.domain,
            "name_en": outlet.name_en,
            "name_mn": outlet.name_mn,
            "kind": outlet.kind or None,
            "country": outlet.country or None,
            "languages": list(outlet.languages),
            "hosts": list(outlet.hosts),
            "headlines": n,
            "page": page,
            "feed": in_format(page, ".atom"),
        }


def table(register: Register) -> Iterator[str]:
    """CSV as of every list; several languages or hosts of an outlet stand in one cell, with blanks between."""
    yield BYTE_ORDER_MARK + line(COLUMNS)
    for record in _records(register):
        yield line(tuple(" ".join(cell) if isinstance(cell, list) else cell for cell in record.values()))


def lines(register: Register) -> Iterator[str]:
    """An outlet a line."""
    for record in _records(register):
        yield json.dumps(record, ensure_ascii=False) + "\n"


def document(register: Register) -> Iterator[str]:
    """One JSON object: the days that `headlines` counts, and the outlets."""
    window = register.view.window
    told = {
        "title": register.t.text("nav.outlets"),
        "home_page_url": register.origin + register.links.outlets(),
        "from": window[0].isoformat() if window else None,
        "to": window[1].isoformat() if window else None,
        "outlets": list(_records(register)),
    }
    yield json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def subscriptions(register: Register) -> Iterator[str]:
    """OPML 2.0: the feed of each outlet's headlines here."""
    t = register.t
    yield f'{DECLARATION}<opml version="2.0">\n<head>\n<title>{text("Өртөө | " + t.text("nav.outlets"))}</title>\n'
    yield "</head>\n<body>\n"
    yield f"<outline text={attribute(t.text('nav.outlets'))}>\n"
    for outlet, _ in register.outlets:
        name = outlet.name_mn if t.ui == "mn" else outlet.name_en
        page = register.origin + register.links.outlet(outlet.domain)
        feed, shown = attribute(uri(in_format(page, ".atom"))), attribute(uri(page))
        named = f"text={attribute(name)} title={attribute(name)}"
        yield f'<outline type="rss" {named} xmlUrl={feed} htmlUrl={shown}/>\n'
    yield "</outline>\n</body>\n</opml>\n"


OPML_TYPE = "text/x-opml; charset=utf-8"

REGISTER_FORMATS: tuple[RegisterFormat, ...] = (
    RegisterFormat(".csv", "text/csv; charset=utf-8; header=present", table, "CSV"),
    RegisterFormat(".json", "application/json", document, "JSON"),
    RegisterFormat(".ndjson", "application/x-ndjson", lines, "NDJSON"),
    RegisterFormat(".opml", OPML_TYPE, subscriptions, "OPML"),
)
"""What the list of outlets can be had as."""
