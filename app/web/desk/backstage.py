"""What the desk's requests share besides the site: passwords, randomness, the way out to the network, a reader."""

import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from app.clock import Clock
from app.desk.passwords import Passwords
from app.ingest.fetch import Fetcher, FetchPolicy
from app.settings import Settings
from app.worker.find import Fetching

Open = Callable[[], AbstractContextManager[Fetching]]


@dataclass(frozen=True, slots=True)
class Backstage:
    """`fetching` opens what fetches; `random` gives so many random bytes."""

    fetching: Open
    passwords: Passwords = field(default_factory=Passwords)
    random: Callable[[int], bytes] = secrets.token_bytes

    @classmethod
    def of(cls, settings: Settings, clock: Clock) -> "Backstage":
        """The real one."""
        return cls(lambda: Fetcher(FetchPolicy.from_settings(settings), clock=clock))
