"""Asks the application for its pages, without a socket."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from anyio import sleep_forever
from anyio.from_thread import start_blocking_portal
from starlette.types import ASGIApp, Message, Scope

Ask = Callable[[str], tuple[int, bytes]]
"""The status and body of an answer to GET for a path."""


@contextmanager
def asking(app: ASGIApp) -> Iterator[Ask]:
    """A way to ask `app`, as long as the block lasts."""
    with start_blocking_portal() as portal:

        def ask(path: str) -> tuple[int, bytes]:
            return portal.call(_answer, app, path)

        yield ask


async def _answer(app: ASGIApp, path: str) -> tuple[int, bytes]:
    sent: list[Message] = []
    asked = iter([{"type": "http.request", "body": b"", "more_body": False}])

    async def receive() -> Message:
        for message in asked:
            return message
        await sleep_forever()
        raise AssertionError

    async def send(message: Message) -> None:
        sent.append(message)

    await app(_scope(path), receive, send)
    return sent[0]["status"], b"".join(message.get("body", b"") for message in sent[1:])


def _scope(path: str) -> Scope:
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode("utf-8"),
        "query_string": b"",
        "root_path": "",
        "headers": [],
        "client": None,
        "server": None,
    }
