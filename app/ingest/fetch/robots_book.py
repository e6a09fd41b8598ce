"""Which rules each site has: asked once, kept for a while."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from app.ingest.fetch.robots import Rules
from app.ingest.fetch.stopped import Stopped

LONGEST = 86_400.0
"""Seconds that rules are kept at most (RFC 9309, 2.4)."""

SHORTEST = 3_600.0
"""Seconds that rules are kept at least, whatever their Cache-Control: feeds are polled more often than that."""

HOLD = 600.0
"""Seconds that a site is left alone when its robots.txt cannot be had."""

BRIEFLY = 30.0
"""Seconds in which a site that did not answer at all is not asked by the next in line."""

_SITES = 2_000


@dataclass(slots=True)
class _Site:
    rules: Rules | None = None
    failure: Stopped | None = None
    until: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)


class RobotsBook:
    """Safe for threads: two that ask for the same site at once send one request. `monotonic` is a clock in seconds."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._sites: OrderedDict[str, _Site] = OrderedDict()
        self._lock = threading.Lock()

    def rules(self, origin: str, ask: Callable[[], tuple[Rules, float]]) -> Rules:
        """The rules of an origin; `ask` gives them with the seconds they may be kept. What `ask` raises (`Stopped`) is
        raised for those too who come BRIEFLY after it, so that they do not wait one after the other."""
        with self._lock:
            site = self._sites.setdefault(origin, _Site())
            self._sites.move_to_end(origin)
            if len(self._sites) > _SITES:
                self._sites.popitem(last=False)
        with site.lock:
            if self._monotonic() >= site.until or (site.rules is None and site.failure is None):
                self._renew(site, ask)
            if site.failure is not None:
                raise Stopped(site.failure.state, site.failure.message)
            assert site.rules is not None
            return site.rules

    def _renew(self, site: _Site, ask: Callable[[], tuple[Rules, float]]) -> None:
        site.rules = site.failure = None
        seconds = BRIEFLY
        try:
            site.rules, seconds = ask()
        except Stopped as stop:
            site.failure = stop
        site.until = self._monotonic() + seconds
