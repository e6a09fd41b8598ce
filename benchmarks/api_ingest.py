"""Sending headlines to the API against taking the same file in by the command, and what small requests cost.

Run: `python benchmarks/api_ingest.py [rows]` (10,000 unless told). The rows are those of `benchmarks/ingest.py`.
Requests go to the application itself, without a socket; CPU seconds count every thread of the process, best of three.
"""

import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from app.ingest.payload import Payload
from app.model.token import SECRET_BYTES, Scope, secret_of
from app.pipeline import ingest
from app.settings import Settings
from app.store import Store
from app.web.app import create_app
from benchmarks.ingest import rows

NOW = datetime(2026, 7, 1, tzinfo=UTC)
RATIO = 0.6
"""What is wanted: rows per CPU-second of the API, of those of the command."""

SECRET, WRONG = secret_of(bytes(SECRET_BYTES)), secret_of(b"w" * SECRET_BYTES)
SMALL = 300
"""Requests of one headline."""

MOST = 10**6
TIMES = 3


def lines(count: int) -> list[bytes]:
    """The rows as NDJSON."""
    names = ("published", "url", "title", "outlet", "language")
    return [json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False).encode() + b"\n" for row in rows(count)]


@contextmanager
def fresh() -> Iterator[Store]:
    """An empty store on SQLite, with the token."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(f"sqlite:///{folder}/bench.db")
        store.migrate()
        with store.writing() as writer:
            writer.access.add("bench", [Scope.INGEST], SECRET, NOW)
        yield store
        store.close()


async def post(app: Any, body: bytes, media_type: str, secret: str = SECRET) -> tuple[int, bytes]:
    """One request."""
    sent: list[dict[str, Any]] = []
    pieces = [body[n : n + 65_536] for n in range(0, len(body), 65_536)]

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": pieces.pop(0), "more_body": bool(pieces)}

    async def send(message: Any) -> None:
        sent.append(message)

    headers = [(b"authorization", f"Bearer {secret}".encode()), (b"content-type", media_type.encode())]
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/api/v1/headlines",
        "raw_path": b"/api/v1/headlines",
        "query_string": b"",
        "root_path": "",
        "headers": [*headers, (b"host", b"bench.test")],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }
    await app(scope, receive, send)
    return sent[0]["status"], b"".join(message.get("body", b"") for message in sent[1:])


def by_api(bodies: list[bytes], media_type: str, secret: str = SECRET, status: int = 200) -> float:
    """CPU seconds of sending the bodies one after the other to an empty store."""

    async def all_of_them(app: Any) -> None:
        for body in bodies:
            answered, told = await post(app, body, media_type, secret)
            assert answered == status, told[:500]

    with fresh() as store:
        limits = Settings(api_posts=MOST, api_failures=MOST, api_items=50_000, api_bytes=10**9)
        app = create_app(limits, store, lambda: NOW)
        asyncio.run(post(app, b"[]", "application/json"))  # imports, the first connection
        since = time.process_time()
        asyncio.run(all_of_them(app))
        return time.process_time() - since


def by_command(body: bytes) -> float:
    """CPU seconds of the pipeline that `ortoo ingest` runs, from an NDJSON file into an empty store."""
    with fresh() as store, tempfile.NamedTemporaryFile(suffix=".ndjson") as file:
        file.write(body)
        file.flush()
        ingest(Payload.of(b'{"title": "a", "outlet": "gogo.mn"}\n'), store, now=NOW)
        since = time.process_time()
        report = ingest(Payload.of(Path(file.name)), store, now=NOW)
        assert report.rejected == 0
        return time.process_time() - since


def best(measure: Callable[[], float]) -> float:
    """The least of TIMES measurements."""
    return min(measure() for _ in range(TIMES))


def main(count: int) -> int:
    """Measure and print; 1 where the ratio is missed."""
    told = lines(count)
    whole = b"".join(told)
    array = b"[" + b",".join(line.rstrip() for line in told) + b"]"
    best(lambda: by_command(b"".join(told[:500])))  # warm: language profiles, tables of names
    command = count / best(lambda: by_command(whole))
    print(f"ortoo ingest, NDJSON      {command:10,.0f} rows per CPU-second ({count:,} rows, {len(whole):,} bytes)")
    ratios = []
    for name, body, media_type in (("NDJSON", whole, "application/x-ndjson"), ("JSON", array, "application/json")):
        api = count / best(partial(by_api, [body], media_type))
        ratios.append(api / command)
        print(f"POST of one body, {name:7} {api:10,.0f} rows per CPU-second, {ratios[-1]:.2f} of the command's")
    small = best(lambda: by_api([b"[" + line + b"]" for line in told[:SMALL]], "application/json"))
    print(f"POST of one headline      {1000 * small / SMALL:10.2f} ms of CPU each")
    wrong = best(lambda: by_api([b"[]"] * SMALL, "application/json", WRONG, 401))
    print(f"a wrong token             {1000 * wrong / SMALL:10.2f} ms of CPU each")
    return 0 if min(ratios) >= RATIO else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
