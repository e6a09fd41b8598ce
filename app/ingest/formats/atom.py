"""Atom 1.0 (RFC 4287) and 0.3.

A title is text, escaped HTML or XHTML by its type; Atom 0.3 also has a mode (xml, escaped, base64).
"""

import base64
import binascii
from collections.abc import Iterable, Iterator

from app.ingest.feed_item import Draw, dated, drawn, first_text
from app.ingest.format import Format, Head, Item, Reading
from app.ingest.markup import plain, plain_of_text
from app.ingest.payload import Payload
from app.ingest.scope import base_of, first_link, home_of, is_web, language_of, resolved
from app.ingest.source import read_all
from app.ingest.vocabulary import XML
from app.ingest.xml import Element, Record, open_document, root_of, text_of
from app.model.headline import RawItem, Rejection

_NAME = "atom"

DATES = (
    "published", "issued", "created", "pubdate", "dc:date", "dcterms:issued", "dcterms:created", "atom:published",
    "updated", "modified", "dcterms:modified", "atom:updated", "atom:modified",
)  # fmt: skip
TITLES = ("title", "dc:title", "media:title", "atom:title")
TEXTS = ("summary", "content", "media:description", "description")


def read(chunks: Iterable[str], url: str = "") -> Iterator[RawItem | Rejection]:
    """The entries of an Atom feed in its order. `url` is the feed's own address, the base of relative links.

    MalformedPayload when there is no feed in it."""
    document = open_document(chunks)
    base = base_of(document.ancestors, url)
    language = language_of(document.ancestors)
    home = home_of(e for e in document.ancestors[-1] if document.named[e.tag] == "link")
    for record in document.records:
        yield record if isinstance(record, Rejection) else _entry(record, base, language, home)


def _entry(record: Record, base: str, language: str | None, home: str | None) -> RawItem | Rejection:
    children = record.children
    titles = [element for name in TITLES for element in children.get(name, ())]
    link = _link(children, base_of((record.element,), base))
    stated = next((element.get(f"{XML}lang") for element in titles if element.get(f"{XML}lang")), None)
    return drawn(
        Draw(
            record=record,
            titles=(construct(element) for element in titles),
            link=link,
            outlet=None if link else home,
            published=dated(children, DATES),
            language=stated or record.element.get(f"{XML}lang") or first_text(children, ("dc:language",)) or language,
            texts=(construct(element) for name in TEXTS for element in children.get(name, ())),
            ready=True,
        )
    )


def construct(element: Element) -> str:
    """The plain text of a text construct."""
    text = text_of(element)
    mode = (element.get("mode") or "").strip().lower()
    kind = (element.get("type") or "text").strip().lower()
    if mode == "base64":
        text = _unpacked(text)
    if kind in ("html", "text/html", "xhtml", "application/xhtml+xml") and len(element) == 0:
        # A writer of XHTML without elements either had none to write or escaped them by mistake.
        return plain(text)
    return plain_of_text(text)


def _unpacked(text: str) -> str:
    try:
        return base64.b64decode(text, validate=False).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return text


def _link(children: dict[str, list[Element]], base: str) -> str | None:
    """The entry's page: a link with rel=alternate (or none), HTML before other types; else the source of its content;
    else an id that is an address."""
    found = [(_rank(element), link) for element in children.get("link", ()) if (link := _href(element, base))]
    ranked = [link for rank, link in sorted(found, key=lambda pair: pair[0]) if rank < _OTHER]
    for element in children.get("content", ()):
        if source := element.get("src"):
            ranked += [link for link in (resolved(source, base_of((element,), base)),) if link]
    ranked += [link for e in children.get("id", ()) if is_web(link := text_of(e).strip())]
    return first_link(ranked)


_OTHER = 2


def _rank(element: Element) -> int:
    """0 for a link to the page in HTML, 1 for one to it in another type, _OTHER for links to something else."""
    rel = (element.get("rel") or "alternate").strip().lower().rpartition("/")[2]
    kind = (element.get("type") or "text/html").strip().lower()
    if rel != "alternate":
        return _OTHER
    return 0 if kind in ("text/html", "application/xhtml+xml", "html") else 1


def _href(element: Element, base: str) -> str | None:
    return resolved(element.get("href") or text_of(element), base_of((element,), base))


def sniff(head: Head) -> bool:
    """Whether an Atom feed begins here."""
    return root_of(head.text) == "feed"


def parse(payload: Payload, reading: Reading) -> Iterator[Item]:
    """The entries. MalformedPayload when there is no feed."""
    return read_all(payload, reading, read, _NAME)


FORMAT = Format(_NAME, ("application/atom+xml",), sniff, parse)
