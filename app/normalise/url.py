"""A link as found -> the link to show, and the form under which one article has one address.

`link` decides what may be shown as a link and leaves it as given; `canonical` is for comparing only and never shown.
The rules are data, in `app.normalise.url_rules`.
"""

import base64
import binascii
import ipaddress
import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

from app.normalise import url_rules as rules
from app.normalise.outlet import registrable

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


_EDGES = " \t\n\r\f\v\u00a0\ufeff\u200b"
_LINE_BREAKS = re.compile(r"[\t\r\n]")  # the URL standard takes them out: a link broken over two lines
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_BLANK = re.compile("[ \u00a0\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")


# Most links need no rule but the scheme's and `www.`'s: told in one match, a tenth of the general way's time.
_SIMPLE = re.compile(
    r"https?://(?:www\.)?"
    rf"((?!(?:{'|'.join(map(re.escape, rules.TWIN_HOSTS))}))(?![a-z0-9.-]*(?:google|ampproject))"
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}(?:/[A-Za-z0-9_-]+)+)(?<!/amp)/?"
)
_SIMPLE_LONGEST = 250  # within what a host name may have, whatever part of the link it is


def link(raw: str | None, base: str | None = None) -> str | None:
    """The link to show: resolved against `base`, blanks as %20, otherwise as given; None for what is no http or https
    link (`fault` says why)."""
    if raw and len(raw) <= _SIMPLE_LONGEST and _SIMPLE.fullmatch(raw):
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
    if len(url) <= _SIMPLE_LONGEST and (simple := _SIMPLE.fullmatch(url)):
        return f"https://{simple.group(1)}"
    found = _read(url, None, None)
    while not isinstance(found, LinkFault):
        address = _address(urlsplit(found))
        inner = _unwrapped(address)
        if inner is None:
            return str(address)
        found = inner
    return None


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


class _Address(NamedTuple):
    host: str
    port: str
    path: str
    pairs: tuple[str, ...]
    route: str

    def __str__(self) -> str:
        query = f"?{'&'.join(self.pairs)}" if self.pairs else ""
        return f"https://{self.host}{self.port}{self.path}{query}{self.route}"


def _address(parts: SplitResult) -> _Address:
    host = _one_device(_host(parts) or "")
    port = "" if parts.port is None or parts.port in rules.DEFAULT_PORTS else f":{parts.port}"
    route = ""
    if len(parts.fragment) > 1 and parts.fragment.startswith(rules.ROUTE_FRAGMENTS):
        route = f"#{_encoded(parts.fragment, _IN_QUERY)}"
    return _Address(host, port, _path(parts.path), tuple(sorted(_pairs(parts.query, host), key=_name)), route)


def _one_device(host: str) -> str:
    """`www.m.ikon.mn` -> `ikon.mn`; a name that is itself what was registered (`m.com.mn`) stays."""
    while label := next(filter(host.startswith, rules.TWIN_HOSTS), None):
        rest = host.removeprefix(label)
        if "." not in rest or rest.replace(".", "").isdigit() or (label != "www." and registrable(host) == host):
            return host
        host = rest
    return host


# Unreserved characters (RFC 3986, 2.3), and those that mean the same bare and encoded in a path or in a query.
_UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
_IN_PATH = frozenset(_UNRESERVED + "!$'()*,:@")
_IN_QUERY = _IN_PATH | frozenset("/?;")
_PLAIN = re.compile(r"[A-Za-z0-9._~/=:@,-]*")
_NEVER_BARE = frozenset('% "<>\\^`{|}')
_TRIPLE_OR_CHAR = re.compile(r"%([0-9A-Fa-f]{2})|.", re.DOTALL)
_RUN = re.compile(r"((?:%[0-9A-F]{2})+)")


def _encoded(text: str, bare: frozenset[str], kept: str = "/=&+;") -> str:
    """One spelling of percent-encoding: characters in `bare` bare, `kept` as they stand (bare or encoded), all others
    encoded in upper case; text that is UTF-8 in NFC, other bytes (cp1251 slugs) as they are."""
    if _PLAIN.fullmatch(text):
        return text
    safe = "".join(bare) + kept
    pieces = _RUN.split(_opened(text, bare))  # letters and triples by turns
    pieces[::2] = [quote(unicodedata.normalize("NFC", it), safe=safe, errors="surrogateescape") for it in pieces[::2]]
    return "".join(pieces)


