"""Broken XML made readable: characters that XML forbids, named characters that nothing declares, stray & and <."""

import html
import re
from html.entities import html5
from itertools import pairwise

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")

# What stays (CDATA), what is dropped (comments, instructions), a < that starts no tag, and every &.
_TOKEN = re.compile(
    r"(<!\[CDATA\[(?:(?!\]\]>|<!\[CDATA\[).)*+\]\]>)"
    r"|<(?![A-Za-z_:/!?])"
    r"|&(?:\#(?:[xX]([0-9A-Fa-f]{1,8})|([0-9]{1,10}));|([A-Za-z][A-Za-z0-9]{0,31});)?",
    re.S,
)
_XML = {"amp", "lt", "gt", "quot", "apos"}


def inert(text: str) -> str:
    """Without the characters that may not stand in XML at all."""
    return _FORBIDDEN.sub("", text) if _FORBIDDEN.search(text) else text


# Elements of RSS and Atom that hold text: what looks like an element in them is HTML that nobody escaped.
_LEAF = re.compile(r"<(title|link|guid|pubDate|description|summary)(?=[\s>])[^<>]*(?<!/)>")


def with_text_in_leaves(text: str) -> str:
    """`<title>A <b>B</title>` -> `<title>A &lt;b>B</title>`: a tag that is not closed inside an element of text does
    not swallow what follows. An element with CDATA, or in which another begins before it ends, stays as it is."""
    pieces: list[str] = []
    position = 0
    for found, following in pairwise((*_LEAF.finditer(text), None)):
        assert found is not None
        end = text.find(f"</{found[1]}", found.end(), following.start() if following else len(text))
        inner = text[found.end() : max(end, 0)]
        if "<" in inner and "<!" not in inner:
            pieces += [text[position : found.end()], inner.replace("<", "&lt;")]
            position = end
    return "".join((*pieces, text[position:]))


def repaired(text: str) -> str:
    """Named characters of HTML become what they stand for, a & or < that begins nothing becomes a character, forbidden
    characters go. CDATA is left alone. Markup that is not closed is for the parser's recovery."""
    return _TOKEN.sub(_mend, with_text_in_leaves(inert(text)))


def _mend(found: re.Match[str]) -> str:
    cdata, hexadecimal, decimal, name = found.groups()
    if cdata is not None:
        return cdata
    if found[0] == "<":
        return "&lt;"
    if hexadecimal or decimal:
        # html.unescape reads 128 to 159 as cp1252, which is what a writer of &#146; meant.
        return _escaped(inert(html.unescape(found[0])))
    if name in _XML:
        return found[0]
    if name and f"{name};" in html5:
        return _escaped(html5[f"{name};"])
    return "&amp;" + found[0][1:]


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
