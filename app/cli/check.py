"""`ortoo check`: whether the database, its schema, the templates and the catalogues are in order.

With --deep all derived data is compared with the originals as well: counts, digests, the search's index, keys,
fingerprints, stories, references between tables, the database's own file. With --repair what is wrong is derived again,
part by part, while readers and writers go on."""

import argparse
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from functools import partial
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

from app.cli.arguments import json_flag
from app.cli.console import Console
from app.errors import OrtooError, SchemaOutOfDate, StoreError
from app.i18n.catalogue import load
from app.model.language import UI_LANGUAGES
from app.model.soundness import Finding
from app.pipeline import keys
from app.pipeline.soundness import look_through
from app.render.check import broken_templates
from app.settings import Settings, resource_dir
from app.store import Store

if TYPE_CHECKING:
    from app.cli.arguments import Commands

Told = dict[str, Any]
"""What is said of a part: `part`, `ok`, `detail`; of a deep one also how many."""


REPLICA_SECONDS = 4.0
"""How long replicas have to say how far they are."""

OVERDUE_SECONDS = 1_800
"""A source that waits longer than this is waited for by nobody."""


def register(commands: "Commands") -> None:
    """Add the command."""
    command = commands.add_parser("check", help="say whether everything is in order", description=__doc__)
    command.add_argument("--deep", action="store_true", help="compare all derived data with the originals")
    command.add_argument("--repair", action="store_true", help="and derive again what is wrong")
    json_flag(command)
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """A line a part; exit code 1 when one is not in order, or could not be put right."""
    settings = console.load_settings()
    deep = _deeply(settings, console, repair=arguments.repair) if arguments.deep or arguments.repair else []
    parts: dict[str, Callable[[Settings], str]] = {**PARTS, "fetching": partial(_fetching, now=console.clock())}
    found = [_looked_at(name, look, settings) for name, look in parts.items()] + deep
    if arguments.json:
        console.say_json(found)
    else:
        for part in found:
            console.say(f"{_mark(part)} {part['part']:12} {part['detail']}")
    return 0 if all(part["ok"] for part in found) else 1


def _mark(part: Told) -> str:
    return "FAIL" if not part["ok"] else "made" if part.get("repaired") else "ok  "


def _deeply(settings: Settings, console: Console, *, repair: bool) -> list[Told]:
    """Nothing of a database that does not answer or has other tables, of which the other parts tell."""
    progress = console.progress("looked at")
    with closing(Store.open(settings.database_url)) as store:
        try:
            store.check_schema()
        except StoreError:
            return []
        try:
            return [_told(one) for one in look_through(store, console.clock(), lambda _, n: progress(n), repair=repair)]
        finally:
            progress.end()


def _told(one: Finding) -> Told:
    detail = f"{one.looked:,} looked at"
    if one.faults:
        detail += f", {one.faults:,} wrong, {one.repaired:,} put right: {'; '.join(one.examples)}"
        detail += " …" if one.faults > len(one.examples) else ""
    facts = {"looked": one.looked, "faults": one.faults, "repaired": one.repaired, "examples": list(one.examples)}
    return {"part": one.part, "ok": one.sound, "detail": detail, **facts}


def _looked_at(name: str, look: Callable[[Settings], str], settings: Settings) -> Told:
    try:
        return {"part": name, "ok": True, "detail": look(settings)}
    except OrtooError as error:
        return {"part": name, "ok": False, "detail": error.message}


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


def _replicas(settings: Settings) -> str:
    """Each is asked, for as long as it may take one to say how far it is."""
    if not settings.replicas:
        return "none are named"
    store = Store.open(settings.database_url, settings.replicas, settings.read_lag_seconds)
    try:
        until = monotonic() + REPLICA_SECONDS
        while not all(one.fresh for one in store.replicas()) and monotonic() < until:
            sleep(0.1)
        states = store.replicas()
    finally:
        store.close()
    told = [
        f"{one.address}: {f'at most {one.lag:.1f} s behind' if one.lag is not None else 'does not answer, or is none'}"
        for one in states
    ]
    if not all(one.fresh for one in states):
        raise OrtooError("; ".join(told))
    return "; ".join(told)


def _fetching(settings: Settings, now: datetime) -> str:
    """How long the first of the sources that are due has waited."""
    store = Store.open(settings.database_url)
    try:
        with store.reading() as reader:
            due = reader.sources.next_due()
    finally:
        store.close()
    late = (now - due).total_seconds() if due else 0.0
    if late > OVERDUE_SECONDS:
        raise OrtooError(f"A source has been due for {late / 60:.0f} minutes: does a worker run (`ortoo worker`)?")
    return "no source waits" if due else "there are no sources"


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


PARTS = {
    "database": _database,
    "schema": _schema,
    "replicas": _replicas,
    "keys": _keys,
    "templates": _templates,
    "catalogues": _catalogues,
}
