"""Bodies that are too large, too slow or cut off: refused in time, in little memory, with nothing written."""

import json
import tempfile
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.store import Store
from app.web.api import body as receiving
from tests.web.answered import RSS, SNOW, VISA, bad, good
from tests.web.sending import NDJSON, Clock, Poster, add_token, posting, titles

LIMIT = 200_000
PIECE = b'{"title": "' + b"x" * 65_000 + b'"}\n'
GIGABYTE = 1_000_000_000


@pytest.fixture(autouse=True)
def spool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files go: nothing of a body may stay there."""
    folder = tmp_path / "spool"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setattr(receiving, "MEMORY_BYTES", 100_000)
    return folder


@pytest.fixture
def poster(sqlite_store: Store) -> Iterator[Poster]:
    add_token(sqlite_store)
    with posting(sqlite_store, api_bytes=LIMIT, api_items=100, api_posts=10**6) as opened:
        yield opened


def lines(n: int) -> list[bytes]:
    return [json.dumps({"title": f"Title {i}", "outlet": "gogo.mn"}).encode() + b"\n" for i in range(n)]


def test_a_gigabyte_in_pieces_is_refused_as_it_grows(poster: Poster, sqlite_store: Store, spool: Path) -> None:
    asked = 0

    def endless() -> Iterator[bytes]:
        nonlocal asked
        for _ in range(GIGABYTE // len(PIECE)):
            asked += len(PIECE)
            yield PIECE

    tracemalloc.start()
    answer = poster.post(endless(), type=NDJSON)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    told = bad(answer, 413, "too-large")
    assert (told["limit"], told["most"]) == ("ORTOO_API_BYTES", LIMIT)
    assert answer.headers["connection"] == "close"
    assert asked <= LIMIT + len(PIECE)
    assert most < 10 * LIMIT
    assert list(spool.iterdir()) == []
    assert titles(sqlite_store) == []


@pytest.mark.parametrize("length", [LIMIT + 1, GIGABYTE, 10**40])
def test_a_gigabyte_that_says_so_is_not_read_at_all(poster: Poster, length: int) -> None:
    def never() -> Iterator[bytes]:
        raise AssertionError("the body was read")
        yield b""

    bad(poster.post(never(), length=length), 413, "too-large")


def test_the_limit_itself_is_allowed(poster: Poster) -> None:
    body = json.dumps([SNOW]).encode()
    good(poster.post(body + b" " * (LIMIT - len(body)), length=LIMIT))
    bad(poster.post(body + b" " * (LIMIT - len(body) + 1)), 413, "too-large")


@pytest.mark.parametrize("type_", [NDJSON, "application/json"])
def test_more_items_than_allowed(poster: Poster, sqlite_store: Store, type_: str) -> None:
    def body(n: int) -> bytes:
        return b"".join(lines(n)) if type_ == NDJSON else b"[" + b",".join(lines(n)) + b"]"

    told = bad(poster.post(body(101), type=type_), 413, "too-large")
    assert (told["limit"], told["most"]) == ("ORTOO_API_ITEMS", 100)
    assert titles(sqlite_store) == []
    assert good(poster.post(body(100), type=type_))["added"] == 100


@pytest.mark.parametrize("media", [NDJSON, "application/json", "application/rss+xml", "text/csv"])
def test_a_body_in_a_file_is_read_like_one_in_memory(
    poster: Poster, sqlite_store: Store, spool: Path, media: str
) -> None:
    padding = b" " * 60_000
    whole = {
        NDJSON: json.dumps(VISA).encode() + padding + b"\n" + padding + b"\n" + padding,
        "application/json": b"[" + padding + json.dumps(VISA).encode() + padding + b"]" + padding,
        "application/rss+xml": RSS.replace("<item>", padding.decode() + "<item>").encode() + padding,
        "text/csv": b"title,url\n" + f"{VISA['title']},{VISA['url']}\n".encode() + b"\n" * 150_000,
    }[media]
    assert len(whole) > 100_000
    assert good(poster.post(iter([whole[:90_000], whole[90_000:]]), type=media))["added"] == 1
    assert titles(sqlite_store) == [VISA["title"]]
    assert list(spool.iterdir()) == []


def test_a_long_body_in_a_file_that_ends_in_half_a_line(poster: Poster, sqlite_store: Store) -> None:
    whole = b"".join(lines(50)) + b" " * 110_000 + b"\n" + lines(1)[0][:-5]
    bad(poster.post(whole, type=NDJSON), 400, "malformed")
    assert titles(sqlite_store) == []


@pytest.mark.parametrize("sent", [1, 10, 120_000])
def test_a_client_that_leaves_leaves_nothing(poster: Poster, sqlite_store: Store, spool: Path, sent: int) -> None:
    whole = b"".join(lines(3)) + b" " * 130_000
    bad(poster.post(whole[:sent], type=NDJSON, leaves=True), 400, "cut-off")
    bad(poster.post(whole[:sent], type=NDJSON, length=len(whole)), 400, "cut-off")
    assert titles(sqlite_store) == []
    assert list(spool.iterdir()) == []


def test_a_client_that_never_ends_is_stopped(sqlite_store: Store, spool: Path) -> None:
    add_token(sqlite_store)

    def drop_by_drop() -> Iterator[bytes]:
        while True:
            yield b" "

    with posting(sqlite_store, api_seconds=1) as poster:
        answer = poster.post(drop_by_drop(), pause=0.01)
        bad(answer, 408, "too-slow")
        assert answer.headers["connection"] == "close"
        good(poster.post(json.dumps(SNOW)))
    assert list(spool.iterdir()) == []


def test_a_full_disk_is_our_trouble(
    poster: Poster, sqlite_store: Store, spool: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(spool / "gone"))
    bad(poster.post(b" " * 150_000), 503, "store-unavailable")
    monkeypatch.undo()
    assert titles(sqlite_store) == []


def test_a_locked_database_writes_nothing_and_says_when_to_come_again(sqlite_store: Store) -> None:
    add_token(sqlite_store)
    with posting(sqlite_store, Clock()) as poster:
        path = sqlite_store._engine.url.database
        assert path is not None
        with sqlite_store.writing() as writer:
            writer._connection.exec_driver_sql("DROP TABLE day_counts")
        answer = poster.post(json.dumps(SNOW))
    bad(answer, 503, "schema-out-of-date")
    assert int(answer.headers["retry-after"]) > 0


def test_reading_that_is_stopped_takes_nothing_in(sqlite_store: Store) -> None:
    """What a document does to its reader ends the reader, not the server."""
    add_token(sqlite_store)
    with posting(sqlite_store, max_nesting=5) as poster:
        deep = "[" * 50 + "]" * 50
        body = '{"version": "https://jsonfeed.org/version/1.1", "items": [' + deep + "]}"
        bad(poster.post(body, type="application/feed+json"), 413, "too-large")
        good(poster.post(json.dumps(SNOW)))
