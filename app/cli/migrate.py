"""`ortoo migrate`: bring the database to this program's schema."""

import argparse
from typing import TYPE_CHECKING

from app.cli.console import Console
from app.pipeline import keys
from app.store import Store

if TYPE_CHECKING:
    from app.cli.arguments import Commands


def register(commands: "Commands") -> None:
    """Add the command."""
    command = commands.add_parser("migrate", help="create or update the database's tables", description=__doc__)
    command.set_defaults(run=run)


def run(_: argparse.Namespace, console: Console) -> int:
    """Migrate; safe to call at any time, by any number of processes. Search keys of an older version are made anew."""
    store = Store.open(console.load_settings().database_url)
    try:
        store.migrate()
        store.check_schema()
        remade = keys.remake(store)
    finally:
        store.close()
    if remade:
        console.say(f"The search keys of {remade:,} headlines are made anew.")
    console.say(f"The database ({store.dialect}) is at this program's schema.")
    return 0
