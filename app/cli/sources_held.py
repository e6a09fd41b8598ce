"""`ortoo sources held`, `publish`, `discard`: what doubt keeps back, and what a person decides about it."""

import argparse
from typing import TYPE_CHECKING

from app.cli.arguments import json_flag, positive
from app.cli.console import Console
from app.cli.sources_list import instant, table
from app.ingest.reader import ChildReader
from app.model.source import HeldBatch
from app.normalise.text import escaped
from app.worker.land import Rules, publish

if TYPE_CHECKING:
    from app.cli.arguments import Commands


def register(commands: "Commands") -> None:
    """Add the sub-commands."""
    held = commands.add_parser("held", help="list what waits for a person, and why")
    held.set_defaults(run=run_held)
    published = commands.add_parser("publish", help="take in what was held")
    published.set_defaults(run=run_publish)
    discarded = commands.add_parser("discard", help="throw away what was held")
    discarded.set_defaults(run=run_discard)
    for command in (published, discarded):
        command.add_argument("held", type=positive, metavar="NUMBER", help="as ortoo sources held shows it")
    for command in (held, published, discarded):
        json_flag(command)


def run_held(arguments: argparse.Namespace, console: Console) -> int:
    """A line for each reason; exit code 1 when something waits."""
    with console.store() as store, store.reading() as reader:
        waiting = reader.sources.held()
        names = {source.id: source.name for source in reader.sources.all()}
    if arguments.json:
        console.say_json([_told(batch) for batch in waiting])
    else:
        table(console, [_row(batch, names[batch.source_id], why.detail) for batch in waiting for why in batch.reasons])
    return 1 if waiting else 0


def run_publish(arguments: argparse.Namespace, console: Console) -> int:
    """Take it in; exit code 1 when some of its items were rejected."""
    with console.store() as store, ChildReader() as reader:
        report = publish(store, arguments.held, Rules.of(console.load_settings(), reader), console.clock())
    counts = {name: getattr(report, name) for name in ("added", "updated", "duplicate", "rejected")}
    if arguments.json:
        console.say_json({"outcome": "published", "held": arguments.held, **counts})
    else:
        told = ", ".join(f"{n:,} {name}" for name, n in counts.items())
        console.say(f"{escaped(report.origin)}: {told}")
    return 1 if report.rejected else 0


def run_discard(arguments: argparse.Namespace, console: Console) -> int:
    """Throw it away."""
    with console.store() as store, store.writing() as writer:
        writer.sources.discard(arguments.held)
    if arguments.json:
        console.say_json({"outcome": "discarded", "held": arguments.held})
    else:
        console.say(f"discarded: {arguments.held}")
    return 0


def _row(batch: HeldBatch, name: str, why: str) -> tuple[str, ...]:
    return (str(batch.id), f"{batch.at:%Y-%m-%d %H:%MZ}", name, f"{batch.items:,} items", why)


def _told(batch: HeldBatch) -> dict[str, object]:
    return {
        "id": batch.id,
        "source": batch.source_id,
        "at": instant(batch.at),
        "url": batch.url,
        "format": batch.format,
        "items": batch.items,
        "reasons": [{"code": why.doubt.value, "detail": why.detail} for why in batch.reasons],
    }
