"""The memory of answers before everything else: what is kept, for whom, for how long."""

import gzip
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from threading import Barrier, Event

import pytest
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from app.settings import Settings
from app.store import Store
from app.web.app import create_app
from app.web.caching import CLOSED, LOOK_SECONDS, MOMENT, PAGE, SHORT, PageCache
from tests.builders import NOW, batch, headline
from tests.web.asking import Answer, Client
from tests.web.paper import print_paper

GZIP = {"Accept-Encoding": "gzip"}


class Times:
    """Two clocks that move when they are told to."""

    def __init__(self) -> None:
        self.now = NOW
        self.seconds = 0.0

    def clock(self) -> datetime:
        return self.now

    def monotonic(self) -> float:
        return self.seconds


class Counter:
    """An application that counts its answers, and says what it is told to."""

    def __init__(self, answer: Callable[[Scope], Response] | None = None) -> None:
        self.asked = 0
        self._answer = answer or (lambda _: page())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.asked += 1
        await self._answer(scope)(scope, receive, send)


def page(text: str = "page", status: int = 200, **headers: str) -> Response:
    told = {"cache-control": SHORT, "etag": f'"{text}"', "vary": "HX-Request, Accept-Encoding"}
    return PlainTextResponse(text, status, {**told, **{k.replace("_", "-"): v for k, v in headers.items()}})


@pytest.fixture
def times() -> Times:
    return Times()


Made = Callable[..., Client]


@pytest.fixture
def cached(sqlite_store: Store, times: Times) -> Iterator[Made]:
    """Makes clients of an application behind a cache."""
    opened: list[Client] = []

    def made(app: Counter, store: Store = sqlite_store, *, hosts: bool = True) -> Client:
        cache = PageCache(
            app, store.watch(), times.clock, room=1_000_000, hosts=hosts, seconds=times.monotonic
        )  # fmt: skip
        opened.append(Client(cache).__enter__())
        return opened[-1]

    yield made
    for client in opened:
        client.__exit__(None, None, None)


def often(client: Client, address: str = "/en/", **headers: str) -> list[Answer]:
    return [client.get(address, {k.replace("_", "-"): v for k, v in headers.items()}) for _ in range(5)]


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


def test_what_this_process_writes_shows_at_once(store: Store, times: Times, cached: Made) -> None:
    app = Counter(lambda _: page(str(store.revision())))
    client = cached(app, store)
    before = often(client)[-1].text
    for n in range(3):
        with store.writing() as writer:
            writer.put(batch([headline(f"Something new {n}")]))
        assert client.get("/en/").text == str(int(before) + 1 + n), "no clock has moved"


def test_what_others_write_shows_within_a_second(database_url: str, store: Store, times: Times, cached: Made) -> None:
    app = Counter(lambda _: page(str(store.revision())))
    client, other = cached(app, store), Store.open(database_url)
    first = often(client)[-1].text
    with other.writing() as writer:
        writer.put(batch([headline("From elsewhere")]))
    other.close()
    seen = []
    for _ in range(20):
        seen.append(client.get("/en/").text)
        times.seconds += 0.05
    late = seen.index(str(int(first) + 1)) * 0.05
    assert late <= LOOK_SECONDS + 0.05 <= 1.0


def test_nothing_is_asked_between_two_looks(sqlite_store: Store, times: Times) -> None:
    looks: list[float] = []
    watch = sqlite_store.watch()
    look = watch.look

    def counted() -> None:
        looks.append(times.seconds)
        look()

    watch.look = counted  # type: ignore[method-assign]
    cache = PageCache(Counter(), watch, times.clock, room=100_000, hosts=True, seconds=times.monotonic)
    with Client(cache) as client:
        for _ in range(50):
            client.get("/en/")
            times.seconds += LOOK_SECONDS / 5
    assert len(looks) == 10


def test_a_new_day_in_ulaanbaatar_is_another_page(times: Times, cached: Made) -> None:
    app = Counter(lambda _: page(times.now.isoformat()))
    client = cached(app)
    often(client)
    times.now = datetime.fromisoformat("2026-01-15T15:59:59.9+00:00")
    client.get("/en/")
    assert app.asked == 2
    times.now += timedelta(seconds=0.1)
    assert client.get("/en/").text == times.now.isoformat()
    times.now = NOW
    client.get("/en/")
    assert app.asked == 4, "also when a clock is put back"


