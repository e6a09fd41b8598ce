"""`ortoo editor add`, `list`, `password`, `role`, `disable`, `enable`, `totp`, `sessions`: the people of the desk.

A password is typed at the terminal, twice, without being shown; where there is no terminal, it is the first line of
standard input. There is no default account and no default password.
"""

import argparse
import getpass
from typing import TYPE_CHECKING, Any

from app.cli.arguments import json_flag
from app.cli.console import Console
from app.cli.sources_list import instant, table
from app.desk import people
from app.desk.passwords import Passwords
from app.desk.second_factor import SECRET_BYTES, address, secret_of
from app.errors import DeskRefused
from app.model.editor import Editor, Role, Session

if TYPE_CHECKING:
    from app.cli.arguments import Commands

WHO = people.CLI


def register(commands: "Commands") -> None:
    """Add the command with its sub-commands."""
    command = commands.add_parser("editor", help="the people of the desk", description=__doc__)
    parts = command.add_subparsers(dest="part", required=True, metavar="COMMAND")
    adding = parts.add_parser("add", help="somebody new; asks for a password")
    adding.add_argument("name", metavar="NAME", help="small letters, digits, dots, hyphens, underscores")
    _role(adding, "--role", default=Role.EDITOR.value)
    listing = parts.add_parser("list", help="everybody")
    changing = parts.add_parser("password", help="another password; ends all sessions")
    role = parts.add_parser("role", help="another role")
    disabling = parts.add_parser("disable", help="switch an account off; ends all sessions")
    enabling = parts.add_parser("enable", help="switch it on again")
    totp = parts.add_parser("totp", help="a second factor: shows what an authenticator needs, once")
    totp.add_argument("--off", action="store_true", help="ask for none any more (the device was lost)")
    sessions = parts.add_parser("sessions", help="list the sessions, or end them")
    sessions.add_argument("--end", action="store_true", help="end all of them")
    for part in (changing, role, disabling, enabling, totp, sessions):
        part.add_argument("name", metavar="NAME")
    _role(role, "role")
    runs = (run_add, run_list, run_password, run_role, run_disable, run_enable, run_totp, run_sessions)
    for part, run in zip((adding, listing, changing, role, disabling, enabling, totp, sessions), runs, strict=True):
        part.set_defaults(run=run)
        json_flag(part)


def _role(command: argparse.ArgumentParser, flag: str, **more: Any) -> None:
    told = "editor: days, headlines, articles; operator: sources; admin: everything"
    command.add_argument(flag, choices=[role.value for role in Role], help=told, **more)


def run_add(arguments: argparse.Namespace, console: Console) -> int:
    """Enter somebody."""
    with console.store(fresh=True) as store:
        password = _asked(console)
        made = people.add(store, Passwords(), WHO, arguments.name, Role(arguments.role), password, console.clock())
    return _say(arguments, console, "added", made.name, made.role.value)


def run_list(arguments: argparse.Namespace, console: Console) -> int:
    """A line for each."""
    with console.store() as store, store.reading() as reader:
        everybody = reader.editors.all()
    if arguments.json:
        console.say_json([_told(editor) for editor in everybody])
        return 0
    table(console, [_row(editor) for editor in everybody])
    if not everybody:
        console.warn(NOBODY)
    return 0


NOBODY = "The desk has nobody yet. The first admin is made by: ortoo editor add NAME --role admin"


def run_password(arguments: argparse.Namespace, console: Console) -> int:
    """Another password."""
    with console.store() as store:
        with store.reading() as reader:
            known = reader.editors.named(arguments.name) is not None
        password = _asked(console) if known else ""
        if not known:
            raise DeskRefused(f"There is no editor {arguments.name[:80]}.", reason="unknown")
        ended = people.set_password(store, Passwords(), WHO, arguments.name, password, console.clock())
    return _say(arguments, console, "changed", arguments.name, f"{ended} sessions ended")


def run_role(arguments: argparse.Namespace, console: Console) -> int:
    """Another role."""
    with console.store() as store:
        people.set_role(store, WHO, arguments.name, Role(arguments.role), console.clock())
    return _say(arguments, console, "changed", arguments.name, arguments.role)


def run_disable(arguments: argparse.Namespace, console: Console) -> int:
    """Switch off."""
    with console.store() as store:
        people.switch(store, WHO, arguments.name, console.clock(), on=False)
    return _say(arguments, console, "disabled", arguments.name)


def run_enable(arguments: argparse.Namespace, console: Console) -> int:
    """Switch on."""
    with console.store() as store:
        people.switch(store, WHO, arguments.name, console.clock(), on=True)
    return _say(arguments, console, "enabled", arguments.name)


def run_totp(arguments: argparse.Namespace, console: Console) -> int:
    """A second factor, or none."""
    secret = None if arguments.off else secret_of(console.random(SECRET_BYTES))
    with console.store() as store:
        people.set_totp(store, WHO, arguments.name, secret, None, console.clock())
    if secret is None:
        return _say(arguments, console, "off", arguments.name)
    if arguments.json:
        console.say_json({"name": arguments.name, "secret": secret, "url": address(secret, arguments.name)})
        return 0
    console.say(address(secret, arguments.name))
    console.warn("Give this to the authenticator now; it is not shown again.")
    return 0


def run_sessions(arguments: argparse.Namespace, console: Console) -> int:
    """The live sessions of somebody, or their end."""
    now = console.clock()
    with console.store() as store:
        if arguments.end:
            ended = people.end_sessions(store, WHO, arguments.name, now)
            return _say(arguments, console, "ended", arguments.name, f"{ended} sessions")
        with store.reading() as reader:
            known = reader.editors.named(arguments.name)
            found = reader.editors.sessions(known.editor.id) if known else ()
    live = [session for session in found if session.is_live(now)]
    if arguments.json:
        console.say_json([_told_session(session) for session in live])
    else:
        table(console, [(str(s.id), f"{s.seen_at:%Y-%m-%d %H:%MZ}", s.address, s.agent[:60]) for s in live])
    return 0


def _asked(console: Console) -> str:
    """The password of a person at the terminal, who types it twice, or the first line of what is piped in."""
    if not console.stdin.isatty():
        return console.stdin.readline(1000).decode("utf-8", "replace").rstrip("\r\n")
    first = getpass.getpass("Password (12 characters or more): ")
    if getpass.getpass("Again: ") != first:
        raise DeskRefused("The two are not the same. Nothing was changed.", reason="password-repeat")
    return first


def _say(arguments: argparse.Namespace, console: Console, outcome: str, name: str, more: str = "") -> int:
    if arguments.json:
        console.say_json({"outcome": outcome, "name": name})
    else:
        console.say(f"{outcome}: {name}{f' ({more})' if more else ''}")
    return 0


def _told(editor: Editor) -> dict[str, Any]:
    return {
        "name": editor.name,
        "role": editor.role.value,
        "state": "disabled" if editor.disabled_at else "on",
        "second_factor": editor.totp,
        "created_at": instant(editor.created_at),
    }


def _row(editor: Editor) -> tuple[str, ...]:
    state = "off" if editor.disabled_at else "on"
    return editor.name, editor.role.value, state, "second factor" if editor.totp else ""


def _told_session(session: Session) -> dict[str, Any]:
    seen = instant(session.seen_at)
    return {"id": session.id, "seen_at": seen, "address": session.address, "agent": session.agent}
