"""The memory of answers before everything else: for how long, and what happens at the same time."""

import gzip
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from threading import Barrier, Event

import pytest
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from app.settings import Settings
from app.store import Store
from app.web.app import create_app
from app.web.caching import LOOK_SECONDS, PageCache
from tests.builders import NOW, batch, headline
from tests.web.asking import Client
from tests.web.caches import GZIP, Counter, Made, Times, often, page
from tests.web.paper import print_paper


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
