"""The worker: claims due sources, has them fetched in threads, writes down what came.

Any number of workers on any number of machines share the work through the store's leases. One thread of each asks the
store and writes; the others only fetch, so that no connection is held while a server takes its time.
"""

import logging
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from queue import Empty, SimpleQueue
from typing import Literal
from urllib.parse import urlsplit

from app.clock import Clock
from app.errors import FetchFailed, LeaseLost, StoreError
from app.model.fetch import Fetched, FetchState, Validators
from app.model.source import Claimed
from app.pipeline.collecting import seldom_collected
from app.pipeline.scheduled import publish_due
from app.store import Store
from app.worker.crew import Crew, Done, done
from app.worker.find import Fetching
from app.worker.land import Rules, land, land_quiet, land_together

log = logging.getLogger(__name__)

POLL = 15.0
"""Seconds after which a worker without work looks again: a source that was just added should not wait for longer."""

_AFRESH = 0.05
"""One fetch in twenty asks without the validators: a server whose ETag never changes would hide its news for ever."""

_RETRY = (1.0, 2.0, 5.0, 10.0, 20.0)
"""Seconds between tries while the database is away."""

_TOGETHER = 16
"""Fetches that are written down in one transaction: it costs less, and nobody else waits for long."""

_PRUNE_EVERY = 86_400.0


