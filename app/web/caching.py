"""Caching: the rules that answers carry, and the memory of answers before everything else.

`PageCache` is ASGI middleware, the outermost: a hit costs a look into a dictionary and the sending of bytes that are
ready, for no routing, no thread, no database, no template and no compression are asked. What is kept is an answer as
it was sent, its head with all headers, under everything that it depends on: the path and the query as they were asked
for, without what only tracks the reader; scheme and host where absolute addresses are made of them; page or part;
compressed or not. It holds for one *turn*: as long as neither the store's revision nor the day in Ulaanbaatar changes.
So nothing is ever purged, and a page cannot be older than what is known of the revision (`app.store.watch`): what this
process wrote shows at once, what another one wrote after LOOK_SECONDS at the latest.

Only answers with one of the rules in BY_REVISION are kept, and only whole ones that are no errors. Requests that say
who they are (Authorization, the desk's cookie) pass by.
"""

from collections.abc import Callable, Hashable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from time import monotonic

from anyio import Event, to_thread
from starlette.types import ASGIApp, Receive, Scope, Send

from app.clock import Clock
from app.model.day import day_of, day_start
from app.store.watch import Watch
from app.web.kept import Flight, Kept, Recorder
from app.web.negotiate import accepts_gzip
from app.web.shelf import Shelf
from app.web.validators import etag, matches, weak_etag

__all__ = [
    "BY_REVISION", "CLOSED", "DOOR", "FOREVER", "MOMENT", "NEVER", "PAGE", "SHORT",
    "PageCache", "etag", "lasting", "matches", "weak_etag",
]  # fmt: skip

PAGE = "public, no-cache"
"""Keep it, but ask before showing it again: for files and facts, whose readers are programs that ask anyway."""

SHORT = "public, max-age=5, stale-while-revalidate=30"
"""A page that may change at any time. Going back and forth within five seconds asks nobody; within half a minute more
the page is there at once and asked for behind it. Less than a minute in all, after which open pages look for news:
who then asks to see them must get them."""

CLOSED = "public, max-age=600, stale-while-revalidate=86400"
"""A day, month or year that is over for good: only a correction changes it."""

MOMENT = "public, max-age=60"
"""What fetching changes does not raise the store's revision: a page about it may be kept for a minute, by its own
lifetime, and never under the revision."""

DOOR = "no-cache"
"""A redirect whose target depends on the reader or the day."""

FOREVER = "public, max-age=31536000, immutable"
"""An address that names its own content."""

NEVER = "no-store"
"""Answers about the moment: errors of ours, health."""

BY_REVISION = frozenset(rule.encode() for rule in (PAGE, SHORT, CLOSED))
"""The rules of answers that depend on the request, the store's revision and the day alone."""

LOOK_SECONDS = 0.25
"""The database is asked for its revision at most so often, and by requests only."""

PASSED_BY = ("/static/", "/desk", "/healthz", "/readyz", "/metrics", "/api/v1/export")
"""Beginnings of paths that are never kept."""

PRIVATE_COOKIE = b"ortoo"
"""Part of the name of every cookie of ours: whoever sends one is somebody in particular."""

_TRACKING = (b"fbclid=", b"gclid=", b"utm_", b"mc_cid=", b"mc_eid=", b"igshid=", b"yclid=", b"twclid=", b"msclkid=")
"""What others add to our addresses, differently for each reader. No page looks at it."""


def lasting(last: date, today: date) -> str:
    """The rule for a page about days up to `last`. Yesterday is not closed yet: sources are read late, and digests
    come in the morning."""
    return CLOSED if last < today - timedelta(days=1) else SHORT


