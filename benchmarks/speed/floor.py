"""The floor: a bare ASGI application that sends as many bytes as it is asked for, `/54000`, or a bare 304, `/304`."""

from typing import Any

_BODIES: dict[int, bytes] = {}


async def app(scope: Any, receive: Any, send: Any) -> None:
    """Answer at once."""
    if scope["type"] == "lifespan":
        while (message := await receive())["type"] != "lifespan.shutdown":
            await send({"type": message["type"] + ".complete"})
        await send({"type": "lifespan.shutdown.complete"})
        return
    status, body = 304, b""
    headers = [(b"etag", b'"x"')]
    if scope["path"] != "/304":
        size = int(scope["path"][1:])
        body = _BODIES.setdefault(size, b"x" * size)
        status, headers = 200, [(b"content-type", b"text/html"), (b"content-length", b"%d" % size)]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
