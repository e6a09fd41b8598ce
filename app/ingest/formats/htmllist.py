"""HTML listing pages, by the rule of their source (`app.ingest.listing`). A page without a rule is a rejection that
says what came instead of a feed, and which feeds the page names."""

from collections.abc import Iterable, Iterator
from typing import Any
from xml.sax.saxutils import quoteattr

from lxml import etree

from app.ingest.feed_item import SOURCE_CHARS, TITLE_CHARS
from app.ingest.format import Format, Head, Item, Reading
from app.ingest.listing import Listing, Pick
from app.ingest.markup import feeds_of_page, page_title, plain
from app.ingest.payload import Payload
from app.ingest.repair import inert
from app.ingest.scope import resolved
from app.ingest.source import read_all
from app.ingest.xml import is_page
from app.model.headline import RawItem, Reason, Rejection

_NAME = "html"

MAX_ITEMS = 1_000
"""Headlines taken from one page."""

MAX_TAGS = 100_000
"""Tags of a page; the front pages of big outlets have some 10,000."""

_LOOKED_AT = 5
"""Elements that are looked at for one that is not empty."""

KEPT_CHARS = 16_000
"""What a rejection keeps of a page."""


def read(text: str, url: str, rule: Listing) -> Iterator[RawItem | Rejection]:
    """The headlines of a page in its order, found by `rule`. A page where the rule finds nothing is a rejection."""
    if text.count("<") > MAX_TAGS:
        yield _refused(text, Reason.TOO_LARGE, f"The page has more than {MAX_TAGS:,} tags.")
        return
    page = _parsed(text)
    found = _outermost(page.xpath(rule.item.xpath)) if page is not None else []
    if not found:
        yield _refused(text, Reason.MALFORMED, "The rule finds no headline in this page: the page may have changed.")
        return
    base = next((resolved(b.get("href") or "", url) for b in page.iter("base")), None) or url
    for element in found[:MAX_ITEMS]:
        yield _item(element, rule, base)
    if len(found) > MAX_ITEMS:
        detail = f"The rule finds {len(found):,} headlines in this page; the first {MAX_ITEMS:,} were read."
        yield _refused(text, Reason.TOO_LARGE, detail)


def no_feed(text: str, url: str) -> Rejection:
    """The rejection of a page that came where a feed was expected."""
    title = page_title(text)
    named = [link.href for link in feeds_of_page(text, url)]
    detail = "This is an HTML page" + (f" ({title})" if title else "") + ", not a feed. "
    if named:
        detail += f"It names these feeds: {', '.join(named[:5])}."
    else:
        detail += "It names no feed; a listing rule (--rule) can read its headlines."
    return _refused(text, Reason.UNKNOWN_FORMAT, detail)


def _parsed(text: str) -> Any:
    parser = etree.HTMLParser(recover=True, no_network=True, huge_tree=False, encoding="utf-8", remove_comments=True)
    try:
        return etree.fromstring(inert(text).encode("utf-8"), parser)
    except etree.XMLSyntaxError:
        return None


def _item(element: Any, rule: Listing, base: str) -> RawItem | Rejection:
    raw = _raw(element, base)
    link = _picked(element, rule.link or Pick.of("a[href]", "href"))
    title = _picked(element, rule.title or Pick.of("a[href]")) or ("" if rule.title else _text(element))
    if len(title) > TITLE_CHARS:
        return Rejection(raw, Reason.TOO_LARGE, f"The title has more than {TITLE_CHARS:,} characters.")
    return RawItem(
        title=title,
        link=resolved(link, base),
        published=(_picked(element, rule.date) or None) if rule.date else None,
        raw=raw,
    )


def _raw(element: Any, base: str) -> bytes:
    """A headline's element with the tags around it, so that it can be read again alone, by the same rule."""
    raw: bytes = etree.tostring(element, encoding="utf-8", with_tail=False)
    for outer in element.iterancestors():
        attributes = "".join(f" {name}={quoteattr(value)}" for name, value in outer.attrib.items())
        told = f"<base href={quoteattr(base)}>" if outer.tag == "html" and base else ""
        raw = f"<{outer.tag}{attributes}>{told}".encode("utf-8", "replace") + raw + f"</{outer.tag}>".encode()
    return raw


def _outermost(found: list[Any]) -> list[Any]:
    """Without elements inside others of the list, so that no part of a page is read twice."""
    taken: set[Any] = set()
    for element in found:
        if taken.isdisjoint(element.iterancestors()):
            taken.add(element)
    return [element for element in found if element in taken]


def _picked(element: Any, pick: Pick) -> str:
    """The first text that a selector takes from an element, or inside it; "" where it takes none."""
    for found in element.xpath(pick.xpath)[:_LOOKED_AT]:
        text = " ".join((found.get(pick.attribute) or "").split()) if pick.attribute else _text(found)
        if text:
            return text
    return ""


def _text(element: Any) -> str:
    return plain(etree.tostring(element, encoding="unicode", method="html", with_tail=False)[:SOURCE_CHARS])


def _refused(text: str, reason: Reason, detail: str) -> Rejection:
    return Rejection(text[:KEPT_CHARS].encode("utf-8", "replace"), reason, detail, _NAME)


def sniff(head: Head) -> bool:
    """Whether a page begins here, and no feed."""
    return is_page(head.text)


def parse(payload: Payload, reading: Reading) -> Iterator[Item]:
    """The headlines by the rule of `reading`; without one a rejection that names the page's feeds."""

    def read_page(chunks: Iterable[str], url: str) -> Iterator[Item]:
        text = "".join(chunks)
        if reading.listing is None:
            return iter((no_feed(text, url),))
        return read(text, url, reading.listing)

    return read_all(payload, reading, read_page, _NAME)


FORMAT = Format(_NAME, ("text/html", "application/xhtml+xml"), sniff, parse)
