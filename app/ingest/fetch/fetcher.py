"""Fetching one address: turns, robots.txt, redirects, the request, the verdict. Whatever goes wrong is a value."""

import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Literal, Self, TypeVar

from app.clock import Clock, system_clock
from app.errors import FetchFailed
from app.ingest.fetch.address import Target, redirected, target_of
from app.ingest.fetch.coding import ACCEPTED, Measure, body_of
from app.ingest.fetch.courier import Courier, Headers
from app.ingest.fetch.deadline import Deadline
from app.ingest.fetch.freshness import fresh_for, retry_after
from app.ingest.fetch.guard import Guard
from app.ingest.fetch.policy import PRODUCT, Address, FetchPolicy
from app.ingest.fetch.resolve import Resolver, system_resolver
from app.ingest.fetch.robots import EVERYTHING, MAX_BYTES, NOTHING, Rules, read_rules
from app.ingest.fetch.robots_book import HOLD, LONGEST, SHORTEST, RobotsBook
from app.ingest.fetch.stopped import Stopped
from app.ingest.fetch.turns import Turns
from app.ingest.fetch.verdict import PERMANENT, REDIRECTS, Verdict, of_body, of_status
from app.ingest.fetch.wire import Answer, Connect, Wire, connect_tcp
from app.ingest.payload import Payload
from app.model.fetch import Fetched, FetchState, Validators

Expect = Literal["feed", "any"]
T = TypeVar("T")

_ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, "
    "application/json;q=0.8, */*;q=0.5"
)
_GLANCE_BYTES = 65_536
_GLANCE_SECONDS = 2.0
"""What is read of the pages that come with errors, and for how long."""

_LONGEST_VALIDATOR = 1_000


@dataclass(slots=True)
class _Trip:
    """A fetch under way: where it is, what it has seen."""

    guard: Guard
    deadline: Deadline
    here: Target
    hops: int = 0
    permanent: bool = True
    errand: bool = False  # for robots.txt, in the turn of what is fetched after it
    answer: Answer | None = None
    measure: Measure | None = None


