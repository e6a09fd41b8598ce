"""One spelling for one address: host, port, path, parameters and fragment by the rules of `app.normalise.url_rules`."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import SplitResult, quote, unquote

from app.normalise import url_rules as rules
from app.normalise.outlet import registrable


class Address(NamedTuple):
    """An address in its normal form: `port` with its colon or empty, `pairs` the parameters in order, `route` the
    fragment with its `#` or empty."""

    host: str
    port: str
    path: str
    pairs: tuple[str, ...]
    route: str

    def __str__(self) -> str:
        query = f"?{'&'.join(self.pairs)}" if self.pairs else ""
        return f"https://{self.host}{self.port}{self.path}{query}{self.route}"


def address_of(parts: SplitResult, host: str) -> Address:
    """The normal form of a sound http or https address; `host` is its host in ASCII and lower case."""
    host = _one_device(host)
    port = "" if parts.port is None or parts.port in rules.DEFAULT_PORTS else f":{parts.port}"
    route = ""
    if len(parts.fragment) > 1 and parts.fragment.startswith(rules.ROUTE_FRAGMENTS):
        route = f"#{_encoded(parts.fragment, _IN_QUERY)}"
    return Address(host, port, _path(parts.path), tuple(sorted(_pairs(parts.query, host), key=_name)), route)


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
_IN_VALUE = _IN_QUERY | {"="}
_PLAIN = re.compile(r"[A-Za-z0-9._~/=:@,-]*")
_NEVER_BARE = {c: quote(c).encode() for c in '% "<>\\^`{|}'}
_SIGNS = re.escape("".join(_NEVER_BARE))
_TRIPLE_OR_REST = re.compile(rf"%([0-9A-Fa-f]{{2}})|[{_SIGNS}]|[^{_SIGNS}]+")
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
    for found in _TRIPLE_OR_REST.finditer(text):
        piece, digits = found.group(), found.group(1)
        if digits is None:
            raw += _NEVER_BARE.get(piece) or piece.encode()
        else:
            value = int(digits, 16)
            raw += bytes((value,)) if value > 127 or chr(value) in bare else piece.upper().encode()
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


_ENDING = 32
"""More characters than any ending that goes, with what has to stand before it: the rest of a long path is not searched,
so that a path of nothing but endings costs what its length does, not the square of it."""


def _without_endings(path: str) -> str:
    while True:
        head, tail = path[:-_ENDING], path[-_ENDING:]
        tail = rules.INDEX_PAGES.sub("", tail)
        shorter = (head + tail).rstrip("/")
        head, tail = shorter[:-_ENDING], shorter[-_ENDING:]
        for ending, instead in rules.AMP_ENDINGS:
            tail = ending.sub(instead, tail)
        shorter = head + tail
        if shorter in (path, ""):
            return shorter or "/"
        path = shorter


def _pairs(query: str, host: str) -> Iterator[str]:
    here = _tracking_at(host)
    for piece in query.split("&"):
        if _PLAIN.fullmatch(piece):  # nearly all: nothing is encoded
            name, _, value = piece.lower().partition("=")
            if piece and name not in here and not _is_tracking(name, value):
                yield piece
            continue
        name, equals, value = piece.replace("+", "%20").partition("=")
        plain = unquote(name).strip().lower()
        if plain not in here and not _is_tracking(plain, unquote(value).strip().lower()):
            yield _encoded(name, _IN_QUERY, "") + equals + _encoded(value, _IN_VALUE, "")


def _tracking_at(host: str) -> frozenset[str]:
    return next((names for site, names in rules.TRACKING_AT.items() if f".{host}".endswith(f".{site}")), frozenset())


def _is_tracking(name: str, value: str) -> bool:
    if name in rules.TRACKING or name.startswith(rules.TRACKING_PREFIXES):
        return True
    return value in rules.TRACKING_VALUES.get(name, ())


def _name(pair: str) -> str:
    return pair.partition("=")[0]