def test_a_database_that_is_away_is_not_hidden(sqlite_template: Path, tmp_path: Path, times: Times) -> None:
    path = tmp_path / "gone.db"
    path.write_bytes(sqlite_template.read_bytes())
    store = Store.open(f"sqlite:///{path}")
    print_paper(store)
    app = create_app(Settings(), store, times.clock)
    with Client(app) as client:
        assert often(client)[-1].status_code == 200
        store.close()
        for file in tmp_path.iterdir():
            file.unlink()
        (tmp_path / "gone.db").mkdir()
        while (answer := client.get("/en/")).status_code == 200:
            pass  # for the quarter of a second in which nobody looks
        assert answer.status_code == 503
    store.close()


def test_who_has_the_page_is_known_without_it(sqlite_store: Store, times: Times, cached: Made) -> None:
    def known(scope: Scope) -> Response:
        has = dict(scope["headers"]).get(b"if-none-match")
        return Response(status_code=304, headers=dict(page().headers) | {"content-length": "0"}) if has else page()

    app = Counter(known)
    client = cached(app)
    headers = {"If-None-Match": '"page"'}
    assert [client.get("/en/", headers).status_code for _ in range(4)] == [304] * 4
    assert app.asked == 2
    assert client.get("/en/", {"If-None-Match": '"other"'}).status_code == 304, "what the application says"
    assert {answer.status_code for answer in often(client)} == {200}
    asked = app.asked
    assert client.get("/en/", headers).status_code == 304
    assert client.get("/en/", {"If-None-Match": 'W/"x", W/"page"'}).status_code == 304
    assert client.get("/en/", {"If-None-Match": '"other"'}).status_code == 200
    assert app.asked == asked


def test_an_unchanged_page_need_not_be_sent_again_to_be_kept(store: Store, ask: Callable[[Store], Client]) -> None:
    print_paper(store)
    client = ask(store)
    body = often(client, "/en/2024-12-19", accept_encoding="gzip")[-1]
    with store.writing() as writer:
        writer.put(batch([headline("About another day")]))
    for _ in range(2):
        again = client.get("/en/2024-12-19", {**GZIP, "If-None-Match": body.headers["etag"]})
        assert again.status_code == 304
    answer = client.get("/en/2024-12-19", GZIP)
    assert (answer.status_code, answer.body) == (200, body.body)
    assert gzip.decompress(answer.body)


def test_who_asks_at_the_same_time_gets_the_same(sqlite_store: Store, times: Times) -> None:
    begun, go = Event(), Event()

    class Slow(Counter):
        async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
            from anyio import to_thread

            self.asked += 1
            begun.set()
            await to_thread.run_sync(go.wait)
            await page()(scope, receive, send)

    app = Slow()
    cache = PageCache(app, sqlite_store.watch(), times.clock, room=100_000, hosts=True, seconds=times.monotonic)
    with Client(cache) as client, ThreadPoolExecutor(8) as pool:
        first = pool.submit(client.get, "/en/")
        begun.wait()
        ready = Barrier(8)
        others = [pool.submit(lambda: (ready.wait(), client.get("/en/"))[1]) for _ in range(7)]
        ready.wait()
        while sum(flight.shared for flight in cache._flights.values()) < 1:
            pass
        go.set()
        assert {answer.result().text for answer in (first, *others)} == {"page"}
        assert app.asked == 1
        assert client.get("/en/").text == "page"
        assert app.asked == 1, "it was wanted by several: it is kept at once"


def test_a_leader_that_fails_takes_nobody_with_it(cached: Made) -> None:
    answers = iter([ZeroDivisionError("first"), None, None, None])

    class Failing(Counter):
        async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
            if error := next(answers):
                raise error
            await super().__call__(scope, receive, send)

    client = cached(Failing())
    with pytest.raises(ZeroDivisionError):
        client.get("/en/")
    assert client.get("/en/").text == "page"


def test_finished_days_may_be_kept_longer(client: Client) -> None:
    rules = {
        address: client.get(address).headers["cache-control"]
        for address in ("/en/2024-12-19", "/en/archive/2024", "/en/archive/2024-12", "/en/2026-01-15", "/en/archive")
    }
    assert list(rules.values()) == [CLOSED, CLOSED, CLOSED, SHORT, SHORT]


def test_without_room_there_is_no_memory(sqlite_store: Store, times: Times) -> None:
    app = create_app(Settings(cache_megabytes=0), sqlite_store, times.clock)
    assert not isinstance(app.front, PageCache)
    assert isinstance(create_app(Settings(), sqlite_store, times.clock).front, PageCache)
