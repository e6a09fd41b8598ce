"""The memory of answers before everything else: what is kept, and for whom."""

from collections.abc import Callable

import pytest
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from app.settings import Settings
from app.store import Store
from app.web.app import create_app
from app.web.caching import CLOSED, MOMENT, PAGE, SHORT, PageCache
from tests.web.asking import Client
from tests.web.caches import GZIP, Counter, Made, Times, often, page


def test_the_third_time_nobody_is_asked(cached: Made) -> None:
    app = Counter()
    answers = often(cached(app))
    assert app.asked == 2
    assert len({(a.status_code, a.body, str(a.headers)) for a in answers}) == 1


def test_the_whole_application_answers_alike_from_memory(each_client: Client) -> None:
    for address in (
        "/en/",
        "/mn/2026-01-15",
        "/en/2026-01-15.atom",
        "/api/v1/headlines",
        "/en/outlets",
        "/en/new?after=0",
    ):
        for headers in ({}, GZIP, {"HX-Request": "true", "HX-Current-URL": "http://ortoo.test/en/archive"}):
            answers = [each_client.get(address, headers) for _ in range(4)]
            assert len({a.number for a in answers}) == 4, "each has a number of its own"
            assert len({(a.status_code, a.body, str(a.headers)) for a in answers}) == 1, address
            assert answers[0].headers["content-security-policy"]
            head = each_client.head(address, headers)
            assert (head.body, head.headers) == (b"", answers[0].headers)
            tag = answers[0].headers["etag"]
            unchanged = each_client.get(address, {**headers, "If-None-Match": tag})
            assert (unchanged.status_code, unchanged.body) == (304, b"")
            assert unchanged.headers.items() <= answers[0].headers.items()
            assert "content-length" not in unchanged.headers


@pytest.mark.parametrize(
    "answer",
    [
        lambda _: page(status=404),
        lambda _: page(status=302),
        lambda _: page(status=500),
        lambda _: page(cache_control="no-store"),
        lambda _: page(cache_control="private"),
        lambda _: page(cache_control=MOMENT),
        lambda _: page(set_cookie="a=b"),
        lambda _: page(vary="Accept-Language"),
        lambda _: page(vary="*"),
        lambda _: PlainTextResponse("no validator", headers={"cache-control": PAGE}),
    ],
)
def test_what_is_never_kept(cached: Made, answer: Callable[[Scope], Response]) -> None:
    app = Counter(answer)
    often(cached(app))
    assert app.asked == 5


def test_what_comes_in_pieces_is_never_kept(cached: Made) -> None:
    class Pieces(Counter):
        async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
            self.asked += 1
            head = [(b"cache-control", PAGE.encode()), (b"etag", b'"a"')]
            await send({"type": "http.response.start", "status": 200, "headers": head})
            await send({"type": "http.response.body", "body": b"a", "more_body": True})
            await send({"type": "http.response.body", "body": b"b"})

    app = Pieces()
    assert {answer.body for answer in often(cached(app))} == {b"ab"}
    assert app.asked == 5


@pytest.mark.parametrize(
    "headers",
    [
        {"Authorization": "Bearer x"},
        {"Authorization": ""},
        {"Cookie": "ortoo_desk=1"},
        {"Cookie": "a=b; __Host-ortoo=1"},
    ],
)
def test_who_says_who_he_is_passes_by(cached: Made, headers: dict[str, str]) -> None:
    app = Counter(lambda scope: page("mine" if len(scope["headers"]) > 1 else "everybody's"))
    client = cached(app)
    mine = [client.get("/en/", headers).text for _ in range(3)]
    assert (mine, app.asked) == (["mine"] * 3, 3)
    assert {answer.text for answer in often(client)} == {"everybody's"}
    assert client.get("/en/", headers).text == "mine"


@pytest.mark.parametrize("path", ["/desk", "/desk/days", "/healthz", "/readyz", "/metrics", "/api/v1/export"])
def test_some_addresses_are_never_kept(cached: Made, path: str) -> None:
    app = Counter()
    often(cached(app), path)
    assert app.asked == 5


def test_only_what_is_read(cached: Made) -> None:
    app = Counter()
    client = cached(app)
    often(client)
    for method in ("POST", "PUT", "DELETE"):
        client.ask(method, "/en/")
    assert app.asked == 5


DIFFERENT = [
    ("/en/", {}),
    ("/mn/", {}),
    ("/en/?lang=mn", {}),
    ("/en/?lang=en", {}),
    ("/en/", GZIP),
    ("/en/", {"HX-Request": "true"}),
    ("/en/", {"HX-Request": "true", "HX-Current-URL": "http://ortoo.test/mn/"}),
    ("/en/", {"Host": "other.test"}),
    ("/api/v1/days", {}),
    ("/api/v1/days", {"Accept": "text/html"}),
    ("/api/v1/days?utm_source=x", {}),
]


def test_different_questions_have_different_answers(cached: Made) -> None:
    app = Counter(lambda scope: page(f"{scope['path']}?{scope['query_string']!r} {sorted(scope['headers'])}"))
    client = cached(app)
    for _ in range(4):
        texts = {client.get(address, headers).text for address, headers in DIFFERENT}
        assert len(texts) == len(DIFFERENT)
    assert app.asked == 2 * len(DIFFERENT)


@pytest.mark.parametrize(
    "query", ["fbclid=abc", "utm_source=x&utm_medium=y", "gclid=1&lang=mn", "lang=mn&fbclid=2", "lang=mn&mc_eid=1"]
)
def test_what_only_tracks_makes_no_difference(cached: Made, query: str) -> None:
    app = Counter()
    client = cached(app)
    often(client, "/en/?lang=mn" if "lang" in query else "/en/")
    client.get(f"/en/?{query}")
    assert app.asked == 2


def test_hosts_make_no_difference_where_the_address_is_set(cached: Made) -> None:
    app = Counter()
    client = cached(app, hosts=False)
    often(client)
    client.get("/en/", {"Host": "other.test"})
    assert app.asked == 2


def test_finished_days_may_be_kept_longer(client: Client) -> None:
    rules = {
        address: client.get(address).headers["cache-control"]
        for address in ("/en/2024-12-19", "/en/archive/2024", "/en/archive/2024-12", "/en/2026-01-15", "/en/archive")
    }
    assert list(rules.values()) == [CLOSED, CLOSED, CLOSED, SHORT, SHORT]


def test_without_room_there_is_no_memory(sqlite_store: Store, times: Times) -> None:
    app = create_app(Settings(cache_megabytes=0), sqlite_store, times.clock)
    assert app.state.cache is None
    assert isinstance(create_app(Settings(), sqlite_store, times.clock).state.cache, PageCache)
