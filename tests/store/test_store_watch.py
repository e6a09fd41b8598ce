"""Knowing the revision without asking every time."""

from collections.abc import Callable
from threading import Event

import pytest

from app.errors import Unavailable
from app.store import Store
from app.store.dialects import connect_engine
from app.store.watch import Watch
from tests.builders import batch, headline


def write(store: Store, title: str) -> None:
    with store.writing() as writer:
        writer.put(batch([headline(title)]))


def test_own_writing_is_known_at_once(store: Store) -> None:
    watch = store.watch()
    watch.look()
    assert watch.revision == store.revision()
    write(store, "One")
    assert watch.revision == store.revision()


def test_others_writing_is_known_after_a_look(database_url: str, store: Store) -> None:
    watch, other = store.watch(), Store.open(database_url)
    watch.look()
    write(other, "One")
    assert watch.revision == store.revision() - 1
    watch.look()
    assert watch.revision == store.revision()
    other.close()


def test_a_look_asks_only_when_something_was_written(sqlite_store: Store) -> None:
    asked: list[int] = []

    def ask() -> int:
        asked.append(sqlite_store.revision())
        return asked[-1]

    watch = Watch(sqlite_store._engine, ask)
    for _ in range(3):
        watch.look()
    assert len(asked) == 1
    write(sqlite_store, "One")
    watch.look()
    watch.look()
    assert len(asked) == 2
    assert watch.revision == sqlite_store.revision()
    watch.close()


def test_what_comes_in_while_one_looks_is_not_lost(sqlite_store: Store) -> None:
    watch: Watch

    def ask() -> int:
        watch.tell(9)
        return 8

    watch = Watch(sqlite_store._engine, ask)
    watch.look()
    assert watch.revision == 9
    watch.close()


def test_another_database_in_its_place(sqlite_store: Store) -> None:
    answers: Callable[[], int] = iter([9, 3]).__next__
    watch = Watch(sqlite_store._engine, answers)
    watch.look()
    write(sqlite_store, "One")
    watch.look()
    assert watch.revision == 3
    watch.close()


def test_a_database_that_is_away() -> None:
    store = Store(connect_engine("sqlite:////nowhere/at/all.db"))
    watch = store.watch()
    with pytest.raises(Unavailable):
        watch.look()
    assert watch.revision == -1
    store.close()


def test_a_listener_hears_of_it_without_a_look(database_url: str, store: Store) -> None:
    watch, other, heard = store.watch(), Store.open(database_url), Event()
    if watch.quick:
        watch.listen()
        assert watch._listener is None, "SQLite tells nobody"
        other.close()
        return
    tell = watch.tell

    def told(revision: int) -> None:
        tell(revision)
        heard.set()

    watch.tell = told  # type: ignore[method-assign]
    watch.listen()
    assert watch._listener
    titles = iter(range(1000))
    while not heard.wait(0.05):  # until it has begun to listen
        write(other, f"Number {next(titles)}")
    assert 0 < watch.revision <= store.revision()
    other.close()
