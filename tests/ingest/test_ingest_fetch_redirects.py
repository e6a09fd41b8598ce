"""Redirects: where they may lead, what is remembered of them, and that nothing is looked up twice."""

from dataclasses import replace

import pytest

from app.clock import Clock
from app.ingest.fetch import Fetcher, FetchPolicy
from app.ingest.fetch.policy import Allowed
from app.model.fetch import FetchState
from tests.ingest.faulty_server import FEED, answer, redirect, serving
from tests.ingest.reach import Reach

OUTSIDE = "93.184.216.34"
LOOPBACK = FetchPolicy(allow=(Allowed.read("127.0.0.1/32"),))
PUBLIC = FetchPolicy(spacing=0)

HOPS = {
    "permanent": (["301 Moved Permanently"], True),
    "permanent, new form": (["308 Permanent Redirect"], True),
    "both": (["301 Moved Permanently", "308 Permanent Redirect"], True),
    "found": (["302 Found"], False),
    "see other": (["303 See Other"], False),
    "temporary": (["307 Temporary Redirect"], False),
    "permanent, then found": (["301 Moved Permanently", "302 Found"], False),
    "found, then permanent": (["302 Found", "301 Moved Permanently"], False),
}


@pytest.mark.parametrize("how", HOPS)
def test_only_permanent_redirects_are_remembered(how: str, clock: Clock) -> None:
    statuses, remembered = HOPS[how]
    hops = {f"/{n}": redirect(f"{n + 1}", status) for n, status in enumerate(statuses)}
    last = f"/{len(statuses)}"
    with serving({**hops, last: answer()}) as server, Fetcher(LOOPBACK, clock=clock) as fetcher:
        got = fetcher.fetch(server.url("/0"))
        assert (got.state, got.final_url, got.url) == (FetchState.OK, server.url(last), server.url("/0"))
        assert got.moved_to == (server.url(last) if remembered else None)


def test_a_move_to_nothing_is_not_remembered(clock: Clock) -> None:
    with serving({"/": redirect("/new", "301 Moved")}) as server, Fetcher(LOOPBACK, clock=clock) as fetcher:
        got = fetcher.fetch(server.url())
    assert (got.state, got.moved_to) == (FetchState.MISSING, None)


@pytest.mark.parametrize(("hops", "state"), [(5, FetchState.OK), (6, FetchState.REDIRECT_LOOP)])
def test_five_redirects_are_followed(hops: int, state: FetchState, clock: Clock) -> None:
    answers = {f"/{n}": redirect(f"/{n - 1}") for n in range(1, 9)} | {"/0": answer()}
    with serving(answers) as server, Fetcher(LOOPBACK, clock=clock) as fetcher:
        assert fetcher.fetch(server.url(f"/{hops}")).state is state
        assert len(server.requests) == 6


def test_a_cookie_is_not_kept(clock: Clock) -> None:
    wants = answer(b"", "302 Found", "Location: /\r\nSet-Cookie: seen=1\r\n")
    with serving({"/": wants}) as server, Fetcher(LOOPBACK, clock=clock) as fetcher:
        assert fetcher.fetch(server.url()).state is FetchState.REDIRECT_LOOP
        assert all("cookie" not in request.headers for request in server.requests)


def test_another_port_of_an_allowed_machine_is_not_reached(clock: Clock) -> None:
    with serving({"/": answer()}) as canary, serving({"/": redirect(canary.url())}) as server:
        with Fetcher(LOOPBACK, clock=clock) as fetcher:
            assert fetcher.fetch(server.url()).state is FetchState.REFUSED
        assert canary.requests == []
        named = replace(LOOPBACK, allow=(*LOOPBACK.allow, Allowed.read(f"127.0.0.1:{canary.port}")))
        with Fetcher(named, clock=clock) as fetcher:
            assert fetcher.fetch(server.url()).state is FetchState.OK


def test_another_address_of_the_machine_is_not_reached(clock: Clock) -> None:
    with serving({"/": answer()}, host="127.0.0.2") as canary:
        to = f"http://127.0.0.2:{canary.port}/latest/meta-data/"
        with serving({"/": redirect(to)}) as server, Fetcher(LOOPBACK, clock=clock) as fetcher:
            assert fetcher.fetch(server.url()).state is FetchState.REFUSED
        assert canary.requests == []


INNER = [
    "http://169.254.169.254/latest/meta-data/",
    "http://10.0.0.1/",
    "http://[::1]/",
    "//127.0.0.1/",
    "http://localhost/",
    "http://2130706433/",
    "http://inner.mn/",
    "http://user:secret@other.mn/",
    "http://other.mn:8080/",
    "file:///etc/passwd",
    "ftp://other.mn/",
    "http:\\\\127.0.0.1/",
    "http://other.mn\t/",
]


