"""A host as printed or linked -> the outlet that it means.

An outlet is a registrable domain (public-suffix rules): `biz.chosun.com`, `www.chosun.com` and `m.chosun.com` are
chosun.com. The registry (data/outlets.csv) adds names, and hosts that mean the same outlet under another domain.
"""

import csv
import re
from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from publicsuffixlist import PublicSuffixList

from app.model.outlet import Outlet

_REGISTRY = Path(__file__).with_name("data") / "outlets.csv"

_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)", re.ASCII)
_MAX_HOST = 253
"""RFC 1035, section 2.3.4, in characters of the printed form."""


def host_of(text: str) -> str | None:
    """`HTTP://WWW.X.MN/`, `www.x.mn:80` or `x.mn` -> `x.mn`: lower case, ASCII (IDNA), without `www.`, port and path.
    None for what is no host name of the public internet: one label, an IP address, letters that no host has."""
    return _known_host(text) if len(text) <= _MAX_HOST else _host(text)


def _host(text: str) -> str | None:
    text = text.strip().rstrip("/.")
    try:
        parts = urlsplit(text if "://" in text else f"//{text}")
        host = (parts.hostname or "") if parts.port is None or parts.port else ""
        host = host.rstrip(".").encode("idna").decode("ascii").lower()
    except (ValueError, UnicodeError):
        return None
    host = host.removeprefix("www.")
    labels = host.split(".")
    sound = len(labels) > 1 and len(host) <= _MAX_HOST and all(map(_LABEL.fullmatch, labels))
    return host if sound and not labels[-1].isdigit() else None


# A file names the same few hosts over and over: 0.1 µs instead of 2.6 for the host, as much for its outlet.
_REMEMBERED = 4096
_known_host = lru_cache(_REMEMBERED)(_host)


def registrable(host: str) -> str:
    """The domain under which a host was registered; the host itself where it is a public suffix (`gov.mn`)."""
    return _suffixes().privatesuffix(host) or host


@lru_cache(_REMEMBERED)
def outlet_of(host: str) -> Outlet:
    """The outlet that a host (from `host_of`) means; an unknown one has its domain as its name."""
    registry = _by_host()
    domain = registrable(host)
    found = registry.get(host) or registry.get(domain)
    return found or Outlet(domain=domain, name_en=domain, name_mn=domain)


@cache
def known_outlets() -> tuple[Outlet, ...]:
    """The registry that ships, by domain."""
    with _REGISTRY.open(encoding="utf-8", newline="") as file:
        rows = [
            Outlet(
                domain=row["domain"],
                name_en=row["name_en"],
                name_mn=row["name_mn"],
                kind=row["kind"],
                country=row["country"],
                languages=tuple(row["languages"].split()),
                hosts=tuple(row["hosts"].split()),
            )
            for row in csv.DictReader(file)
        ]
    return tuple(sorted(rows, key=lambda outlet: outlet.domain))


@cache
def _by_host() -> dict[str, Outlet]:
    return {host: outlet for outlet in known_outlets() for host in (*outlet.hosts, outlet.domain)}


@cache
def _suffixes() -> PublicSuffixList:
    """The bundled list, read at the first use (some 40 ms); no network."""
    return PublicSuffixList()
