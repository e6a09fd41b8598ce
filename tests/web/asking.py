"""A client that speaks ASGI to the application itself: no sockets, every byte as the test wrote it."""

import gzip
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self
from urllib.parse import unquote, urlencode

from anyio import sleep_forever
from anyio.from_thread import start_blocking_portal
from starlette.types import ASGIApp, Message

from app.store import Store


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `headers` have lower-case names; `body` is as sent, `content` uncompressed."""

    status_code: int
    headers: dict[str, str]
    body: bytes
    cookies: tuple[str, ...] = ()
    """Every Set-Cookie, as it was sent."""
    number: str = ""
    """X-Request-ID, which is in no two answers the same; it is not among `headers`."""

    @property
    def content(self) -> bytes:
        return gzip.decompress(self.body) if self.headers.get("content-encoding") == "gzip" else self.body

    @property
    def text(self) -> str:
        return self.content.decode("utf-8")

    def json(self) -> Any:
        return json.loads(self.content)


class Client:
    """Asks an application, in a thread of its own. It follows no redirects; a mistake in the program is an answer."""

    def __init__(self, app: ASGIApp, host: str = "ortoo.test") -> None:
        self._app = app
        self._host = host
        self._portal = start_blocking_portal()

    def __enter__(self) -> Self:
        self._call = self._portal.__enter__().call
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        self._portal.__exit__(None, None, None)

    def get(self, address: str, headers: Mapping[str, str] | None = None) -> Answer:
        return self.ask("GET", address, headers)

    def head(self, address: str, headers: Mapping[str, str] | None = None) -> Answer:
        return self.ask("HEAD", address, headers)

    def send_form(self, address: str, form: Mapping[str, str], headers: Mapping[str, str] | None = None) -> Answer:
        """A form, as a browser sends it."""
        kind = {"content-type": "application/x-www-form-urlencoded"}
        return self.ask("POST", address, {**kind, **(headers or {})}, urlencode(form).encode())

    def ask(
        self,
        method: str,
        address: str,
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
        scheme: str = "http",
        client: str = "127.0.0.1",
    ) -> Answer:
        """One request. `address` is a path with a query, percent-encoded as a browser would send it."""
        path, _, query = address.partition("?")
        given = {"host": self._host, **{name.lower(): value for name, value in (headers or {}).items()}}
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": scheme,
            "path": unquote(path),
            "raw_path": path.encode(),
            "query_string": query.encode("utf-8", "surrogateescape"),
            "root_path": "",
            "headers": [(name.encode(), value.encode("latin-1")) for name, value in given.items()],
            "client": (client, 1),
            "server": ("127.0.0.1", 80),
        }
        answer: Answer = self._call(self._ask, scope, body)
        return answer

    async def _ask(self, scope: dict[str, Any], body: bytes = b"") -> Answer:
        sent: list[Message] = []
        asked = iter([{"type": "http.request", "body": body, "more_body": False}])

        async def receive() -> Message:
            for message in asked:
                return message
            await sleep_forever()  # the client stays
            raise AssertionError

        async def send(message: Message) -> None:
            sent.append(message)

        try:
            await self._app(scope, receive, send)
        except Exception:
            # The outermost layer answers and then raises again, for the server to log: keep the answer.
            if not sent:
                raise
        start = sent[0]
        headers = {name.decode().lower(): value.decode("latin-1") for name, value in start["headers"]}
        cookies = tuple(v.decode("latin-1") for n, v in start["headers"] if n.lower() == b"set-cookie")
        body = b"".join(message.get("body", b"") for message in sent[1:])
        return Answer(start["status"], headers, body, cookies, headers.pop("x-request-id", ""))


Asker = Callable[[Store], Client]
"""Makes a client of a store."""
