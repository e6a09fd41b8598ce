"""`ortoo migrate`: bring the database to this program's schema."""

import argparse
from typing import TYPE_CHECKING

from app.cli.console import Console
from app.store import Store

if TYPE_CHECKING:
    from app.cli.arguments import Commands


def register(commands: "Commands") -> None:
    """Add the command."""
    command = commands.add_parser("migrate", help="create or update the database's tables", description=__doc__)
    command.set_defaults(run=run)


def run(_: argparse.Namespace, console: Console) -> int:
    """Migrate; safe to call at any time, by any number of processes."""
    store = Store.open(console.load_settings().database_url)
    try:
        store.migrate()
        store.check_schema()
    finally:
        store.close()
    console.say(f"The database ({store.dialect}) is at this program's schema.")
    return 0
