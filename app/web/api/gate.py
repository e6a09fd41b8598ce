"""A request that sends something, understood short of its body: who sends, in what format, from where, for which
places. Everything that can be refused before a body is read is refused here."""

from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from anyio import CapacityLimiter
from starlette.datastructures import Headers

from app.errors import BadFilter
from app.ingest.format import Format, Reading
from app.ingest.limits import Limits
from app.ingest.reader import ChildReader
from app.model.day import ULAANBAATAR, parse_day
from app.model.token import Scope, Token
from app.normalise.outlet import host_of
from app.pipeline.posted import Sender
from app.settings import Settings
from app.web.api import quota, repeat
from app.web.api.answers import given
from app.web.api.bearer import bearer
from app.web.api.kinds import kinds
from app.web.api.operations import Operation
from app.web.api.parameters import Asked, day_of
from app.web.problems import visible
from app.web.refusal import Refusal
from app.web.visit import Visit

AT_ONCE = 2
"""Bodies that one process works on at a time; others wait, whole, for their turn."""

POSTS = "posts"
MAX_ORIGIN_CHARS = 100
_SLASHES = frozenset("/\\")
"""What would make a path of an origin, of which readers see the last part."""


class Gate:
    """What the requests of one server process share. `close` it at the end."""

    def __init__(self) -> None:
        self.reader = ChildReader()
        self.failures: quota.PerMinute[str] = quota.PerMinute()
        self.posts: quota.PerMinute[int] = quota.PerMinute()
        self.turns = CapacityLimiter(AT_ONCE)

    def close(self) -> None:
        """End the processes that read."""
        self.reader.close()


@dataclass(frozen=True, slots=True)
class Sent:
    """A request without its body. `kinds` are the formats in which that may be, `origin` is what its headlines come
    from, as it is kept; `now` (aware UTC) is when it came."""

    token: Token
    kinds: tuple[Format, ...]
    key: str | None
    origin: str
    sender: Sender
    reading: Reading
    now: datetime


def opened(visit: Visit, operation: Operation, gate: Gate) -> Sent:
    """What the head of a request says. Refusal, BadFilter."""
    token = bearer(visit, Scope.INGEST, gate.failures)
    now, settings = visit.site.clock(), visit.site.settings
    if max(token.posted(now), gate.posts.add(token.id, now) - 1) >= settings.api_posts:
        raise too_many(settings.api_posts, now)
    asked = given(visit, operation)
    headers = visit.request.headers
    return Sent(
        token=token,
        kinds=kinds(_type(headers), ", ".join(headers.getlist("content-encoding")), _one(asked, "format")),
        key=repeat.key_of(visit),
        origin=_origin(token, _one(asked, "origin")),
        sender=Sender(_home(asked), _zone(asked)),
        reading=_reading(asked, settings),
        now=now,
    )


def too_many(most: int, now: datetime) -> Refusal:
    """429 for a token."""
    return quota.too_many(POSTS, most, now, f"This token may send {most} requests a minute (ORTOO_API_POSTS).")


def _type(headers: Headers) -> str:
    """The media type of the body. Refusal for two of them: one may be read where the other was checked."""
    given = headers.getlist("content-type")
    if len(given) > 1:
        raise Refusal(400, "invalid-request", "Bad headers", f"Content-Type is there {len(given)} times: send one.")
    return given[0] if given else ""


def _one(asked: Asked, name: str) -> str | None:
    return asked[name][0] if name in asked else None


def _origin(token: Token, said: str | None) -> str:
    """What the headlines come from, as sightings tell it: the token's name, and what the sender adds."""
    if said is None:
        return f"api:{token.name}"
    if len(said) > MAX_ORIGIN_CHARS or not said.isprintable() or not _SLASHES.isdisjoint(said):
        raise _refused("origin", said, f"at most {MAX_ORIGIN_CHARS} characters that can be seen, no slashes")
    return f"api:{token.name} {said}"


def _home(asked: Asked) -> str | None:
    outlet = _one(asked, "outlet")
    if outlet is not None and host_of(outlet) is None:
        raise _refused("outlet", outlet, "the host of an outlet, such as montsame.mn")
    return outlet


def _zone(asked: Asked) -> tzinfo:
    name = _one(asked, "zone")
    try:
        return ULAANBAATAR if name is None else ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise _refused("zone", name or "", "the name of a time zone, such as Asia/Ulaanbaatar") from error


def _reading(asked: Asked, settings: Settings) -> Reading:
    limits = Limits.of(settings)
    mine = replace(
        limits,
        payload_bytes=max(limits.payload_bytes, settings.api_bytes),
        entries=max(limits.entries, settings.api_items + 1),
    )
    day = _one(asked, "day")
    return Reading(mine, day=parse_day(day_of(day)) if day is not None else None)


def _refused(name: str, value: str, expected: str) -> BadFilter:
    shown = visible(value[:80])
    return BadFilter(f"{name}={shown}: expected {expected}.", name=name, value=shown, expected=expected)
