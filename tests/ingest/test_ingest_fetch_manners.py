"""Manners: conditional requests, kept connections, what servers say about time, and being stopped."""

import hashlib
import threading
from collections.abc import Callable
from dataclasses import replace

import pytest

from app.clock import Clock
from app.errors import FetchFailed
from app.ingest.fetch import Fetcher, FetchPolicy, payload_of
from app.ingest.fetch.policy import Allowed
from app.model.fetch import FetchState, Validators
from tests.ingest.faulty_server import FEED, Talk, answer, redirect, serving, silent_after
from tests.ingest.reach import Reach

LOOPBACK = FetchPolicy(allow=(Allowed.read("127.0.0.1/32"),), robots=False)
TAG, STAMP = 'W/"x-1"', "Thu, 15 Jan 2026 02:00:00 GMT"
TAGGED = f"ETag: {TAG}\r\nLast-Modified: {STAMP}\r\n"


def conditional(talk: Talk) -> None:
    known = talk.request.headers.get("if-none-match") == TAG and talk.request.headers["if-modified-since"] == STAMP
    talk.send(answer(status="304 Not Modified") if known else answer(headers=TAGGED))


def test_what_has_not_changed_is_not_sent_again(clock: Clock) -> None:
    with serving({"/a": conditional, "/b": redirect("/a")}) as server, Fetcher(LOOPBACK, clock=clock) as fetcher:
        first = fetcher.fetch(server.url("/b"))
        second = fetcher.fetch(server.url("/b"), validators=first.validators)
        third = fetcher.fetch(server.url("/b"), validators=second.validators)
    assert first.validators == Validators(TAG, STAMP, hashlib.sha256(FEED).hexdigest())
    assert [first.state, second.state, third.state] == [FetchState.OK, FetchState.NOT_MODIFIED, FetchState.NOT_MODIFIED]
    assert second.validators == first.validators
    assert second.body is None


def test_the_same_body_under_a_new_etag(clock: Clock) -> None:
    count = iter(range(10))

    def behave(talk: Talk) -> None:
        talk.send(answer(headers=f'ETag: "{next(count)}"\r\n'))

    with serving({"/": behave}) as server, Fetcher(LOOPBACK, clock=clock) as fetcher:
        first = fetcher.fetch(server.url())
        second = fetcher.fetch(server.url(), validators=first.validators)
    assert (second.state, second.body, second.etag, second.body_hash) == (
        FetchState.UNCHANGED,
        None,
        '"1"',
        first.body_hash,
    )
    with pytest.raises(ValueError, match="unchanged"):
        payload_of(second)


def test_validators_that_cannot_be_sent_are_left_away(clock: Clock) -> None:
    with (
        serving({"/": answer(headers=f"ETag: {'x' * 2_000}\r\n")}) as server,
        Fetcher(LOOPBACK, clock=clock) as fetcher,
    ):
        got = fetcher.fetch(server.url(), validators=Validators('"a"\r\nX: y', "ө"))
        assert got.etag is None
        assert not {"if-none-match", "if-modified-since", "x"} & server.requests[0].headers.keys()


def test_what_a_request_says(clock: Clock) -> None:
    policy = replace(LOOPBACK, user_agent="Ortoo/9 (+https://example.mn/bot)")
    with serving({"/": answer()}) as server, Fetcher(policy, clock=clock) as fetcher:
        fetcher.fetch(server.url("/?q=%20#part"))
        asked = server.requests[0]
    assert asked.path == "/?q=%20"
    assert asked.headers["user-agent"] == "Ortoo/9 (+https://example.mn/bot)"
    assert asked.headers.keys() == {"host", "user-agent", "accept", "accept-encoding"}


def test_connections_are_kept(clock: Clock) -> None:
    paths = {"/a": answer(), "/b": answer(status="304 Not Modified"), "/c": answer(b"no", "404 Not Found")}
    with serving(paths) as server, Fetcher(LOOPBACK, clock=clock) as fetcher:
        for path in ("/a", "/b", "/c", "/a"):
            fetcher.fetch(server.url(path))
        assert [request.connection for request in server.requests] == [0, 0, 0, 0]


