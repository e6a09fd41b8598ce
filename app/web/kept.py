"""An answer as it was sent, kept to be sent again; and how it is recorded while it is sent for the first time."""

from collections.abc import Container

from anyio import Event
from starlette.types import Message, Scope, Send

from app.web.validators import matches

_SAID_AGAIN = (b"cache-control", b"etag", b"vary", b"link", b"access-control-allow-origin")
"""What a 304 says of what the client has (RFC 9110 section 15.4.5), besides what htmx is told; each header that is not
sent saves half a microsecond of uvicorn's, and all others stay as they were (RFC 9111 section 4.3.4)."""

_KEYED = {b"hx-request", b"accept-encoding"}
"""Request headers on which a kept answer may depend: they are part of the key."""

_OVERHEAD = 1_500
"""Bytes that an answer takes besides its body, about: its head, its key, the objects."""

Headers = list[tuple[bytes, bytes]]


class Kept:
    """An answer with its head ready. Without a body (None) it is only known that `tag` is still right."""

    __slots__ = ("body", "headers", "size", "status", "tag", "turn", "unchanged")

    def __init__(self, status: int, headers: Headers, tag: bytes, body: bytes | None) -> None:
        self.status = status
        self.headers = headers
        self.tag = tag
        self.body = body
        self.turn = -1
        self.unchanged = [header for header in headers if header[0] in _SAID_AGAIN or header[0].startswith(b"hx-")]
        self.size = len(body or b"") + _OVERHEAD

    def serves(self, if_none_match: bytes | None) -> bool:
        """Whether it is an answer to a request that has these tags."""
        return self.body is not None or self._has(if_none_match)

    async def answer(self, scope: Scope, given: dict[bytes, bytes], send: Send) -> None:
        """Send it: all, its head, or that nothing has changed. Lists of headers are given away as copies: others may
        add to them."""
        if_none_match = given.get(b"if-none-match")
        if if_none_match is not None and self.tag and self._has(if_none_match):
            await send({"type": "http.response.start", "status": 304, "headers": list(self.unchanged)})
            await send({"type": "http.response.body", "body": b""})
            return
        body = self.body if scope["method"] == "GET" else b""
        await send({"type": "http.response.start", "status": self.status, "headers": list(self.headers)})
        await send({"type": "http.response.body", "body": body})

    def _has(self, if_none_match: bytes | None) -> bool:
        if if_none_match is None or if_none_match == self.tag:
            return if_none_match is not None
        return matches(if_none_match.decode("latin-1"), self.tag.decode("latin-1"))


class Flight:
    """An answer on its way, for which others wait."""

    __slots__ = ("_done", "_kept", "_over", "shared")

    def __init__(self) -> None:
        self._done = Event()
        self._over = False
        self._kept: Kept | None = None
        self.shared = False
        """Whether anybody waited."""

    async def landed(self) -> Kept | None:
        """The answer, or None if it cannot be shared."""
        self.shared = True
        await self._done.wait()
        return self._kept

    def land(self, kept: Kept | None) -> None:
        """What it became; only the first word counts."""
        if not self._over:
            self._over, self._kept = True, kept
            self._done.set()


class Recorder:
    """Passes an answer on and looks whether it may be kept: with one of `rules` as its Cache-Control, whole, no error,
    no cookie, not depending on what the key does not have. `old` is what the last turn had under the key."""

    def __init__(self, send: Send, flight: Flight, rules: Container[bytes], old: Kept | None) -> None:
        self.kept: Kept | None = None
        self._send = send
        self._flight = flight
        self._rules = rules
        self._old = old
        self._start: Message | None = None

    async def __call__(self, message: Message) -> None:
        """Look at a part of the answer, and send it."""
        if message["type"] == "http.response.start" and self._may(message):
            self._start = message
        elif message["type"] == "http.response.body" and self._start is not None and not message.get("more_body"):
            self.kept = self._made(self._start, message.get("body", b""))
            self._flight.land(self.kept)
            self._start = None
        else:
            self._start = None
            self._flight.land(None)
        await self._send(message)

    def _may(self, start: Message) -> bool:
        if start["status"] not in (200, 204, 304):
            return False
        told = dict(start["headers"])
        vary = told.get(b"vary", b"").lower().replace(b" ", b"")
        return (
            told.get(b"cache-control") in self._rules
            and b"set-cookie" not in told
            and b"etag" in told
            and (not vary or _KEYED.issuperset(vary.split(b",")))
        )

    def _made(self, start: Message, body: bytes) -> Kept:
        """A body that is unchanged since the last turn need not come again to be known."""
        headers: Headers = list(start["headers"])
        tag = dict(headers)[b"etag"]
        if start["status"] != 304:
            return Kept(start["status"], headers, tag, body)
        old = self._old
        kept = Kept(304, headers, tag, None)
        if old is not None and old.body is not None and (old.tag, old.unchanged) == (tag, kept.unchanged):
            return Kept(old.status, old.headers, tag, old.body)
        return kept
