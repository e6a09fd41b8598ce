"""A real server that is killed while it takes in: what it has acknowledged is there, what it has not is there whole or
not at all, and sending again makes it good. And a real connection that breaks off, or sends far too much."""

import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest

from app.store import Store
from tests.web.sending import ADDRESS, NDJSON, SECRET, add_token, titles

ITEMS = 400
KILLS = 4
GIGABYTE = 1_000_000_000
ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def serving(database_url: str, **environment: str) -> "Iterator[tuple[subprocess.Popen[bytes], int]]":
    """`ortoo serve` on a database, and its port."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "app", "serve", "--port", str(port)],
        env={**os.environ, "ORTOO_DATABASE_URL": database_url, "ORTOO_LOG_LEVEL": "error", "ORTOO_WORKER": "off"}
        | environment,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while process.poll() is None:
            with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            time.sleep(0.05)
        yield process, port
    finally:
        process.kill()
        process.wait()


def body(part: int) -> str:
    return "".join(
        json.dumps({"title": f"Part {part} headline {n}", "url": f"https://gogo.mn/{part}/{n}"}) + "\n"
        for n in range(ITEMS)
    )


def post(port: int, part: int) -> tuple[int, bytes]:
    connection = HTTPConnection("127.0.0.1", port)
    headers = {"authorization": f"Bearer {SECRET}", "content-type": NDJSON, "idempotency-key": f'"part-{part}"'}
    connection.request("POST", ADDRESS, body(part), headers)
    answer = connection.getresponse()
    told = answer.status, answer.read()
    connection.close()
    return told


def parts(store: Store) -> dict[int, int]:
    """Part -> headlines of it in the store."""
    found: dict[int, int] = {}
    for title in titles(store):
        part = int(title.split()[1])
        found[part] = found.get(part, 0) + 1
    return found


def test_killed_in_the_middle(store: Store, database_url: str) -> None:
    add_token(store)
    points = random.Random(20260115)
    acknowledged: dict[int, bytes] = {}
    part = 0
    for _ in range(KILLS):
        with serving(database_url, ORTOO_API_POSTS="1000000") as (process, port):
            status, told = post(port, part)  # the server is warm
            assert status == 200
            acknowledged[part] = told
            part += 1
            connection = HTTPConnection("127.0.0.1", port)
            headers = {"authorization": f"Bearer {SECRET}", "content-type": NDJSON, "idempotency-key": f"part-{part}"}
            connection.request("POST", ADDRESS, body(part), headers)
            time.sleep(points.random() * 0.25)
            process.send_signal(signal.SIGKILL)
            with suppress(OSError, HTTPException):
                answer = connection.getresponse()
                acknowledged[part] = answer.read()
            connection.close()
        found = parts(store)
        assert all(found[one] == ITEMS for one in acknowledged)
        assert set(found.values()) == {ITEMS}
        assert found.keys() <= set(range(part + 1))
        part += 1
    with serving(database_url, ORTOO_API_POSTS="1000000") as (_, port):
        for one in range(part):
            status, told = post(port, one)
            assert (status, json.loads(told)["added"]) == (200, ITEMS), "a part that was half there would be known"
            assert told[:1000].split(b"permalinks")[0] == acknowledged.get(one, told)[:1000].split(b"permalinks")[0]
    assert parts(store) == dict.fromkeys(range(part), ITEMS)


def memory(process: "subprocess.Popen[bytes]") -> int:
    """The most bytes that a process ever had."""
    status = Path(f"/proc/{process.pid}/status").read_text("ascii")
    (line,) = [line for line in status.splitlines() if line.startswith("VmHWM")]
    return int(line.split()[1]) * 1024


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the system does not tell what memory a process has")
def test_a_real_gigabyte_is_refused(sqlite_store: Store) -> None:
    add_token(sqlite_store)
    with serving(f"sqlite:///{sqlite_store._engine.url.database}") as (process, port):
        assert post(port, 0)[0] == 200
        before = memory(process)
        connection = HTTPConnection("127.0.0.1", port)
        piece = b"x" * 1_000_000
        sent = 0
        connection.putrequest("POST", ADDRESS)
        for name, value in (("Authorization", f"Bearer {SECRET}"), ("Content-Type", NDJSON)):
            connection.putheader(name, value)
        connection.putheader("Transfer-Encoding", "chunked")
        connection.endheaders()
        with suppress(OSError):
            for _ in range(GIGABYTE // len(piece)):
                connection.send(b"%x\r\n%b\r\n" % (len(piece), piece))
                sent += len(piece)
        with suppress(OSError, HTTPException):  # the system may throw the answer away with the connection
            assert connection.getresponse().status == 413
        connection.close()
        assert sent < 100_000_000
        assert memory(process) - before < 50_000_000
        assert post(port, 1)[0] == 200


def test_a_connection_that_breaks_off_leaves_nothing(sqlite_store: Store) -> None:
    add_token(sqlite_store)
    with serving(f"sqlite:///{sqlite_store._engine.url.database}") as (_, port):
        whole = body(0).encode()
        head = (
            f"POST {ADDRESS} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {SECRET}\r\nContent-Type: {NDJSON}\r\n"
            f"Content-Length: {len(whole)}\r\n\r\n"
        ).encode()
        for end in (0, 10, len(whole) // 2, len(whole) - 1):
            with socket.create_connection(("127.0.0.1", port)) as connection:
                connection.sendall(head + whole[:end])
        assert post(port, 1)[0] == 200
        assert parts(sqlite_store) == {1: ITEMS}
