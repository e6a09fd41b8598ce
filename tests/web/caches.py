"""What the tests of the page cache share: clocks that obey, an application that counts."""

from collections.abc import Callable
from datetime import datetime

from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from app.web.caching import SHORT
from tests.builders import NOW
from tests.web.asking import Answer, Client

GZIP = {"Accept-Encoding": "gzip"}


class Times:
    """Two clocks that move when they are told to."""

    def __init__(self) -> None:
        self.now = NOW
        self.seconds = 0.0

    def clock(self) -> datetime:
        return self.now

    def monotonic(self) -> float:
        return self.seconds


class Counter:
    """An application that counts its answers, and says what it is told to."""

    def __init__(self, answer: Callable[[Scope], Response] | None = None) -> None:
        self.asked = 0
        self._answer = answer or (lambda _: page())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.asked += 1
        await self._answer(scope)(scope, receive, send)


def page(text: str = "page", status: int = 200, **headers: str) -> Response:
    told = {"cache-control": SHORT, "etag": f'"{text}"', "vary": "HX-Request, Accept-Encoding"}
    return PlainTextResponse(text, status, {**told, **{k.replace("_", "-"): v for k, v in headers.items()}})


def often(client: Client, address: str = "/en/", **headers: str) -> list[Answer]:
    return [client.get(address, {k.replace("_", "-"): v for k, v in headers.items()}) for _ in range(5)]


Made = Callable[..., Client]
"""Makes clients of an application behind a cache."""
