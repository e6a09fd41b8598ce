"""Brings a request to a host: looks its name up, has every address checked, connects to one of these, keeps
connections for the next request."""

import ssl
import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import chain, zip_longest

from app.ingest.fetch.address import Target
from app.ingest.fetch.deadline import Deadline
from app.ingest.fetch.guard import Guard
from app.ingest.fetch.policy import Address, FetchPolicy
from app.ingest.fetch.resolve import Resolver, look_up
from app.ingest.fetch.stopped import Stopped
from app.ingest.fetch.wire import Answer, Connect, ReusedError, Wire
from app.model.fetch import FetchState

_IDLE_SECONDS = 15.0
_KEPT = 64
"""Connections that wait for another request, over all hosts."""

_TRIED = 4
"""Addresses of a name that are tried."""

Headers = list[tuple[str, str]]


@dataclass(slots=True)
class Courier:
    """Safe for threads. `context` makes the TLS settings when the first https address is fetched."""

    policy: FetchPolicy
    resolver: Resolver
    connect: Connect
    monotonic: Callable[[], float]
    context: Callable[[], ssl.SSLContext] = ssl.create_default_context
    _closed: bool = False
    _tls: ssl.SSLContext | None = None
    _kept: deque[tuple[str, Wire, float]] = field(default_factory=deque)
    _busy: set[Wire] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def addresses(self, target: Target, guard: Guard, deadline: Deadline) -> tuple[Address, ...]:
        """The host's addresses, all of them permitted. `Stopped`: refused, unreachable, timeout."""
        if target.address is not None:
            return guard.permitted(target, [str(target.address)])
        guard.may_look_up(target)
        seconds = deadline.left(self.policy.connect_seconds)
        return guard.permitted(target, look_up(self.resolver, target.host, target.port, seconds))

    def ask(
        self, target: Target, addresses: Sequence[Address], headers: Headers, deadline: Deadline
    ) -> tuple[Wire, Answer]:
        """Send the request over a kept connection or a new one to one of the addresses. `Stopped`. The connection has
        to be given back with `release`."""
        while (kept := self._take(target.origin, addresses)) is not None:
            try:
                return kept, kept.ask(target, headers, deadline)
            except ReusedError:
                self.drop(kept)
            except BaseException:
                self.drop(kept)
                raise
        wire = self._open(target, addresses, deadline)
        try:
            return wire, wire.ask(target, headers, deadline)
        except BaseException:
            self.drop(wire)
            raise

    def release(self, target: Target, wire: Wire) -> None:
        """Keep a connection whose answer was read to its end; hang up otherwise."""
        with self._lock:
            self._busy.discard(wire)
            if self._closed or not wire.finish():
                wire.close()
                return
            self._kept.append((target.origin, wire, self.monotonic()))
            while len(self._kept) > _KEPT:
                self._kept.popleft()[1].close()

    def drop(self, wire: Wire) -> None:
        """Hang up."""
        with self._lock:
            self._busy.discard(wire)
        wire.close()

    def close(self) -> None:
        """Hang up everywhere, also where others are waiting for an answer."""
        with self._lock:
            self._closed = True
            while self._kept:
                self._kept.pop()[1].close()
            for wire in self._busy:
                wire.interrupt()

    def _take(self, origin: str, addresses: Sequence[Address]) -> Wire | None:
        now = self.monotonic()
        with self._lock:
            for place in reversed(range(len(self._kept))):
                known, wire, since = self._kept[place]
                if known != origin:
                    continue
                del self._kept[place]
                if now - since < _IDLE_SECONDS and wire.address in addresses and wire.alive():
                    self._busy.add(wire)
                    return wire
                wire.close()
        return None

    def _open(self, target: Target, addresses: Sequence[Address], deadline: Deadline) -> Wire:
        """Address families in turns, so that a broken one costs one attempt."""
        first, second = (
            [a for a in addresses if (a.version == addresses[0].version) is same] for same in (True, False)
        )
        turns = [a for a in chain.from_iterable(zip_longest(first, second)) if a is not None]
        failure: Stopped | None = None
        for address in turns[:_TRIED]:
            seconds = deadline.left(self.policy.connect_seconds)
            try:
                wire = Wire(self.connect(str(address), target.port, seconds), address, self.policy)
            except TimeoutError:
                failure = Stopped(FetchState.TIMEOUT, f"{target.host} ({address}) did not accept a connection in time.")
            except OSError as error:
                why = (error.strerror or str(error)).lower()
                failure = Stopped(FetchState.UNREACHABLE, f"No connection to {target.host} ({address}): {why}.")
            else:
                return self._ready(wire, target, deadline)
        raise failure or Stopped(FetchState.UNREACHABLE, f"{target.host} has no address.")

    def _ready(self, wire: Wire, target: Target, deadline: Deadline) -> Wire:
        with self._lock:
            if self._closed:
                wire.close()
                raise Stopped(FetchState.UNREACHABLE, "The program is stopping.")
            self._busy.add(wire)
        if target.scheme == "https":
            try:
                wire.secure(self._secure_context(), target.host, deadline)
            except BaseException:
                self.drop(wire)
                raise
        return wire

    def _secure_context(self) -> ssl.SSLContext:
        with self._lock:
            if self._tls is None:
                self._tls = self.context()
            return self._tls
