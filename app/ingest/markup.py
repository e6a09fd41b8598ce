"""HTML -> the plain text of a title, and what an HTML page says about its feeds."""

import html
import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import urljoin

COMPOSED_CHARS = 300
"""No known real headline has so many."""

# Characters 128 to 159 are controls that no title has: who writes them means those of cp1252 (as HTML reads &#146;).
_MEANT = {n: found for n in range(0x80, 0xA0) if (found := bytes((n,)).decode("cp1252", "ignore"))}

# Elements whose content is no text of a title; each is dropped as a whole.
_HIDDEN = re.compile(r"<(script|style|template|noscript|iframe)\b", re.I)
_HIDDEN_END = {
    name: re.compile(rf"</{name}[^<>]*>?", re.I) for name in ("script", "style", "template", "noscript", "iframe")
}
_BREAKING = {
    "br",
    "p",
    "div",
    "li",
    "td",
    "th",
    "tr",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "hr",
    "blockquote",
}
_QUOTED_TAG = re.compile(r"""</?([A-Za-z][\w:-]*)(?:[^<>"']|"[^"]*"|'[^']*')*>|<[!?][^<>]*>""")
_PLAIN_TAG = re.compile(r"</?([A-Za-z][\w:-]*)[^<>]*>|<[!?][^<>]*>")
_MANY_TAGS = 100
_AGAIN = re.compile(
    r"&(?:amp|lt|gt|quot|apos|nbsp|laquo|raquo|ldquo|rdquo|lsquo|rsquo|hellip|ndash|mdash|#\d{2,6}|#x[0-9a-fA-F]{2,5});"
)
_KNOWN_TAG = re.compile(
    r"</?(?:a|abbr|b|big|br|cite|code|del|div|em|font|h[1-6]|i|img|ins|p|q|s|small|span|strike|strong|sub|sup|tt|u)(?:\s[^<>]*)?/?>",
    re.I,
)


def plain(text: str) -> str:
    """The text of a title that is HTML: tags out (a line break is a blank), entities read, once more where they were
    escaped twice, white space folded, NFC."""
    if "<" in text:
        text = _untagged(text)
    if "&" in text:
        text = html.unescape(text)
        if "&" in text and _AGAIN.search(text):
            text = _AGAIN.sub(lambda found: html.unescape(found[0]), text)
    return folded(text)


def plain_of_text(text: str) -> str:
    """The text of a title that is declared to be text. Many writers escape it once too often all the same: then it is
    read as HTML where it can be nothing else, that is where it holds an entity or a tag that HTML really has."""
    if ("&" in text and _AGAIN.search(text)) or ("<" in text and _KNOWN_TAG.search(text)):
        return plain(text)
    return folded(text)


def folded(text: str) -> str:
    """White space folded as HTML does (and at both ends dropped), NFC. A text of more than COMPOSED_CHARS stays in the
    form in which it came: to put piles of marks in order takes time by the square of their height, so they have to be
    cut first (`app.normalise.text`)."""
    if not text.isprintable():
        text = text.translate(_MEANT)
    text = " ".join(text.split())
    return text if len(text) > COMPOSED_CHARS else unicodedata.normalize("NFC", text)


def _untagged(text: str) -> str:
    text = _without_hidden(text)
    tag = _QUOTED_TAG if text.count("<") <= _MANY_TAGS else _PLAIN_TAG
    return tag.sub(lambda found: " " if (found[1] or "").lower() in _BREAKING else "", text)


def _without_hidden(text: str) -> str:
    """Without comments and hidden elements; one that is never closed hides the rest, as in a browser."""
    if "<!--" in text:
        parts = text.split("<!--")
        text = parts[0] + "".join(part.partition("-->")[2] for part in parts[1:])
    shown: list[str] = []
    position = 0
    while (found := _HIDDEN.search(text, position)) is not None:
        shown.append(text[position : found.start()])
        end = _HIDDEN_END[found[1].lower()].search(text, found.end())
        position = end.end() if end else len(text)
    return "".join((*shown, text[position:]))


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed that a page names: its address, media type and title ("" where it has none)."""

    href: str
    media_type: str
    title: str


FEED_TYPES = {
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/feed+json",
    "application/json",
    "application/xml",
    "text/xml",
}
MAX_FEEDS = 20
_PAGE_HEAD = 500_000
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
_LINK = re.compile(r"<(link|a|base)\b([^<>]{1,4000})>", re.I)
_ATTRIBUTE = re.compile(r"""([A-Za-z][\w:-]*)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_TITLE = re.compile(r"<title\b[^<>]*>([^<]{0,2000})", re.I)


def feeds_of_page(text: str, url: str) -> tuple[FeedLink, ...]:
    """The feeds that a page names in its `link rel=alternate`, in its order, at most MAX_FEEDS (RSS autodiscovery,
    rssboard.org). WordPress' address of its own interface is one of type application/json and is left out, as are
    links to other things than http."""
    base, found = url, dict[str, FeedLink]()
    for link in _LINK.finditer(_COMMENT.sub("", text[:_PAGE_HEAD])):
        attributes = _attributes(link[2])
        href = attributes.get("href", "")
        if link[1].lower() == "base":
            base = _joined(url, href) or base
            continue
        kind = attributes.get("type", "").split(";")[0].strip().lower()
        rel = attributes.get("rel", "").lower().split()
        address = _joined(base, href)
        if (
            "alternate" in rel
            and kind in FEED_TYPES
            and address
            and "/wp-json/" not in address
            and len(found) < MAX_FEEDS
        ):
            found.setdefault(address, FeedLink(address, kind, plain(attributes.get("title", ""))))
    return tuple(found.values())


def page_title(text: str) -> str:
    """The title of an HTML page, "" without one, cut to 200 characters."""
    found = _TITLE.search(text[:_PAGE_HEAD])
    return plain(found[1])[:200] if found else ""


def _attributes(text: str) -> dict[str, str]:
    return {m[1].lower(): html.unescape(m[2] or m[3] or m[4] or "").strip() for m in _ATTRIBUTE.finditer(text)}


def _joined(base: str, href: str) -> str | None:
    try:
        address = urljoin(base, href) if href else ""
    except ValueError:
        return None
    return address if address.startswith(("http://", "https://")) else None
