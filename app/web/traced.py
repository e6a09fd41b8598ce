"""A span for every request (OpenTelemetry's conventions for HTTP servers), outside of all other layers. It is put there
only where spans are wanted, so that nobody else pays for it."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.model.request import request_id
from app.tracing import ERROR, Fact, Spans
from app.web.door import route_class
from app.web.proxies import Proxies

_METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"))
_CARRIED = frozenset((b"traceparent", b"tracestate"))


class TracedRequests:
    """ASGI middleware around `Door`, which numbers the requests. A trace is taken up from trusted proxies only:
    everybody else could put requests into traces that are not theirs, and have them kept."""

    def __init__(self, app: ASGIApp, proxies: Proxies, spans: Spans) -> None:
        self.app = app
        self._proxies = proxies
        self._spans = spans

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; its span ends when the application has done all that it does for it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        known = scope["method"] in _METHODS
        route = route_class(scope["path"])
        facts: dict[str, Fact] = {
            "http.request.method": scope["method"] if known else "_OTHER",
            "url.path": scope["path"],
            "ortoo.route": route,
        }
        name = f"{scope['method'] if known else 'HTTP'} {route}"
        with self._spans(name, facts, kind="server", parent=self._parent(scope)) as told:
            try:
                await self.app(scope, receive, _noting(send, told))
            finally:
                told["ortoo.request"] = request_id()
                told["url.scheme"] = scope["scheme"]

    def _parent(self, scope: Scope) -> dict[str, str]:
        """The headers of the trace that a trusted proxy belongs to. Read before `Door` puts the reader in its place."""
        client = scope["client"]
        if client is None or not self._proxies.trusts(client[0]):
            return {}
        found: dict[str, str] = {}
        for name, value in scope["headers"]:
            if name in _CARRIED:
                key, text = name.decode(), value.decode("latin-1")
                found[key] = f"{found[key]},{text}" if key in found else text
        return found if "traceparent" in found else {}


def _noting(send: Send, told: dict[str, Fact]) -> Send:
    async def noting(message: Message) -> None:
        if message["type"] == "http.response.start":
            status: int = message["status"]
            told["http.response.status_code"] = status
            if status >= 500:
                told[ERROR] = str(status)
        await send(message)

    return noting
