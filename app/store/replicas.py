"""Read replicas: copies of the PostgreSQL database that answer readers, as long as they are fresh.

A thread for each of them, and one for the primary, asks twice a second how far its log goes (`app.store.lag` makes an
age of it). A reader's question goes to the replicas that are fresh, in turn. One that fails is left alone until it has
answered its thread again. One that neither answers nor fails has its connections cut, so that nobody waits for it.
"""

import os
import socket
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from math import inf
from threading import Event, Thread
from time import monotonic
from typing import Any
from weakref import WeakSet

from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from app.store.dialects import HURRIED, connect_engine, for_reading
from app.store.lag import Marks
from app.store.watch import READ_REVISION

ASK_SECONDS = 0.5
"""Between two questions to each database."""
SILENT_SECONDS = 2.0
"""A database whose last answer is older is not counted on."""
HUNG_SECONDS = 4.0
"""After so long without an answer connections are cut, so that who waits for one gets an error, and asks elsewhere."""

_REPLAYED = text(
    "SELECT pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0')::bigint WHERE pg_is_in_recovery()"
)  # nothing of a database that is no replica (any more)
_WRITTEN = text("SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint")


class ReplicaLost(Exception):
    """A replica failed while it was being read. Not the reader's business: whoever gets it asks the primary."""


@dataclass(frozen=True, slots=True)
class ReplicaState:
    """How a replica is doing. `address` has no password; `lag` is a bound in seconds, None when it is not known."""

    address: str
    answers: bool
    fresh: bool
    lag: float | None


class Replica:
    """One copy. Safe to share between threads."""

    def __init__(self, url: str) -> None:
        self.engine = connect_engine(url, HURRIED)
        self.address = self.engine.url.render_as_string(hide_password=True)
        self.replayed = -1
        self.answered_at = -inf
        self.is_cut = True
        """Whether its connections have been cut since it last answered, or there were none."""
        self._open: WeakSet[Any] = WeakSet()
        event.listen(self.engine, "connect", lambda raw, _: self._open.add(raw))

    def ask(self, now: Callable[[], float]) -> None:
        """How far it is. SQLAlchemyError, and `replayed` is -1, when it does not say."""
        try:
            with for_reading(self.engine.connect()) as connection:
                found = connection.execute(_REPLAYED).scalar()
        except SQLAlchemyError:
            self.fail()
            raise
        self.is_cut = False
        self.replayed = -1 if found is None else found
        self.answered_at = now()

    def fail(self) -> None:
        """It could not be used: until it answers again nobody tries."""
        self.replayed = -1

    def begin(self, least: int) -> tuple[Connection, int] | None:
        """A transaction that has begun, and the revision that it sees; None when it cannot be had or the revision is
        below `least`. Connections that died in the pool show at the first question; the second try gets a new one."""
        for _ in range(2):
            try:
                connection = for_reading(self.engine.connect())
                try:
                    revision: int = connection.execute(READ_REVISION).scalar_one()
                except BaseException:
                    connection.close()
                    raise
            except PoolTimeout:
                return None
            except DBAPIError as error:
                if error.connection_invalidated:
                    continue
                break
            if revision >= least:
                return connection, revision
            connection.close()
            return None
        self.fail()
        return None

    def cut(self) -> None:
        """End its connections from our side, whoever waits on them."""
        self.is_cut = True
        self.fail()
        for raw in list(self._open):
            with suppress(Exception), socket.socket(fileno=_own(raw)) as ours:
                ours.shutdown(socket.SHUT_RDWR)


def _own(raw: Any) -> int:
    """A descriptor of our own for the same socket: closing it leaves the driver's."""
    return os.dup(raw.fileno())


class Replicas:
    """All copies of one primary. `within`: seconds that a fresh one may be behind."""

    def __init__(
        self, primary: Engine, urls: Sequence[str], within: float, seconds: Callable[[], float] = monotonic
    ) -> None:
        self.all = tuple(Replica(url) for url in urls)
        self._primary = primary
        self._within = within
        self._seconds = seconds
        self._marks = Marks()
        self._primary_at = seconds()
        self._turn = count()
        self._stopped = Event()
        self._threads = [Thread(target=self._keep_asking, args=(one,), daemon=True) for one in (None, *self.all)]
        for thread in self._threads:
            thread.start()

    def fresh(self) -> Iterator[Replica]:
        """Those to ask, in turn; while the primary does not answer all that do: nothing newer can be had."""
        away = self._seconds() - self._primary_at > SILENT_SECONDS
        yield from self._in_turn(lambda one: self._answers(one) and (away or self._lag(one) <= self._within))

    def answering(self) -> Iterator[Replica]:
        """Those that answer, however far behind."""
        yield from self._in_turn(self._answers)

    @contextmanager
    def view(self, least: int, primary: Callable[[], tuple[Connection, int]]) -> Iterator[tuple[Connection, int]]:
        """A connection whose transaction has begun, and the revision that it sees: of a fresh replica that sees at
        least `least`, else the one that `primary` makes, else of any replica that answers and has that revision.
        ReplicaLost when a replica fails meanwhile; what `primary` raises."""
        found = self._first(self.fresh(), least)
        if found is None:
            try:
                connection, revision = primary()
            except SQLAlchemyError:
                found = self._first(self.answering(), least)
                if found is None:
                    raise
            else:
                with connection:
                    yield connection, revision
                return
        replica, connection, revision = found
        with connection:
            try:
                yield connection, revision
            except DBAPIError as error:
                if error.connection_invalidated:
                    replica.fail()
                raise ReplicaLost(replica.address) from error

    def states(self) -> tuple[ReplicaState, ...]:
        """How each is doing."""
        told = ((one, self._answers(one), self._lag(one)) for one in self.all)
        return tuple(
            ReplicaState(one.address, answers, answers and lag <= self._within, lag if lag < inf else None)
            for one, answers, lag in told
        )

    def close(self) -> None:
        """Stop asking, and give back every connection."""
        self._stopped.set()
        for thread in self._threads:
            thread.join(SILENT_SECONDS)
        for one in self.all:
            one.engine.dispose()

    def _in_turn(self, fit: Callable[[Replica], bool]) -> Iterator[Replica]:
        first = next(self._turn)
        for n in range(len(self.all)):
            one = self.all[(first + n) % len(self.all)]
            if fit(one):
                yield one

    def _first(self, ones: Iterable[Replica], least: int) -> tuple[Replica, Connection, int] | None:
        for one in ones:
            if begun := one.begin(least):
                return one, *begun
        return None

    def _answers(self, one: Replica) -> bool:
        silent = self._seconds() - one.answered_at
        if silent > HUNG_SECONDS and not one.is_cut:
            one.cut()
        return one.replayed >= 0 and silent <= SILENT_SECONDS

    def _lag(self, one: Replica) -> float:
        return self._marks.age(one.replayed, self._seconds())

    def _keep_asking(self, one: Replica | None) -> None:
        while not self._stopped.is_set():
            with suppress(SQLAlchemyError):
                if one is not None:
                    one.ask(self._seconds)
                else:
                    self._ask_primary()
                    tuple(self.answering())  # cuts off what hangs, even when no reader comes
            self._stopped.wait(ASK_SECONDS)

    def _ask_primary(self) -> None:
        asked_at = self._seconds()
        with self._primary.connect() as connection:
            self._marks.add(connection.execute(_WRITTEN).scalar_one(), asked_at)
        self._primary_at = self._seconds()