class PageCache:
    """ASGI middleware that answers from memory what it can; `room` in bytes. `hosts`: whether the request's host goes
    into pages. For one event loop."""

    def __init__(
        self,
        app: ASGIApp,
        watch: Watch,
        clock: Clock,
        *,
        room: int,
        hosts: bool,
        seconds: Callable[[], float] = monotonic,
    ) -> None:
        self.app = app
        self.shelf: Shelf[Kept] = Shelf(room)
        self.hits = 0
        self.misses = 0
        self._watch = watch
        self._clock = clock
        self._hosts = hosts
        self._seconds = seconds
        self._looked = float("-inf")
        self._looking: Event | None = None
        self._revision = -1
        self._today = (datetime.max.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC))
        self._turn = 0
        self._flights: dict[tuple[Hashable, int], Flight] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory, or let the application answer and remember it."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        given = dict(scope["headers"])
        key = self._key(scope, given)
        if key is None:
            await self.app(scope, receive, send)
            return
        if self._seconds() - self._looked >= LOOK_SECONDS and not await self._look():
            await self.app(scope, receive, send)
            return
        turn = self._now()
        kept = self.shelf.get(key)
        if kept is not None and kept.turn == turn and kept.serves(given.get(b"if-none-match")):
            self.hits += 1
            await kept.answer(scope, given, send)
        elif scope["method"] == "HEAD":
            await self.app(scope, receive, send)
        else:
            self.misses += 1
            await self._miss((key, turn), kept, scope, given, receive, send)

    def _key(self, scope: Scope, given: dict[bytes, bytes]) -> Hashable:
        """Everything that the answer depends on but the turn; None for what is never kept."""
        path: str = scope["path"]
        if path.startswith(PASSED_BY) or b"authorization" in given or (b"cookie" in given and _is_private(scope)):
            return None
        query: bytes = scope["query_string"]
        if path.startswith("/api/"):
            form: bytes | None = b"api " + given.get(b"accept", b"")
        else:
            form = None
            query = _untracked(query) if query else query
            if given.get(b"hx-request") == b"true" and b"hx-history-restore-request" not in given:
                form = given.get(b"hx-current-url", b"")
        host = given.get(b"host") if self._hosts else None
        return path, query, form, scope["scheme"], host, _packs(given.get(b"accept-encoding", b""))

    def _now(self) -> int:
        """The number of the present turn."""
        first, last = self._today
        now = self._clock()
        if self._revision != self._watch.revision or not first <= now < last:
            self._revision = self._watch.revision
            day = day_of(now)
            self._today = day_start(day), day_start(day + timedelta(days=1))
            self._turn += 1
        return self._turn

    async def _look(self) -> bool:
        """Have the watch look at the database, once for all who want to know; whether it could."""
        if self._watch.quick:
            return self._looks()
        if self._looking is None:
            self._looking = done = Event()
            try:
                return await to_thread.run_sync(self._looks)
            finally:
                self._looking = None
                done.set()
        await self._looking.wait()
        return self._seconds() - self._looked < LOOK_SECONDS

    def _looks(self) -> bool:
        began = self._seconds()
        try:
            self._watch.look()
        except Exception:  # whatever it is, the application meets it too, and has a page for it
            return False
        self._looked = began
        return True

    async def _miss(
        self,
        at: tuple[Hashable, int],
        old: Kept | None,
        scope: Scope,
        given: dict[bytes, bytes],
        receive: Receive,
        send: Send,
    ) -> None:
        """The first who asks gets the application's answer, others who ask meanwhile the same bytes. What cannot be
        kept is known from its head; then they are let through."""
        flight = self._flights.get(at)
        if flight is not None:
            kept = await flight.landed()
            if kept is not None and kept.serves(given.get(b"if-none-match")):
                await kept.answer(scope, given, send)
            else:
                await self.app(scope, receive, send)
            return
        flight = self._flights[at] = Flight()
        try:
            recorder = Recorder(send, flight, BY_REVISION, old)
            await self.app(scope, receive, recorder)
        finally:
            del self._flights[at]
            flight.land(None)
        self._remember(at, recorder.kept, shared=flight.shared)

    def _remember(self, at: tuple[Hashable, int], kept: Kept | None, *, shared: bool) -> None:
        key, turn = at
        if kept is not None and (self.shelf.wanted(key) or shared):
            kept.turn = turn
            self.shelf.put(key, kept, kept.size)


def _is_private(scope: Scope) -> bool:
    return any(name == b"cookie" and PRIVATE_COOKIE in value for name, value in scope["headers"])


def _untracked(query: bytes) -> bytes:
    """A query without the parameters that only track."""
    if not any(name in query for name in _TRACKING):
        return query
    return b"&".join(part for part in query.split(b"&") if not part.startswith(_TRACKING))


@lru_cache(maxsize=512)
def _packs(accept_encoding: bytes) -> bool:
    return accepts_gzip(accept_encoding.decode("latin-1"))