def _opened(text: str, bare: frozenset[str]) -> str:
    """`text` with everything decoded that may be: letters of any script and the characters in `bare`. What may not
    stays a triple; a stray `%` and characters that no URL holds become one."""
    raw = bytearray()
    for found in _TRIPLE_OR_CHAR.finditer(text):
        char, digits = found.group(), found.group(1)
        if digits is None:
            raw += quote(char).encode() if char in _NEVER_BARE else char.encode()
        else:
            value = int(digits, 16)
            raw += bytes((value,)) if value > 127 or chr(value) in bare else char.upper().encode()
    return raw.decode("utf-8", "surrogateescape")


def _path(given: str) -> str:
    path = _encoded(rules.SESSION.sub("", given), _IN_PATH)
    kept: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            del kept[-1:]
        elif segment not in ("", "."):
            kept.append(segment)
    path = "/" + "/".join(kept)
    return _without_endings(path)


def _without_endings(path: str) -> str:
    while True:
        shorter = rules.INDEX_PAGES.sub("", path).rstrip("/")
        for ending, instead in rules.AMP_ENDINGS:
            shorter = ending.sub(instead, shorter)
        if shorter in (path, ""):
            return shorter or "/"
        path = shorter


def _pairs(query: str, host: str) -> Iterator[str]:
    here = _tracking_at(host)
    for piece in query.split("&"):
        name, equals, value = piece.replace("+", "%20").partition("=")
        plain = unquote(name).strip().lower()
        if piece and plain not in here and not _is_tracking(plain, unquote(value).strip().lower()):
            yield _encoded(name, _IN_QUERY, "") + equals + _encoded(value, _IN_QUERY | {"="}, "")


def _tracking_at(host: str) -> frozenset[str]:
    return next((names for site, names in rules.TRACKING_AT.items() if f".{host}".endswith(f".{site}")), frozenset())


def _is_tracking(name: str, value: str) -> bool:
    if name in rules.TRACKING or name.startswith(rules.TRACKING_PREFIXES):
        return True
    return value in rules.TRACKING_VALUES.get(name, ())


def _name(pair: str) -> str:
    return pair.partition("=")[0]


def _unwrapped(address: _Address) -> str | None:
    """The link inside a redirecting address, when it can be read without asking anyone."""
    for inner in _inner(address):
        found = _read(inner, None, None)
        if not isinstance(found, LinkFault):
            return found
    return None


def _inner(address: _Address) -> Iterator[str]:
    for wrapper in rules.WRAPPERS:
        if wrapper.host.fullmatch(address.host) and wrapper.path.fullmatch(address.path):
            for pair in address.pairs:
                name, _, value = pair.partition("=")
                if name == wrapper.parameter and (target := _unquoted(value)):
                    yield target
    for host, path in rules.PATH_WRAPPERS:
        if host.fullmatch(address.host) and (found := path.fullmatch(address.path)):
            query = f"?{'&'.join(address.pairs)}" if address.pairs else ""
            yield f"https://{found.group(1)}{query}"
    if address.host == "news.google.com" and (found := rules.GOOGLE_NEWS.fullmatch(address.path)):
        yield from _google_news(found.group(1))


def _unquoted(value: str) -> str | None:
    try:
        return unquote(value, errors="strict")
    except UnicodeDecodeError:  # a guess at its letters could be another article
        return None


_ASCII_LINK = re.compile(rb"https?://[\x21-\x7e]+")


def _google_news(code: str) -> Iterator[str]:
    """The first address inside a Google News article code (base64url of a small record), if it is there."""
    try:
        record = base64.urlsafe_b64decode(code + "=" * (-len(code) % 4))
    except (binascii.Error, ValueError):
        return
    for found in _ASCII_LINK.finditer(record):
        yield found.group().decode("ascii")
