"""A client that sends bodies to the application itself: in pieces, slowly, or leaving in the middle."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from anyio import sleep, sleep_forever
from starlette.types import Message

from app.model.token import SECRET_BYTES, Scope, Token, secret_of
from app.settings import Settings
from app.store import Store
from app.web.app import create_app
from tests.builders import NOW
from tests.web.asking import Answer, Client

ADDRESS = "/api/v1/headlines"
SECRET = secret_of(bytes(range(SECRET_BYTES)))
NDJSON = "application/x-ndjson"
Headers = Mapping[str, str] | Iterable[tuple[str, str]]


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


class Poster(Client):
    """Sends with `secret`; other headers, also further ones of the same name, are added."""

    secret: str = SECRET

    def post(
        self,
        body: bytes | str | Iterable[bytes],
        query: str = "",
        *,
        type: str | None = "application/json",  # noqa: A002 - the header's own word
        headers: Headers = (),
        secret: str | None = "",
        length: int | None = None,
        leaves: bool = False,
        pause: float = 0,
        client: str = "192.0.2.1",
    ) -> Answer:
        """One request. `secret` None: no Authorization. `length`: a Content-Length; `leaves`: the client is gone after
        the last piece, before the end; `pause`: seconds between pieces."""
        whole = body.encode() if isinstance(body, str) else body
        pieces: Iterator[bytes] = iter([whole]) if isinstance(whole, bytes) else iter(whole)
        given = [("host", "ortoo.test"), *(headers.items() if isinstance(headers, Mapping) else headers)]
        given += [("content-type", type)] if type is not None else []
        given += [("authorization", f"Bearer {secret or self.secret}")] if secret is not None else []
        given += [("content-length", str(length))] if length is not None else []
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "POST",
            "scheme": "http",
            "path": ADDRESS,
            "raw_path": ADDRESS.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": [(name.lower().encode(), value.encode("latin-1")) for name, value in given],
            "client": (client, 1),
            "server": ("127.0.0.1", 80),
        }
        answer: Answer = self._call(self._send, scope, pieces, leaves, pause)
        return answer

    async def _send(self, scope: dict[str, Any], pieces: Iterator[bytes], leaves: bool, pause: float) -> Answer:
        sent: list[Message] = []
        ended = False

        async def receive() -> Message:
            nonlocal ended
            for piece in pieces:
                await sleep(pause)
                return {"type": "http.request", "body": piece, "more_body": True}
            if leaves:
                return {"type": "http.disconnect"}
            if ended:
                await sleep_forever()
            ended = True
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Message) -> None:
            sent.append(message)

        await self._app(scope, receive, send)
        headers = {name.decode().lower(): value.decode("latin-1") for name, value in sent[0]["headers"]}
        return Answer(sent[0]["status"], headers, b"".join(message.get("body", b"") for message in sent[1:]))


def add_token(
    store: Store,
    name: str = "newsroom",
    secret: str = SECRET,
    scopes: Iterable[Scope] = (Scope.INGEST,),
    expires_at: datetime | None = None,
) -> Token:
    """A token in the store."""
    with store.writing() as writer:
        return writer.access.add(name, scopes, secret, NOW, expires_at)


@contextmanager
def posting(store: Store, clock: Clock | None = None, **settings: Any) -> Iterator[Poster]:
    """A server process on a store."""
    app = create_app(Settings(**settings), store, clock or Clock())
    try:
        with Poster(app) as poster:
            yield poster
    finally:
        app.state.gate.close()


def titles(store: Store) -> list[str]:
    """What is in the store."""
    with store.reading() as reader:
        return sorted(record.title for record in reader.export())
