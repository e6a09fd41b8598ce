"""robots.txt: the rules of RFC 9309 in cases, and how the file itself is fetched and kept."""

import threading
from dataclasses import replace

import pytest

from app.clock import Clock
from app.ingest.fetch import Fetcher, FetchPolicy
from app.ingest.fetch.policy import Allowed
from app.ingest.fetch.robots import MAX_BYTES, MAX_DELAY, read_rules
from app.model.fetch import Fetched, FetchState
from tests.ingest.faulty_server import Behaviour, Talk, answer, redirect, serving, silent_after

LOOPBACK = FetchPolicy(allow=(Allowed.read("127.0.0.1/32"),), read_seconds=0.3)

ALL = "User-agent: *\n"
CASES: list[tuple[str, str, bool]] = [
    # no rules, no groups for us
    ("", "/", True),
    (ALL, "/a", True),
    (ALL + "Disallow:\n", "/a", True),
    ("User-agent: other\nDisallow: /\n", "/a", True),
    ("Disallow: /\n", "/a", True),
    ("<html><title>404</title></html>", "/a", True),
    # which group (2.2.1)
    (ALL + "Disallow: /\n", "/a", False),
    ("User-agent: Ortoo\nDisallow: /a\n" + ALL + "Disallow: /\n", "/b", True),
    (ALL + "Disallow: /\nUser-agent: ortoo\nDisallow: /a\n", "/b", True),
    ("User-agent: ORTOO/1.0\nDisallow: /\n", "/a", False),
    ("User-agent: ortoobot\nDisallow: /\n", "/a", True),
    ("User-agent: orto\nDisallow: /\n", "/a", True),
    ("User-agent: a\nUser-agent: ortoo\nDisallow: /\n", "/a", False),
    ("User-agent: ortoo\nDisallow: /a\n\nUser-agent: b\nDisallow: /\n\nUser-agent: ortoo\nDisallow: /c\n", "/c", False),
    ("User-agent: ortoo\nDisallow: /a\n\nUser-agent: b\nDisallow: /\n\nUser-agent: ortoo\nDisallow: /c\n", "/b", True),
    ("User-agent: ortoo\n\n" + ALL + "Disallow: /\n", "/a", False),
    ("User-agent: ortoo\nAllow:\n" + ALL + "Disallow: /\n", "/a", True),
    ("User-agent: a\nSitemap: https://x.mn/s.xml\nUser-agent: ortoo\nDisallow: /\n", "/a", False),
    ("User-agent: a\nCrawl-delay: 1\nUser-agent: ortoo\nDisallow: /\n", "/a", False),
    # which rule (2.2.2): the longest, Allow on a tie
    (ALL + "Disallow: /a\nAllow: /a/b\n", "/a/b/c", True),
    (ALL + "Allow: /a/b\nDisallow: /a\n", "/a/c", False),
    (ALL + "Disallow: /a\nAllow: /a\n", "/a", True),
    (ALL + "Allow: /\nDisallow: /x\n", "/x", False),
    (ALL + "Disallow: /A\n", "/a", True),
    (ALL + "Disallow: /a/\n", "/a", True),
    (ALL + "Disallow: /a\n", "/ab", False),
    (ALL + "Disallow: /\n", "/robots.txt", True),
    (ALL + "Disallow: a\n", "/a", True),
    # special characters (2.2.3)
    (ALL + "Disallow: /*.php\n", "/x/y.php?z", False),
    (ALL + "Disallow: /*.php$\n", "/x/y.php?z", True),
    (ALL + "Disallow: /*.php$\n", "/x/y.php", False),
    (ALL + "Disallow: /a*b*c\n", "/axxbyyc", False),
    (ALL + "Disallow: /a*b*c\n", "/axxcyyb", True),
    (ALL + "Disallow: *\n", "/a", False),
    (ALL + "Disallow: /a**$\n", "/abc", False),
    (ALL + "Disallow: /$\n", "/", False),
    (ALL + "Disallow: /$\n", "/a", True),
    (ALL + "Disallow: /ab*ba$\n", "/aba", True),
    (ALL + "Disallow: /a$b\n", "/a$b", False),
    (ALL + "Disallow: /*?q=\n", "/s?q=1", False),
    # escapes
    (ALL + "Disallow: /мэдээ\n", "/%D0%BC%D1%8D%D0%B4%D1%8D%D1%8D/1", False),
    (ALL + "Disallow: /%d0%bc\n", "/%D0%BC", False),
    (ALL + "Disallow: /%61\n", "/a", False),
    (ALL + "Disallow: /a%2Fb\n", "/a/b", True),
    (ALL + "Disallow: /a%3cb\n", "/a%3Cb", False),
    # how it is written
    ("\ufeffuser-AGENT :*\r\n  DISALLOW:/a # why\r\n", "/a", False),
    ("User-agent: *\rDisallow: /a\r", "/a", False),
    (ALL + "# Disallow: /a\n", "/a", True),
    (ALL + "Disallow: /a" + "b" * 5_000 + "\n", "/a", True),
]


