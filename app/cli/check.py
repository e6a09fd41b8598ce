"""`ortoo check`: whether the database, its schema, the templates and the catalogues are in order."""

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING

from app.cli.arguments import json_flag
from app.cli.console import Console
from app.errors import OrtooError, SchemaOutOfDate
from app.i18n.catalogue import load
from app.model.language import UI_LANGUAGES
from app.pipeline import keys
from app.render.check import broken_templates
from app.settings import Settings, resource_dir
from app.store import Store

if TYPE_CHECKING:
    from app.cli.arguments import Commands


def register(commands: "Commands") -> None:
    """Add the command."""
    command = commands.add_parser("check", help="say whether everything is in order", description=__doc__)
    json_flag(command)
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """A line a part; exit code 1 when one is not in order."""
    settings = console.load_settings()
    found = [_looked_at(name, look, settings) for name, look in PARTS.items()]
    if arguments.json:
        console.say_json([{"part": name, "ok": ok, "detail": detail} for name, ok, detail in found])
    else:
        for name, ok, detail in found:
            console.say(f"{'ok  ' if ok else 'FAIL'} {name:10} {detail}")
    return 0 if all(ok for _, ok, _ in found) else 1


def _looked_at(name: str, look: Callable[[Settings], str], settings: Settings) -> tuple[str, bool, str]:
    try:
        return name, True, look(settings)
    except OrtooError as error:
        return name, False, error.message


def _database(settings: Settings) -> str:
    store = Store.open(settings.database_url)
    try:
        store.check_schema()
    except SchemaOutOfDate:
        pass  # it answers; its tables are the next part's business
    finally:
        store.close()
    return store.dialect


def _schema(settings: Settings) -> str:
    store = Store.open(settings.database_url)
    try:
        store.check_schema()
        return f"revision {store.revision()} of the content"
    finally:
        store.close()


def _keys(settings: Settings) -> str:
    store = Store.open(settings.database_url)
    try:
        store.check_schema()
        if not keys.are_current(store):
            raise OrtooError("The search keys were made by an older version: run `ortoo migrate`.")
        if lost := keys.not_indexed(store):
            raise OrtooError(f"The search does not find {len(lost)} of the headlines looked at, such as {lost[0]}.")
    finally:
        store.close()
    return "of this version, and headlines are found by them"


def _templates(_: Settings) -> str:
    broken = broken_templates(resource_dir("templates"))
    if broken:
        raise OrtooError("; ".join(broken))
    return "all can be compiled"


def _catalogues(_: Settings) -> str:
    """All editions have the same messages, none of them empty."""
    loaded = {ui: load(ui, resource_dir("locale")) for ui in UI_LANGUAGES}
    everything = set().union(*(catalogue.texts.keys() | catalogue.plurals.keys() for catalogue in loaded.values()))
    problems = []
    for ui, catalogue in loaded.items():
        filled = {key for key, text in catalogue.texts.items() if text}
        filled |= {key for key, forms in catalogue.plurals.items() if forms and all(forms)}
        if missing := sorted(everything - filled):
            problems.append(f"{ui} lacks {', '.join(missing[:5])}" + (" …" if len(missing) > 5 else ""))
    if problems:
        raise OrtooError("; ".join(problems))
    return f"{len(everything)} messages in {', '.join(UI_LANGUAGES)}"


PARTS = {"database": _database, "schema": _schema, "keys": _keys, "templates": _templates, "catalogues": _catalogues}
