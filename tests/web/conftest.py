"""Clients that ask for the pages of a store."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from app.clock import Clock
from app.settings import Settings
from app.store import Store
from app.web.app import create_app
from app.web.caching import PageCache
from tests.web.asking import Asker, Client
from tests.web.caches import Counter, Made, Times
from tests.web.paper import print_paper
from tests.web.relays import add_sources


@pytest.fixture
def ask(clock: Clock) -> Iterator[Asker]:
    """Makes a client of a store."""
    with ExitStack() as opened:
        yield lambda store: opened.enter_context(Client(create_app(Settings(), store, clock)))


@pytest.fixture
def client(sqlite_store: Store, ask: Asker) -> Client:
    """A reader of the sample paper."""
    print_paper(sqlite_store)
    add_sources(sqlite_store)
    return ask(sqlite_store)


@pytest.fixture
def each_client(store: Store, ask: Asker) -> Client:
    """The same, on each kind of database."""
    print_paper(store)
    return ask(store)


@pytest.fixture
def blank(sqlite_store: Store, ask: Asker) -> Client:
    """A reader of a paper in which nothing has been printed yet."""
    return ask(sqlite_store)


@pytest.fixture
def times() -> Times:
    return Times()


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
