"""Markdown that editors write -> HTML that nobody can abuse.

Two locks: raw HTML is switched off in the Markdown reader, and what comes out goes through an allow-list (ammonia, by
`nh3`): a few tags, no attributes but the address of a link, which must be http, https or mailto.
"""

import html
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import nh3
from markupsafe import Markup

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

TAGS = {
    *("p", "br", "hr", "h2", "h3", "h4", "em", "strong", "s", "blockquote", "code", "pre", "ul", "ol", "li", "a"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
SCHEMES = {"http", "https", "mailto"}


@cache
def _reader() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # few pages have any, and seventy modules come with it

    made = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable(["table", "strikethrough"])
    return made.disable("image")  # the content policy loads none from other hosts anyway


@lru_cache(maxsize=64)
def markdown(text: str) -> Markup:
    """Markdown as HTML. Headings begin at the second level: the first is the page's."""
    made = _reader().render(text).replace("<h1>", "<h2>").replace("</h1>", "</h2>")
    clean = nh3.clean(
        made,
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes=SCHEMES,
        link_rel="noopener external nofollow",
    )
    return Markup(clean)  # this is what the allow-list left  # noqa: S704 # nosec B704


def plain_paragraphs(text: str) -> tuple[str, ...]:
    """The words of a Markdown text, paragraph by paragraph, for feeds and files."""
    blocks = _reader().render(text).replace("</p>", "\0").replace("</li>", "\0").replace("</h", "\0</h")
    pieces = (html.unescape(nh3.clean(piece, tags=set(), attributes={})) for piece in blocks.split("\0"))
    return tuple(words for piece in pieces if (words := " ".join(piece.split())))
