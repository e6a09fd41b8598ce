"""Sitemaps, sitemap indexes and Google News sitemaps, also gzipped (sitemaps.org; Google's news-sitemap 0.9).

A news sitemap has titles; a plain one has addresses and times only, so its items have an empty title: they say what to
read, not what to show. An index has no items: `children` gives the addresses of its sitemaps.
"""

import zlib
from collections.abc import Iterable, Iterator

from app.ingest.feed_item import SOURCE_CHARS, TITLE_CHARS, dated, first_text
from app.ingest.format import Format, Head, Item, Reading
from app.ingest.markup import plain
from app.ingest.payload import Payload
from app.ingest.scope import resolved
from app.ingest.source import GZIP, read_all
from app.ingest.xml import Element, Record, open_document, root_of, text_of
from app.model.headline import RawItem, Reason, Rejection

_NAME = "sitemap"
_KINDS = {"urlset", "sitemapindex"}

MAX_CHILDREN = 1_000
"""Sitemaps of an index that are named; the newest ones of an outlet are among the first or last few."""

DATES = ("news:publication_date", "publication_date", "lastmod", "video:publication_date")


def read(chunks: Iterable[str], url: str = "") -> Iterator[RawItem | Rejection]:
    """The pages of a sitemap in its order; nothing for an index. MalformedPayload when there is no sitemap in it."""
    document = open_document(chunks)
    if document.kind != "urlset":
        return
    for record in document.records:
        yield record if isinstance(record, Rejection) else _page(record, url)


def children(chunks: Iterable[str], url: str = "") -> Iterator[str]:
    """The addresses of the sitemaps that an index names, at most MAX_CHILDREN; none for a sitemap."""
    document = open_document(chunks)
    if document.kind != "sitemapindex":
        return
    for count, record in enumerate(document.records):
        if count == MAX_CHILDREN:
            return
        if isinstance(record, Record) and (link := resolved(first_text(record.children, ("loc",)) or "", url)):
            yield link


def _page(record: Record, url: str) -> RawItem | Rejection:
    found = dict(record.children)
    for element in (*found.get("news:news", ()), *found.get("news", ())):
        _add(found, element, record)
    raw = record.raw.encode("utf-8", "replace")
    title = first_text(found, ("news:title", "title")) or ""
    if len(title) > SOURCE_CHARS or len(title := plain(title)) > TITLE_CHARS:
        return Rejection(raw, Reason.TOO_LARGE, f"The title has more than {TITLE_CHARS:,} characters.")
    return RawItem(
        title=title,
        link=resolved(first_text(found, ("loc",)) or "", url),
        published=dated(found, DATES),
        language=first_text(found, ("news:language", "language")),
        raw=raw,
    )


def _add(found: dict[str, list[Element]], element: Element, record: Record) -> None:
    """The children of a news element beside those of the page."""
    for child in element:
        name = record.named[child.tag]
        if name in ("news:publication", "publication"):
            _add(found, child, record)
        elif text_of(child).strip():
            found.setdefault(name, []).append(child)


def sniff(head: Head) -> bool:
    """Whether a sitemap or an index begins here, packed or not."""
    return root_of(_unpacked(head.data) if head.data[:2] == GZIP else head.text) in _KINDS


def _unpacked(data: bytes) -> str:
    try:
        return zlib.decompressobj(wbits=31).decompress(data, 4_096).decode("utf-8", "replace")
    except zlib.error:
        return ""


def parse(payload: Payload, reading: Reading) -> Iterator[Item]:
    """The pages, as a stream of any size; nothing for an index (see `children`). MalformedPayload for no sitemap."""
    return read_all(payload, reading, read, _NAME, stream=True)


FORMAT = Format(_NAME, ("application/x-gzip", "application/gzip"), sniff, parse)
