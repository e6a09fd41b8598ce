"""Broken XML made readable: characters that XML forbids, named characters that nothing declares, stray & and <."""

import html
import re
from html.entities import html5

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


def repaired(text: str) -> str:
    """Named characters of HTML become what they stand for, a & or < that begins nothing becomes a character, forbidden
    characters go. CDATA is left alone. Markup that is not closed is for the parser's recovery."""
    return _TOKEN.sub(_mend, inert(text))


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
