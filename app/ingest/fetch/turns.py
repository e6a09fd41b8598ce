"""Taking turns at a host: a few requests at once, their starts some time apart."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

_HOSTS = 2_000
"""Hosts that are remembered; the longest unused is forgotten when nobody is there."""


@dataclass(slots=True)
class _Host:
    places: threading.Semaphore
    free_at: float = 0.0
    spacing: float = 0.0
    guests: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


class Turns:
    """Safe for threads. `monotonic` is a clock in seconds, `sleep` waits for some."""

    def __init__(
        self, per_host: int, spacing: float, monotonic: Callable[[], float], sleep: Callable[[float], object]
    ) -> None:
        self._per_host = per_host
        self._spacing = spacing
        self._monotonic = monotonic
        self._sleep = sleep
        self._hosts: OrderedDict[str, _Host] = OrderedDict()
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, name: str) -> Iterator[float]:
        """Wait for a place at the host and hold it; yields the seconds that were waited."""
        host = self._enter(name)
        came = self._monotonic()
        try:
            with host.places:
                self._wait(host)
                yield self._monotonic() - came
        finally:
            with self._lock:
                host.guests -= 1

    def spread(self, name: str, seconds: float) -> None:
        """The host asks for at least so many seconds between requests (Crawl-delay)."""
        host = self._enter(name)
        with host.lock:
            host.spacing = max(self._spacing, seconds)
            host.free_at = max(host.free_at, self._monotonic() + host.spacing)
        with self._lock:
            host.guests -= 1

    def _wait(self, host: _Host) -> None:
        with host.lock:
            now = self._monotonic()
            start = max(now, host.free_at)
            host.free_at = start + host.spacing
        if start > now:
            self._sleep(start - now)

    def _enter(self, name: str) -> _Host:
        with self._lock:
            host = self._hosts.get(name)
            if host is None:
                host = self._hosts[name] = _Host(threading.Semaphore(self._per_host), spacing=self._spacing)
            self._hosts.move_to_end(name)
            host.guests += 1
            while len(self._hosts) > _HOSTS and not next(iter(self._hosts.values())).guests:
                self._hosts.popitem(last=False)
            return host
