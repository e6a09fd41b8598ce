"""One limit for a whole fetch."""

from collections.abc import Callable
from dataclasses import dataclass

from app.ingest.fetch.stopped import Stopped
from app.model.fetch import FetchState


@dataclass(slots=True)
class Deadline:
    """Runs out `seconds` after `started`, on a clock that only goes forward."""

    monotonic: Callable[[], float]
    seconds: float
    started: float

    @property
    def spent(self) -> float:
        return self.monotonic() - self.started

    def left(self, at_most: float) -> float:
        """Seconds that the next step may take. `Stopped` (timeout) when none are left."""
        left = self.started + self.seconds - self.monotonic()
        if left <= 0:
            raise Stopped(FetchState.TIMEOUT, f"The answer was not complete after {self.seconds:g} seconds.")
        return min(left, at_most)

    def wait(self, seconds: float) -> None:
        """Time that was spent waiting for others does not count."""
        self.started += seconds

    def within(self, seconds: float) -> "Deadline":
        """A deadline for a part, no later than this one."""
        now = self.monotonic()
        return Deadline(self.monotonic, min(seconds, self.started + self.seconds - now), now)
