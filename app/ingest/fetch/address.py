"""Reading an address strictly: one spelling of a host, nothing that two programs could read in two ways."""

import ipaddress
import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import quote, urljoin

from app.ingest.fetch.policy import Address
from app.ingest.fetch.stopped import refused

MAX_CHARS = 4_096

PORTS = {"http": 80, "https": 443}

_PARTS = re.compile(r"(https?)://([^/?#]*)([^#]*)", re.I | re.A)
_AUTHORITY = re.compile(r"(?:\[([0-9a-fA-F:.]+)\]|([^:\[\]]+))(?::([0-9]{1,5}))?")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMERIC = re.compile(r"[0-9]+|0x[0-9a-f]*")
_HOST_KINDS = frozenset({"Ll", "Lo", "Lm", "Mn", "Mc"})
_PRINTABLE = "".join(map(chr, range(0x21, 0x7F)))


@dataclass(frozen=True, slots=True)
class Target:
    """An http or https address, taken apart. `host` is in lower-case ASCII (IDNA), an IPv6 address without brackets;
    `address` is set where the host is one; `path` is path and query, percent-encoded."""

    scheme: str
    host: str
    port: int
    path: str
    address: Address | None

    @property
    def authority(self) -> str:
        """What stands in the Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        return f"{self.scheme}://{self.authority}"

    @property
    def url(self) -> str:
        return self.origin + self.path


def target_of(url: str) -> Target:
    """The address taken apart, without its fragment. `Stopped` (refused), with the reason, for anything odd."""
    if not 0 < len(url) <= MAX_CHARS:
        raise refused("The address is empty." if not url else f"The address is longer than {MAX_CHARS:,} characters.")
    if "\\" in url or any(c.isspace() or unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Cn") for c in url):
        raise refused("The address holds a blank, a backslash or an invisible character.")
    parts = _PARTS.match(url)
    if parts is None:
        raise refused("The address does not begin with http:// or https:// and a host.")
    scheme = parts[1].lower()
    if "@" in parts[2]:
        raise refused("The address holds a user name or a password; such addresses are not fetched.")
    authority = _AUTHORITY.fullmatch(parts[2])
    if authority is None or "%" in parts[2]:
        raise refused(f"The host {parts[2]!r} is not spelled like one.")
    six, name, port = authority.groups()
    host, address = _six(six) if six else _host(name.lower())
    number = int(port) if port else PORTS[scheme]
    if not 0 < number < 65536:
        raise refused(f"There is no port {number}.")
    path = quote(parts[3], safe=_PRINTABLE)
    return Target(scheme, host, number, path if path.startswith("/") else f"/{path}", address)


def redirected(base: Target, location: str) -> Target:
    """Where a Location header leads. `Stopped` (refused) where it may not be followed."""
    if "\\" in location or any(c.isspace() or c < " " for c in location):
        raise refused("The server redirects to an address with a blank, a backslash or an invisible character.")
    try:
        return target_of(urljoin(base.url, location))
    except ValueError as error:
        raise refused("The server redirects to something that is no address.") from error


def _six(text: str) -> tuple[str, Address]:
    try:
        address = ipaddress.IPv6Address(text)
    except ValueError as error:
        raise refused(f"[{text}] is no IPv6 address.") from error
    return address.compressed, address


def _host(name: str) -> tuple[str, Address | None]:
    """A name or an IPv4 address. Numbers in any other form than four decimal ones are refused, because systems read
    them as addresses: 127.1, 0177.0.0.1, 2130706433, 0x7f000001."""
    ascii_name = name if name.isascii() else _idna(name)
    labels = ascii_name.split(".")
    if _NUMERIC.fullmatch(labels[-1]):
        try:
            return ascii_name, ipaddress.IPv4Address(ascii_name)
        except ValueError as error:
            raise refused(f"{name} is an odd spelling of a number.") from error
    if len(ascii_name) > 253 or not all(map(_LABEL.fullmatch, labels)):
        raise refused(f"The host {name!r} is not spelled like one.")
    return ascii_name, None


def _idna(name: str) -> str:
    """The ASCII form of a name in another script. Letters that stand for other letters (full-width or circled digits,
    other dots) are refused: `１２７.０.０.１` is no name."""
    plain = all(c in "-." or "0" <= c <= "9" or unicodedata.category(c) in _HOST_KINDS for c in name)
    if not plain or unicodedata.normalize("NFKC", name) != name or len(name) > 253:
        raise refused(f"The host {name!r} is not spelled like one.")
    try:
        return name.encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise refused(f"The host {name!r} is not spelled like one.") from error
