"""The command line's front: which command, and what becomes of errors."""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

import app
from app.cli.console import Console
from app.cli.garbage import uncollected
from app.errors import BackupRefused, OrtooError, QueryError, SettingsError, UnknownFormat

DONE, FAILED, USAGE = 0, 1, 2
INTERRUPTED = 130
"""As shells count it: 128 + SIGINT."""

COMMANDS = {
    "serve": ("serve", "run the web server"),
    "worker": ("worker", "fetch the sources as they come due"),
    "ingest": ("ingest", "take headlines in"),
    "fetch": ("worker", "fetch the sources that are due, once"),
    "export": ("export", "write headlines out"),
    "detect": ("detect", "say which language a text is in"),
    "outlets": ("outlets", "list the outlets"),
    "sources": ("sources", "the addresses that are fetched"),
    "stories": ("stories", "headlines of the same event"),
    "editor": ("editor", "the people of the desk"),
    "token": ("token", "who may send headlines to the API"),
    "migrate": ("migrate", "create or update the database's tables"),
    "backup": ("backup", "write the database into a file, while everything runs"),
    "restore": ("restore", "put a backup in the place of the database"),
    "check": ("check", "say whether everything is in order"),
}
"""Command -> its module in `app.cli` and its line in `ortoo --help`, which is shown without importing any."""


def parser(command: str | None = None) -> argparse.ArgumentParser:
    """The parser that knows all commands by name and `command` in full. To import one takes a tenth of a second, to
    import all a whole one."""
    top = argparse.ArgumentParser(prog="ortoo", description="Mongolia's headlines, day by day, in two languages.")
    top.add_argument("--version", action="version", version=f"ortoo {app.__version__}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    module = COMMANDS[command][0] if command in COMMANDS else None
    for name, (place, told) in COMMANDS.items():
        if place != module:
            commands.add_parser(name, help=told)
        elif name == command:
            with uncollected():
                importlib.import_module(f"app.cli.{place}").register(commands)
    return top


def main(argv: Sequence[str] | None = None, console: Console | None = None) -> int:
    """Run one command; its exit code. A user's mistake is one line on standard error, never a traceback."""
    try:
        given = sys.argv[1:] if argv is None else argv
        arguments = parser(given[0] if given else None).parse_args(given)
    except SystemExit as stop:  # argparse has said what is wrong, or shown its help
        return stop.code if isinstance(stop.code, int) else USAGE
    talk = console or Console.standard()
    try:
        code: int = arguments.run(arguments, talk)
        talk.out.flush()
        return code
    except (SettingsError, QueryError, UnknownFormat, BackupRefused) as error:
        talk.warn(f"ortoo: {error.message}")
        return USAGE
    except OrtooError as error:
        talk.warn(f"ortoo: {error.message}")
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # the reader has seen enough
        if talk.out is sys.stdout:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
