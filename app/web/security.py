"""Security headers, on every answer. Pure ASGI: it only adds to the head of what passes through."""

from collections.abc import Iterable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "font-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
"""Nothing inline, nothing from other hosts, no frames, no plug-ins."""

HEADERS: dict[str, str] = {
    "content-security-policy": CONTENT_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
}

_RAW = [(name.encode("ascii"), value.encode("ascii")) for name, value in HEADERS.items()]


_HSTS = (b"strict-transport-security", b"max-age=31536000")
"""Behind TLS: a year without TLS is refused by the browser. Subdomains are the operator's own affair."""

_PRIVATE = [
    (b"cache-control", b"no-store"),
    (b"x-robots-tag", b"noindex, nofollow"),
    (b"referrer-policy", b"same-origin"),
]
"""On every answer of the desk, whoever made it: also its errors are nobody else's."""


class SecurityHeaders:
    """ASGI middleware that adds HEADERS to every answer that does not have them yet. `tls` says that readers come by
    TLS whatever the request's own scheme is (the public address is https)."""

    def __init__(self, app: ASGIApp, *, tls: bool = False) -> None:
        self.app = app
        self.tls = tls

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add to the answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = self._headers(scope, message.get("headers", ()))
            await send(message)

        await self.app(scope, receive, send_with_headers)

    def _headers(self, scope: Scope, given: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        fixed = _PRIVATE if scope["path"].startswith("/desk") else []
        if self.tls or scope.get("scheme") == "https":
            fixed = [*fixed, _HSTS]
        names = {name for name, _ in fixed}
        kept = [*fixed, *(header for header in given if header[0].lower() not in names)]
        there = {name.lower() for name, _ in kept}
        return [*kept, *(header for header in _RAW if header[0] not in there)]