class Fetcher:
    """Safe for threads; keep one for the process, so that hosts are spared and connections reused. `resolver` and
    `connect` are the doors to the network, `clock` tells the time, `monotonic` counts seconds, `sleep` waits."""

    def __init__(
        self,
        policy: FetchPolicy,
        *,
        clock: Clock = system_clock,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] | None = None,
        resolver: Resolver = system_resolver,
        connect: Connect = connect_tcp,
        context: Callable[[], ssl.SSLContext] = ssl.create_default_context,
    ) -> None:
        self.policy = policy
        self._clock = clock
        self._monotonic = monotonic
        self._closing = threading.Event()
        self._courier = Courier(policy, resolver, connect, monotonic, context)
        self._turns = Turns(policy.per_host, policy.spacing, monotonic, sleep or self._closing.wait)
        self._robots = RobotsBook(monotonic)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Hang up everywhere. Fetches that are under way in other threads end at once with FetchFailed."""
        self._closing.set()
        self._courier.close()

    def fetch(self, url: str, *, validators: Validators | None = None, expect: Expect = "feed") -> Fetched:
        """Fetch an address once. With `validators` the request is conditional. `expect`: whether a web page is an
        answer (`any`) or not (`feed`). Waits for the host's turn first. FetchFailed only after `close`."""
        if self._closing.is_set():
            raise FetchFailed(f"{url} was not fetched: the fetcher is closed.")
        known = validators or Validators()
        deadline = Deadline(self._monotonic, self.policy.seconds, self._monotonic())
        trip: _Trip | None = None
        try:
            target = target_of(url)
            trip = _Trip(Guard(self.policy, target.port), deadline, target)
            read = self._reader(trip, url, known, expect)
            return _kept(self._travel(trip, _headers(self.policy, known), read, robots=self.policy.robots), known)
        except Stopped as stop:
            if self._closing.is_set():
                raise FetchFailed(f"{url} was not fetched: the program is stopping.") from stop
            return self._fetched(url, trip, deadline, Verdict(stop.state, stop.message))

    def _travel(self, trip: _Trip, headers: Headers, read: Callable[[Wire, Answer], T], *, robots: bool) -> T:
        """Follow redirects to an answer and read it. `Stopped` for everything that ends it before."""
        seen: set[str] = set()
        while True:
            if trip.here.url in seen:
                raise Stopped(FetchState.REDIRECT_LOOP, "The server redirects in a circle.")
            seen.add(trip.here.url)
            with self._visit(trip, headers, robots=robots) as (wire, answer):
                if answer.status not in REDIRECTS or "location" not in answer.headers:
                    return read(wire, answer)
                self._glance(wire, answer, trip)
            if len(seen) > self.policy.max_redirects:
                most = self.policy.max_redirects
                raise Stopped(FetchState.REDIRECT_LOOP, f"The server redirects more than {most} times.")
            trip.permanent = trip.permanent and answer.status in PERMANENT
            trip.hops += 1
            trip.here = redirected(trip.here, answer.headers["location"])

    @contextmanager
    def _visit(self, trip: _Trip, headers: Headers, *, robots: bool) -> Iterator[tuple[Wire, Answer]]:
        """One request, in the host's turn, and with `robots` only if the site's robots.txt allows it."""
        addresses = self._courier.addresses(trip.here, trip.guard, trip.deadline)
        with self._turn(trip, addresses):
            if robots:
                self._obey(trip)
            target = trip.here
            wire, trip.answer = self._courier.ask(target, addresses, headers, trip.deadline)
            try:
                yield wire, trip.answer
            except BaseException:
                self._courier.drop(wire)
                raise
            self._courier.release(target, wire)

    @contextmanager
    def _turn(self, trip: _Trip, addresses: tuple[Address, ...]) -> Iterator[None]:
        if trip.errand or all(trip.guard.is_ours(trip.here, address) for address in addresses):
            yield
            return
        with self._turns.turn(trip.here.host) as waited:
            trip.deadline.wait(waited)
            if self._closing.is_set():
                raise Stopped(FetchState.UNAVAILABLE, "The program is stopping.")
            yield

    def _obey(self, trip: _Trip) -> None:
        """`Stopped` (robots) where the site does not want this path fetched."""
        came = self._monotonic()
        asked: list[float] = []

        def ask() -> tuple[Rules, float]:
            asked.append(self._monotonic())
            trip.deadline.wait(asked[0] - came)  # while another asked, and failed
            return self._ask_robots(trip)

        rules = self._robots.rules(trip.here.origin, ask)
        if not asked:
            trip.deadline.wait(self._monotonic() - came)
        if rules is NOTHING:
            raise Stopped(FetchState.ROBOTS, f"{trip.here.origin}/robots.txt cannot be had, so nothing is fetched.")
        if not rules.allows(trip.here.path):
            raise Stopped(FetchState.ROBOTS, f"{trip.here.origin}/robots.txt does not allow this address.")

    def _ask_robots(self, trip: _Trip) -> tuple[Rules, float]:
        """The rules of the site where the trip is, and for how long they hold (RFC 9309, 2.3.1 and 2.4)."""
        measure = Measure(MAX_BYTES, self.policy.max_ratio, cut=True)
        errand = _Trip(replace(trip.guard), trip.deadline, replace(trip.here, path="/robots.txt"), errand=True)

        def read(wire: Wire, answer: Answer) -> tuple[Rules, float]:
            if answer.status >= 500 or answer.status == 429:
                return NOTHING, max(HOLD, retry_after(answer.headers.get("retry-after"), self._clock()) or 0.0)
            if answer.status != 200:
                self._glance(wire, answer, errand)
                return EVERYTHING, LONGEST
            body = body_of(wire.body(errand.deadline), answer.headers.get("content-encoding", ""), measure)
            kept = fresh_for(answer.headers, self._clock())
            return read_rules(body, PRODUCT), LONGEST if kept is None else min(max(kept, SHORTEST), LONGEST)

        try:
            rules, seconds = self._travel(errand, _headers(self.policy, Validators()), read, robots=False)
        except Stopped as stop:
            if stop.state in (FetchState.TIMEOUT, FetchState.UNREACHABLE, FetchState.TRUNCATED):
                raise Stopped(stop.state, f"robots.txt: {stop.message}") from stop
            rules, seconds = EVERYTHING, LONGEST  # it is not to be had where it should be: as if there were none
        if rules.delay:
            self._turns.spread(trip.here.host, rules.delay)
        return rules, seconds

    def _reader(self, trip: _Trip, url: str, known: Validators, expect: Expect) -> Callable[[Wire, Answer], Fetched]:
        def read(wire: Wire, answer: Answer) -> Fetched:
            if answer.status not in (200, 203):
                verdict = of_status(answer, self._glance(wire, answer, trip))
                return self._fetched(url, trip, trip.deadline, verdict)
            trip.measure = Measure(self.policy.max_bytes, self.policy.max_ratio)
            codings = answer.headers.get("content-encoding", "")
            body = body_of(wire.body(trip.deadline), codings, trip.measure)
            wire.check_end()
            return self._fetched(url, trip, trip.deadline, of_body(answer, body, known, expect), body)

        return read

    def _glance(self, wire: Wire, answer: Answer, trip: _Trip) -> bytes:
        """The beginning of a page that only says what went wrong; nothing where it cannot be read."""
        measure = Measure(_GLANCE_BYTES, self.policy.max_ratio, cut=True)
        try:
            pieces = wire.body(trip.deadline.within(_GLANCE_SECONDS))
            return body_of(pieces, answer.headers.get("content-encoding", ""), measure)
        except Stopped:
            return b""

    def _fetched(
        self, url: str, trip: _Trip | None, deadline: Deadline, verdict: Verdict, body: bytes | None = None
    ) -> Fetched:
        now = self._clock()
        made = Fetched(
            state=verdict.state,
            url=url,
            final_url=trip.here.url if trip else url,
            at=now,
            bytes=len(body or b""),
            wire_bytes=trip.measure.wire if trip and trip.measure else 0,
            seconds=deadline.spent,
            error=verdict.error,
            body_hash=verdict.body_hash,
        )
        if trip is None or trip.answer is None:
            return made
        headers = trip.answer.headers
        return replace(
            made,
            status=trip.answer.status,
            body=body if verdict.state is FetchState.OK else None,
            media_type=headers.get("content-type"),
            moved_to=trip.here.url if trip.hops and trip.permanent and verdict.state.good else None,
            etag=_validator(headers.get("etag")),
            last_modified=_validator(headers.get("last-modified")),
            retry_after=retry_after(headers.get("retry-after"), now),
            fresh_for=fresh_for(headers, now) if verdict.state.good else None,
        )


