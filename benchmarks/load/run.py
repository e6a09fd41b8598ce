"""The run: clients, faults at their times, settling, comparison."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from random import Random

from app.i18n import translators
from app.model.day import day_of
from app.settings import resource_dir
from app.store import Store
from benchmarks.load.asking import Answer, Balancer, ask
from benchmarks.load.comparing import Compared, compare, is_settled, told_of
from benchmarks.load.faults import deed_of, wait_ready
from benchmarks.load.house import EDITOR, SECRET, House, built
from benchmarks.load.pages import Reader
from benchmarks.load.plan import Fault, Plan
from benchmarks.load.record import Kind, Sample, Window
from benchmarks.load.writing import Acknowledged, Editor, Sender

READERS, SENDERS = 0.95, 0.04
"""Of all requests; the rest are the editor's."""

STARTING = 120.0
"""Seconds until everything must be ready."""
SEEN = 0.25
"""Seconds between two looks whether something has recovered."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a run. `skipped` are faults that cannot be had on this machine; `restarts` how often each process
    ended unasked, `killed` how often it was killed by us."""

    plan: Plan
    samples: list[Sample]
    windows: list[Window]
    compared: Compared
    acknowledged: Acknowledged
    skipped: list[str]
    restarts: dict[str, int]
    signed_in: int
    complaints: list[str]


