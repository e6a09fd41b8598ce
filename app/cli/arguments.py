"""Kinds of arguments that several commands take."""

import argparse
from datetime import date
from typing import TYPE_CHECKING

from app.model.day import parse_day

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def day(text: str) -> date:
    """`2026-01-15`."""
    found = parse_day(text)
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no day such as 2026-01-15")
    return found


def positive(text: str) -> int:
    """A whole number from 1 on."""
    if not (text.isascii() and text.isdigit()) or not 0 < int(text) < 10**6:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 1 on")
    return int(text)


def port(text: str) -> int:
    """A TCP port; 0 lets the system choose."""
    if not (text.isascii() and text.isdigit()) or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port from 0 to 65535")
    return int(text)


def json_flag(command: argparse.ArgumentParser) -> None:
    """`--json`, for machines."""
    command.add_argument("--json", action="store_true", help="answer in JSON")
