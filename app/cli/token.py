"""`ortoo token add`, `list`, `revoke`: who may send headlines to `/api/v1/headlines`. A secret is shown once, when it
is made; what is kept of it cannot be turned back."""

import argparse
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from app.cli.arguments import json_flag, positive
from app.cli.console import Console
from app.cli.sources_list import instant, table
from app.errors import BadFilter
from app.model.day import ULAANBAATAR
from app.model.token import MAX_NAME_CHARS, SECRET_BYTES, Scope, Token, is_token_name, secret_of
from app.normalise.text import escaped

if TYPE_CHECKING:
    from app.cli.arguments import Commands

MAX_DAYS = 3650


def register(commands: "Commands") -> None:
    """Add the command with its sub-commands."""
    command = commands.add_parser("token", help="who may send headlines to the API", description=__doc__)
    parts = command.add_subparsers(dest="part", required=True, metavar="COMMAND")
    adding = parts.add_parser("add", help="make a token; its secret is shown once")
    adding.add_argument("name", metavar="NAME", help="readers see it as where the headlines came from")
    adding.add_argument(
        "--scope",
        action="append",
        choices=[scope.value for scope in Scope],
        help="what it may do, may be given several times (default: ingest)",
    )
    adding.add_argument("--days", type=positive, metavar="N", help="it ends after so many days (default: never)")
    adding.set_defaults(run=run_add)
    listing = parts.add_parser("list", help="list the tokens, without their secrets")
    listing.set_defaults(run=run_list)
    ending = parts.add_parser("revoke", help="end a token at once")
    ending.add_argument("token", metavar="TOKEN", help="its name, its number or the beginning of its secret")
    ending.set_defaults(run=run_revoke)
    for part in (adding, listing, ending):
        json_flag(part)


def run_add(arguments: argparse.Namespace, console: Console) -> int:
    """Make one. Only the secret goes to standard output, so that it can be piped into a file."""
    if not is_token_name(arguments.name):
        raise BadFilter(
            f"{escaped(arguments.name)}: a name has 1 to {MAX_NAME_CHARS} letters, digits, dots, hyphens and "
            "underscores, and begins with a letter or digit.",
            name="NAME",
        )
    if (arguments.days or 1) > MAX_DAYS:
        raise BadFilter(f"--days {arguments.days}: at most {MAX_DAYS}.", name="--days")
    now = console.clock()
    expires_at = now + timedelta(days=arguments.days) if arguments.days else None
    scopes = [Scope(word) for word in arguments.scope or [Scope.INGEST.value]]
    secret = secret_of(console.random(SECRET_BYTES))
    with console.store(fresh=True) as store, store.writing() as writer:
        token = writer.access.add(arguments.name, scopes, secret, now, expires_at)
    if arguments.json:
        console.say_json({"secret": secret, **told(token, now)})
        return 0
    console.say(secret)
    until = f"until {_clock(expires_at)}" if expires_at else "until it is revoked"
    console.warn(f"Token {token.name} may {', '.join(token.scopes)} {until}. Its secret is shown only now: keep it.")
    return 0


def run_list(arguments: argparse.Namespace, console: Console) -> int:
    """A line a token."""
    now = console.clock()
    with console.store() as store, store.reading() as reader:
        tokens = reader.access.tokens()
    if arguments.json:
        console.say_json([told(token, now) for token in tokens])
        return 0
    table(console, [_row(token, now) for token in tokens])
    if not tokens:
        console.warn("There are no tokens yet: ortoo token add NAME makes one.")
    return 0


def run_revoke(arguments: argparse.Namespace, console: Console) -> int:
    """End one."""
    now = console.clock()
    with console.store() as store, store.writing() as writer:
        token = writer.access.revoke(arguments.token, now)
    if arguments.json:
        console.say_json({"outcome": "revoked", "id": token.id, "name": token.name})
    else:
        console.say(f"revoked: token {token.id}, {token.name} ({token.prefix}…)")
    return 0


def told(token: Token, now: datetime) -> dict[str, Any]:
    """A token for machines, without its secret. Instants are UTC."""
    return {
        "id": token.id,
        "name": token.name,
        "scopes": list(token.scopes),
        "prefix": token.prefix,
        "state": _state(token, now),
        "created_at": instant(token.created_at),
        "expires_at": instant(token.expires_at),
        "last_used_at": instant(token.last_used_at),
        "revoked_at": instant(token.revoked_at),
    }


def _state(token: Token, now: datetime) -> str:
    if token.is_live(now):
        return "live"
    return "revoked" if token.revoked_at else "expired"


def _row(token: Token, now: datetime) -> tuple[str, ...]:
    return (
        str(token.id),
        _state(token, now),
        f"{token.prefix}…",
        token.name,
        ",".join(token.scopes),
        f"made {_clock(token.created_at)}",
        f"ends {_clock(token.expires_at)}" if token.expires_at else "",
        f"used {_clock(token.last_used_at)}" if token.last_used_at else "never used",
    )


def _clock(value: datetime) -> str:
    """As the clock in Ulaanbaatar shows it."""
    return f"{value.astimezone(ULAANBAATAR):%Y-%m-%d %H:%M}"
