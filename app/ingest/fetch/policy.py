"""What a fetcher may do, and how much of it."""

import ipaddress
import re
from dataclasses import dataclass
from typing import Self

import app
from app.errors import SettingsError
from app.settings import Settings

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Address = ipaddress.IPv4Address | ipaddress.IPv6Address

PRODUCT = "Ortoo"
"""The name that robots.txt files and server logs know us by."""

_ENTRY = re.compile(r"(?:\[(?P<six>[0-9a-f:./]+)\]|(?P<rest>[^:\[\]]+))(?::(?P<port>[0-9]+))?")
_NAME = re.compile(r"(?=.*[a-z][a-z0-9-]*$)[a-z0-9_-]+(?:\.[a-z0-9_-]+)*")


@dataclass(frozen=True, slots=True)
class Allowed:
    """An entry of the operator's list: a network or a host's name; `port` None means the port that was asked for."""

    network: Network | None
    name: str
    port: int | None

    @classmethod
    def read(cls, text: str) -> Self:
        """`10.0.0.0/8`, `127.0.0.1/32:8080`, `fd00::/8`, `[fd00::1/128]:8080`, `rsshub:1200`. ValueError otherwise."""
        if (whole := _network(text)) is not None:
            return cls(whole, "", None)
        match = _ENTRY.fullmatch(text.lower())
        if match is None:
            raise ValueError(text)
        port = _port(match["port"]) if match["port"] else None
        network = _network(match["six"] or match["rest"])
        if network is None and (match["six"] or not _NAME.fullmatch(match["rest"])):
            raise ValueError(text)
        return cls(network, "" if network else match["rest"], port)

    def covers(self, host: str, address: Address) -> bool:
        """Whether this entry speaks of the host or the address."""
        if self.network is None:
            return host == self.name
        return address.version == self.network.version and address in self.network

    def names(self, host: str) -> bool:
        """Whether this entry speaks of a host as it is written, without looking up its address."""
        try:
            return self.covers(host, ipaddress.ip_address(host.strip("[]")))
        except ValueError:
            return host == self.name


def _network(text: str) -> Network | None:
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class FetchPolicy:
    """Times in seconds, sizes in bytes. `max_bytes` limits a body before and after unpacking, `max_ratio` how much
    larger unpacking may make it (once it is over a megabyte), `spacing` and `per_host` are for public hosts."""

    user_agent: str = f"{PRODUCT}/{app.__version__}"
    seconds: float = 15.0
    connect_seconds: float = 5.0
    read_seconds: float = 10.0
    max_bytes: int = 10_000_000
    max_ratio: int = 200
    max_redirects: int = 5
    max_header_bytes: int = 65_536
    max_headers: int = 200
    allow: tuple[Allowed, ...] = ()
    ports: frozenset[int] = frozenset({80, 443})
    spacing: float = 2.0
    per_host: int = 2
    robots: bool = True

    @classmethod
    def from_settings(cls, settings: Settings) -> Self:
        """What the operator wants. SettingsError names a setting that cannot be read."""
        return cls(
            user_agent=_user_agent(settings.fetch_contact or settings.base_url),
            seconds=settings.fetch_seconds,
            connect_seconds=settings.fetch_connect_seconds,
            read_seconds=settings.fetch_read_seconds,
            max_bytes=settings.max_payload_bytes,
            allow=tuple(_allowed(text) for text in _listed(settings.fetch_allow)),
            ports=_ports(settings.fetch_ports),
            spacing=settings.fetch_spacing,
            per_host=settings.fetch_per_host,
            robots=settings.fetch_robots,
        )


def _listed(text: str) -> list[str]:
    return [part for part in re.split(r"[,\s]+", text) if part]


def _user_agent(contact: str) -> str:
    if not contact:
        return f"{PRODUCT}/{app.__version__}"
    if not re.fullmatch(r"(?:https?://|mailto:)[!-'*-~]+", contact):
        raise SettingsError(
            f"ORTOO_FETCH_CONTACT={contact}: an address that begins with https:// or mailto:, in ASCII",
            name="ORTOO_FETCH_CONTACT",
        )
    return f"{PRODUCT}/{app.__version__} (+{contact})"


def _allowed(text: str) -> Allowed:
    try:
        return Allowed.read(text)
    except ValueError as error:
        raise SettingsError(
            f"ORTOO_FETCH_ALLOW: {text!r} is no network, address or name, such as 10.0.0.0/8 or rsshub:1200",
            name="ORTOO_FETCH_ALLOW",
        ) from error


def _ports(text: str) -> frozenset[int]:
    try:
        return frozenset(map(_port, _listed(text)))
    except ValueError as error:
        raise SettingsError(f"ORTOO_FETCH_PORTS={text}: ports such as 80,443", name="ORTOO_FETCH_PORTS") from error


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 5 and 0 < int(text) < 65536):
        raise ValueError(text)
    return int(text)
