"""How much a worker does at once, and what it tells of each fetch."""

from dataclasses import dataclass, replace

from app.model.fetch import Fetched
from app.model.source import Claimed, FetchRecord
from app.settings import Settings


@dataclass(frozen=True, slots=True)
class Crew:
    """How much is done at once. `threads` fetches; `waiting` claimed sources whose host has enough visitors already;
    `lease_seconds` is how long a dead worker's sources stay away: longer than a fetch with all its waiting can last."""

    threads: int
    waiting: int
    lease_seconds: float
    history_days: int = 90

    @classmethod
    def of(cls, settings: Settings) -> "Crew":
        """What the settings say, and a lease that outlasts it."""
        threads, waiting = settings.fetch_threads, 2 * settings.fetch_threads
        in_line = (threads + waiting) * settings.fetch_spacing / settings.fetch_per_host
        lease = 60 + 2 * settings.fetch_seconds + settings.parse_seconds + in_line
        return cls(threads, waiting, lease, settings.fetch_history_days)


@dataclass(frozen=True, slots=True)
class Done:
    """A fetch that was written down. `added` and `rejected` count its items; `lost`: the source was taken over or
    changed meanwhile, and the fetch has not happened."""

    claimed: Claimed
    fetched: Fetched
    added: int = 0
    rejected: int = 0
    held: bool = False
    lost: bool = False


def done(claimed: Claimed, fetched: Fetched, record: FetchRecord) -> Done:
    """What a fetch that was written down comes to."""
    told = replace(fetched, state=record.state, error=record.error or None, body=None)
    return Done(claimed, told, record.added, record.rejected, record.held)
