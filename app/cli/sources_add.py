"""`ortoo sources add`: find the feed of an address, show what it would bring, add it or say why not."""

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from app.cli.arguments import json_flag
from app.cli.console import Console
from app.cli.sources_fields import described, field_flags, web_address
from app.cli.sources_list import told
from app.ingest.limits import Limits
from app.ingest.reader import ChildReader
from app.model.headline import Headline
from app.model.source import Source
from app.normalise.text import escaped
from app.worker.find import Found, find, refuse_duplicate

if TYPE_CHECKING:
    from app.cli.arguments import Commands

SHOWN = 8
"""Headlines of a preview."""


def register(commands: "Commands") -> None:
    """Add the sub-command."""
    command = commands.add_parser("add", help="add a source, found from any page of a site", description=__doc__)
    command.add_argument("url", metavar="URL", help="a feed, or a page that leads to one")
    field_flags(command)
    command.add_argument("--yes", action="store_true", help="add it without asking")
    command.add_argument("--dry-run", action="store_true", help="only show what it would bring")
    command.add_argument("--force", action="store_true", help="add the address as it is, without looking at it")
    command.add_argument("--disabled", action="store_true", help="add it switched off")
    json_flag(command)
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Exit code 0 when it was added (or would be), 1 when it was refused or not wanted."""
    settings = console.load_settings()
    wanted = described(Source(web_address(arguments.url), enabled=not arguments.disabled), arguments)
    with console.store(fresh=True) as store:
        with store.reading() as reader:
            known = reader.sources.all()
        found = None
        if arguments.force:
            refuse_duplicate(wanted.url, known)
        else:
            with console.fetcher(settings, console.clock) as fetcher, ChildReader() as child:
                found = find(wanted, fetcher, known, Limits.of(settings), child)
            wanted = with_outlet(found, arguments.outlet)
            if not arguments.json:
                _show(console, found, wanted)
        if arguments.dry_run:
            return _say(arguments, console, wanted, found, "would be added")
        if not (arguments.yes or arguments.force) and not console.agreed("Add it?"):
            console.warn("Nothing was added.")
            return 1
        with store.writing() as writer:
            made = writer.sources.add(wanted, console.clock())
    return _say(arguments, console, made, found, "added")


def with_outlet(found: Found, said: str | None) -> Source:
    """The source with the outlet that all its items are from, unless a person has said which, or that there is none."""
    outlets = {headline.draft.outlet for headline in found.taken.headlines}
    if said is not None or len(outlets) != 1:
        return found.source
    return replace(found.source, outlet=outlets.pop())


def _say(arguments: argparse.Namespace, console: Console, source: Source, found: Found | None, what: str) -> int:
    if arguments.json:
        preview = _preview(found) if found else None
        console.say_json({"outcome": what.replace(" ", "-"), "source": told(source), "preview": preview})
    else:
        number = f"source {source.id}, " if source.id else ""
        console.say(f"{what}: {number}{escaped(source.url)} ({source.kind})")
    return 0


def _show(console: Console, found: Found, wanted: Source) -> None:
    taken, headlines = found.taken, found.taken.headlines
    console.say(f"{escaped(found.source.url)} ({taken.format}), {wanted.outlet or 'each item names its outlet'}:")
    for headline in headlines[:SHOWN]:
        console.say(f"  {headline.draft.day} {headline.language:3} {headline.title}  [{headline.draft.outlet}]")
    if len(headlines) > SHOWN:
        console.say(f"  … and {len(headlines) - SHOWN:,} more")
    counts = [f"{len(headlines):,} headlines"]
    counts += [f"{taken.filtered:,} left out by the keywords"] if taken.filtered else []
    counts += [f"{len(taken.rejections):,} rejected"] if taken.rejections else []
    console.say("  " + ", ".join(counts))
    for rejection in taken.rejections[:3]:
        console.say(f"  rejected, {rejection.reason.value}: {escaped(rejection.detail)}")
    for url in found.others:
        console.say(f"  The page names another feed: {escaped(url)}")


def _preview(found: Found) -> dict[str, Any]:
    taken = found.taken
    return {
        "url": found.source.url,
        "format": taken.format,
        "headlines": len(taken.headlines),
        "filtered": taken.filtered,
        "rejected": len(taken.rejections),
        "others": list(found.others),
        "items": [_item(headline) for headline in taken.headlines[:SHOWN]],
    }


def _item(headline: Headline) -> dict[str, Any]:
    draft = headline.draft
    day, language = draft.day.isoformat(), headline.language
    return {"title": draft.title, "url": draft.url, "outlet": draft.outlet, "day": day, "language": language}
