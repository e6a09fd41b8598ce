"""`ortoo ingest`: take in files, folders, standard input or addresses. What cannot be taken in is kept with its reason,
and tried again with --retry-rejected."""

import argparse
from contextlib import ExitStack
from typing import TYPE_CHECKING

from app.cli.arguments import day, json_flag
from app.cli.console import Console
from app.cli.ingest_payloads import Missed, checked, payloads
from app.cli.ingest_told import counts, summary, tell, told
from app.errors import BadFilter
from app.ingest.columns import mapped
from app.ingest.format import Reading
from app.ingest.formats import FORMATS
from app.ingest.limits import Limits
from app.ingest.listing import Listing
from app.ingest.payload import Payload
from app.ingest.reader import ChildReader, Reader
from app.model.headline import IngestReport
from app.normalise.text import escaped
from app.pipeline import ingest, retry
from app.settings import Settings
from app.store import Store
from app.tracing import Spans

if TYPE_CHECKING:
    from app.cli.arguments import Commands


def register(commands: "Commands") -> None:
    """Add the command."""
    command = commands.add_parser("ingest", help="take headlines in", description=__doc__)
    command.add_argument(
        "paths", nargs="*", metavar="FILE", help="a file, a folder, an address, or - for standard input"
    )
    command.add_argument("--format", choices=[f.name for f in FORMATS], help="do not guess the format")
    command.add_argument("--day", type=day, metavar="DAY", help="the digest's day, such as 2026-01-15")
    command.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="COLUMN=NAME",
        help="what a table or JSON calls a column: title=Нэр",
    )
    command.add_argument(
        "--rule",
        metavar="RULE",
        help="where the headlines stand in a page: item=CSS; title=CSS; …, or a .toml or .json",
    )
    command.add_argument("--retry-rejected", action="store_true", help="try what is in quarantine again")
    command.add_argument("--dry-run", action="store_true", help="work everything out, keep nothing")
    command.add_argument("-v", "--verbose", action="store_true", help="list every item with its language")
    json_flag(command)
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Ingest everything that is named, or the quarantine; exit code 1 when something was rejected or could not be
    fetched. An unreadable file does not stop the others."""
    reading = _reading(arguments, console.load_settings())
    if arguments.retry_rejected:
        if arguments.paths or arguments.dry_run or arguments.format:
            raise BadFilter("--retry-rejected takes no files, no --format and no --dry-run.", name="paths")
        return _retry(arguments, console, reading)
    if not arguments.paths:
        raise BadFilter("Name what to take in: files, folders, addresses, or - for standard input.", name="paths")
    checked(arguments.paths)
    return _run(arguments, console, reading)


def _reading(arguments: argparse.Namespace, settings: Settings) -> Reading:
    try:
        listing = Listing.load(arguments.rule) if arguments.rule is not None else None
        return Reading(Limits.of(settings), day=arguments.day, columns=mapped(arguments.map), listing=listing)
    except ValueError as error:
        raise BadFilter(f"{error}.", name="--map or --rule") from error


def _run(arguments: argparse.Namespace, console: Console, reading: Reading) -> int:
    reports: list[IngestReport] = []
    missed: list[Missed] = []
    with (
        ExitStack() as stack,
        console.store(fresh=True, rehearsal=arguments.dry_run) as store,
        ChildReader() as reader,
        console.spans() as spans,
    ):
        for payload in payloads(arguments.paths, console, reading, stack):
            if isinstance(payload, Missed):
                missed.append(payload)
                console.warn(f"{escaped(payload.origin)}: {escaped(payload.error)}")
                continue
            report = _ingest(payload, store, arguments, reading, reader, console, spans)
            reports.append(report)
            if not arguments.json:
                tell(report, console, verbose=arguments.verbose)
    if arguments.json:
        failed = [{"origin": one.origin, "error": one.error} for one in missed]
        files = [told(report) for report in reports]
        console.say_json({"dry_run": arguments.dry_run, **counts(reports), "files": files, "failed": failed})
    elif len(reports) != 1:
        console.say(f"{len(reports)} files: {summary(reports)}")
    return 1 if missed or any(report.rejected for report in reports) else 0


def _ingest(
    payload: Payload,
    store: Store,
    arguments: argparse.Namespace,
    reading: Reading,
    reader: Reader,
    console: Console,
    spans: Spans,
) -> IngestReport:
    progress = console.progress(payload.name)
    try:
        return ingest(
            payload,
            store,
            now=console.clock(),
            format=arguments.format,
            reading=reading,
            reader=reader,
            dry_run=arguments.dry_run,
            progress=progress,
            spans=spans,
        )
    finally:
        progress.end()


def _retry(arguments: argparse.Namespace, console: Console, reading: Reading) -> int:
    progress = console.progress("quarantine")
    with console.store(fresh=True) as store, ChildReader() as reader:
        try:
            found = retry(store, reading=reading, reader=reader, progress=progress)
        finally:
            progress.end()
    names = ("tried", "released", "still", "cut", "added", "updated", "duplicate", "rejected")
    if arguments.json:
        console.say_json({name: getattr(found, name) for name in names})
    else:
        console.say(
            f"{found.tried:,} tried again: {found.released:,} understood ({found.added:,} added, {found.updated:,} "
            f"updated, {found.duplicate:,} duplicate, {found.rejected:,} rejected), {found.still:,} still rejected."
        )
        if found.cut:
            console.say(f"{found.cut:,} were not tried: only their beginning is kept. Ingest them anew.")
    return 1 if found.still or found.cut or found.rejected else 0
