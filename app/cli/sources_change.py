"""`ortoo sources edit`, `remove`, `enable`, `disable`. A source is named by its number or its address."""

import argparse
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from app.cli.arguments import json_flag
from app.cli.console import Console
from app.cli.sources_fields import chosen, described, field_flags, web_address
from app.cli.sources_list import told
from app.errors import BadFilter
from app.model.source import Source
from app.normalise.text import escaped
from app.store import Writer
from app.worker.find import refuse_duplicate

if TYPE_CHECKING:
    from app.cli.arguments import Commands


def register(commands: "Commands") -> None:
    """Add the sub-commands."""
    edit = commands.add_parser("edit", help="change what is said of a source")
    edit.add_argument("source", metavar="SOURCE", help="number or address")
    edit.add_argument("--url", help="its new address")
    field_flags(edit)
    edit.set_defaults(run=run_edit)
    removal = commands.add_parser("remove", help="forget sources; their headlines stay")
    removal.add_argument("--force", action="store_true", help="throw away what of them waits for a person")
    removal.set_defaults(run=run_remove)
    enable = commands.add_parser("enable", help="fetch sources from now on")
    enable.set_defaults(run=run_enable)
    disable = commands.add_parser("disable", help="stop fetching sources")
    disable.add_argument("--reason", default="", help="for other operators")
    disable.set_defaults(run=run_disable)
    for command in (removal, enable, disable):
        command.add_argument("sources", nargs="+", metavar="SOURCE", help="number or address")
    for command in (edit, removal, enable, disable):
        json_flag(command)


def run_edit(arguments: argparse.Namespace, console: Console) -> int:
    """Change the fields that flags name."""
    with console.store() as store:
        with store.reading() as reader:
            known = reader.sources.all()
        source = chosen(known, arguments.source)
        changed = described(source, arguments)
        if arguments.url is not None:
            changed = replace(changed, url=web_address(arguments.url))
            refuse_duplicate(changed.url, [one for one in known if one.id != source.id])
        if changed == source:
            raise BadFilter("Nothing was changed: name a field, such as --interval 30m.", name="fields")
        with store.writing() as writer:
            writer.sources.change(changed, console.clock())
    _say(arguments, console, "changed", [changed])
    return 0


def run_remove(arguments: argparse.Namespace, console: Console) -> int:
    """Forget them."""
    return _each(arguments, console, "removed", lambda w, s: w.sources.remove(s.id, discard=arguments.force))


def run_enable(arguments: argparse.Namespace, console: Console) -> int:
    """Switch them on, due at once."""
    return _each(arguments, console, "enabled", lambda w, s: w.sources.enable(s.id, console.clock()))


def run_disable(arguments: argparse.Namespace, console: Console) -> int:
    """Switch them off."""
    return _each(arguments, console, "disabled", lambda w, s: w.sources.disable(s.id, arguments.reason))


def _each(arguments: argparse.Namespace, console: Console, what: str, act: Callable[[Writer, Source], None]) -> int:
    """Do it to all that are named, or, when one is not there or refuses, to none."""
    with console.store() as store:
        with store.reading() as reader:
            known = reader.sources.all()
        named = list({source.id: source for source in (chosen(known, text) for text in arguments.sources)}.values())
        with store.writing() as writer:
            for source in named:
                act(writer, source)
    _say(arguments, console, what, named)
    return 0


def _say(arguments: argparse.Namespace, console: Console, what: str, sources: list[Source]) -> None:
    if arguments.json:
        console.say_json([{"outcome": what, "source": told(source)} for source in sources])
        return
    for source in sources:
        console.say(f"{what}: source {source.id}, {escaped(source.name)}")