class Worker:
    """`owner` is this worker's own name among all; `chance` gives random numbers from 0 up to 1; `told` hears of every
    fetch, `trouble` of the database's absence. `unhurried` says which hosts need no sparing (inner networks);
    `hang_up` ends fetches that are under way with FetchFailed."""

    def __init__(
        self,
        store: Store,
        fetcher: Fetching,
        rules: Rules,
        crew: Crew,
        *,
        owner: str,
        clock: Clock,
        chance: Callable[[], float],
        told: Callable[[Done], None] = lambda _: None,
        trouble: Callable[[str], None] = lambda _: None,
        unhurried: Callable[[str], bool] = lambda _: False,
        hang_up: Callable[[], None] = lambda: None,
    ) -> None:
        self._store, self._fetcher, self._rules, self._crew = store, fetcher, rules, crew
        self._owner, self._clock, self._chance = owner, clock, chance
        self._told, self._trouble, self._unhurried, self._hang_up = told, trouble, unhurried, hang_up
        self._back: SimpleQueue[tuple[Claimed, Fetched | None] | None] = SimpleQueue()
        self._stopping = threading.Event()
        self._running: dict[int, Claimed] = {}
        self._waiting: deque[Claimed] = deque()
        self._landing: list[tuple[Claimed, Fetched]] = []
        self._hosts: Counter[str] = Counter()
        self._pruned_at: float | None = None

    def stop(self) -> None:
        """End soon: may be called from another thread or a signal handler. What is under way is given back."""
        self._stopping.set()
        self._back.put(None)

    def run(self) -> None:
        """Work until `stop`. While the database is away nothing ends: tried again, ever more slowly."""
        tries = 0
        with self._threads() as pool:
            while not self._stopping.is_set():
                try:
                    self._prune()
                    publish_due(self._store, self._clock())
                    self._fill(pool, None)
                    self._await(self._idle_seconds())
                    self._land()
                    tries = 0
                except StoreError as error:
                    self._trouble(error.message)
                    self._stopping.wait(_RETRY[min(tries, len(_RETRY) - 1)])
                    tries += 1

    def once(self, ids: Sequence[int] | None = None) -> None:
        """Fetch what is due, or (`ids`) these at any time, each once, and come back when all is written down.
        StoreError when the database cannot be asked."""
        left = None if ids is None else list(ids)
        with self._threads() as pool:
            while not self._stopping.is_set():
                self._fill(pool, left)
                if not self._running:
                    return
                self._await(POLL)
                self._land()

    @contextmanager
    def _threads(self) -> Iterator[ThreadPoolExecutor]:
        pool = ThreadPoolExecutor(self._crew.threads, thread_name_prefix="fetch")
        try:
            yield pool
        finally:
            if self._running:
                self._hang_up()
            pool.shutdown(wait=True, cancel_futures=True)
            self._leave()

    def _leave(self) -> None:
        """Write down what came in time, give back the rest."""
        try:
            self._collect()
            self._land()
            mine = [*self._running, *(claimed.source.id for claimed in self._waiting)]
            if mine:
                self._store.give_back(self._owner, mine)
        except StoreError as error:  # the leases run out by themselves
            self._trouble(error.message)
        self._running.clear()
        self._waiting.clear()

    def _fill(self, pool: ThreadPoolExecutor, ids: list[int] | None) -> None:
        """Claim as much as there is room for and begin what may begin. Of `ids` those that were claimed are taken."""
        self._begin_waiting(pool)
        while (limit := self._room()) and ids != []:
            asked = None if ids is None else tuple(ids)
            claimed = self._store.claim(self._clock(), self._owner, self._crew.lease_seconds, limit, asked)
            self._waiting.extend(claimed)
            self._begin_waiting(pool)
            if ids is not None:
                taken = {one.source.id for one in claimed}
                ids[:] = [n for n in ids if n not in taken]
            if not claimed:
                return

    def _room(self) -> int:
        """How many sources may be claimed: there is a thread for them, or at least a place to wait."""
        return max(0, min(self._crew.threads - len(self._running), self._crew.waiting - len(self._waiting)))

    def _begin_waiting(self, pool: ThreadPoolExecutor) -> None:
        for _ in range(len(self._waiting)):
            claimed = self._waiting.popleft()
            if len(self._running) < self._crew.threads and self._may_visit(claimed):
                self._begin(pool, claimed)
            else:
                self._waiting.append(claimed)

    def _may_visit(self, claimed: Claimed) -> bool:
        """Many sources on one host leave half of the threads to others."""
        host = _host(claimed)
        return self._hosts[host] < max(1, self._crew.threads // 2) or self._unhurried(host)

    def _begin(self, pool: ThreadPoolExecutor, claimed: Claimed) -> None:
        self._running[claimed.source.id] = claimed
        self._hosts[_host(claimed)] += 1
        known = claimed.state.validators
        if self._chance() < _AFRESH:
            known = Validators(body_hash=known.body_hash)
        pool.submit(self._fetch, claimed, known)

    def _fetch(self, claimed: Claimed, known: Validators) -> None:
        """In a thread: fetch, and hand over what came. A mistake of ours is the source's failure, and nobody else's."""
        fetched: Fetched | None = None
        began = time.monotonic()
        try:
            fetched = self._fetcher.fetch(claimed.source.url, validators=known, expect=_expect(claimed))
        except FetchFailed:
            fetched = None
        except Exception as error:
            fetched = self._failed(claimed, error, time.monotonic() - began)
        finally:
            self._back.put((claimed, fetched))

    def _failed(self, claimed: Claimed, error: Exception, seconds: float = 0.0) -> Fetched:
        url = claimed.source.url
        told = f"This program failed on it: {type(error).__name__}: {error}"[:500]
        return Fetched(FetchState.UNREADABLE, url, url, self._clock(), seconds=seconds, error=told)

    def _await(self, seconds: float) -> None:
        """Wait until something comes back, and take everything that has."""
        try:
            self._take(self._back.get(timeout=max(seconds, 0.0)))
        except Empty:
            return
        self._collect()

    def _collect(self) -> None:
        while True:
            try:
                self._take(self._back.get_nowait())
            except Empty:
                return

    def _take(self, came: tuple[Claimed, Fetched | None] | None) -> None:
        if came is None:
            return
        claimed, fetched = came
        self._hosts[_host(claimed)] -= 1
        if fetched is None:  # hung up by us: given back at the end
            return
        self._landing.append((claimed, fetched))

    def _land(self) -> None:
        """Write down what came; while the database is away it stays here."""
        quiet = [came for came in self._landing if came[1].state is not FetchState.OK]
        loud = [came for came in self._landing if came[1].state is FetchState.OK]
        with seldom_collected():
            for start in range(0, len(loud), _TOGETHER):
                self._land_loud(loud[start : start + _TOGETHER])
        if quiet:
            self._land_quiet(quiet)

    def _land_loud(self, came: list[tuple[Claimed, Fetched]]) -> None:
        """Together; if anything goes wrong one by one, so that it stays that source's own matter."""
        if len(came) == 1:
            self._land_alone(*came[0])
            return
        try:
            settled = land_together(self._store, came, self._rules, self._clock(), self._chance)
        except StoreError as error:
            if not isinstance(error, LeaseLost):
                raise
        except Exception:
            log.debug("several fetches did not land together", exc_info=True)
        else:
            for claimed, fetched in came:
                self._finished(done(claimed, fetched, settled[claimed.source.id].record))
            return
        for claimed, fetched in came:
            self._land_alone(claimed, fetched)

    def _land_alone(self, claimed: Claimed, fetched: Fetched) -> None:
        try:
            settled = land(self._store, claimed, fetched, self._rules, self._clock(), self._chance())
        except LeaseLost:
            self._finished(Done(claimed, fetched, lost=True))
        except StoreError:
            raise
        except Exception as error:
            self._land_quiet([(claimed, self._failed(claimed, error, fetched.seconds))])
        else:
            self._finished(done(claimed, fetched, settled.record))

    def _land_quiet(self, came: list[tuple[Claimed, Fetched]]) -> None:
        lost = land_quiet(self._store, came, self._rules, self._clock(), self._chance)
        for claimed, fetched in came:
            self._finished(Done(claimed, fetched, lost=claimed.source.id in lost))

    def _finished(self, done: Done) -> None:
        number = done.claimed.source.id
        self._landing = [came for came in self._landing if came[0].source.id != number]
        self._running.pop(number, None)
        self._told(done)

    def _idle_seconds(self) -> float:
        """How long there is nothing to claim, POLL at most."""
        if self._landing:
            return 0.0
        if not self._room():
            return POLL
        with self._store.reading() as reader:
            due = reader.sources.next_due()
        return POLL if due is None else min(max((due - self._clock()).total_seconds(), 0.05), POLL)

    def _prune(self) -> None:
        now = self._clock()
        if self._pruned_at is not None and now.timestamp() - self._pruned_at < _PRUNE_EVERY:
            return
        self._pruned_at = now.timestamp()
        with self._store.writing() as writer:
            writer.sources.prune(now - timedelta(days=self._crew.history_days), now)


def _host(claimed: Claimed) -> str:
    return urlsplit(claimed.source.url).hostname or ""


def _expect(claimed: Claimed) -> Literal["feed", "any"]:
    """A page of headlines is a web page; anywhere else one in place of a feed is a failure."""
    return "any" if claimed.source.kind == "html" or claimed.source.listing else "feed"
