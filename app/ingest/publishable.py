"""Which sources may be named in public: their addresses may hold keys, passwords or the names of inner machines.

An address that only looks as if it did is left out too: a list without one public feed is a smaller loss than a key in
everybody's hands.
"""

import ipaddress
import re
from dataclasses import replace
from urllib.parse import parse_qsl, unquote, urlsplit

from app.model.source import AUTO, Source

_SECRET_NAME = re.compile(r"key|token|auth|pass|pwd|secret|sig|hash|session|user|login|access|code", re.IGNORECASE)
_UUID = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}", re.IGNORECASE)
_PIECE = re.compile(r"[A-Za-z0-9]+")
_INNER = (".local", ".internal", ".intranet", ".lan", ".localhost", ".localdomain", ".home", ".home.arpa", ".corp")
_PORTS = (None, 80, 443)

TOKEN_CHARS = 16
"""Letters and digits mixed in one piece of so many characters are taken for a key."""


def publishable(source: Source) -> Source | None:
    """What may be told of a source: its address, category, language and outlet, and its title where it has one that is
    no address. None for one that is switched off, and for one whose address may be nobody's business."""
    if not source.enabled or not _open(source.url):
        return None
    title = "" if _telling(source.title) else source.title
    told = Source(url=source.url, title=title, category=source.category, outlet=source.outlet, language=source.language)
    return replace(told, kind=AUTO, title=title or source.outlet or str(urlsplit(source.url).hostname))


def _open(url: str) -> bool:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
        pairs = parse_qsl(parts.query, keep_blank_values=True)
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or "@" in parts.netloc or port not in _PORTS or not _public(host):
        return False
    if any(_SECRET_NAME.search(name) for name, _ in pairs):
        return False
    return not any(map(_telling, (unquote(parts.path), parts.fragment, *(value for _, value in pairs))))


def _public(host: str) -> bool:
    """A name that anybody could look up: no address, no name of one's own network."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return "." in host.strip(".") and not host.rstrip(".").endswith(_INNER)
    return False


def _telling(text: str) -> bool:
    """Whether there may be a key in a text, or an address with one."""
    if "://" in text or _UUID.search(text):
        return True
    return any(len(piece) >= TOKEN_CHARS and _mixed(piece) for piece in _PIECE.findall(text))


def _mixed(piece: str) -> bool:
    digits = any(c.isdigit() for c in piece)
    cases = not piece.islower() and not piece.isupper() and not piece.istitle()
    return (digits and not piece.isdigit()) or (cases and len(piece) >= TOKEN_CHARS + 4)