@pytest.mark.parametrize(("text", "path", "allowed"), CASES)
def test_rules(text: str, path: str, allowed: bool) -> None:
    assert read_rules(text.encode(), "Ortoo").allows(path) is allowed


def test_a_delay_has_bounds() -> None:
    def delay(value: str) -> float | None:
        return read_rules(f"User-agent: *\nCrawl-delay: {value}\nDisallow:\n".encode(), "Ortoo").delay

    assert [delay(v) for v in ("5", "0.5", "86400", "inf")] == [5, 0.5, MAX_DELAY, MAX_DELAY]
    assert [delay(v) for v in ("-1", "nan", "soon", "")] == [None] * 4
    assert read_rules(b"User-agent: other\nCrawl-delay: 5\n", "Ortoo").delay is None


def test_patterns_that_cost_others_dear_cost_nothing() -> None:
    rules = read_rules((ALL + "Disallow: /" + "a*" * 1_000 + "b$\n").encode(), "Ortoo")
    assert rules.allows("/" + "a" * 4_000)


def text(rules: str, status: str = "200 OK", headers: str = "") -> bytes:
    return answer(rules.encode(), status, headers, "text/plain")


SHUT = ALL + "Disallow: /feed\n"
FILES: dict[str, tuple[Behaviour, FetchState]] = {
    "allows": (text(ALL + "Disallow: /other\n"), FetchState.OK),
    "disallows": (text(SHUT), FetchState.ROBOTS),
    "is not there": (text("", "404 Not Found"), FetchState.OK),
    "is not for us": (text("", "403 Forbidden"), FetchState.OK),
    "is gone": (text("", "410 Gone"), FetchState.OK),
    "fails": (text("", "500 Internal Server Error"), FetchState.ROBOTS),
    "is not available": (text("", "503 Service Unavailable"), FetchState.ROBOTS),
    "is asked too often": (text("", "429 Too Many Requests"), FetchState.ROBOTS),
    "has moved": (redirect("/moved-robots.txt", "301 Moved"), FetchState.ROBOTS),
    "goes in a circle": (redirect("/robots.txt"), FetchState.OK),
    "leads inside": (redirect("http://127.0.0.2/robots.txt"), FetchState.OK),
    "is silent": (silent_after(), FetchState.TIMEOUT),
    "hangs up": (lambda _: None, FetchState.UNREACHABLE),
    "is no HTTP": (b"\x15\x03\x01\x00\x02\x02\x46\r\nConnection: close\r\n\r\n", FetchState.OK),
    "is long": (text("#" + "x" * MAX_BYTES + "\n" + SHUT), FetchState.OK),
    "is long behind its rules": (text(SHUT + "#" + "x" * 5_000_000), FetchState.ROBOTS),
}


@pytest.mark.parametrize("how", FILES)
def test_the_file(how: str, clock: Clock) -> None:
    behaviour, state = FILES[how]
    paths = {"/robots.txt": behaviour, "/moved-robots.txt": text(SHUT), "/feed": answer()}
    with serving(paths) as server, Fetcher(LOOPBACK, clock=clock) as fetcher:
        got = fetcher.fetch(server.url("/feed"))
        assert got.state is state
        assert ("/feed" in [request.path for request in server.requests]) is (state is FetchState.OK)
    assert state is FetchState.OK or "robots.txt" in (got.error or "")


