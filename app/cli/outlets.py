"""`ortoo outlets`: the outlets that the store knows."""

import argparse
from dataclasses import asdict
from typing import TYPE_CHECKING

from app.cli.arguments import json_flag
from app.cli.console import Console

if TYPE_CHECKING:
    from app.cli.arguments import Commands


def register(commands: "Commands") -> None:
    """Add the command."""
    command = commands.add_parser("outlets", help="list the outlets", description=__doc__)
    json_flag(command)
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """A line an outlet: domain, names, kind, country, languages."""
    with console.store() as store, store.reading() as reader:
        outlets = reader.outlets()
    if arguments.json:
        console.say_json([asdict(outlet) for outlet in outlets])
        return 0
    width = max((len(outlet.domain) for outlet in outlets), default=0)
    for outlet in outlets:
        names = " / ".join(dict.fromkeys((outlet.name_en, outlet.name_mn)))
        rest = ", ".join(part for part in (outlet.kind, outlet.country, " ".join(outlet.languages)) if part)
        console.say(f"{outlet.domain:{width}}  {names}" + (f"  ({rest})" if rest else ""))
    return 0
