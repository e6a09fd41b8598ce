"""A rejection, to be read again alone: what its raw bytes have to be wrapped into, or whether they cannot be read
again."""

import json
import re
from dataclasses import dataclass

from app.ingest.formats.htmllist import KEPT_CHARS as PAGE_CHARS
from app.model.headline import Reason, Rejection

_ELEMENT = re.compile(rb"\s*<(?:[\w.-]{1,40}:)?(?:item|entry|url)(?=[\s/>])", re.I)
_SPACES = (
    b' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    b' xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"'
    b' xmlns:dcterms="http://purl.org/dc/terms/" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    b' xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
)
_RSS = (b"<rss" + _SPACES + b"><channel>", b"</channel></rss>")
_AROUND = {
    "rss": _RSS,
    "googlenews": _RSS,
    "atom": (b'<feed xmlns="http://www.w3.org/2005/Atom"' + _SPACES + b">", b"</feed>"),
    "sitemap": (b"<urlset" + _SPACES + b">", b"</urlset>"),
}
"""What stood around an item of XML. Prefixes that other feeds declare otherwise are read by their usual meaning."""

_LISTS = {"jsonfeed": "items", "gdelt": "articles"}

_WHOLE = frozenset(
    {Reason.ENCODING, Reason.MALFORMED, Reason.TOO_SLOW, Reason.UNKNOWN_FORMAT, Reason.EMPTY, Reason.BINARY}
)
"""Reasons for which a digest is rejected as a whole; its entries have others."""


@dataclass(frozen=True, slots=True)
class Again:
    """What to read: `body`, and whether it is an `item` out of something larger."""

    body: bytes
    item: bool


def again(rejection: Rejection) -> Again | None:
    """How to read a rejection again; None where only its beginning was kept: the rest would be lost without a trace if
    that were understood."""
    if rejection.reason is Reason.TOO_LARGE or _is_cut_page(rejection):
        return None
    raw, name = rejection.raw, rejection.format
    if name in _AROUND and _ELEMENT.match(raw):
        before, after = _AROUND[name]
        return Again(before + raw + after, item=True)
    if name in _LISTS and not _holds(raw, _LISTS[name]):
        return Again(b'{"%s": [%s]}' % (_LISTS[name].encode(), raw), item=True)
    if name == "json" and not raw.lstrip().startswith(b"["):
        return Again(b"[" + raw + b"]", item=True)
    part = rejection.reason not in _WHOLE if name == "digest" else name == "ndjson" and b"\n" not in raw.strip()
    return Again(raw, item=part)


def _is_cut_page(rejection: Rejection) -> bool:
    return rejection.format == "html" and len(rejection.raw.decode("utf-8", "replace")) >= PAGE_CHARS


def _holds(raw: bytes, member: str) -> bool:
    """Whether this is a whole document: an object with its list, or no JSON at all."""
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError):
        return True
    return isinstance(value, dict) and member in value