def test_the_file_is_asked_for_once_and_again_when_it_is_old(clock: Clock) -> None:
    now = [0.0]
    with serving({"/robots.txt": text(ALL, headers="Cache-Control: max-age=7200\r\n"), "/a": answer()}) as server:
        with Fetcher(LOOPBACK, clock=clock, monotonic=lambda: now[0]) as fetcher:
            for now[0] in (0.0, 10.0, 7_199.0, 7_201.0):
                assert fetcher.fetch(server.url("/a")).state is FetchState.OK
        assert [r.path for r in server.requests] == ["/robots.txt", "/a", "/a", "/a", "/robots.txt", "/a"]


def test_a_site_whose_file_fails_is_left_alone_for_a_while(clock: Clock) -> None:
    now = [0.0]
    fetcher = Fetcher(LOOPBACK, clock=clock, monotonic=lambda: now[0])
    with serving({"/robots.txt": text("", "503 Busy"), "/a": answer()}) as server, fetcher:
        states = []
        for now[0] in (0.0, 599.0, 601.0):
            server.answers["/robots.txt"] = text("", "503 Busy") if now[0] < 600 else text(ALL)
            states.append(fetcher.fetch(server.url("/a")).state)
    assert states == [FetchState.ROBOTS, FetchState.ROBOTS, FetchState.OK]


def test_who_comes_after_a_silent_site_does_not_wait_for_it_again(clock: Clock) -> None:
    now = [0.0]
    fetcher = Fetcher(LOOPBACK, clock=clock, monotonic=lambda: now[0])
    with serving({"/robots.txt": silent_after(), "/a": answer()}) as server, fetcher:
        states = [fetcher.fetch(server.url("/a")).state for _ in range(3)]
        asked = len(server.requests)
        server.answers["/robots.txt"] = text(ALL)
        now[0] = 31.0
        states.append(fetcher.fetch(server.url("/a")).state)
    assert states == [FetchState.TIMEOUT] * 3 + [FetchState.OK]
    assert asked == 1


def test_waiting_for_another_to_read_the_file_is_not_the_servers_slowness(clock: Clock) -> None:
    now = [0.0]
    reading, go_on = threading.Event(), threading.Event()

    def slow(talk: Talk) -> None:
        reading.set()
        go_on.wait(10)
        now[0] = 14.0
        talk.send(text(ALL))

    glances = iter(range(1, 1_000))

    def monotonic() -> float:
        """The second to come starts its time, then looks at the clock once more before it waits."""
        if threading.current_thread().name == "second" and next(glances) == 2:
            go_on.set()
            return 0.0
        return now[0]

    fetcher = Fetcher(replace(LOOPBACK, read_seconds=10), clock=clock, monotonic=monotonic)
    got: list[Fetched] = []

    def visit() -> None:
        got.append(fetcher.fetch(server.url("/a")))

    with serving({"/robots.txt": slow, "/a": answer()}) as server, fetcher:
        threads = [threading.Thread(target=visit, name=name) for name in ("first", "second")]
        threads[0].start()
        assert reading.wait(10)
        threads[1].start()
        for thread in threads:
            thread.join()
    assert [one.state for one in got] == [FetchState.OK] * 2
    assert sorted(one.seconds for one in got) == [0.0, 14.0]


def test_a_redirect_obeys_the_file_too(clock: Clock) -> None:
    paths = {"/robots.txt": text(SHUT), "/a": redirect("/feed"), "/feed": answer()}
    with serving(paths) as server, Fetcher(LOOPBACK, clock=clock) as fetcher:
        assert fetcher.fetch(server.url("/a")).state is FetchState.ROBOTS


def test_an_operator_can_do_without(clock: Clock) -> None:
    paths = {"/robots.txt": text(SHUT), "/feed": answer()}
    with serving(paths) as server, Fetcher(replace(LOOPBACK, robots=False), clock=clock) as fetcher:
        assert fetcher.fetch(server.url("/feed")).state is FetchState.OK
        assert [request.path for request in server.requests] == ["/feed"]
