"""How often somebody may come: counting by the minute, and the headers that tell it
(draft-ietf-httpapi-ratelimit-headers).

What is written is counted in the database, in the transaction that writes it anyway (`AccessWriter.use`): exact,
however many processes serve, and without a write of its own. What is refused writes nothing, and must not start to for
being counted: somebody without a token could then make the database write. So refusals are counted in the process that
refuses, and several processes let through so many times the limit of them.
"""

import ipaddress
import threading
from collections import Counter
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from app.model.token import minute_of
from app.web.refusal import Refusal

MAX_KEYS = 10_000
"""Keys of one minute that are counted; of more than that nobody keeps count."""

_IPV6_NETWORK = 64
"""Who has one IPv6 address has as many as he likes of its /64."""

Key = TypeVar("Key", int, str)


class PerMinute(Generic[Key]):
    """Counts by key and minute, at most MAX_KEYS keys. Safe to share between threads."""

    def __init__(self) -> None:
        self._minute: datetime | None = None
        self._counts: Counter[Key] = Counter()
        self._lock = threading.Lock()

    def add(self, key: Key, now: datetime) -> int:
        """Count one more; how many there are of it in this minute."""
        with self._lock:
            self._turn(now)
            if key in self._counts or len(self._counts) < MAX_KEYS:
                self._counts[key] += 1
            return self._counts[key]

    def count(self, key: Key, now: datetime) -> int:
        """How many there are of it in this minute."""
        with self._lock:
            self._turn(now)
            return self._counts[key]

    def _turn(self, now: datetime) -> None:
        minute = minute_of(now)
        if minute != self._minute:
            self._minute = minute
            self._counts.clear()


def network_of(address: str) -> str:
    """Under which key an address is counted: itself, or its /64."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, _IPV6_NETWORK), strict=False))


def seconds_left(now: datetime) -> int:
    """Whole seconds to the next minute, at least 1."""
    return max(1, int((minute_of(now) + timedelta(minutes=1) - now).total_seconds() + 0.999))


def told(name: str, most: int, used: int, now: datetime) -> dict[str, str]:
    """The headers: how many there may be in a minute, how many are left, when they are all back."""
    left = max(0, most - used)
    return {
        "ratelimit-policy": f'"{name}";q={most};w=60',
        "ratelimit": f'"{name}";r={left};t={seconds_left(now)}',
    }


def too_many(name: str, most: int, now: datetime, message: str) -> Refusal:
    """429."""
    wait = seconds_left(now)
    headers = {"retry-after": str(wait), **told(name, most, most, now)}
    return Refusal(429, "too-many-requests", "Too many requests", f"{message} Come again in {wait} seconds.", headers)
