"""Every way in which a server can misbehave, through the real fetcher over a real socket."""

import gzip
import socket
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from app.clock import Clock
from app.ingest.fetch import Fetcher, FetchPolicy, payload_of
from app.ingest.fetch.policy import Allowed
from app.model.fetch import Fault, Fetched, FetchState
from tests.ingest.faulty_server import FEED, Behaviour, Talk, answer, redirect, serving, silent_after

POLICY = FetchPolicy(allow=(Allowed.read("127.0.0.1/32"),), max_bytes=2_000_000)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n"
CLOSE = b"Connection: close\r\n\r\n"
PACKED = gzip.compress(FEED)
GZIP = "Content-Encoding: gzip\r\n"


def fetched(behaviour: Behaviour, clock: Clock, policy: FetchPolicy = POLICY, path: str = "/feed") -> Fetched:
    with serving({path: behaviour}) as server, Fetcher(policy, clock=clock) as fetcher:
        return fetcher.fetch(server.url(path))


def endless(start: bytes, piece: bytes) -> Callable[[Talk], None]:
    def send(talk: Talk) -> None:
        talk.send(start)
        while not talk.stopped.is_set():
            talk.send(piece)

    return send


def bomb(talk: Talk) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    talk.send(HEAD + GZIP.encode() + CLOSE)
    while not talk.stopped.is_set():
        talk.send(packer.compress(b"A" * 1_000_000))


def reset(talk: Talk) -> None:
    talk.send(HEAD + b"Content-Length: 1000\r\n\r\n" + FEED[:100])
    talk.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    talk.socket.close()


def bare_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


GOOD: dict[str, Behaviour] = {
    "plain": answer(),
    "without a media type": b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(FEED) + FEED,
    "until the connection closes": HEAD + CLOSE + FEED,
    "HTTP/1.0": b"HTTP/1.0 200 OK\r\nConnection: close\r\n\r\n" + FEED,
    "in chunks": HEAD + b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n" % (len(FEED), FEED),
    "gzip": answer(PACKED, headers=GZIP),
    "x-gzip": answer(PACKED, headers="Content-Encoding: x-gzip\r\n"),
    "gzip of two members": answer(gzip.compress(FEED[:50]) + gzip.compress(FEED[50:]), headers=GZIP),
    "gzip and a few zeros": answer(PACKED + b"\0" * 100, headers=GZIP),
    "gzip twice": answer(gzip.compress(PACKED), headers="Content-Encoding: gzip, gzip\r\n"),
    "gzip that nobody declares": answer(PACKED),
    "deflate": answer(zlib.compress(FEED), headers="Content-Encoding: deflate\r\n"),
    "deflate without a wrapper": answer(bare_deflate(FEED), headers="Content-Encoding: deflate\r\n"),
    "after an interim answer": b"HTTP/1.1 103 Early Hints\r\n\r\n" + answer(),
    "as 203": answer(status="203 Non-Authoritative Information"),
}


@pytest.mark.parametrize("how", GOOD)
def test_a_feed_comes_whole_however_it_is_sent(how: str, clock: Clock) -> None:
    got = fetched(GOOD[how], clock)
    assert (got.state, got.error, got.body, got.bytes) == (FetchState.OK, None, FEED, len(FEED))
    assert got.at == clock()
    assert payload_of(got).read(10_000) == FEED


