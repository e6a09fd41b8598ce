"""Two worker processes on one database, one of them killed half-way: nothing is lost, nothing comes twice."""

import gzip
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from app.model.fetch import FetchState
from app.model.source import Source
from app.store import Store
from tests.builders import rows
from tests.ingest.faulty_server import Behaviour, FaultyServer, Talk, answer, redirect, serving, silent_after
from tests.worker.hand import LEASE_SECONDS

GOOD, ITEMS = 40, 5
LONGEST = 40.0  # seconds until the test gives up


def feed(number: int) -> bytes:
    items = "".join(
        f"<item><title>Нүүрсний экспорт {number} дахь удаагаа {n} хувиар нэмэгдлээ</title>"
        f"<link>https://a{number}.mn/{n}</link><pubDate>Thu, 15 Jan 2026 0{n}:00:00 GMT</pubDate></item>"
        for n in range(ITEMS)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>A{number}</title>{items}</channel></rss>'.encode()


def _slowly(talk: Talk) -> None:
    """Longer than a fetch may last, a byte now and then."""
    talk.send(b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n\r\n")
    while not talk.stopped.wait(0.2):
        talk.send(b" ")


def _cut(talk: Talk) -> None:
    whole = answer(feed(0))
    talk.send(whole[: len(whole) // 2])


FAULTS: dict[str, tuple[Behaviour, FetchState]] = {
    "/slow": (_slowly, FetchState.TIMEOUT),
    "/hanging": (silent_after(), FetchState.TIMEOUT),
    "/broken": (answer(b"", "500 Internal Server Error"), FetchState.SERVER_ERROR),
    "/busy": (answer(b"", "429 Too Many Requests", "Retry-After: 600\r\n"), FetchState.RATE_LIMITED),
    "/circle": (redirect("/circle"), FetchState.REDIRECT_LOOP),
    "/inward": (redirect("http://10.0.0.1/feed"), FetchState.REFUSED),
    "/bomb": (
        answer(gzip.compress(b" " * 30_000_000), headers="Content-Encoding: gzip\r\n"),
        FetchState.TOO_LARGE,
    ),
    "/cut": (_cut, FetchState.TRUNCATED),
    "/page": (
        answer(b"<!doctype html><html><body><p>Welcome</p></body></html>", media_type="text/html"),
        FetchState.NOT_A_FEED,
    ),
    "/gone": (answer(b"", "410 Gone"), FetchState.GONE),
}


@pytest.fixture
def server() -> Iterator[FaultyServer]:
    def after_a_while(body: bytes) -> Callable[[Talk], None]:
        def behave(talk: Talk) -> None:
            talk.stopped.wait(0.15)
            talk.send(body)

        return behave

    good: dict[str, Behaviour] = {f"/{n}": after_a_while(answer(feed(n))) for n in range(GOOD)}
    with serving({**good, **{path: behaviour for path, (behaviour, _) in FAULTS.items()}}) as opened:
        yield opened


@pytest.fixture
def numbers(store: Store, server: FaultyServer) -> dict[str, int]:
    """Path -> the number of its source."""
    paths = [str(n) for n in range(GOOD)]
    every = [*FAULTS, *(f"/{path}" for path in paths)]
    with store.writing() as writer:
        return {path: writer.sources.add(Source(server.url(path), kind="rss"), datetime.now(UTC)).id for path in every}


@contextmanager
def hand(url: str, owner: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.worker.hand", url, owner], stdout=subprocess.PIPE, text=True, bufsize=1
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process
    finally:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def states(store: Store) -> dict[int, FetchState | None]:
    with store.reading() as reader:
        return {source.id: reader.sources.get(source.id)[1].state for source in reader.sources.all()}


def wait_until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + LONGEST
    while not true():
        assert time.monotonic() < end, "it takes too long"
        time.sleep(0.1)


def test_every_headline_once_and_every_source_as_it_is(
    store: Store, database_url: str, numbers: dict[str, int]
) -> None:
    with hand(database_url, "killed") as killed, hand(database_url, "lives") as lives:
        assert killed.stdout is not None
        for _ in range(4):
            killed.stdout.readline()
        killed.send_signal(signal.SIGKILL)
        wait_until(lambda: None not in states(store).values())
        lives.send_signal(signal.SIGTERM)
        assert lives.wait(5) == 0
    found = states(store)
    assert {path: found[numbers[path]] for path in FAULTS} == {path: state for path, (_, state) in FAULTS.items()}
    urls = [row["url"] for row in rows(store, "headlines")]
    assert len(urls) == len(set(urls))
    assert set(urls) == {f"https://a{n}.mn/{item}" for n in range(GOOD) for item in range(ITEMS)}
    with store.reading() as reader:
        added = {n: sum(record.added for record in reader.sources.fetches(n)) for n in numbers.values()}
    assert [added[numbers[f"/{n}"]] for n in range(GOOD)] == [ITEMS] * GOOD
    assert not any(added[numbers[path]] for path in FAULTS)


def test_who_is_asked_to_stop_gives_back_at_once(store: Store, database_url: str, server: FaultyServer) -> None:
    with store.writing() as writer:
        for n in range(3):
            writer.sources.add(Source(server.url(f"/hanging?{n}"), kind="rss"), datetime.now(UTC))
    with hand(database_url, "asked") as asked:
        wait_until(lambda: len(server.requests) == 3)
        began = time.monotonic()
        asked.send_signal(signal.SIGTERM)
        assert asked.wait(LEASE_SECONDS) == 0
        assert time.monotonic() - began < LEASE_SECONDS, "it waited for its fetches"
    again = store.claim(datetime.now(UTC), "next", 60, 10)
    assert len(again) == 3
    assert rows(store, "fetches") == []
