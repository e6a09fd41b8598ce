"""What became of asking an address for something: a failed fetch is a value, never an exception."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Fault(StrEnum):
    """Whose matter it is that there is nothing new to read."""

    NONE = "none"
    OUTLET = "outlet"  # the server, or those who run it
    NETWORK = "network"  # on the way there
    OURS = "ours"  # the address we were given, or what we do not allow ourselves


class FetchState(StrEnum):
    """How a fetch ended. The codes are part of the interface and never change."""

    OK = "ok"
    NOT_MODIFIED = "not-modified"  # 304
    UNCHANGED = "unchanged"  # 200, with the very body that was fetched last
    BLOCKED = "blocked"  # 401, 403, 451 or a page for telling people from programs; never evaded
    GONE = "gone"  # 410
    MISSING = "missing"  # 404
    RATE_LIMITED = "rate-limited"  # 429
    UNAVAILABLE = "unavailable"  # 503
    SERVER_ERROR = "server-error"  # any other 5xx
    CLIENT_ERROR = "client-error"  # any other 4xx
    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"  # no such name, no connection, no TLS, or hung up without a word
    REFUSED = "refused"  # an address, scheme, port or credentials that we do not follow
    ROBOTS = "robots"  # disallowed by the outlet's robots.txt
    TOO_LARGE = "too-large"
    TRUNCATED = "truncated"  # ended before its announced end
    REDIRECT_LOOP = "redirect-loop"
    MALFORMED = "malformed"  # not HTTP, or in a content coding that cannot be undone
    NOT_A_FEED = "not-a-feed"  # a web page where a feed was expected
    UNREADABLE = "unreadable"  # nothing in the body that could be read

    @property
    def good(self) -> bool:
        """Whether the address works: something was read, or is known to be as it was."""
        return self in (FetchState.OK, FetchState.NOT_MODIFIED, FetchState.UNCHANGED)

    @property
    def fault(self) -> Fault:
        """Whose matter it is."""
        if self.good:
            return Fault.NONE
        if self in (FetchState.TIMEOUT, FetchState.UNREACHABLE, FetchState.TRUNCATED):
            return Fault.NETWORK
        return Fault.OURS if self in (FetchState.REFUSED, FetchState.CLIENT_ERROR) else Fault.OUTLET

    @property
    def retry_soon(self) -> bool:
        """Whether the next try may well succeed without anyone doing anything. Otherwise it is tried rarely."""
        return self in _PASSING


_PASSING = frozenset(
    {
        FetchState.RATE_LIMITED,
        FetchState.UNAVAILABLE,
        FetchState.SERVER_ERROR,
        FetchState.TIMEOUT,
        FetchState.UNREACHABLE,
        FetchState.TRUNCATED,
    }
)


@dataclass(frozen=True, slots=True)
class Validators:
    """What the last good answer left behind, so that the next request can be conditional: its ETag and Last-Modified as
    they were sent, and the hash of its body (`Fetched.body_hash`) for servers whose ETags change without a reason."""

    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """One fetch. `url` is what was asked for, `final_url` what answered in the end (after redirects). `status` is None
    where no HTTP answer came. `body` is whole and unpacked, only with OK; `media_type` the Content-Type with its
    parameters. `bytes` counts what was unpacked, `wire_bytes` what came of the last answer's body; `seconds` is wall
    time without waiting for the host's turn. `error` is a sentence for people, None where all is well.

    `moved_to` is the address to use from now on: set when every hop was permanent (301, 308). `body_hash` is the
    SHA-256 of the body in hexadecimal. `retry_after` and `fresh_for` are seconds within a week. `at` is the aware UTC
    instant of the end.
    """

    state: FetchState
    url: str
    final_url: str
    at: datetime
    status: int | None = None
    body: bytes | None = None
    media_type: str | None = None
    bytes: int = 0
    wire_bytes: int = 0
    seconds: float = 0.0
    error: str | None = None
    moved_to: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    retry_after: float | None = None
    fresh_for: float | None = None

    @property
    def validators(self) -> Validators:
        """What to hand in with the next fetch after a good answer."""
        return Validators(self.etag, self.last_modified, self.body_hash)
