"""The worker in one process: what it claims, how it shares its threads, what it does with trouble."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Literal

import pytest

from app.errors import FetchFailed, Unavailable
from app.model.fetch import Fetched, FetchState, Validators
from app.model.source import Source, SourceState
from app.settings import Settings
from app.store import Store
from app.worker.crew import Crew, Done
from app.worker.land import Rules
from app.worker.run import Worker
from tests.builders import NOW, rows

RULES = Rules.of(Settings())
FEED = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>A</title><item><title>Нүүрсний экспорт нэмэгдлээ</title>'
    "<link>{}/1</link></item></channel></rss>"
)


class Network:
    """Answers with a feed of one item, or as `faults` say of a path's end; keeps what was asked."""

    def __init__(self, **faults: FetchState | Exception) -> None:
        self.faults = faults
        self.asked: list[tuple[str, Validators | None]] = []
        self.at_once = 0
        self.most = 0
        self.hold = threading.Event()
        self.hold.set()
        self.hung_up = threading.Event()
        self._lock = threading.Lock()

    def fetch(
        self, url: str, *, validators: Validators | None = None, expect: Literal["feed", "any"] = "feed"
    ) -> Fetched:
        with self._lock:
            self.asked.append((url, validators))
            self.at_once += 1
            self.most = max(self.most, self.at_once)
        try:
            while not self.hold.wait(0.01):
                if self.hung_up.is_set():
                    raise FetchFailed(f"{url}: stopping")
            fault = self.faults.get(url.rpartition("/")[2])
            if isinstance(fault, Exception):
                raise fault
            if fault is not None:
                return Fetched(fault, url, url, NOW, 500, error="so it is")
            body = FEED.format(url).encode()
            return Fetched(FetchState.OK, url, url, NOW, 200, body, "application/rss+xml", len(body), body_hash="ab")
        finally:
            with self._lock:
                self.at_once -= 1


class Office:
    """A worker and what it told."""

    def __init__(self, store: Store, network: Network, crew: Crew, chance: Callable[[], float] = lambda: 0.5) -> None:
        self.told: list[Done] = []
        self.trouble: list[str] = []
        self.now = NOW
        self.worker = Worker(
            store,
            network,
            RULES,
            crew,
            owner="w",
            clock=lambda: self.now,
            chance=chance,
            told=self.told.append,
            trouble=self.trouble.append,
            hang_up=network.hung_up.set,
        )

    @contextmanager
    def at_work(self) -> Iterator[threading.Thread]:
        thread = threading.Thread(target=self.worker.run)
        thread.start()
        try:
            yield thread
        finally:
            self.worker.stop()
            thread.join(10)
            assert not thread.is_alive()


CREW = Crew(threads=4, waiting=8, lease_seconds=60)


def add(store: Store, *urls: str) -> None:
    with store.writing() as writer:
        for url in urls:
            writer.sources.add(Source(url, kind="rss"), NOW)


def state(store: Store, number: int) -> SourceState:
    with store.reading() as reader:
        return reader.sources.get(number)[1]


def until(true: Callable[[], bool]) -> None:
    for _ in range(1000):
        if true():
            return
        threading.Event().wait(0.01)
    pytest.fail("it takes too long")


def test_all_that_is_due_is_fetched_once(store: Store) -> None:
    add(store, *(f"https://a{n}.mn/f" for n in range(11)))
    network = Network()
    office = Office(store, network, CREW)
    office.worker.once()
    assert sorted(done.claimed.source.id for done in office.told) == list(range(1, 12))
    assert sum(done.added for done in office.told) == len(rows(store, "headlines")) == 11
    assert network.most <= CREW.threads
    office.worker.once()
    assert len(office.told) == 11, "nothing is due any more"


def test_certain_sources_at_any_time(store: Store) -> None:
    add(store, "https://a.mn/f", "https://b.mn/f", "https://c.mn/f")
    network = Network()
    Office(store, network, CREW).worker.once()
    office = Office(store, network, CREW)
    office.worker.once([3, 1, 99])
    assert sorted(done.claimed.source.id for done in office.told) == [1, 3]


def test_what_another_worker_fetches_is_left_to_it(store: Store) -> None:
    add(store, "https://a.mn/f")
    store.claim(NOW, "other", 60, 1)
    office = Office(store, Network(), CREW)
    office.worker.once([1])
    assert office.told == []


