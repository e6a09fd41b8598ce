"""What no endpoint of the API takes: preflights of browsers, methods that an address does not have, wrong addresses."""

import re
from collections.abc import Iterable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from app.errors import NotFound

PREFLIGHT_SECONDS = 86_400
"""How long a browser may remember what a preflight allowed (browsers cut it to less)."""

PREFLIGHT = {
    "access-control-allow-origin": "*",
    "access-control-allow-methods": "GET, HEAD",
    "access-control-allow-headers": "Accept, If-None-Match",
    "access-control-max-age": str(PREFLIGHT_SECONDS),
}
"""Scripts of any site may read; what needs a token is not for browsers."""

_PART = re.compile(r"\\{[^/]*?\\}")
"""A part of a path that varies, as `re.escape` leaves it."""


class Remainder:
    """An ASGI application behind all endpoints of the API, which it knows by path and method."""

    def __init__(self, served: Iterable[tuple[str, str]]) -> None:
        methods: dict[str, set[str]] = {}
        for path, method in served:
            methods.setdefault(path, {"OPTIONS"}).add(method)
        self._methods = [
            (re.compile(_PART.sub("[^/]+", re.escape(path))), found | ({"HEAD"} if "GET" in found else set()))
            for path, found in methods.items()
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """204 for a preflight; HTTPException 405 with the methods that there are; NotFound."""
        request = Request(scope)
        allowed = self._allowed(scope["path"])
        if not allowed:
            path = scope["path"][:200]
            raise NotFound(f"There is no {path}: /api/docs lists every address.", kind="address", key=path)
        headers = {"allow": ", ".join(sorted(allowed))}
        if request.method != "OPTIONS":
            raise HTTPException(405, headers=headers)
        await Response(status_code=204, headers=headers | PREFLIGHT)(scope, receive, send)

    def _allowed(self, path: str) -> set[str]:
        """The methods of the endpoints at `path`; none for an address that is none."""
        return {method for pattern, methods in self._methods if pattern.fullmatch(path) for method in methods}


def route(served: Iterable[tuple[str, str]]) -> Route:
    """Everything below /api that the routes before it left over; `served` are their paths and methods."""
    return Route("/api/{rest:path}", Remainder(served), name="api_remainder", include_in_schema=False)
