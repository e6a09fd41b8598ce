"""`ortoo restore FILE`: a backup in the place of what is in the database, all of it or nothing.

FILE is checked first. Servers and workers may run: they go on with what is restored. A backup of an older program is
brought to this one's schema by `ortoo migrate`."""

import argparse
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.arguments import json_flag
from app.cli.backup import say
from app.cli.console import Console
from app.store import Store, Tools

if TYPE_CHECKING:
    from app.cli.arguments import Commands


def register(commands: "Commands") -> None:
    """Add the command."""
    command = commands.add_parser("restore", help="put a backup in the place of the database", description=__doc__)
    command.add_argument("file", type=Path, metavar="FILE", help="what `ortoo backup` wrote")
    command.add_argument("--force", action="store_true", help="also when there is something in the database: it goes")
    command.add_argument("--verify", action="store_true", help="restore it once more, beside, and compare")
    json_flag(command)
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Restore; exit code 1 when it cannot be done, 2 when the database is not empty."""
    settings = console.load_settings()
    progress = console.progress("copied")
    with closing(Store.open(settings.database_url)) as store:
        try:
            restored = store.restore(
                arguments.file,
                Tools(settings.postgresql_bin),
                progress,
                force=arguments.force,
                verify=arguments.verify,
            )
        finally:
            progress.end()
    say(console, restored, f"{store.dialect} restored from {arguments.file}", as_json=arguments.json)
    return 0
