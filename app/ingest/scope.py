"""What an XML element inherits: its base address (xml:base) and its language (xml:lang)."""

import re
from collections.abc import Iterable
from urllib.parse import urljoin

from app.ingest.vocabulary import XML
from app.ingest.xml import Element

LINK_CHARS = 4_000
"""The longest link that is taken; browsers and servers stop at 2,000 to 8,000."""


def base_of(elements: Iterable[Element], base: str) -> str:
    """The base address inside the last of `elements`, each within the one before."""
    for element in elements:
        own = element.get(f"{XML}base")
        if own:
            base = resolved(own, base) or base
    return base


def language_of(elements: Iterable[Element], language: str | None = None) -> str | None:
    """The language stated nearest, as written (en-US, mn)."""
    for element in elements:
        language = element.get(f"{XML}lang") or language
    return language


def home_of(links: Iterable[Element]) -> str | None:
    """The host of the site that a feed says it is of, by the first of its links that is a web address; None where
    there is none."""
    for element in links:
        link = (element.get("href") or element.text or "").strip()
        if is_web(link) and (element.get("rel") or "alternate") == "alternate":
            return re.split(r"[/?#]", link.split("//", 1)[1], maxsplit=1)[0] or None
    return None


def first_link(found: Iterable[str | None]) -> str | None:
    """The first link that can be opened in a browser; where none can, the first at all, as it stands."""
    spare = None
    for link in found:
        if link and is_web(link):
            return link
        spare = spare or link
    return spare


def resolved(link: str, base: str) -> str | None:
    """`link` as an absolute address; None when it is empty or cannot be one. Blanks around it and line breaks inside
    go, as in a browser; a link of another scheme than http stays as it is, to be judged where links are judged."""
    link = link.strip()
    if not link or len(link) > LINK_CHARS:
        return None
    if "\n" in link or "\t" in link or "\r" in link:
        link = link.translate({9: None, 10: None, 13: None})
    if link.startswith(("http://", "https://")) and not link.startswith(("http:///", "https:///")):
        return link
    try:
        return urljoin(base, link) if base else link
    except ValueError:
        return None


_WEB = re.compile(r"https?://[^\s/?#]", re.I)


def is_web(link: str) -> bool:
    """Whether a link can be opened in a browser: http or https, with a host."""
    return _WEB.match(link) is not None
