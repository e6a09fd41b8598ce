"""The command line's front: which command, and what becomes of errors."""

import argparse
import os
import sys
from collections.abc import Sequence

import app
from app.cli import check, detect, export, ingest, migrate, outlets, serve, sources, token
from app.cli.console import Console
from app.errors import OrtooError, QueryError, SettingsError, UnknownFormat

DONE, FAILED, USAGE = 0, 1, 2
INTERRUPTED = 130
"""As shells count it: 128 + SIGINT."""

COMMANDS = (serve, ingest, export, detect, outlets, sources, token, migrate, check)


def parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    top = argparse.ArgumentParser(prog="ortoo", description="Mongolia's headlines, day by day, in two languages.")
    top.add_argument("--version", action="version", version=f"ortoo {app.__version__}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for module in COMMANDS:
        module.register(commands)
    return top


def main(argv: Sequence[str] | None = None, console: Console | None = None) -> int:
    """Run one command; its exit code. A user's mistake is one line on standard error, never a traceback."""
    try:
        arguments = parser().parse_args(argv)
    except SystemExit as stop:  # argparse has said what is wrong, or shown its help
        return stop.code if isinstance(stop.code, int) else USAGE
    talk = console or Console.standard()
    try:
        code: int = arguments.run(arguments, talk)
        talk.out.flush()
        return code
    except (SettingsError, QueryError, UnknownFormat) as error:
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