def test_a_kept_connection_that_has_been_closed_is_replaced(clock: Clock) -> None:
    def close_without_a_word(talk: Talk) -> None:
        if talk.request.connection > 0:
            talk.send(answer())

    with serving({"/a": answer(), "/b": close_without_a_word}) as server, Fetcher(LOOPBACK, clock=clock) as fetcher:
        assert fetcher.fetch(server.url("/a")).state is FetchState.OK
        assert fetcher.fetch(server.url("/b")).state is FetchState.OK
        assert [request.connection for request in server.requests] == [0, 0, 1]


def test_an_idle_connection_is_closed_after_a_while(clock: Clock) -> None:
    now = [0.0]
    with serving({"/": answer()}) as server, Fetcher(LOOPBACK, clock=clock, monotonic=lambda: now[0]) as fetcher:
        for now[0] in (0.0, 10.0, 30.0):
            fetcher.fetch(server.url())
        assert [request.connection for request in server.requests] == [0, 0, 1]


def test_a_lying_answer_does_not_spoil_the_next(clock: Clock) -> None:
    """Bytes beyond an announced end must not be taken for the next answer."""
    lie = b"HTTP/1.1 304 Not Modified\r\n\r\n" + answer(b"<rss>somebody else's</rss>")
    with serving({"/a": lie, "/b": answer()}) as server, Fetcher(LOOPBACK, clock=clock) as fetcher:
        fetcher.fetch(server.url("/a"))
        assert fetcher.fetch(server.url("/b")).body == FEED


def test_what_servers_say_about_time_is_passed_on(clock: Clock) -> None:
    busy = answer(b"", "503 Busy", "Retry-After: 120\r\n")
    paths = {"/a": answer(headers="Cache-Control: max-age=60\r\n"), "/b": busy}
    with serving(paths) as server, Fetcher(LOOPBACK, clock=clock) as fetcher:
        assert fetcher.fetch(server.url("/a")).fresh_for == 60
        assert fetcher.fetch(server.url("/b")).retry_after == 120


def in_thread(task: Callable[[], object]) -> tuple[threading.Thread, list[BaseException]]:
    raised: list[BaseException] = []

    def run() -> None:
        try:
            task()
        except FetchFailed as error:
            raised.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    return thread, raised


def test_closing_ends_what_is_under_way(clock: Clock) -> None:
    asked = threading.Event()

    def behave(talk: Talk) -> None:
        asked.set()
        silent_after()(talk)

    with serving({"/": behave}) as server:
        fetcher = Fetcher(LOOPBACK, clock=clock)
        thread, raised = in_thread(lambda: fetcher.fetch(server.url()))
        assert asked.wait(10)
        fetcher.close()
        thread.join(10)
    assert [type(error) for error in raised] == [FetchFailed]


def test_closing_ends_waiting_for_a_turn(clock: Clock) -> None:
    with serving({"/": answer()}) as server:
        reach = Reach({"a.mn": ["93.184.216.34"]}, {"93.184.216.34": server.port})
        policy = FetchPolicy(spacing=3_000, robots=False)
        fetcher = Fetcher(policy, clock=clock, resolver=reach.resolve, connect=reach.connect)
        assert fetcher.fetch("http://a.mn/").state is FetchState.OK
        thread, raised = in_thread(lambda: fetcher.fetch("http://a.mn/"))
        fetcher.close()
        thread.join(10)
    assert [type(error) for error in raised] == [FetchFailed]
    assert len(server.requests) == 1


def test_a_name_that_is_never_looked_up(clock: Clock) -> None:
    never = threading.Event()

    def resolve(host: str, port: int) -> list[str]:
        never.wait(10)
        return []

    with Fetcher(FetchPolicy(connect_seconds=0.1), clock=clock, resolver=resolve) as fetcher:
        got = fetcher.fetch("http://example.mn/")
    never.set()
    assert (got.state, got.error) == (FetchState.TIMEOUT, "The name example.mn was not looked up in time.")


def test_a_closed_fetcher_fetches_nothing_more(clock: Clock) -> None:
    with serving({"/": answer()}) as server:
        fetcher = Fetcher(LOOPBACK, clock=clock)
        fetcher.close()
        with pytest.raises(FetchFailed):
            fetcher.fetch(server.url())
        assert server.requests == []
