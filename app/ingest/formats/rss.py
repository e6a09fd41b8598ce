"""RSS 0.9x, 1.0 (RDF) and 2.0, with the elements of Dublin Core and Atom that feeds put inside.

Sources: RSS 2.0 (rssboard.org), RSS 1.0 and 0.90 (web.resource.org/rss/1.0), Dublin Core terms.
"""

import re
from collections.abc import Iterable, Iterator

from app.ingest.feed_item import Draw, dated, drawn, first_text
from app.ingest.format import Format, Head, Item, Reading
from app.ingest.payload import Payload
from app.ingest.scope import base_of, first_link, home_of, is_web, language_of, resolved
from app.ingest.source import read_all
from app.ingest.vocabulary import ABOUT, XML
from app.ingest.xml import Document, Element, Record, open_document, root_of, text_of
from app.model.headline import RawItem, Rejection

_NAME = "rss"
_GOOGLE = re.compile(r"<generator>\s*NFE/|<link>\s*https?://news\.google\.[a-z.]{2,7}/")
_CHANNEL_CHARS = 3_000

KINDS = {"rss", "rdf", "channel"}

TITLES = ("title", "dc:title", "media:title", "itunes:title", "atom:title")
DATES = (
    "pubdate", "dc:date", "atom:published", "dcterms:issued", "dcterms:created", "published", "date", "issued",
    "dcterms:date", "atom:updated", "dcterms:modified", "atom:modified", "updated", "lastbuilddate",
)  # fmt: skip
TEXTS = ("description", "content:encoded", "itunes:summary", "atom:summary", "media:description", "dc:description")


def read(chunks: Iterable[str], url: str = "") -> Iterator[RawItem | Rejection]:
    """The items of an RSS feed in its order. `url` is the feed's own address, the base of relative links.

    MalformedPayload when there is no feed in it."""
    document = open_document(chunks)
    base, language = base_of(document.ancestors, url), channel_language(document)
    home = home_of(e for e in _channel(document) if document.named[e.tag] in ("link", "atom:link"))
    for record in document.records:
        yield record if isinstance(record, Rejection) else item(record, base, language, home)


def item(record: Record, base: str, language: str | None, home: str | None = None) -> RawItem | Rejection:
    """One item; `base` and `language` are those of its channel, `home` the site's host, for an item without a link."""
    children = record.children
    own = base_of((record.element,), base)
    link = first_link(_links(children, own)) or resolved(record.element.get(ABOUT) or "", own)
    return drawn(
        Draw(
            record=record,
            titles=(text_of(element) for name in TITLES for element in children.get(name, ())),
            link=link,
            outlet=None if link else home,
            published=dated(children, DATES),
            language=first_text(children, ("dc:language", "language")) or record.element.get(f"{XML}lang") or language,
            texts=(text_of(element) for name in TEXTS for element in children.get(name, ())),
        )
    )


def _links(children: dict[str, list[Element]], base: str) -> Iterator[str | None]:
    """An item's links, the best first: link, an Atom link to the page, a guid that is a permalink."""
    for element in children.get("link", ()):
        yield resolved(text_of(element), base_of((element,), base))
        yield resolved(element.get("href") or "", base_of((element,), base))
    for element in children.get("atom:link", ()):
        if (element.get("rel") or "alternate") == "alternate":
            yield resolved(element.get("href") or text_of(element), base_of((element,), base))
    for element in children.get("guid", ()):
        text = text_of(element).strip()
        if (element.get("isPermaLink") or "true").strip().lower() != "false" and is_web(text):
            yield text


def channel_language(document: Document) -> str | None:
    """The language that a channel declares for its items, as written."""
    named = (e for e in _channel(document) if document.named[e.tag] in ("language", "dc:language"))
    texts = (text_of(element).strip() for element in named)
    return language_of(document.ancestors) or next(filter(None, texts), None)


def _channel(document: Document) -> Element:
    """The element that describes the channel; in RSS 1.0 it stands before the items, not around them."""
    around = document.ancestors[-1]
    if document.kind != "rdf":
        return around
    return next((e for e in around if document.named[e.tag] == "channel"), around)


def is_google(text: str) -> bool:
    """Whether the channel that begins a text is Google News', which has a format of its own."""
    return _GOOGLE.search(text, 0, _CHANNEL_CHARS) is not None


def sniff(head: Head) -> bool:
    """Whether an RSS feed begins here that is not Google News'."""
    return root_of(head.text) in KINDS and not is_google(head.text)


def parse(payload: Payload, reading: Reading) -> Iterator[Item]:
    """The items. MalformedPayload when there is no feed."""
    return read_all(payload, reading, read, _NAME)


FORMAT = Format(_NAME, ("application/rss+xml", "application/rdf+xml"), sniff, parse)
