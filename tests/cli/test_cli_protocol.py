"""What comes over the wire and is no request: a problem document, a closed connection, nothing taken in."""

import json
import socket
from collections.abc import Iterator
from contextlib import suppress
from email import message_from_bytes
from pathlib import Path
from shutil import copyfile

import pytest

from app.cli.protocol import MAX_HEAD_BYTES
from app.store import Store
from tests.web.sending import ADDRESS, SECRET, add_token, titles
from tests.web.test_web_api_killed import serving

ITEM = b'[{"title": "A headline", "outlet": "gogo.mn"}]'
HEAD = (
    f"POST {ADDRESS} HTTP/1.1\r\nHost: ortoo.test\r\nAuthorization: Bearer {SECRET}\r\n"
    "Content-Type: application/json\r\n"
)


@pytest.fixture(scope="module")
def server(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, Store]]:
    """The port of a real server, and its store."""
    path = tmp_path_factory.mktemp("wire") / "ortoo.db"
    copyfile(sqlite_template, path)
    store = Store.open(f"sqlite:///{path}")
    add_token(store)
    with serving(f"sqlite:///{path}", ORTOO_API_POSTS="1000") as (_, port):
        yield port, store
    store.close()


def told(port: int, sent: bytes) -> tuple[int, str, dict[str, object]]:
    """Status, media type and JSON of the first answer; the connection must be closed after it."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        with suppress(BrokenPipeError, ConnectionResetError):
            connection.sendall(sent)
        got = b""
        with suppress(ConnectionResetError):
            while part := connection.recv(65_536):
                got += part
    line, _, rest = got.partition(b"\r\n")
    head, _, body = rest.partition(b"\r\n\r\n")
    headers = message_from_bytes(head)
    return int(line.split()[1]), headers["content-type"], json.loads(body[: int(headers["content-length"])])


WRONG = {
    "negative length": "Content-Length: -5\r\n\r\n",
    "length in letters": "Content-Length: many\r\n\r\n",
    "two lengths": "Content-Length: 5\r\nContent-Length: 50\r\n\r\n",
    "a length and chunks": f"Content-Length: {len(ITEM)}\r\nTransfer-Encoding: chunked\r\n\r\n{len(ITEM):x}\r\n",
    "a wrong length and chunks": f"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n{len(ITEM):x}\r\n",
    "chunks without a size": "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
    "an unknown encoding": "Transfer-Encoding: gzip\r\n\r\n",
    "a control character": "X-Odd: a\x00b\r\n\r\n",
    "too short a length": "Content-Length: 10\r\n\r\n",
}


@pytest.mark.parametrize("name", WRONG)
def test_lies_about_a_body_are_refused(server: tuple[int, Store], name: str) -> None:
    port, store = server
    status, media_type, problem = told(port, (HEAD + WRONG[name]).encode() + ITEM)
    assert (status, media_type, problem["status"]) == (400, "application/problem+json", 400)
    assert problem["type"] == "urn:ortoo:problem:invalid-http"
    assert titles(store) == []


@pytest.mark.parametrize("sent", [b"\x16\x03\x01\x02\x00\x01\x00" * 9, b"FOO / HTTP/1.1\r\n\r\n", "GET /ө".encode()])
def test_what_is_no_http_at_all(server: tuple[int, Store], sent: bytes) -> None:
    assert told(server[0], sent)[2]["type"] == "urn:ortoo:problem:invalid-http"


@pytest.mark.parametrize(
    "sent",
    [
        b"GET /en/?q=" + b"a" * 3_000_000 + b" HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nX-Long: " + b"a" * 3_000_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"X-Many: 1\r\n" * 300_000 + b"\r\n",
        b"GET / HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n" + b"X-Later: 1\r\n" * 300_000,
    ],
    ids=["address", "header", "headers", "second request"],
)
def test_an_endless_head_is_not_collected(server: tuple[int, Store], sent: bytes) -> None:
    with socket.create_connection(("127.0.0.1", server[0]), timeout=20) as connection:
        with suppress(BrokenPipeError, ConnectionResetError):
            connection.sendall(sent)
        got = b""
        with suppress(ConnectionResetError):
            while part := connection.recv(65_536):
                got += part
    assert b"200 OK" not in got


def test_a_head_above_the_limit_says_so(server: tuple[int, Store]) -> None:
    status, media_type, problem = told(server[0], b"GET / HTTP/1.1\r\nX-Long: " + b"a" * (MAX_HEAD_BYTES + 5_000))
    assert (status, media_type) == (431, "application/problem+json")
    assert problem["type"] == "urn:ortoo:problem:head-too-large"


@pytest.mark.parametrize("cut", [1, len(ITEM) // 2, len(ITEM) - 1])
@pytest.mark.parametrize("chunked", [False, True])
def test_a_sender_that_leaves_half_way_leaves_nothing(server: tuple[int, Store], cut: int, *, chunked: bool) -> None:
    port, store = server
    size = f"{len(ITEM):x}\r\n" if chunked else ""
    length = "Transfer-Encoding: chunked" if chunked else f"Content-Length: {len(ITEM)}"
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(f"{HEAD}{length}\r\n\r\n{size}".encode() + ITEM[:cut])
    # The server has seen the first one leave when it has answered the next.
    status, _, problem = told(port, f"{HEAD}Connection: close\r\nContent-Length: 2\r\n\r\n[{{".encode())
    assert (status, problem["status"]) == (400, 400)
    assert titles(store) == []
