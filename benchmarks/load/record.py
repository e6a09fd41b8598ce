"""What happened to every request, and what that comes to."""

import math
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["read", "send", "desk"]
KINDS: tuple[Kind, ...] = ("read", "send", "desk")

GOOD = ("ok", "other server")
"""Outcomes with which nobody is worse off; the second: one server did not answer, the next one did."""

GRACE = 3.0
"""Seconds after a recovery in which a request may still meet a connection that was broken before it."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A request: when it was asked (seconds of the run) and how long that took. `outcome` is one of GOOD, `503`,
    another status that is an error, `lost` (no whole answer), or `wrong` (an answer that must not be); `about` says
    more."""

    at: float
    kind: Kind
    outcome: str
    seconds: float
    about: str = ""

    @property
    def good(self) -> bool:
        return self.outcome in GOOD

    @property
    def end(self) -> float:
        return self.at + self.seconds


@dataclass(frozen=True, slots=True)
class Window:
    """A fault: when it began, when it was over (a held one: when it was taken back), and which requests it may make
    fail: those that were under way when it began, and those asked until GRACE seconds after all worked again, which
    took `recovered` seconds from `over` on (None: it never did)."""

    name: str
    began: float
    over: float
    hurts: tuple[Kind, ...]
    recovered: float | None = None

    @property
    def end(self) -> float:
        return math.inf if self.recovered is None else self.over + self.recovered + GRACE

    def spans(self, sample: Sample) -> bool:
        """Whether a request falls into the time of the fault, however it went."""
        return sample.end >= self.began and sample.at <= self.end

    def explains(self, sample: Sample) -> bool:
        """Whether a failed request is this fault's."""
        return sample.kind in self.hurts and self.spans(sample)


def failed(samples: Iterable[Sample]) -> list[Sample]:
    """Those that went wrong."""
    return [sample for sample in samples if not sample.good]


def outside(samples: Iterable[Sample], windows: Sequence[Window]) -> list[Sample]:
    """Failed requests that no fault explains; a wrong answer, or a mistake of the program (500), is never explained."""
    return [
        sample
        for sample in failed(samples)
        if sample.outcome in ("wrong", "500") or not any(window.explains(sample) for window in windows)
    ]


@dataclass(frozen=True, slots=True)
class Figures:
    """A set of requests of one kind: how many, how many went wrong and how, ms in the middle and at the end of those
    that went well."""

    n: int
    wrong: dict[str, int]
    p50: float
    p99: float


def figures(samples: Iterable[Sample], kind: Kind) -> Figures:
    """What they come to."""
    chosen = [sample for sample in samples if sample.kind == kind]
    times = sorted(1000 * sample.seconds for sample in chosen if sample.good)
    wrong = Counter(sample.outcome for sample in failed(chosen))
    if not times:
        return Figures(len(chosen), dict(wrong), 0.0, 0.0)
    return Figures(
        len(chosen), dict(wrong), statistics.median(times), times[min(len(times) * 99 // 100, len(times) - 1)]
    )