class Load:
    """Clients that ask, send and edit at an even rate until told to stop."""

    def __init__(self, plan: Plan, house: House) -> None:
        self.samples: list[Sample] = []
        self.acknowledged = Acknowledged()
        self.editor = Editor(EDITOR, 7, self.acknowledged)
        self._plan, self._balancer = plan, Balancer(house.ports)
        self._sender = Sender(SECRET, 11, self.acknowledged)
        self._desk = threading.Lock()
        self._began = time.monotonic()
        self._stopping = threading.Event()
        known = translators(resource_dir("locale"))
        self._readers = [Reader(n, plan.headlines, known) for n in range(plan.clients)]
        self._threads = [threading.Thread(target=self._client, args=(n,), daemon=True) for n in range(plan.clients)]

    def start(self) -> None:
        """Begin, when every process has made every kind of page once."""
        for path in self._readers[0].every(_today()):
            for port in self._balancer.ports:
                ask(port, "GET", path, {})
        for _ in self._balancer.ports:
            self._sender.send(self._balancer)
        self._began = time.monotonic()
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End, with everything acknowledged that was sent, where that can be had within a minute."""
        self._stopping.set()
        for thread in self._threads:
            thread.join()
        end = time.monotonic() + 60
        while self._sender.waiting() and time.monotonic() < end:
            if not self._send(new=False):
                time.sleep(SEEN)

    def now(self) -> float:
        """Seconds of the run."""
        return time.monotonic() - self._began

    def writes(self) -> bool:
        """Send something: whether it is acknowledged."""
        return self._send()

    def _client(self, number: int) -> None:
        chance, step = Random(number), self._plan.clients / self._plan.rate
        due = self.now() + chance.random() * step
        while not self._stopping.wait(max(0.0, due - self.now())):
            self._turn(number, chance.random())
            due = max(due + step, self.now())

    def _turn(self, number: int, chosen: float) -> None:
        began = self.now()
        if chosen < READERS:
            self._read(self._readers[number], began)
        elif chosen < READERS + SENDERS:
            self._send()
        elif self._desk.acquire(blocking=False):
            try:
                answer = self.editor.act(self._balancer)
                self._note("desk", began, answer, _write_outcome(answer))
            finally:
                self._desk.release()

    def _send(self, *, new: bool = True) -> bool:
        began = self.now()
        answer = self._sender.send(self._balancer, new=new)
        if answer is None:
            return False
        self._note("send", began, answer, _write_outcome(answer))
        return answer.status == 200

    def _read(self, reader: Reader, began: float) -> None:
        path, headers = reader.next(_today())
        answer = self._balancer.read(path, headers)
        wrong = reader.wrong(path, headers, answer) if answer.status else ""
        outcome = "wrong" if wrong else _read_outcome(answer, path)
        self._note("read", began, answer, outcome, f"{path} {answer.status} {wrong}")

    def _note(self, kind: Kind, began: float, answer: Answer, outcome: str, about: str = "") -> None:
        told = f"{about} {answer.lost}".strip() if outcome not in ("ok", "other server") else ""
        self.samples.append(Sample(began, kind, outcome, self.now() - began, told))


def _read_outcome(answer: Answer, path: str) -> str:
    if answer.status in (200, 304) or (answer.status == 404 and _may_be_empty(path)):
        return "ok" if answer.tries == 1 else "other server"
    return str(answer.status) if answer.status else "lost"


def _may_be_empty(path: str) -> bool:
    """A day has no page before its first headline."""
    return path[1:].partition("/")[2] == _today()


def _today() -> str:
    return day_of(datetime.now(UTC)).isoformat()


def _write_outcome(answer: Answer) -> str:
    if answer.status in (200, 303):
        return "ok"
    return str(answer.status) if answer.status else "lost"


def run(plan: Plan, say: Callable[[str], None] = lambda _: None) -> Outcome:
    """All of it."""
    with built(plan) as house:
        wait_ready(house, STARTING)
        say(f"{plan.database}: {len(house.webs)} web processes, {len(house.workers)} workers, on {house.folder}")
        load = Load(plan, house)
        load.start()
        windows, skipped = _faults(plan, house, load, say)
        while load.now() < plan.seconds:
            time.sleep(SEEN)
        load.stop()
        return _outcome(plan, house, load, windows, skipped, say)


def _faults(plan: Plan, house: House, load: Load, say: Callable[[str], None]) -> tuple[list[Window], list[str]]:
    """Each at its time, with the time that it took to recover."""
    windows, skipped = [], []
    for fault in plan.faults:
        while load.now() < fault.at * plan.seconds:
            time.sleep(SEEN)
        window = _fault(plan, fault, house, load)
        if window is None:
            skipped.append(fault.name)
            continue
        say(f"{window.began:6.1f} s  {fault.name}: recovered after {window.recovered} s")
        windows.append(window)
    return windows, skipped


def _fault(plan: Plan, fault: Fault, house: House, load: Load) -> Window | None:
    deed = deed_of(fault, house, load.writes)
    if deed is None:
        return None
    deed.recovered() if fault.name in ("worker", "feeds") else None
    began = load.now()
    deed.begin()
    while load.now() < began + fault.held * plan.seconds:
        if fault.held:
            deed.begin()
        time.sleep(SEEN)
    deed.end()
    over = load.now()
    time.sleep(SEEN)
    return replace(Window(fault.name, began, over, fault.hurts), recovered=_recovery(deed.recovered, over, load))


def _recovery(recovered: Callable[[], bool], over: float, load: Load) -> float | None:
    end = load.now() + STARTING
    while load.now() < end:
        if recovered():
            return round(load.now() - over, 1)
        time.sleep(SEEN)
    return None


def _outcome(
    plan: Plan, house: House, load: Load, windows: list[Window], skipped: list[str], say: Callable[[str], None]
) -> Outcome:
    house.feeds.freeze()
    store = Store.open(house.url)
    settled = _settle(plan, house, store, say)
    told = told_of([worker.log for worker in house.workers], house.numbers)
    compared = compare(store, load.acknowledged, house.feeds, told, settled)
    store.close()
    complaints = [line for process in (*house.webs, *house.workers) for line in _complaints(process.log.read_text())]
    return Outcome(
        plan,
        load.samples,
        windows,
        compared,
        load.acknowledged,
        skipped,
        {process.name: len(process.deaths) for process in house.processes},
        load.editor.signed_in,
        complaints,
    )


def _settle(plan: Plan, house: House, store: Store, say: Callable[[str], None]) -> bool:
    """Give the workers time to read the feeds to their end; whether that was to be."""
    if not plan.settling:
        return False
    began = time.monotonic()
    while not is_settled(store, house.feeds) and time.monotonic() < began + plan.settling:
        time.sleep(1)
    say(f"the feeds were read to their end {time.monotonic() - began:.0f} s after the load")
    return True


def _complaints(log: str) -> list[str]:
    """What a process wrote that is no fetch: exceptions by their last line."""
    return [line for line in log.splitlines() if line and not line.startswith("{")]
