"""Proxies in front: who really asks, by which scheme and host, as far as a proxy that is trusted says so.

`X-Forwarded-For` is read from its end: each proxy writes behind what it was told, so the last address that is no
trusted proxy's is the reader's, and whatever stands before it anybody may have made up. `X-Forwarded-Proto` and `-Host`
are the last ones given, the nearest proxy's own.
"""

import ipaddress
import re
from functools import lru_cache

from starlette.types import Scope

from app.errors import SettingsError

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_HOST = re.compile(rb"(?:[A-Za-z0-9_.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?")
_PORT = re.compile(r"(?:\[(?P<six>[0-9A-Fa-f:.]+)\]|(?P<four>[0-9.]+))(?::\d{1,5})?")
_FORWARDED = frozenset((b"x-forwarded-for", b"x-forwarded-proto", b"x-forwarded-host"))


def networks(given: str) -> tuple[Network, ...]:
    """Networks or addresses with commas between them, such as `127.0.0.0/8,::1,10.0.0.0/8`. SettingsError."""
    name = "ORTOO_TRUSTED_PROXIES"
    try:
        return tuple(ipaddress.ip_network(part.strip()) for part in given.split(",") if part.strip())
    except ValueError as error:
        raise SettingsError(
            f"{name}={given}: networks or addresses such as 10.0.0.0/8,127.0.0.1 ({error})", name=name
        ) from error


class Proxies:
    """The proxies that are believed."""

    def __init__(self, given: str) -> None:
        self._networks = networks(given)
        self.trusts = lru_cache(maxsize=4_096)(self._trusts)
        """Whether an address is one of them."""

    def _trusts(self, host: str) -> bool:
        try:
            address = ipaddress.ip_address(host)
        except ValueError:
            return False
        mapped = getattr(address, "ipv4_mapped", None) or address
        return any(mapped in network for network in self._networks)

    def understand(self, scope: Scope) -> bytes:
        """Put into `scope` what a trusted proxy says of the reader. The number that it gave the request, nothing where
        there is none, or nobody who is trusted asked."""
        client = scope["client"]
        if client is None or not self.trusts(client[0]):
            return b""
        number = b""
        told: dict[bytes, bytes] = {}
        for name, value in scope["headers"]:
            if name[:2] == b"x-":
                if name == b"x-request-id":
                    number = value
                elif name in _FORWARDED:
                    told[name] = told[name] + b"," + value if name in told else value
        if told:
            self._take(scope, told)
        return number

    def _take(self, scope: Scope, told: dict[bytes, bytes]) -> None:
        if reader := self._reader(told.get(b"x-forwarded-for", b"").decode("latin-1")):
            scope["client"] = (reader, 0)
        scheme = _last(told.get(b"x-forwarded-proto", b"")).lower()
        if scheme in (b"http", b"https"):
            scope["scheme"] = scheme.decode()
        host = _last(told.get(b"x-forwarded-host", b""))
        if _HOST.fullmatch(host):
            scope["headers"] = [*((n, v) for n, v in scope["headers"] if n != b"host"), (b"host", host)]

    def _reader(self, forwarded: str) -> str | None:
        """The last address that is no trusted proxy's, else the first of all. None where what stands there is none:
        then only the proxy is known."""
        found: str | None = None
        for part in reversed(forwarded.split(",")):
            bare = part.strip()
            if matched := _PORT.fullmatch(bare):
                bare = matched["six"] or matched["four"]
            try:
                found = str(ipaddress.ip_address(bare))
            except ValueError:
                return found
            if not self.trusts(found):
                return found
        return found


def _last(value: bytes) -> bytes:
    return value.rpartition(b",")[2].strip()
