"""The outermost layer: who asks (behind proxies), the request's number, and counting. Pure ASGI; it has to be cheap, as
answers out of memory pass here too.

A request's number stands in the answer (`X-Request-ID`), in problem documents and in every line that is logged on its
way. A trusted proxy's own number is taken over when it looks like one.
"""

import re
from collections.abc import Awaitable
from functools import lru_cache
from itertools import count
from secrets import token_hex
from time import perf_counter

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.model.language import UI_LANGUAGES
from app.model.request import REQUEST_ID
from app.render.formats import BY_SUFFIX
from app.web.proxies import Proxies
from app.web.tally import Tally

_SANE = re.compile(rb"[A-Za-z0-9._:/+=-]{8,128}")
_NAME = b"x-request-id"
_EDITIONS = frozenset(UI_LANGUAGES)
_MACHINES = frozenset(("healthz", "readyz", "metrics", "robots.txt", "sitemap.xml", "opensearch.xml", "favicon.ico"))


@lru_cache(maxsize=4_096)
def route_class(path: str) -> str:
    """Which kind of route a path is: one of few words, whatever somebody asks for."""
    first, _, rest = path[1:].partition("/")
    if first in _EDITIONS:
        ending = "." + rest.rpartition(".")[2]
        return rest if rest in ("new", "search") else "file" if ending in BY_SUFFIX else "page"
    if first in ("static", "desk", "api"):
        return first
    return "machine" if first in _MACHINES or first.startswith("sitemap") else "other"


class Door:
    """ASGI middleware; everything that is asked goes through it. For one event loop."""

    def __init__(self, app: ASGIApp, proxies: Proxies, tally: Tally) -> None:
        self.app = app
        self._proxies = proxies
        self._answered = tally.answered
        self._prefix = token_hex(4).encode()
        self._numbers = count(1)

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Pass the request on, and count its answer when the last of it has been sent. Neither this nor what passes the
        answer on is a coroutine of its own: each would cost a third of a microsecond."""
        if scope["type"] != "http":
            return self.app(scope, receive, send)
        began = perf_counter()
        number = self._number(scope)
        status = 0

        def counted(message: Message) -> Awaitable[None]:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"].append((_NAME, number))
            elif not message.get("more_body"):
                self._answered(route_class(scope["path"]), status, perf_counter() - began)
            return send(message)

        REQUEST_ID.set(number)
        return self.app(scope, receive, counted)

    def _number(self, scope: Scope) -> bytes:
        given = self._proxies.understand(scope)
        if given and _SANE.fullmatch(given):
            return given
        return b"%b-%x" % (self._prefix, next(self._numbers))
