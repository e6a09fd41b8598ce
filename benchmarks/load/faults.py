"""The faults: what is done, and how one sees that the installation has recovered."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.load.asking import ask
from benchmarks.load.comparing import fetches_in
from benchmarks.load.house import House
from benchmarks.load.plan import Fault

HOUR = 3_600
GOOD = ("ok", "not-modified", "unchanged")

Probe = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Deed:
    """`begin` does it, `end` takes back what is held, `recovered` says whether all works again."""

    begin: Callable[[], None]
    end: Callable[[], None]
    recovered: Probe


def _nothing() -> None:
    """An instant has no end."""


def deed_of(fault: Fault, house: House, writes: Probe) -> Deed | None:
    """What the fault is in this house; None where it cannot be had here. `writes` says whether what is sent is
    acknowledged."""
    match fault.name:
        case "web":
            return Deed(house.webs[0].kill, _nothing, lambda: is_ready(house.ports[0]))
        case "worker":
            worker = house.workers[0]
            return Deed(worker.kill, _nothing, _grows(lambda: _told(house)))
        case "replica" if house.replica and house.primary:
            return Deed(house.replica.process.kill, _nothing, lambda: _replicates(house))
        case "primary" if house.primary:
            return Deed(house.primary.process.kill, _nothing, lambda: writes() and all(map(is_ready, house.ports)))
        case "disk" if house.disk:
            return Deed(house.disk.fill, house.disk.free, lambda: writes() and all(map(is_ready, house.ports)))
        case "clock":
            return Deed(lambda: house.clock.jump(HOUR), _nothing, lambda: writes() and all(map(is_ready, house.ports)))
        case "feeds":
            return Deed(house.feeds.hostile.set, house.feeds.hostile.clear, _grows(lambda: _told(house)))
    return None


def is_ready(port: int) -> bool:
    """Whether a web process says that it can serve pages."""
    return ask(port, "GET", "/readyz", {}).status == 200


def _replicates(house: House) -> bool:
    assert house.replica
    assert house.primary
    streams = house.primary.answers("SELECT count(*) > 0 FROM pg_stat_replication WHERE state = 'streaming'")
    return streams and house.replica.answers("SELECT pg_is_in_recovery()")


def _grows(count: Callable[[], int]) -> Probe:
    """Whether a number has grown since it was asked for the first time."""
    first: list[int] = []

    def grown() -> bool:
        first.append(count())
        return first[-1] > first[0]

    return grown


def _told(house: House) -> int:
    """How many good fetches the first worker has told."""
    return sum(fetch["state"] in GOOD for fetch in fetches_in(house.workers[0].log))


def wait_ready(house: House, seconds: float) -> None:
    """Until every web process is. RuntimeError."""
    end = time.monotonic() + seconds
    while not all(map(is_ready, house.ports)):
        if time.monotonic() > end:
            logs = "\n".join(web.log.read_text(errors="replace")[-2000:] for web in house.webs)
            raise RuntimeError(f"the web processes are not ready:\n{logs}")
        time.sleep(0.1)
