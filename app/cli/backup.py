"""`ortoo backup FILE`: the whole database in one file, of one moment, while everything goes on running.

FILE is an SQLite database, or an archive of PostgreSQL's pg_dump; it appears only when it is whole and on the disk.
With --verify it is restored into a database that passes, and compared with what was backed up, table by table."""

import argparse
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli.arguments import json_flag
from app.cli.console import Console
from app.store import Copied, Store, Tools

if TYPE_CHECKING:
    from app.cli.arguments import Commands


def register(commands: "Commands") -> None:
    """Add the command."""
    command = commands.add_parser(
        "backup", help="write the database into a file, while everything runs", description=__doc__
    )
    command.add_argument("file", type=Path, metavar="FILE", help="where to; readable by its owner alone")
    command.add_argument("--force", action="store_true", help="overwrite FILE if it is there")
    command.add_argument("--verify", action="store_true", help="restore it beside, and compare")
    json_flag(command)
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Make it; exit code 1 when it cannot be made or is not like the database, 2 when FILE is there."""
    progress = console.progress("copied")
    settings = console.load_settings()
    tools = Tools(settings.postgresql_bin)
    with closing(Store.open(settings.database_url)) as store:  # of any schema: one is made before an upgrade
        try:
            made = store.backup(arguments.file, tools, progress, force=arguments.force, verify=arguments.verify)
        finally:
            progress.end()
    say(console, made, f"{arguments.file}: {store.dialect}", as_json=arguments.json)
    return 0


def say(console: Console, copied: Copied, what: str, *, as_json: bool) -> None:
    """What was copied, for people or machines."""
    tables = copied.verified
    if as_json:
        facts: dict[str, Any] = {"bytes": copied.bytes, "revision": copied.revision, "schema": copied.schema}
        compared = {name: {"rows": t.rows, "digest": t.digest} for name, t in (tables or {}).items()} or None
        console.say_json({**facts, "verified": compared})
        return
    console.say(f"{what}, schema {copied.schema}, revision {copied.revision:,}, {copied.bytes:,} bytes.")
    if tables is not None:
        rows = sum(t.rows for t in tables.values())
        console.say(f"Restored beside and compared: {rows:,} rows in {len(tables)} tables, all alike.")
