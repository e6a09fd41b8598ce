"""A link as found -> the link to show, and the form under which one article has one address.

`link` decides what may be shown as a link and leaves it as given; `canonical` is for comparing only and never shown.
The rules are data, in `app.normalise.url_rules`.
"""

import ipaddress
import re
from enum import StrEnum
from functools import lru_cache
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from app.normalise import url_rules as rules
from app.normalise.url_form import Address, address_of
from app.normalise.url_wrapped import inner

LONGEST = 2000
"""Characters of a link; browsers and search engines cut longer ones."""


class LinkFault(StrEnum):
    """Why something is not a link."""

    EMPTY = "no link was given"
    TOO_LONG = "longer than 2000 characters"
    CONTROL = "holds control or direction characters"
    SCHEME = "neither http nor https"
    RELATIVE = "relative, and nothing says to what"
    CREDENTIALS = "holds a user name or password"
    HOST = "the host name cannot be one"
    PORT = "the port cannot be one"


_MOST_WRAPPERS = 3
"""Redirecting addresses inside each other that are opened; real ones have two. More of them are not opened at all."""

_EDGES = " \t\n\r\f\v\u00a0\ufeff\u200b"
_LINE_BREAKS = re.compile(r"[\t\r\n]")  # the URL standard takes them out: a link broken over two lines
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_BLANK = re.compile("[ \u00a0\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")


# Most links need no rule but the scheme's and `www.`'s: told in one match and a look-up of the host, a twentieth of the
# general way's time.
_SIMPLE = re.compile(r"https?://([a-z0-9.-]+)((?:/[A-Za-z0-9_-]+)+)(?<!/amp)/?")
_SIMPLE_HOST = re.compile(
    rf"(?:www\.)?((?!(?:{'|'.join(map(re.escape, rules.TWIN_HOSTS))}))(?![a-z0-9.-]*(?:google|ampproject))"
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24})"
)
_SIMPLE_LONGEST = 250  # within what a host name may have, whatever part of the link it is


@lru_cache(4096)
def _simple_host(host: str) -> str | None:
    found = _SIMPLE_HOST.fullmatch(host)
    return found.group(1) if found else None


def _simple(url: str) -> str | None:
    """The identity form of a link that needs no rule; None for any other."""
    found = _SIMPLE.fullmatch(url) if len(url) <= _SIMPLE_LONGEST else None
    host = _simple_host(found.group(1)) if found else None
    return f"https://{host}{found.group(2)}" if found and host else None


def link_and_identity(raw: str | None) -> tuple[str | None, str | None]:
    """`link` and its `canonical` form, read once."""
    if raw and (simple := _simple(raw)):
        return raw, simple
    shown = link(raw)
    return shown, canonical(shown) if shown else None


def link(raw: str | None, base: str | None = None) -> str | None:
    """The link to show: resolved against `base`, blanks as %20, otherwise as given; None for what is no http or https
    link (`fault` says why)."""
    if raw and _simple(raw):
        return raw
    found = _read(raw, base, LONGEST)
    return None if isinstance(found, LinkFault) else found


def fault(raw: str | None, base: str | None = None) -> LinkFault | None:
    """Why `link` answers None for the same arguments; None where it does not."""
    found = _read(raw, base, LONGEST)
    return found if isinstance(found, LinkFault) else None


def canonical(url: str) -> str | None:
    """The identity form: `https`, ASCII host without its device label, default port, tracking, place on the page,
    session and AMP marks gone, percent-encoding and parameter order made one, wrappers opened. None for what is no
    link. Idempotent. Two articles never share it as long as their sites keep them apart by path or parameter."""
    if simple := _simple(url):
        return simple
    found = _read(url, None, None)
    if isinstance(found, LinkFault):
        return None
    outermost = address = _address(found)
    for _ in range(_MOST_WRAPPERS):
        target = _unwrapped(address)
        if target is None:
            return str(address)
        address = _address(target)
    return str(outermost)


def _read(raw: str | None, base: str | None, longest: int | None) -> str | LinkFault:
    text = _LINE_BREAKS.sub("", (raw or "").strip(_EDGES))
    if not text:
        return LinkFault.EMPTY
    scheme = _SCHEME.match(text)
    if scheme and scheme.group(1).lower() not in ("http", "https"):
        return LinkFault.SCHEME
    try:
        text = _absolute(text, base, bool(scheme))
        parts = urlsplit(text)
    except ValueError:  # brackets that hold no address, letters that turn into delimiters
        return LinkFault.CONTROL if _CONTROL.search(text) else LinkFault.HOST
    if _CONTROL.search(text):
        return LinkFault.CONTROL
    if longest is not None and len(text) > longest:
        return LinkFault.TOO_LONG
    return _fault_of(parts) or text


def _absolute(text: str, base: str | None, has_scheme: bool) -> str:
    text = _slashed(text)
    if not has_scheme:
        text = urljoin(_slashed(base), text) if base else f"https:{text}" if text.startswith("//") else text
    return _BLANK.sub(lambda blank: quote(blank.group()), text)


def _slashed(text: str) -> str:
    """Backslashes before the query as slashes: so every browser reads them, and a host cannot hide behind one."""
    before = re.split(r"[?#]", text, maxsplit=1)[0]
    return before.replace("\\", "/") + text[len(before) :]


def _fault_of(parts: SplitResult) -> LinkFault | None:
    if parts.scheme not in ("http", "https"):
        return LinkFault.SCHEME if parts.scheme else LinkFault.RELATIVE
    if "@" in parts.netloc:
        return LinkFault.CREDENTIALS
    try:
        port = parts.port
    except ValueError:
        return LinkFault.PORT
    if port == 0:
        return LinkFault.PORT
    return None if _host(parts) else LinkFault.HOST


def _host(parts: SplitResult) -> str | None:
    """The host in ASCII and lower case, without a last dot; an IPv6 address in brackets. None for no host name."""
    name = parts.hostname or ""
    try:
        if ":" in name:
            return f"[{ipaddress.IPv6Address(name).compressed}]"
        name = name.removesuffix(".")
        name = name if name.isascii() else name.encode("idna").decode("ascii").lower()
    except ValueError:  # UnicodeError is one
        return None
    sound = len(name) <= 253 and all(map(_LABEL.fullmatch, name.split(".")))
    return name if sound else None


def _address(sound: str) -> Address:
    parts = urlsplit(sound)
    return address_of(parts, _host(parts) or "")


def _unwrapped(address: Address) -> str | None:
    """The link inside a redirecting address, when it can be read without asking anyone."""
    for target in inner(address):
        found = _read(target, None, None)
        if not isinstance(found, LinkFault):
            return found
    return None
