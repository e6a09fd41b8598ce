"""Reading from replicas: a real primary, a real replica that streams from it, and both may be killed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic, sleep

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from app.errors import SettingsError, Unavailable
from app.settings import Settings
from app.store import Reader, ReplicaLost, Store
from app.store.replicas import HUNG_SECONDS
from tests.builders import batch, headline
from tests.cluster import Pair

PATIENCE = 60.0
"""Seconds after which what was waited for does not come any more."""


def until(done: Callable[[], bool]) -> None:
    end = monotonic() + PATIENCE
    while not done():
        assert monotonic() < end, "waited in vain"
        sleep(0.02)


@pytest.fixture
def replicated(pair: Pair) -> Iterator[Store]:
    """A store whose replica is fresh."""
    with opened(pair) as store:
        yield store


@contextmanager
def opened(pair: Pair, lag_seconds: float = 5.0) -> Iterator[Store]:
    store = Store.open(pair.address, [pair.copy], lag_seconds)
    until(lambda: is_fresh(store))
    yield store
    store.close()


def is_fresh(store: Store) -> bool:
    return all(one.fresh for one in store.replicas())


def is_copy(reader: Reader) -> bool:
    return bool(reader._connection.execute(text("SELECT pg_is_in_recovery()")).scalar())


def seen(store: Store) -> tuple[int, bool]:
    """The revision that a reader sees, and whether a replica shows it."""
    with store.viewing() as reader:
        return reader.revision(), is_copy(reader)


def write(store: Store, title: str) -> int:
    with store.writing() as writer:
        writer.put(batch([headline(title)]))
    return store._known.revision


def execute(address: str, statement: str) -> None:
    engine = create_engine(make_url(address).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


def pause(pair: Pair) -> None:
    """Nothing that is written from now on reaches the replica. Asked to pause, it goes on until it looks up."""
    execute(pair.copy, "SELECT pg_wal_replay_pause()")
    engine = create_engine(make_url(pair.copy).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        until(lambda: connection.execute(text("SELECT pg_get_wal_replay_pause_state()")).scalar() == "paused")
    engine.dispose()


def test_readers_look_at_a_replica_and_others_do_not(replicated: Store) -> None:
    assert seen(replicated)[1]
    with replicated.reading() as reader:
        assert not is_copy(reader)


def test_who_wrote_reads_it_at_once_wherever_it_is(replicated: Store) -> None:
    copies = 0
    for n in range(30):
        made = write(replicated, f"Headline {n}")
        revision, copy = seen(replicated)
        assert revision == made
        copies += copy
        until(lambda: seen(replicated)[1])
    assert seen(replicated) == (made, True)


def test_a_watch_knows_what_is_in_view(pair: Pair, replicated: Store) -> None:
    """What others write it learns as soon as the replica has it, not before: pages are made of the replica."""
    watch, other = replicated.watch(), Store.open(pair.address)
    watch.listen()
    watch.look()
    pause(pair)
    try:
        made = write(other, "From elsewhere")
        watch.look()
        assert watch.revision == made - 1 == seen(replicated)[0]
    finally:
        execute(pair.copy, "SELECT pg_wal_replay_resume()")
    until(lambda: seen(replicated)[0] == made)
    watch.look()
    assert watch.revision == made
    assert write(replicated, "From here") == watch.revision
    other.close()


def test_one_that_falls_behind_is_not_asked_until_it_has_caught_up(pair: Pair) -> None:
    with opened(pair, lag_seconds=1) as store, opened(pair, lag_seconds=3600) as patient:
        other = Store.open(pair.address)
        pause(pair)
        try:
            made = write(other, "From elsewhere")
            assert seen(patient) == (made - 1, True), "an hour is allowed"
            until(lambda: not is_fresh(store))
            (state,) = store.replicas()
            assert state.answers
            assert state.lag is not None
            assert state.lag > 1
            assert seen(store) == (made, False)
        finally:
            execute(pair.copy, "SELECT pg_wal_replay_resume()")
        until(lambda: seen(store) == (made, True))
        other.close()


def test_never_older_than_what_was_seen(pair: Pair, replicated: Store) -> None:
    """Also when it was seen at the primary: the replica, though fresh enough by the clock, is passed over."""
    other = Store.open(pair.address)
    pause(pair)
    try:
        made = write(other, "From elsewhere")
        assert seen(replicated) == (made - 1, True)
        assert replicated.revision() == made
        assert seen(replicated) == (made, False)
    finally:
        execute(pair.copy, "SELECT pg_wal_replay_resume()")
    until(lambda: seen(replicated) == (made, True))
    other.close()


def test_a_killed_replica_costs_no_error_and_comes_back(pair: Pair, replicated: Store) -> None:
    before = seen(replicated)
    pair.replica.kill()
    try:
        assert seen(replicated) == (before[0], False), "its connections die in the pool"
        assert seen(replicated) == (before[0], False), "and there are no new ones"
        assert not is_fresh(replicated)
    finally:
        pair.replica.start()
    until(lambda: seen(replicated)[1])


def test_one_that_dies_while_it_is_read_is_named(pair: Pair, replicated: Store) -> None:
    def read() -> None:
        with replicated.viewing() as reader:
            execute(
                pair.copy,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()",
            )
            reader.outlets()

    with pytest.raises(ReplicaLost):
        read()
    with replicated.reading() as reader:
        assert reader.outlets() == ()
    until(lambda: seen(replicated)[1])


def test_one_that_neither_answers_nor_fails_is_cut_off(pair: Pair, replicated: Store) -> None:
    def read() -> None:
        with replicated.viewing() as reader:
            pair.replica.freeze()
            reader.outlets()

    began = monotonic()
    try:
        with pytest.raises(ReplicaLost):
            read()
        assert monotonic() - began < HUNG_SECONDS + PATIENCE
        assert not seen(replicated)[1]
    finally:
        pair.replica.freeze(False)
    until(lambda: seen(replicated)[1])


def test_without_the_primary_readers_go_on_reading(pair: Pair, replicated: Store) -> None:
    before = seen(replicated)
    pair.primary.kill()
    try:
        for _ in range(3):
            assert seen(replicated) == before
        with pytest.raises(Unavailable):
            write(replicated, "Nobody takes it")
        with pytest.raises(Unavailable), replicated.reading():
            pass
        until(lambda: (replicated.replicas()[0].lag or 0) > 5)
        assert seen(replicated) == before, "there is nothing newer to be had"
    finally:
        pair.primary.start()
    made = write(replicated, "Taken")
    until(lambda: seen(replicated) == (made, True))


def test_without_the_primary_what_was_seen_is_not_unseen(pair: Pair, replicated: Store) -> None:
    pause(pair)
    write(replicated, "Only there")
    pair.primary.kill()
    try:
        with pytest.raises(Unavailable):
            seen(replicated)
    finally:
        execute(pair.copy, "SELECT pg_wal_replay_resume()")
        pair.primary.start()
    until(lambda: seen(replicated)[1])


def test_a_database_that_is_no_replica_is_never_asked(pair: Pair) -> None:
    store = Store.open(pair.address, [pair.address, pair.copy])
    until(lambda: any(one.fresh for one in store.replicas()))
    assert [one.fresh for one in store.replicas()] == [False, True]
    for _ in range(4):
        assert seen(store)[1]
    store.close()


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"ORTOO_READ_DATABASE_URLS": "postgresql:///a"}, "ORTOO_READ_DATABASE_URLS: an SQLite database"),
        ({"ORTOO_READ_DATABASE_URLS": "sqlite:///b.db", "ORTOO_DATABASE_URL": "postgresql:///a"}, "begin with"),
        ({"ORTOO_READ_LAG_SECONDS": "0"}, "ORTOO_READ_LAG_SECONDS"),
        ({"ORTOO_READ_LAG_SECONDS": "4000"}, "ORTOO_READ_LAG_SECONDS"),
    ],
)
def test_settings_that_cannot_be(given: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsError, match=named):
        Settings.load(given, None)


def test_several_addresses() -> None:
    given = {"ORTOO_DATABASE_URL": "postgresql:///a", "ORTOO_READ_DATABASE_URLS": " postgresql:///b, postgres:///c ,"}
    assert Settings.load(given, None).replicas == ("postgresql:///b", "postgres:///c")
    assert Settings.load({}, None).replicas == ()


def has(address: str, title: str) -> bool:
    """Whether a database has this headline and no other, as somebody sees it who has never looked before."""
    store = Store.open(address)
    try:
        return titles(store) == [title]
    finally:
        store.close()


def titles(store: Store) -> list[str]:
    with store.reading() as reader:
        return [row.title for row in reader.rows(range(1, reader.last_id() + 1))]


def test_a_replica_that_is_taken_for_the_primary_can_be_read_and_says_so(pair: Pair) -> None:
    primary, mistaken = Store.open(pair.address), Store.open(pair.copy)
    try:
        write(primary, "Only of this test")
        # What a store remembers holds for a revision, and the replica had others of these numbers before.
        until(lambda: has(pair.copy, "Only of this test"))
        with pytest.raises(Unavailable, match="It can only be read just now"):
            write(mistaken, "Another")
        assert titles(mistaken) == ["Only of this test"]
    finally:
        mistaken.close()
        primary.close()
