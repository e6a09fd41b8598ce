"""`ortoo sources import` and `export`: lists of feeds (OPML 2.0), and the list that comes with the product."""

import argparse
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.arguments import json_flag
from app.cli.console import Console, replaced
from app.cli.sources_list import table, told
from app.cli.starter import starter_sources
from app.errors import BadFilter, OrtooError
from app.ingest import opml
from app.ingest.keywords import Keywords
from app.ingest.listing import Listing
from app.ingest.payload import Payload
from app.ingest.sniff import format_named
from app.model.source import AUTO, Source
from app.normalise.text import escaped
from app.worker.find import same_address

if TYPE_CHECKING:
    from app.cli.arguments import Commands

TITLE = "Örtöö"


def register(commands: "Commands") -> None:
    """Add both sub-commands."""
    taken = commands.add_parser("import", help="add the sources of an OPML file, without those that are there already")
    taken.add_argument("file", nargs="?", metavar="FILE", help="an OPML file; - reads standard input")
    taken.add_argument("--starter", action="store_true", help="the list that comes with Örtöö")
    taken.add_argument("--yes", action="store_true", help="add them without asking")
    taken.add_argument("--dry-run", action="store_true", help="only show what would be added")
    taken.add_argument("--disabled", action="store_true", help="add all of them switched off")
    json_flag(taken)
    taken.set_defaults(run=run_import)
    given = commands.add_parser("export", help="write the sources as OPML")
    given.add_argument("-o", "--output", type=Path, metavar="FILE", help="a file instead of standard output")
    given.set_defaults(run=run_export)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What an import does."""

    new: tuple[Source, ...]
    duplicate: tuple[Source, ...]
    refused: tuple[tuple[str, str], ...]


def run_import(arguments: argparse.Namespace, console: Console) -> int:
    """Show, ask, add. Nothing is fetched. Exit code 1 when something was refused, or nobody agreed."""
    listed = _listed(arguments, console)
    with console.store(fresh=True) as store:
        with store.reading() as reader:
            plan = _plan(listed, reader.sources.all())
        if arguments.disabled:
            plan = replace(plan, new=tuple(replace(source, enabled=False) for source in plan.new))
        if not arguments.json:
            _show(console, plan)
        if not plan.new or arguments.dry_run:
            return _say(arguments, console, plan, added=False)
        if not arguments.yes and not console.agreed(f"Add {len(plan.new):,} sources?"):
            console.warn("Nothing was added.")
            return 1
        with store.writing() as writer:
            made = tuple(writer.sources.add(source, console.clock()) for source in plan.new)
    return _say(arguments, console, replace(plan, new=made), added=True)


def run_export(arguments: argparse.Namespace, console: Console) -> int:
    """Everything that an operator says of the sources; what is remembered of them stays here."""
    with console.store() as store, store.reading() as reader:
        text = opml.write(reader.sources.all(), TITLE, console.clock()).decode()
    if arguments.output is None:
        console.out.write(text)
        return 0
    try:
        with replaced(arguments.output) as file:
            file.write(text)
    except OSError as error:
        raise OrtooError(f"{arguments.output} cannot be written: {error.strerror}.") from error
    return 0


def _listed(arguments: argparse.Namespace, console: Console) -> opml.Outlines:
    if arguments.starter == (arguments.file is not None):
        raise BadFilter("Name an OPML file, or say --starter.", name="file")
    if arguments.starter:
        return opml.Outlines(starter_sources())
    if arguments.file == "-":
        return opml.parse(console.stdin.read(opml.MAX_BYTES + 1))
    path = Path(arguments.file)
    if not path.is_file():
        raise BadFilter(f"{arguments.file}: there is no such file.", name="file")
    return opml.parse(Payload.of(path).head(opml.MAX_BYTES + 1))


def _plan(listed: opml.Outlines, known: tuple[Source, ...]) -> _Plan:
    taken = {same_address(source.url) for source in known}
    new: list[Source] = []
    duplicate: list[Source] = []
    refused = list(listed.refused)
    for source in listed.sources:
        address = same_address(source.url)
        if address in taken:
            duplicate.append(source)
        elif fault := _fault(source):
            refused.append((source.url, fault))
        else:
            taken.add(address)
            new.append(source)
    return _Plan(tuple(new), tuple(duplicate), tuple(refused))


def _fault(source: Source) -> str:
    """What of a source this program could not work with; empty where all is well."""
    try:
        if source.kind != AUTO:
            format_named(source.kind)
        Keywords.of(source.keywords)
        if source.listing:
            Listing.of(source.listing)
    except (OrtooError, ValueError) as error:
        return str(error)
    return ""


def _show(console: Console, plan: _Plan) -> None:
    rows = [("new", *_cells(source)) for source in plan.new]
    rows += [("already there", *_cells(source)) for source in plan.duplicate]
    table(console, rows)
    for url, why in plan.refused:
        console.say(f"refused  {escaped(url)}: {escaped(why)}")


def _cells(source: Source) -> tuple[str, ...]:
    worked = f"worked on {source.worked_on}" if source.worked_on else ""
    return ("" if source.enabled else "off", source.category, worked, f"{source.name}  {source.url}")


def _say(arguments: argparse.Namespace, console: Console, plan: _Plan, *, added: bool) -> int:
    if arguments.json:
        refused = [{"url": url, "reason": why} for url, why in plan.refused]
        new, duplicate = ([told(source) for source in part] for part in (plan.new, plan.duplicate))
        console.say_json({"added": added and bool(new), "new": new, "duplicate": duplicate, "refused": refused})
    else:
        counts = (len(plan.new), len(plan.duplicate), len(plan.refused))
        what = "added" if added else "would be added" if plan.new else "new"
        console.say(f"{counts[0]:,} {what}, {counts[1]:,} already there, {counts[2]:,} refused")
    return 1 if plan.refused else 0
