"""Which rules each site has: asked once, kept for a while."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from app.ingest.fetch.robots import Rules

LONGEST = 86_400.0
"""Seconds that rules are kept at most (RFC 9309, 2.4)."""

SHORTEST = 3_600.0
"""Seconds that rules are kept at least, whatever their Cache-Control: feeds are polled more often than that."""

HOLD = 600.0
"""Seconds that a site is left alone when its robots.txt cannot be had."""

_SITES = 2_000


@dataclass(slots=True)
class _Site:
    rules: Rules | None = None
    until: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)


class RobotsBook:
    """Safe for threads: two that ask for the same site at once send one request. `monotonic` is a clock in seconds."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._sites: OrderedDict[str, _Site] = OrderedDict()
        self._lock = threading.Lock()

    def rules(self, origin: str, ask: Callable[[], tuple[Rules, float]]) -> Rules:
        """The rules of an origin; `ask` gives them with the seconds they may be kept, and may raise."""
        with self._lock:
            site = self._sites.setdefault(origin, _Site())
            self._sites.move_to_end(origin)
            if len(self._sites) > _SITES:
                self._sites.popitem(last=False)
        with site.lock:
            if site.rules is None or self._monotonic() >= site.until:
                site.rules, seconds = ask()
                site.until = self._monotonic() + seconds
            return site.rules
