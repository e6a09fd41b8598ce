"""The guarded XML reader: a feed's text -> its items, one at a time, in bounded time and memory.

A feed is cut into items before anything is parsed (`app.ingest.cut`). So one broken item cannot damage the others,
depth, attributes and text are bounded by the length of an item, and a file of any size streams. Well-formed items are
parsed a few at a time; one that is not is repaired (`app.ingest.repair`) and parsed alone, with recovery. No document
type is read, no entity is expanded but the named characters of HTML, nothing is fetched.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any
from xml.sax.saxutils import quoteattr

from lxml import etree

from app.errors import MalformedPayload
from app.ingest.cut import KEPT_BYTES, first_item, items
from app.ingest.repair import inert, repaired
from app.ingest.source import limits_of
from app.ingest.vocabulary import Names
from app.model.headline import Reason, Rejection

Element = Any
"""An element of lxml, whose types are not published with it."""

HEADER_CHARS = 1_000_000
"""What may stand before the first item."""

MAX_NAME_SPACES = 100
"""Name spaces that are declared around items; real feeds have up to twenty."""

MAX_REPAIRS = 1_000_000
"""Brackets and ampersands in the broken items of one document that are looked at to repair them (some 0.7 µs each)."""

_BATCH_ITEMS = 16
_BATCH_CHARS = 200_000
"""Items are parsed this many at a time, or this many characters (measured: 0.43 ms for 100 items, 1.35 one by one)."""

_ROOT = re.compile(r"<(?:([\w.-]{1,40}):)?(rss|rdf|feed|urlset|sitemapindex|channel)(?=[\s/>])", re.I)
_ITEM = {"rss": "item", "rdf": "item", "channel": "item", "feed": "entry", "urlset": "url", "sitemapindex": "sitemap"}
_SKIPPED = re.compile(r"[\s\ufeff]+|<!--.*?-->|<\?[^>]*>|<!doctype[^>\[]*(?:\[[^\]]*\]\s*)?>", re.I | re.S)
_PAGE = re.compile(r"<!doctype\s+html\b|<(?:html|head|body|script)\b", re.I)

_NAME = re.compile(r"<([\w.:-]{1,100})")

_GUARD = {
    "resolve_entities": False,
    "no_network": True,
    "huge_tree": False,
    "load_dtd": False,
    "remove_comments": True,
    "remove_pis": True,
    "encoding": "utf-8",
}
_STRICT = etree.XMLParser(recover=False, **_GUARD)
_RECOVERING = etree.XMLParser(recover=True, **_GUARD)


@dataclass(frozen=True, slots=True)
class Record:
    """One item: its element, its own text as it stood, and its children by their short names, which `named` gives."""

    element: Element
    raw: str
    children: dict[str, list[Element]]
    named: Names


@dataclass(frozen=True, slots=True)
class Document:
    """A feed whose header has been read. `kind` is the root's name in lower case (rss, rdf, channel, feed, urlset,
    sitemapindex); `ancestors` are the elements around the items, outermost first, with all that stands before the first
    item; `named` gives short names. `records` can be read once."""

    kind: str
    ancestors: tuple[Element, ...]
    named: Names
    records: Iterator[Record | Rejection]


def root_of(head: str) -> str | None:
    """The kind of feed that a text begins as; None when it has no root of a feed, or is an HTML page. Comments,
    instructions, document types and junk before the root are passed over."""
    found = _root(head)
    return found[2].lower() if found else None


def is_page(head: str) -> bool:
    """Whether a text begins as an HTML page."""
    return _PAGE.match(head, _prologue(head)) is not None


def open_document(chunks: Iterable[str]) -> Document:
    """Read a feed's header; the items follow as `records` is consumed.

    MalformedPayload when the first HEADER_CHARS characters hold no root of a feed, or no item although more follows.
    """
    source = iter(chunks)
    text = ""
    first = root = None
    for chunk in source:
        text += chunk
        root = root or _root(text)
        first = first_item(text, root.end(), _ITEM[root[2].lower()]) if root else None
        if first is not None or len(text) > HEADER_CHARS:
            break
    if root is None:
        raise MalformedPayload("There is no feed in this document.", reason=Reason.MALFORMED)
    end = first.start() if first else len(text)
    if end - root.start() > HEADER_CHARS:
        raise MalformedPayload(
            f"The feed has no item in its first {HEADER_CHARS:,} characters, which is where reading stops.",
            reason=Reason.TOO_LARGE,
            limit="header",
            value=HEADER_CHARS,
        )
    kind = root[2].lower()
    ancestors = _around(text[root.start() : end], kind)
    cut = items(text, first, source) if first else iter(())
    named = Names(*(element.tag for element in ancestors))
    return Document(kind, ancestors, named, _Items(ancestors[-1], named, limits_of(chunks).nesting).read(cut))


def text_of(element: Element) -> str:
    """All the text inside an element."""
    return (element.text or "") if len(element) == 0 else "".join(element.itertext())


def _root(text: str) -> re.Match[str] | None:
    position = _prologue(text)
    if _PAGE.match(text, position):
        return None
    return _ROOT.match(text, position) or _ROOT.search(text, position, position + HEADER_CHARS)


def _prologue(text: str) -> int:
    """Where comments, instructions, blanks and document types (but HTML's) end."""
    position = 0
    while (blank := _SKIPPED.match(text, position)) is not None and not _PAGE.match(blank[0]):
        position = blank.end()
    return position


def _around(header: str, kind: str) -> tuple[Element, ...]:
    """The elements that are open where the items begin."""
    root = _recovered(inert(header))
    if root is None:
        root = etree.Element(kind)
    if kind != "rss":
        return (root,)
    channels = [child for child in root if str(child.tag).rpartition("}")[2].lower() == "channel"]
    return (root, *channels[-1:])


class _Items:
    """Parses the items of one document, none of more than `nesting` levels. `_repairs` is what may still be spent on
    broken ones."""

    def __init__(self, parent: Element, named: Names, nesting: int) -> None:
        self._wrapper = _wrapper(parent)
        self._named = named
        self._nesting = nesting
        self._too_deep = _deeper_than(nesting)
        self._repairs = MAX_REPAIRS

    def read(self, cut: Iterator[str | Rejection]) -> Iterator[Record | Rejection]:
        """The items in their order."""
        batch: list[str] = []
        size = 0
        for item in cut:
            if isinstance(item, Rejection):
                yield from self._parsed(batch)
                batch, size = [], 0
                yield item
                continue
            batch.append(item)
            size += len(item)
            if len(batch) == _BATCH_ITEMS or size > _BATCH_CHARS:
                yield from self._parsed(batch)
                batch, size = [], 0
        yield from self._parsed(batch)

    def _parsed(self, batch: list[str]) -> Iterator[Record | Rejection]:
        """The items of a batch; if they do not parse together, each alone."""
        if not batch:
            return
        root = self._together(batch)
        if root is None and (closed := list(map(_closed, batch))) != batch:
            root = self._together(closed)
        if root is not None:
            for element, raw in zip(root, batch, strict=True):
                yield _record(element, raw, self._named)
        elif len(batch) > 1:
            for raw in batch:
                yield from self._parsed([raw])
        else:
            yield self._mended(batch[0])

    def _together(self, batch: list[str]) -> Element | None:
        """The elements of items, inside one; None where they do not parse, or one of them is nested too deep."""
        root = _strict("".join((self._wrapper, *batch, "</w>")))
        return None if root is None or len(root) != len(batch) or self._too_deep(root) else root

    def _mended(self, raw: str) -> Record | Rejection:
        """A broken item, repaired."""
        marks = raw.count("&") + raw.count("<")
        if marks > self._repairs:
            detail = f"The document is broken in more places than are repaired ({MAX_REPAIRS:,} marks)."
            return Rejection(raw.encode("utf-8", "replace")[:KEPT_BYTES], Reason.TOO_LARGE, detail)
        self._repairs -= marks
        root = _recovered(f"{self._wrapper}{repaired(raw)}</w>")
        if root is None or not len(root):
            return Rejection(raw.encode("utf-8", "replace"), Reason.MALFORMED, "The item cannot be read as XML.")
        if self._too_deep(root):
            detail = f"The item is nested deeper than {self._nesting} levels (ORTOO_MAX_NESTING)."
            return Rejection(raw.encode("utf-8", "replace")[:KEPT_BYTES], Reason.TOO_LARGE, detail)
        return _record(root[0], raw, self._named)


def _closed(raw: str) -> str:
    """An item with its end tag: one that lacks it ends where the next begins."""
    name = _NAME.match(raw)
    end = f"</{name[1]}>" if name else ""
    return raw if raw.endswith((end, "/>")) else raw + end


@cache
def _deeper_than(levels: int) -> Callable[[Element], bool]:
    """Whether an item inside an element has more than so many levels, itself the first. (Some 4 µs.)"""
    deeper: Callable[[Element], bool] = etree.XPath(f"boolean({'/'.join('*' * (levels + 1))})")
    return deeper


def _wrapper(parent: Element) -> str:
    """A start tag that declares what is declared around the items."""
    spaces = list(parent.nsmap.items())[:MAX_NAME_SPACES]
    return "<w" + "".join(f" xmlns{':' + p if p else ''}={quoteattr(uri)}" for p, uri in spaces if uri) + ">"


def _record(element: Element, raw: str, named: Names) -> Record:
    children: dict[str, list[Element]] = {}
    for child in element:
        name = named[child.tag]
        if name in children:
            children[name].append(child)
        else:
            children[name] = [child]
    return Record(element, raw, children, named)


def _strict(text: str) -> Element | None:
    try:
        return etree.fromstring(text.encode("utf-8"), _STRICT)
    except (etree.XMLSyntaxError, UnicodeEncodeError):
        return None


def _recovered(text: str) -> Element | None:
    try:
        return etree.fromstring(text.encode("utf-8"), _RECOVERING)
    except etree.XMLSyntaxError:
        return None
