"""The addresses that readers ask for most, found before all others.

FastAPI tries each of its hundred routes in turn and then reads parameters for an endpoint: half a millisecond for a day
page, whose own work is little more than one. These go by plain Starlette routes to the same endpoints. What they do not
take (another method, a file, what only looks like a day) meets FastAPI's routes as before.
"""

import re
from collections.abc import Awaitable, Callable
from functools import partial

from anyio import CapacityLimiter, to_thread
from starlette.applications import Starlette
from starlette.convertors import StringConvertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import Response

from app.render.formats import BY_SUFFIX
from app.web.answer import READ
from app.web.pages import archive, day, headline, outlets, search, timeline
from app.web.paths import EDITION


class _DayConvertor(StringConvertor):
    """A day as addresses write it; whether there is such a day is not asked."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"


class _MonthConvertor(StringConvertor):
    """A month."""

    regex = "[0-9]{4}-[0-9]{2}"


class _OutletConvertor(StringConvertor):
    """An outlet's domain: no list of it as a file."""

    regex = "(?![^/]*(?:" + "|".join(re.escape(suffix) for suffix in (*BY_SUFFIX, ".bib", ".ris")) + ")$)[^/]+"


class _NumberConvertor(StringConvertor):
    """A headline's number."""

    regex = "[0-9]+"


register_url_convertor("quickday", _DayConvertor())
register_url_convertor("quickmonth", _MonthConvertor())
register_url_convertor("quickoutlet", _OutletConvertor())
register_url_convertor("quicknumber", _NumberConvertor())

HANDS = {"sqlite": 2, "postgresql": 8}
"""How many of these pages are made at once. Python runs one thread at a time: every further one only takes turns with
them, and holds a connection with its own memory of the database. A page waits for a PostgreSQL elsewhere, so that some
more keep the processor busy meanwhile: as many as the pool keeps connections. Whatever asks for words may take long,
and keeps nobody else waiting."""

_PAGES: tuple[tuple[str, Callable[..., Response]], ...] = (
    ("/{key:quickday}", day.day),
    ("/", timeline.timeline),
    ("/headlines/{key:quicknumber}", headline.headline),
    ("/outlets/{domain:quickoutlet}", outlets.outlet),
    ("/archive/{key:quickmonth}", archive.calendar),
    ("/search", search.search),
)
"""What follows the edition, and the endpoint."""


def add(app: Starlette, dialect: str) -> None:
    """To be called before any other route is there; the store is on a database of this `dialect`."""
    hands = CapacityLimiter(HANDS[dialect])
    for path, page in _PAGES:
        app.add_route(EDITION + path, _endpoint(page, hands), methods=READ, include_in_schema=False)


def _endpoint(page: Callable[..., Response], hands: CapacityLimiter) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        limiter = None if b"q=" in request.scope["query_string"] else hands
        return await to_thread.run_sync(partial(page, request, **request.path_params), limiter=limiter)

    return endpoint
