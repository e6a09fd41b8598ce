"""A database that goes away and comes back, or lets nobody write: clear answers, and no restart."""

import json
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from app.store import Store
from app.worker.crew import Crew
from tests.conftest import _emptied
from tests.faults.relay import Relay
from tests.web.answered import bad, good
from tests.web.sending import Poster, add_token, posting, titles
from tests.worker.test_worker_run import Network, Office, add

LONGEST = 60.0  # seconds until a test gives up


def until(true: Callable[[], bool]) -> None:
    """Wait for a condition."""
    clock = threading.Event()
    for _ in range(int(LONGEST / 0.05)):
        if true():
            return
        clock.wait(0.05)
    raise AssertionError("it never came to that")


def item(title: str) -> str:
    return json.dumps({"title": title, "url": f"https://gogo.mn/{title.replace(' ', '-')}"})


def unavailable(poster: Poster, address: str) -> None:
    """A page says that it cannot be shown just now, and when to come again."""
    until(lambda: poster.get(address).status_code == 503)
    answer = poster.get(address)
    assert answer.headers["content-type"].startswith("text/html")
    assert int(answer.headers["retry-after"]) > 0
    assert answer.headers["cache-control"] == "no-store"
    assert "Traceback" not in answer.text


@pytest.fixture
def relay(postgresql_database: str) -> Iterator[Relay]:
    """The way to an empty database on PostgreSQL."""
    with Relay(_emptied(postgresql_database)) as opened:
        yield opened


@pytest.fixture
def remote(relay: Relay) -> Iterator[Store]:
    """A store that reaches its database by the relay."""
    opened = Store.open(relay.url)
    yield opened
    opened.close()


def test_a_server_outlasts_its_database(remote: Store, relay: Relay) -> None:
    add_token(remote)
    with posting(remote) as poster:
        good(poster.post(item("Before it went")))
        assert poster.get("/en/").status_code == 200
        for _ in range(2):  # it goes away twice
            relay.cut()
            unavailable(poster, "/en/")
            unavailable(poster, "/mn/archive")
            answer = poster.post(item("While it was away"))
            bad(answer, 503, "store-unavailable")
            assert int(answer.headers["retry-after"]) > 0
            assert poster.get("/readyz").status_code == 503
            assert poster.get("/healthz").status_code == 200, "a process that is well is not to be restarted"
            relay.mend()
            until(lambda: poster.get("/readyz").status_code == 200)
            until(lambda: poster.get("/en/").status_code == 200)
            good(poster.post(item("After it came back")))
    assert titles(remote) == ["After it came back", "Before it went"]


def test_a_worker_outlasts_its_database(remote: Store, relay: Relay, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.worker.run._RETRY", (0.01,))
    add(remote, "https://a.mn/f")
    network = Network()
    network.hold.clear()
    office = Office(remote, network, Crew(threads=4, waiting=4, lease_seconds=60))
    with office.at_work() as thread:
        until(lambda: network.at_once == 1)
        relay.cut()
        network.hold.set()  # the fetch comes back to a worker without a database
        until(lambda: len(office.trouble) > 2)
        assert thread.is_alive()
        relay.mend()
        until(lambda: len(office.told) == 1)
    assert len(titles(remote)) == 1


def test_while_another_program_holds_the_file(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Readers go on; who writes hears when to come again."""
    monkeypatch.setattr("app.store.dialects.BUSY_TIMEOUT", 20)
    add_token(sqlite_store)
    sqlite_store.close()  # connections from now on wait for so long only
    with posting(sqlite_store) as poster:
        good(poster.post(item("Before")))
        with closing(sqlite3.connect(str(sqlite_store._engine.url.database), isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            answer = poster.post(item("Meanwhile"))
            bad(answer, 503, "store-unavailable")
            assert int(answer.headers["retry-after"]) > 0
            assert poster.get("/en/").status_code == 200
            assert poster.get("/readyz").status_code == 200
            other.execute("ROLLBACK")
        good(poster.post(item("After")))
    assert titles(sqlite_store) == ["After", "Before"]
