"""Turns at a host, and how long servers want to be left alone."""

import threading
from datetime import UTC, datetime

import pytest

from app.clock import Clock
from app.ingest.fetch import Fetcher, FetchPolicy
from app.ingest.fetch.freshness import LONGEST, fresh_for, retry_after
from app.ingest.fetch.turns import Turns
from app.model.fetch import FetchState
from tests.ingest.faulty_server import answer, serving
from tests.ingest.reach import Reach

NOW = datetime(2026, 1, 15, 9, tzinfo=UTC)


class Hand:
    """A clock that is moved by sleeping."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def test_requests_to_a_public_host_are_spaced(clock: Clock) -> None:
    hand = Hand()
    with serving({"/": answer()}) as server:
        reach = Reach({"a.mn": ["93.184.216.34"], "b.mn": ["93.184.216.34"]}, {"93.184.216.34": server.port})
        policy = FetchPolicy(spacing=2, robots=False)
        fetcher = Fetcher(
            policy, clock=clock, monotonic=hand, sleep=hand.sleep, resolver=reach.resolve, connect=reach.connect
        )
        with fetcher:
            got = [fetcher.fetch(f"http://{host}/") for host in ("a.mn", "a.mn", "b.mn", "a.mn")]
    assert [one.state for one in got] == [FetchState.OK] * 4
    assert hand.slept == [2.0, 2.0]
    assert [one.seconds for one in got] == [0.0] * 4  # waiting is not the server's slowness


def test_a_crawl_delay_spaces_them_further(clock: Clock) -> None:
    hand = Hand()
    with serving({"/": answer(), "/robots.txt": answer(b"User-agent: *\nCrawl-delay: 7\nAllow: /\n")}) as server:
        reach = Reach({"a.mn": ["93.184.216.34"]}, {"93.184.216.34": server.port})
        fetcher = Fetcher(
            FetchPolicy(), clock=clock, monotonic=hand, sleep=hand.sleep, resolver=reach.resolve, connect=reach.connect
        )
        with fetcher:
            assert {fetcher.fetch("http://a.mn/").state for _ in range(3)} == {FetchState.OK}
    assert hand.slept == [7.0, 7.0]


def test_turns_at_a_host_are_limited_and_those_at_others_are_not() -> None:
    turns = Turns(per_host=2, spacing=0, monotonic=lambda: 0.0, sleep=lambda _: None)
    inside, most, lock = 0, 0, threading.Lock()
    both_in = threading.Barrier(2)

    def visit() -> None:
        nonlocal inside, most
        with turns.turn("a.mn"):
            with lock:
                inside += 1
                most = max(most, inside)
            both_in.wait(10)
            with lock:
                inside -= 1

    threads = [threading.Thread(target=visit) for _ in range(6)]
    for thread in threads:
        thread.start()
    with turns.turn("b.mn"):
        pass
    for thread in threads:
        thread.join()
    assert most == 2


def test_hosts_that_nobody_visits_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.ingest.fetch.turns._HOSTS", 3)
    turns = Turns(per_host=1, spacing=0, monotonic=lambda: 0.0, sleep=lambda _: None)
    for n in range(10):
        with turns.turn(f"{n}.mn"):
            pass
    assert list(turns._hosts) == ["7.mn", "8.mn", "9.mn"]


WAITS: dict[str, float | None] = {
    "120": 120,
    " 0 ": 0,
    "99999999999999999999": LONGEST,
    "9" * 5_000: LONGEST,
    "Thu, 15 Jan 2026 09:02:00 GMT": 120,
    "Thu, 15 Jan 2026 08:00:00 GMT": 0,
    "Thu, 15 Jan 2099 08:00:00 GMT": LONGEST,
    "-1": None,
    "1.5": None,
    "soon": None,
    "Thu, 99 Jan 2026 09:02:00 GMT": None,
    "": None,
}


@pytest.mark.parametrize("value", WAITS)
def test_retry_after(value: str) -> None:
    assert retry_after(value, NOW) == WAITS[value]


FRESH: list[tuple[dict[str, str], float | None]] = [
    ({}, None),
    ({"cache-control": "public, max-age=600"}, 600),
    ({"cache-control": 'Max-Age = "60"'}, 60),
    ({"cache-control": "max-age=99999999999"}, LONGEST),
    ({"cache-control": "s-maxage=5"}, None),
    ({"cache-control": "no-cache, max-age=600"}, 0),
    ({"cache-control": "no-store"}, 0),
    ({"cache-control": "max-age=-1"}, None),
    ({"cache-control": "max-age=60", "expires": "Thu, 15 Jan 2026 12:00:00 GMT"}, 60),
    ({"expires": "Thu, 15 Jan 2026 09:10:00 GMT"}, 600),
    ({"expires": "Thu, 15 Jan 2026 09:10:00 GMT", "date": "Thu, 15 Jan 2026 09:05:00 GMT"}, 300),
    ({"expires": "0"}, 0),
]


@pytest.mark.parametrize(("headers", "seconds"), FRESH, ids=str)
def test_fresh_for(headers: dict[str, str], seconds: float | None) -> None:
    assert fresh_for(headers, NOW) == seconds