FAULTS: dict[str, tuple[Behaviour, FetchState]] = {
    # what the server says
    "204": (answer(status="204 No Content"), FetchState.UNREADABLE),
    "206": (answer(status="206 Partial Content"), FetchState.MALFORMED),
    "300": (answer(status="300 Multiple Choices"), FetchState.MALFORMED),
    "304": (answer(status="304 Not Modified"), FetchState.NOT_MODIFIED),
    "401": (answer(b"no", "401 Unauthorized"), FetchState.BLOCKED),
    "403": (answer(b"no", "403 Forbidden"), FetchState.BLOCKED),
    "404": (answer(b"no", "404 Not Found"), FetchState.MISSING),
    "406": (answer(b"no", "406 Not Acceptable"), FetchState.CLIENT_ERROR),
    "410": (answer(b"no", "410 Gone"), FetchState.GONE),
    "429": (answer(b"no", "429 Too Many Requests"), FetchState.RATE_LIMITED),
    "451": (answer(b"no", "451 Unavailable For Legal Reasons"), FetchState.BLOCKED),
    "500": (answer(b"no", "500 Internal Server Error"), FetchState.SERVER_ERROR),
    "502": (answer(b"no", "502 Bad Gateway"), FetchState.SERVER_ERROR),
    "503": (answer(b"no", "503 Service Unavailable"), FetchState.UNAVAILABLE),
    "999": (answer(b"no", "999 Request denied"), FetchState.MALFORMED),
    "301 to nowhere": (answer(b"", "301 Moved Permanently"), FetchState.MALFORMED),
    # a page instead of a feed
    "empty": (answer(b""), FetchState.UNREADABLE),
    "blanks": (answer(b" \r\n\t"), FetchState.UNREADABLE),
    "page": (answer(b"<!doctype html><title>Site</title><h1>News</h1>"), FetchState.NOT_A_FEED),
    "page as XHTML": (answer(b'<?xml version="1.0"?>\n<!-- x --><html><head/></html>'), FetchState.NOT_A_FEED),
    "challenge": (answer(b"<html><title>Just a moment...</title></html>"), FetchState.BLOCKED),
    "challenge with 503": (
        answer(b"<html><script>window._cf_chl_opt={}</script>", "503 Service Unavailable"),
        FetchState.BLOCKED,
    ),
    "challenge with 429, packed": (
        answer(gzip.compress(b"<title>Just a moment...</title>"), "429 Too Many Requests", GZIP),
        FetchState.BLOCKED,
    ),
    "challenge by header": (answer(b"", "503 Busy", "cf-mitigated: challenge\r\n"), FetchState.BLOCKED),
    # cut off
    "half of its length": (HEAD + b"Content-Length: 1000\r\n" + CLOSE + FEED[:100], FetchState.TRUNCATED),
    "reset": (reset, FetchState.TRUNCATED),
    "chunks without an end": (
        HEAD + b"Transfer-Encoding: chunked\r\n" + CLOSE + b"5\r\n<rss>\r\n",
        FetchState.TRUNCATED,
    ),
    "gzip without its end": (answer(PACKED[:-4], headers=GZIP), FetchState.TRUNCATED),
    "gzip without its trailer": (answer(PACKED[:-8], headers=GZIP), FetchState.TRUNCATED),
    "half a gzip": (answer(PACKED[: len(PACKED) // 2], headers=GZIP), FetchState.TRUNCATED),
    "half a deflate": (
        answer(zlib.compress(FEED)[:40], headers="Content-Encoding: deflate\r\n"),
        FetchState.TRUNCATED,
    ),
    "longer than announced": (HEAD + b"Content-Length: 100\r\n\r\n" + FEED, FetchState.TRUNCATED),
    # not HTTP
    "hung up": (lambda _: None, FetchState.UNREACHABLE),
    "hung up in the headers": (HEAD + CLOSE[:-2], FetchState.UNREACHABLE),
    "TLS alert": (b"\x15\x03\x01\x00\x02\x02\x46" + b"Connection: close\r\n\r\n", FetchState.MALFORMED),
    "no HTTP": (b"SSH-2.0-OpenSSH_9.6\r\n" + CLOSE, FetchState.MALFORMED),
    "two lengths": (HEAD + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n<rss>", FetchState.MALFORMED),
    "negative length": (HEAD + b"Content-Length: -1\r\n\r\n<rss>", FetchState.MALFORMED),
    "bad chunk": (HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n", FetchState.MALFORMED),
    "interim answers only": (endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), FetchState.MALFORMED),
    "broken gzip": (answer(PACKED[:20] + b"\xff" * 80, headers=GZIP), FetchState.MALFORMED),
    "gzip that is none": (answer(FEED, headers=GZIP), FetchState.MALFORMED),
    "brotli": (answer(b"\x0b", headers="Content-Encoding: br\r\n"), FetchState.MALFORMED),
    "three codings": (answer(PACKED, headers="Content-Encoding: gzip, gzip, gzip\r\n"), FetchState.MALFORMED),
    # too much
    "endless": (endless(HEAD + CLOSE, b"<item>" * 10_000), FetchState.TOO_LARGE),
    "endless chunks": (
        endless(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1000\r\n" + b"A" * 4096 + b"\r\n"),
        FetchState.TOO_LARGE,
    ),
    "endless headers": (endless(b"HTTP/1.1 200 OK\r\n", b"X: " + b"y" * 200 + b"\r\n"), FetchState.TOO_LARGE),
    "one endless header": (endless(b"HTTP/1.1 200 OK\r\nX: ", b"y" * 1000), FetchState.TOO_LARGE),
    "many headers": (answer(headers="X: y\r\n" * 300), FetchState.TOO_LARGE),
    "long body": (answer(b"x" * 2_000_001), FetchState.TOO_LARGE),
    "bomb": (bomb, FetchState.TOO_LARGE),
    "bomb in a bomb": (
        answer(gzip.compress(gzip.compress(b"A" * 20_000_000)), headers="Content-Encoding: gzip, gzip\r\n"),
        FetchState.TOO_LARGE,
    ),
    "bomb that nobody declares": (answer(gzip.compress(b"A" * 20_000_000)), FetchState.TOO_LARGE),
    "members without end": (
        endless(HEAD + GZIP.encode() + CLOSE, gzip.compress(b"A" * 10_000) * 20),
        FetchState.TOO_LARGE,
    ),
    # redirects that lead nowhere
    "circle": (redirect("/feed"), FetchState.REDIRECT_LOOP),
    "to a file": (redirect("file:///etc/passwd"), FetchState.REFUSED),
    "to a password": (redirect("http://user:secret@127.0.0.1/"), FetchState.REFUSED),
    "over two lines": (
        b"HTTP/1.1 302 Found\r\nLocation: /ok\r\n Injected: yes\r\nContent-Length: 0\r\n\r\n",
        FetchState.REFUSED,
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_a_state_and_nothing_is_kept_of_it(fault: str, clock: Clock) -> None:
    behaviour, state = FAULTS[fault]
    got = fetched(behaviour, clock)
    assert got.state is state
    assert got.body is None
    assert got.moved_to is None
    assert (got.error is None) is state.good
    assert state.good or state.fault is not Fault.NONE


@pytest.mark.parametrize("start", [b"", HEAD, HEAD + CLOSE + FEED[:50]], ids=["at all", "headers", "body"])
def test_a_silent_server_is_left(start: bytes, clock: Clock) -> None:
    got = fetched(silent_after(start), clock, replace(POLICY, read_seconds=0.2, robots=False))
    assert (got.state, got.state.retry_soon) == (FetchState.TIMEOUT, True)
    assert "silent" in (got.error or "")


@pytest.mark.parametrize("start", [b"", HEAD, HEAD + CLOSE], ids=["status", "headers", "body"])
def test_a_byte_now_and_then_does_not_hold_the_deadline_up(start: bytes, clock: Clock) -> None:
    def drip(talk: Talk) -> None:
        talk.send(start)
        for letter in b"HTTP/1.1 200 OK\r\nX: " + b"x" * 60_000 if not start else b"x" * 60_000:
            talk.send(bytes([letter]))
            talk.stopped.wait(0.001)

    def ticking() -> Iterator[float]:
        now = 0.0
        while True:
            yield now
            now += 0.25

    ticks = ticking()
    with serving({"/feed": drip}) as server, Fetcher(POLICY, clock=clock, monotonic=lambda: next(ticks)) as fetcher:
        got = fetcher.fetch(server.url("/feed"))
    assert (got.state, got.error) == (FetchState.TIMEOUT, "The answer was not complete after 15 seconds.")


def test_nobody_listens(clock: Clock) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with Fetcher(POLICY, clock=clock) as fetcher:
        got = fetcher.fetch(f"http://127.0.0.1:{port}/feed")
    assert (got.state, got.state.fault, got.status) == (FetchState.UNREACHABLE, Fault.NETWORK, None)


def test_a_server_that_says_nothing_where_tls_was_expected(clock: Clock) -> None:
    with serving({}) as server, Fetcher(replace(POLICY, connect_seconds=0.2), clock=clock) as fetcher:
        assert fetcher.fetch(f"https://127.0.0.1:{server.port}/").state is FetchState.TIMEOUT


def test_a_page_is_welcome_where_anything_is(clock: Clock) -> None:
    page = b"<!doctype html><title>Site</title>"
    with serving({"/": answer(page, media_type="text/html")}) as server, Fetcher(POLICY, clock=clock) as fetcher:
        got = fetcher.fetch(server.url(), expect="any")
    assert (got.state, got.body, got.media_type) == (FetchState.OK, page, "text/html")
