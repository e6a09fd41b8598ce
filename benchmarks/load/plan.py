"""What a run does when, and what it may cost."""

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.load.record import KINDS, Kind


@dataclass(frozen=True, slots=True)
class Fault:
    """`at` is the part of the run after which it happens, `held` the part for which it lasts (0: an instant).
    `hurts` are the kinds of requests that may fail until all works again."""

    name: str
    at: float
    held: float
    hurts: tuple[Kind, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """`minutes` of load at `rate` requests a second from `clients` threads; `headlines` are in the store before.
    `settling` is how many seconds the workers have afterwards to read every feed to its end. Without `timed` nothing
    is said about when requests may fail, only about what they may do."""

    database: str
    minutes: float
    faults: tuple[Fault, ...]
    rate: float = 25.0
    clients: int = 8
    headlines: int = 5_000
    feeds: int = 12
    every: float = 10.0
    settling: float = 240.0
    timed: bool = True

    @property
    def seconds(self) -> float:
        return 60 * self.minutes

    @property
    def webs(self) -> int:
        return 2 if self.database == "postgresql" else 1

    @property
    def workers(self) -> int:
        return 2 if self.database == "postgresql" else 1


FAULTS = ("web", "worker", "replica", "primary", "disk", "clock", "feeds")
"""In this order."""

_HELD = {"disk": 0.025, "feeds": 0.08}
_WHERE = {"sqlite": ("web", "worker", "disk", "clock", "feeds"), "postgresql": FAULTS}


def faults_of(database: str, names: Sequence[str]) -> tuple[Fault, ...]:
    """Those of `names` that apply to the database, spread over the run."""
    chosen = [name for name in FAULTS if name in names and name in _WHERE[database]]
    step = 0.9 / (len(chosen) + 1)
    return tuple(
        Fault(name, step * (n + 1), _HELD.get(name, 0.0), _hurts(database, name)) for n, name in enumerate(chosen)
    )


def _hurts(database: str, name: str) -> tuple[Kind, ...]:
    """Which requests may fail. With a second web process no reader notices that one was killed. Headlines are read on
    a full disk, too, where the database goes on without writing: PostgreSQL, whose log is on the disk, ends."""
    if name == "web":
        return KINDS if database == "sqlite" else ("send", "desk")
    if name == "disk":
        return ("send", "desk") if database == "sqlite" else KINDS
    return {"primary": KINDS, "replica": ("read",)}.get(name, ())