def test_a_mistake_of_ours_is_that_source_s_failure_only(store: Store) -> None:
    add(store, "https://a.mn/f", "https://b.mn/bad", "https://c.mn/down")
    office = Office(store, Network(bad=RuntimeError("a bug"), down=FetchState.SERVER_ERROR), CREW)
    office.worker.once()
    assert {done.claimed.source.id: done.fetched.state for done in office.told} == {
        1: FetchState.OK,
        2: FetchState.UNREADABLE,
        3: FetchState.SERVER_ERROR,
    }
    assert "a bug" in state(store, 2).error
    assert state(store, 2).failures == state(store, 3).failures == 1
    assert len(rows(store, "headlines")) == 1


def test_many_sources_on_one_host_leave_threads_to_others(store: Store) -> None:
    add(store, *(f"https://big.mn/{n}" for n in range(6)), "https://small.mn/1")
    network = Network()
    network.hold.clear()
    office = Office(store, network, CREW)
    with office.at_work():
        until(lambda: network.at_once == 3)
        assert max(url for url, _ in network.asked) == "https://small.mn/1"
        network.hold.set()
        until(lambda: len(office.told) == 7)
    assert len(rows(store, "headlines")) == 7


def test_who_is_stopped_gives_back_what_is_under_way(store: Store) -> None:
    add(store, *(f"https://big.mn/{n}" for n in range(6)))
    network = Network()
    network.hold.clear()
    office = Office(store, network, CREW)
    with office.at_work():
        until(lambda: network.at_once == 2)
    assert office.told == []
    assert len(store.claim(NOW, "next", 60, 10)) == 6


def test_now_and_then_the_validators_stay_at_home(store: Store) -> None:
    add(store, "https://a.mn/f")
    network = Network()
    Office(store, network, CREW).worker.once()
    known = state(store, 1).validators
    assert known.body_hash == "ab"
    Office(store, network, CREW, lambda: 0.5).worker.once([1])
    Office(store, network, CREW, lambda: 0.01).worker.once([1])
    assert [validators for _, validators in network.asked][1:] == [known, Validators(body_hash="ab")]


def test_a_fetch_whose_source_was_taken_over_has_not_happened(store: Store) -> None:
    add(store, "https://a.mn/f")
    network = Network()
    network.hold.clear()
    office = Office(store, network, CREW)
    with office.at_work():
        until(lambda: network.at_once == 1)
        office.now = NOW + timedelta(minutes=5)
        assert len(store.claim(office.now, "other", 60, 10)) == 1
        network.hold.set()
        until(lambda: len(office.told) == 1)
    assert office.told[0].lost
    assert rows(store, "headlines") == rows(store, "fetches") == []


def test_a_database_that_goes_away_and_comes_back(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    add(store, "https://a.mn/f")
    network = Network()
    network.hold.clear()
    office = Office(store, network, CREW)
    monkeypatch.setattr("app.worker.run._RETRY", (0.01,))
    writing = Store.writing
    away = threading.Event()

    def maybe(self: Store) -> object:
        if away.is_set():
            raise Unavailable("the database is away")
        return writing(self)

    monkeypatch.setattr(Store, "writing", maybe)
    with office.at_work():
        until(lambda: network.at_once == 1)
        away.set()
        network.hold.set()
        until(lambda: len(office.trouble) > 2)
        assert office.told == []
        away.clear()
        until(lambda: len(office.told) == 1)
    assert len(rows(store, "headlines")) == 1
    assert len(rows(store, "fetches")) == 1


def test_old_records_are_forgotten(store: Store) -> None:
    add(store, "https://a.mn/f")
    office = Office(store, Network(), Crew(threads=1, waiting=1, lease_seconds=60, history_days=10))
    office.worker.once()
    office.now = NOW + timedelta(days=11)
    with store.writing() as writer:
        writer.sources.disable(1)
    with office.at_work():
        until(lambda: rows(store, "fetches") == [])


@pytest.mark.parametrize(("seconds", "threads", "spacing"), [(15, 16, 2), (60, 200, 10), (1, 1, 0)])
def test_the_lease_outlasts_a_fetch_with_all_its_waiting(seconds: int, threads: int, spacing: int) -> None:
    settings = Settings(fetch_seconds=seconds, fetch_threads=threads, fetch_spacing=spacing)
    crew = Crew.of(settings)
    longest = seconds + settings.parse_seconds + (crew.threads + crew.waiting) * spacing / settings.fetch_per_host
    assert crew.lease_seconds > longest + 30  # a Crawl-delay, at most