def _kept(made: Fetched, known: Validators) -> Fetched:
    """A 304 need not repeat what it confirms."""
    if made.state is not FetchState.NOT_MODIFIED:
        return made
    etag, modified = made.etag or known.etag, made.last_modified or known.last_modified
    return replace(made, etag=etag, last_modified=modified, body_hash=known.body_hash)


def payload_of(fetched: Fetched) -> Payload:
    """What was fetched, as ingest takes it. ValueError where nothing was."""
    if fetched.body is None:
        raise ValueError(f"{fetched.url} brought nothing to read: {fetched.state}")
    return Payload.of(fetched.body, url=fetched.final_url, media_type=fetched.media_type, received_at=fetched.at)


def _headers(policy: FetchPolicy, known: Validators) -> Headers:
    conditions = [("If-None-Match", known.etag), ("If-Modified-Since", known.last_modified)]
    return [
        ("User-Agent", policy.user_agent),
        ("Accept", _ACCEPT),
        ("Accept-Encoding", ACCEPTED),
        *((name, value) for name, value in conditions if _validator(value) and value),
    ]


def _validator(value: str | None) -> str | None:
    """A validator that can be sent back as it came: short, printable ASCII."""
    usable = value is not None and 0 < len(value) <= _LONGEST_VALIDATOR and value.isascii() and value.isprintable()
    return value if usable else None
