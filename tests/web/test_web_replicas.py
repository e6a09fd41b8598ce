"""Pages of a replica: right, as new as what is known, and there also when the replica dies over them."""

from collections.abc import Iterator
from contextlib import closing
from time import monotonic, sleep
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.engine import Connection

from app.clock import Clock
from app.settings import Settings
from app.store import Store
from app.web.app import create_app
from tests.builders import batch, headline
from tests.cluster import Pair
from tests.web.asking import Client
from tests.web.paper import print_paper

PAGES = ("/en/", "/mn/", "/en/2026-01-15", "/en/archive", "/en/outlets", "/en/search?q=visa", "/en/2026-01-15.atom")


def until_fresh(store: Store) -> None:
    end = monotonic() + 60
    while not all(one.fresh for one in store.replicas()):
        assert monotonic() < end
        sleep(0.02)


@pytest.fixture
def replicated(pair: Pair) -> Iterator[Store]:
    store = Store.open(pair.address, [pair.copy])
    print_paper(store)
    until_fresh(store)
    yield store
    store.close()


@pytest.fixture
def reader(pair: Pair, replicated: Store, clock: Clock) -> Iterator[Client]:
    settings = Settings(database_url=pair.address, read_database_urls=pair.copy)
    with Client(create_app(settings, replicated, clock)) as client:
        yield client


class Statements:
    """What a replica is asked; with `dying` it dies at the first question that is not about the revision."""

    def __init__(self, store: Store) -> None:
        assert store._replicas
        self.asked: list[str] = []
        self.dying = False
        event.listen(store._replicas.all[0].engine, "before_cursor_execute", self._note)

    def _note(self, connection: Connection, cursor: Any, statement: str, *_: Any) -> None:
        if "pg_" in statement:
            return
        self.asked.append(statement)
        if self.dying and "store_state" not in statement:
            cursor.connection.close()

    def of_pages(self) -> list[str]:
        """Without those about the revision."""
        return [statement for statement in self.asked if "store_state" not in statement]


@pytest.mark.parametrize("page", PAGES)
def test_a_replica_lost_over_a_page_costs_the_reader_nothing(
    pair: Pair, reader: Client, clock: Clock, page: str
) -> None:
    whole = reader.get(page)
    settings = Settings(database_url=pair.address, read_database_urls=pair.copy)
    with closing(Store.open(pair.address, [pair.copy])) as store:  # one that remembers nothing of the page
        until_fresh(store)
        statements = Statements(store)
        with Client(create_app(settings, store, clock)) as client:
            statements.dying = True
            again = client.get(page)
        assert len(statements.of_pages()) == 1, "the replica died at its first question about the page"
    assert (whole.status_code, again.status_code, again.text) == (200, 200, whole.text)


def test_the_desk_asks_the_primary(replicated: Store, reader: Client) -> None:
    reader.get("/en/about")  # the page cache has looked at the revision
    statements = Statements(replicated)
    assert reader.get("/desk/en/sources", {"cookie": "ortoo_session=unknown"}).status_code in (302, 303)
    assert reader.get("/api/v1/export").status_code == 200
    assert reader.get("/metrics").status_code == 200
    assert statements.asked == []


def test_what_this_process_writes_shows_at_once(replicated: Store, reader: Client) -> None:
    for n in range(5):
        for _ in range(3):
            reader.get("/en/")
        with replicated.writing() as writer:
            writer.put(batch([headline(f"Fresh from here {n}")]))
        assert f"Fresh from here {n}" in reader.get("/en/").text


def test_what_others_write_shows_once_the_replica_has_it_and_stays(
    pair: Pair, replicated: Store, reader: Client
) -> None:
    other = Store.open(pair.address)
    for n in range(3):
        title = f"Fresh from elsewhere {n}"
        reader.get("/en/")
        with other.writing() as writer:
            writer.put(batch([headline(title)]))
        end = monotonic() + 60
        while title not in reader.get("/en/").text:
            assert monotonic() < end
            sleep(0.02)
        assert all(title in reader.get("/en/").text for _ in range(5))
    other.close()


def test_the_replica_dies_and_comes_back_under_readers(pair: Pair, replicated: Store, reader: Client) -> None:
    before = {page: reader.get(page).text for page in PAGES}
    pair.replica.kill()
    try:
        for page in PAGES:
            answer = reader.get(page, {"cookie": "ortoo=somebody"})
            assert (answer.status_code, answer.text) == (200, before[page])
    finally:
        pair.replica.start()
    until_fresh(replicated)
    with replicated.viewing() as shown:
        assert shown._connection.execute(text("SELECT pg_is_in_recovery()")).scalar()
