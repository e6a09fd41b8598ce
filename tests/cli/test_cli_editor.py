"""`ortoo editor`: the people of the desk from the command line."""

import io
import json
from pathlib import Path

import pytest

from app.cli import editor as command
from app.cli import main
from app.cli.console import Console
from app.desk.passwords import Passwords
from app.settings import Settings
from tests.builders import NOW
from tests.web.seated import QUICK


class Terminal:
    """Runs commands on a database of its own; what is piped in is a password."""

    def __init__(self, path: Path) -> None:
        self.settings = Settings(database_url=f"sqlite:///{path}/desk.db")
        self.said, self.warned = "", ""

    def run(self, *arguments: str, piped: str = "") -> int:
        out, err = io.StringIO(), io.StringIO()
        stdin = io.BytesIO(piped.encode())
        console = Console(out, err, stdin, load_settings=lambda: self.settings, clock=lambda: NOW)
        code = main(["editor", *arguments], console)
        self.said, self.warned = out.getvalue(), err.getvalue()
        return code


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.setattr(command, "Passwords", lambda: Passwords(QUICK))
    return Terminal(tmp_path)


def test_somebody_is_added_listed_changed_and_switched_off(terminal: Terminal) -> None:
    assert terminal.run("add", "anna", "--role", "admin", piped="the winter camp is far\n") == 0
    assert terminal.run("add", "bold", piped="the winter camp is far\n") == 0
    assert terminal.run("role", "bold", "operator") == 0
    assert terminal.run("password", "bold", piped="the summer camp is near\n") == 0
    assert terminal.run("disable", "bold") == 0
    assert terminal.run("list", "--json") == 0
    told = {row["name"]: (row["role"], row["state"]) for row in json.loads(terminal.said)}
    assert told == {"anna": ("admin", "on"), "bold": ("operator", "disabled")}
    assert terminal.run("enable", "bold") == 0
    assert terminal.run("sessions", "bold") == 0
    assert terminal.run("sessions", "bold", "--end") == 0


def test_mistakes_are_one_line(terminal: Terminal) -> None:
    assert terminal.run("add", "anna", "--role", "admin", piped="short\n") == 1
    assert "12 to 128" in terminal.warned
    assert terminal.run("add", "Аня", piped="the winter camp is far\n") == 1
    terminal.run("add", "anna", "--role", "admin", piped="the winter camp is far\n")
    assert terminal.run("disable", "anna") == 1
    assert "last admin" in terminal.warned
    assert terminal.run("password", "ghost") == 1
    assert terminal.run("role", "ghost", "editor") == 2


def test_a_second_factor_is_shown_once_and_taken_back(terminal: Terminal) -> None:
    terminal.run("add", "anna", "--role", "admin", piped="the winter camp is far\n")
    assert terminal.run("totp", "anna") == 0
    assert terminal.said.startswith("otpauth://totp/Ortoo:anna?secret=")
    assert terminal.run("totp", "anna", "--off") == 0


def test_nobody_yet_says_how_to_begin(terminal: Terminal) -> None:
    terminal.run("add", "x", piped="")
    assert terminal.run("list") == 0
    assert "ortoo editor add NAME --role admin" in terminal.warned
