"""`ortoo worker`: fetch the sources as they come due, until stopped. `ortoo fetch`: fetch what is due now, and end."""

import argparse
import json
import os
import signal
import socket
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import SystemRandom
from typing import TYPE_CHECKING, Any

from app.cli.arguments import json_flag
from app.cli.console import Console
from app.cli.embedding import linking
from app.cli.sources_fields import chosen
from app.ingest.fetch import FetchPolicy
from app.ingest.reader import ChildReader
from app.normalise.text import escaped
from app.store import Store
from app.worker.crew import Crew, Done
from app.worker.land import Rules
from app.worker.run import Worker
from app.worker.traced import TracedFetching

if TYPE_CHECKING:
    from app.cli.arguments import Commands

_ENDING = (signal.SIGTERM, signal.SIGINT)


def register(commands: "Commands") -> None:
    """Add both commands."""
    worker = commands.add_parser("worker", help="fetch the sources as they come due", description=__doc__)
    worker.add_argument("--while-stdin", action="store_true", help="end when standard input ends, too")
    json_flag(worker)
    worker.set_defaults(run=run_worker)
    fetch = commands.add_parser("fetch", help="fetch the sources that are due, once", description=__doc__)
    fetch.add_argument("--source", action="append", metavar="SOURCE", help="only this one, due or not")
    fetch.add_argument("--all", action="store_true", help="all that are switched on, due or not")
    fetch.add_argument("--once", action="store_true", help="each once; it is never otherwise")
    json_flag(fetch)
    fetch.set_defaults(run=run_fetch)


def run_worker(arguments: argparse.Namespace, console: Console) -> int:
    """Run until SIGTERM, SIGINT or (--while-stdin) the end of standard input."""
    with (
        console.store() as store,
        linking(store, console),
        working(store, console, _teller(console, arguments.json)) as worker,
    ):
        _stop_at_signals(worker)
        if arguments.while_stdin:
            threading.Thread(target=_stop_at_end, args=(worker,), daemon=True).start()
        worker.run()
    return 0


def run_fetch(arguments: argparse.Namespace, console: Console) -> int:
    """Exit code 0 when every fetch went well, 1 when one failed or could not be made."""
    told: list[Done] = []
    progress = console.progress("fetched")

    def tell(done: Done) -> None:
        told.append(done)
        progress(len(told))

    with console.store() as store, working(store, console, tell) as worker:
        _stop_at_signals(worker)
        ids = _named(arguments, store)
        worker.once(ids)
    progress.end()
    elsewhere = 0 if ids is None else len(set(ids) - {done.claimed.source.id for done in told})
    if arguments.json:
        console.say_json([told_of(done) for done in told])
    else:
        _sum_up(console, told, elsewhere)
    return 0 if all(done.fetched.state.good and not done.lost for done in told) and not elsewhere else 1


def _named(arguments: argparse.Namespace, store: Store) -> list[int] | None:
    if not arguments.source and not arguments.all:
        return None
    with store.reading() as reader:
        known = reader.sources.all()
    if arguments.all:
        return [source.id for source in known if source.enabled]
    return [chosen(known, text).id for text in arguments.source]


@contextmanager
def working(store: Store, console: Console, told: Callable[[Done], None]) -> Iterator[Worker]:
    """A worker with all that it needs, closed at the end."""
    settings = console.load_settings()
    inner = FetchPolicy.from_settings(settings).allow
    with (
        console.spans() as spans,
        console.fetcher(settings, console.clock) as fetcher,
        ChildReader() as reader,
    ):
        yield Worker(
            store,
            TracedFetching(fetcher, spans) if settings.otel else fetcher,
            Rules.of(settings, reader, spans),
            Crew.of(settings),
            owner=_own_name(console),
            clock=console.clock,
            chance=SystemRandom().random,
            told=told,
            trouble=lambda message: console.warn(f"ortoo: {message}"),
            unhurried=lambda host: any(entry.names(host) for entry in inner),
            hang_up=getattr(fetcher, "close", lambda: None),
        )


def _own_name(console: Console) -> str:
    return f"{socket.gethostname()}:{os.getpid()}:{console.random(4).hex()}"


def _stop_at_signals(worker: Worker) -> None:
    if threading.current_thread() is threading.main_thread():
        for one in _ENDING:
            signal.signal(one, lambda *_: worker.stop())


def _stop_at_end(worker: Worker) -> None:
    """The one who started us holds the other end: when it is gone, however it went, nobody wants us any more."""
    while sys.stdin.readline():
        pass
    worker.stop()


def _teller(console: Console, as_json: bool) -> Callable[[Done], None]:
    def tell(done: Done) -> None:
        if as_json:
            console.say(json.dumps(told_of(done), ensure_ascii=False))
        else:
            console.say(_line(done))
        console.out.flush()

    return tell


def told_of(done: Done) -> dict[str, Any]:
    """A fetch for machines."""
    fetched = done.fetched
    return {
        "at": fetched.at.isoformat(),
        "source": done.claimed.source.id,
        "name": done.claimed.source.name,
        "state": fetched.state.value,
        "status": fetched.status,
        "seconds": round(fetched.seconds, 3),
        "bytes": fetched.bytes,
        "added": done.added,
        "rejected": done.rejected,
        "held": done.held,
        "lost": done.lost,
        "error": fetched.error,
    }


def _line(done: Done) -> str:
    fetched, source = done.fetched, done.claimed.source
    what = "lost to another worker" if done.lost else "held for a person" if done.held else f"{done.added} new"
    if not fetched.state.good:
        what = fetched.error or ""
    took = f"{source.id} {fetched.state.value} {fetched.seconds:.2f}s"
    return f"{fetched.at:%Y-%m-%dT%H:%M:%SZ} {took} {escaped(source.name)}: {escaped(what)}"


def _sum_up(console: Console, told: list[Done], elsewhere: int) -> None:
    for done in sorted(told, key=lambda one: (one.fetched.state.good, one.claimed.source.id)):
        console.say(_line(done))
    states = Counter("good" if done.fetched.state.good else "failed" for done in told)
    added = sum(done.added for done in told)
    console.warn(f"{len(told)} fetched, {added} new headlines, {states['failed']} failed.")
    if elsewhere:
        console.warn(f"{elsewhere} being fetched by another worker just now.")
