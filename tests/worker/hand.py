"""A worker process for tests, on a database that is named on the command line: short leases, only this machine."""

import signal
import sys
from random import Random
from types import FrameType

from app.clock import system_clock
from app.ingest.fetch import Fetcher, FetchPolicy
from app.ingest.fetch.policy import Allowed
from app.settings import Settings
from app.store import Store
from app.worker.crew import Crew, Done
from app.worker.land import Rules
from app.worker.run import Worker

LEASE_SECONDS = 4.0
FETCH_SECONDS = 1.5


def main(url: str, owner: str) -> None:
    """Work until SIGTERM, and say each fetch."""
    here = Allowed.read("127.0.0.1/32")
    policy = FetchPolicy(seconds=FETCH_SECONDS, read_seconds=1.0, allow=(here,), max_bytes=2_000_000)
    store = Store.open(url)

    def tell(done: Done) -> None:
        print(done.claimed.source.id, done.fetched.state.value, done.added, done.lost, flush=True)

    with Fetcher(policy) as fetcher:
        worker = Worker(
            store,
            fetcher,
            Rules.of(Settings()),
            Crew(threads=6, waiting=6, lease_seconds=LEASE_SECONDS),
            owner=owner,
            clock=system_clock,
            chance=Random(owner).random,
            told=tell,
            trouble=lambda message: print("trouble", message, flush=True),
            unhurried=here.names,
            hang_up=fetcher.close,
        )

        def stop(_signal: int, _frame: FrameType | None) -> None:
            worker.stop()

        signal.signal(signal.SIGTERM, stop)
        print("ready", flush=True)
        worker.run()
    store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