@pytest.mark.parametrize("to", INNER)
def test_a_redirect_is_checked_like_an_address(to: str, clock: Clock) -> None:
    with serving({"/": redirect(to)}) as server:
        reach = Reach(
            {"example.mn": [OUTSIDE], "inner.mn": ["192.168.0.1"], "other.mn": ["93.184.216.35"]},
            {OUTSIDE: server.port},
        )
        with Fetcher(PUBLIC, clock=clock, resolver=reach.resolve, connect=reach.connect) as fetcher:
            got = fetcher.fetch("http://example.mn/")
    assert (got.state, got.body) == (FetchState.REFUSED, None)
    assert {address for address, _ in reach.connected} == {OUTSIDE}


def test_from_outside_no_redirect_leads_inside_whatever_is_allowed(clock: Clock) -> None:
    entries = ("10.0.0.0/8", "10.0.0.1:80", "rsshub:80", "127.0.0.1/32")
    policy = replace(PUBLIC, allow=tuple(map(Allowed.read, entries)))
    for to in ("http://10.0.0.1/", "http://rsshub/", "http://127.0.0.1/"):
        with serving({"/": redirect(to)}) as server:
            reach = Reach({"example.mn": [OUTSIDE], "rsshub": ["10.0.0.1"]}, {OUTSIDE: server.port})
            with Fetcher(policy, clock=clock, resolver=reach.resolve, connect=reach.connect) as fetcher:
                assert fetcher.fetch("http://example.mn/").state is FetchState.REFUSED
        assert {address for address, _ in reach.connected} == {OUTSIDE}


def test_from_inside_a_redirect_may_lead_outside(clock: Clock) -> None:
    policy = replace(PUBLIC, allow=(Allowed.read("10.0.0.0/8"),))
    with serving({"/": answer()}) as outer, serving({"/": redirect("http://example.mn/")}) as inner:
        reach = Reach({"example.mn": [OUTSIDE]}, {OUTSIDE: outer.port, "10.0.0.1": inner.port})
        with Fetcher(policy, clock=clock, resolver=reach.resolve, connect=reach.connect) as fetcher:
            got = fetcher.fetch("http://10.0.0.1/")
    assert (got.state, got.final_url) == (FetchState.OK, "http://example.mn/")


def test_the_connection_goes_to_the_address_that_was_checked(clock: Clock) -> None:
    """A name server that answers with a public address first and an inner one afterwards."""
    with serving({"/": answer()}) as server:
        reach = Reach({"example.mn": [[OUTSIDE], ["127.0.0.1"]]}, {OUTSIDE: server.port})
        with Fetcher(
            replace(PUBLIC, robots=False), clock=clock, resolver=reach.resolve, connect=reach.connect
        ) as fetcher:
            first, second = fetcher.fetch("http://example.mn/"), fetcher.fetch("http://example.mn/")
    assert (first.state, second.state) == (FetchState.OK, FetchState.REFUSED)
    assert reach.connected == [(OUTSIDE, 80)]
    assert reach.looked_up == ["example.mn", "example.mn"]


def test_a_kept_connection_is_not_used_for_another_address(clock: Clock) -> None:
    elsewhere = "93.184.216.35"
    with serving({"/": answer()}) as server, serving({"/": answer(FEED + b" ")}) as other:
        reach = Reach({"example.mn": [[OUTSIDE], [elsewhere]]}, {OUTSIDE: server.port, elsewhere: other.port})
        with Fetcher(
            replace(PUBLIC, robots=False), clock=clock, resolver=reach.resolve, connect=reach.connect
        ) as fetcher:
            first, second = fetcher.fetch("http://example.mn/"), fetcher.fetch("http://example.mn/")
    assert (first.body, second.body) == (FEED, FEED + b" ")


def test_the_next_address_is_tried_when_one_does_not_answer(clock: Clock) -> None:
    with serving({"/": answer()}) as server:
        reach = Reach({"example.mn": ["2606:4700::1", "2606:4700::2", OUTSIDE]}, {OUTSIDE: server.port})
        with Fetcher(
            replace(PUBLIC, robots=False), clock=clock, resolver=reach.resolve, connect=reach.connect
        ) as fetcher:
            assert fetcher.fetch("http://example.mn/").state is FetchState.OK
    assert [address for address, _ in reach.connected] == ["2606:4700::1", OUTSIDE]


def test_the_host_header_names_the_host(clock: Clock) -> None:
    with serving({"/": answer()}) as server:
        reach = Reach({"xn--l1acc.mn": [OUTSIDE]}, {OUTSIDE: server.port})
        with Fetcher(PUBLIC, clock=clock, resolver=reach.resolve, connect=reach.connect) as fetcher:
            assert fetcher.fetch("http://МОН.mn/").state is FetchState.OK
        assert server.requests[0].headers["host"] == "xn--l1acc.mn"


def test_proxies_of_the_environment_are_not_used(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving({"/": answer()}) as server, serving({}) as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url())
        with Fetcher(LOOPBACK, clock=clock) as fetcher:
            assert fetcher.fetch(server.url()).state is FetchState.OK
        assert proxy.requests == []
