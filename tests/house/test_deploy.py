"""Examples for running it elsewhere name only settings, commands and figures that exist."""

import json
import re
from configparser import ConfigParser
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.cli.run import COMMANDS, parser
from app.clock import Clock
from app.settings import Settings
from app.store import Store
from app.web.app import create_app
from tests.web.asking import Client
from tests.web.paper import print_paper
from tests.web.relays import add_sources

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "deploy"
FILES = sorted(path for path in FOLDER.iterdir() if path.is_file())
ABSENT_HERE = {"ortoo_replica_fresh", "ortoo_replica_lag_seconds", "ortoo_ingest_items_total"}
"""Figures that a paper without replicas and posts does not have; tests of their own look at them."""


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_setting_that_is_named_exists(path: Path) -> None:
    known = {f"ORTOO_{field.name.upper()}" for field in fields(Settings)}
    assert set(re.findall(r"ORTOO_[A-Z_]+", path.read_text())) <= known


def commands() -> list[list[str]]:
    """Every command line in the examples, its words after `ortoo`."""
    found = []
    for path in FOLDER.glob("*.yaml"):
        found += [words[1:] for words in _words(list(yaml.safe_load_all(path.read_text())))]
    for path in FOLDER.glob("*.service"):
        unit = ConfigParser(strict=False, interpolation=None)
        unit.optionxform = str  # type: ignore[assignment,method-assign]
        unit.read(path)
        assert unit["Service"]["NoNewPrivileges"] == "yes"
        program, *words = unit["Service"]["ExecStart"].split()
        assert program.endswith("/ortoo")
        found.append(words)
    return found


def _words(value: Any) -> list[list[str]]:
    if isinstance(value, dict):
        return [words for inner in value.values() for words in _words(inner)]
    if isinstance(value, list):
        return [value] if value[:1] == ["ortoo"] else [words for inner in value for words in _words(inner)]
    return []


def test_every_command_that_is_named_exists() -> None:
    found = commands()
    assert {words[0] for words in found} == {"serve", "worker"} <= COMMANDS.keys()
    for words in found:
        assert parser(words[0]).parse_args(words).command == words[0]


def test_the_dashboard_asks_for_figures_that_there_are(sqlite_store: Store, clock: Clock) -> None:
    print_paper(sqlite_store)
    add_sources(sqlite_store)
    with Client(create_app(Settings(), sqlite_store, clock)) as client:
        client.get("/en/")
        text = client.get("/metrics").text
    told = set(re.findall(r"^(ortoo_[a-z_]+)[{ ]", text, re.MULTILINE))
    panels = json.loads((FOLDER / "grafana.json").read_text())["panels"]
    asked = {name for panel in panels for one in panel["targets"] for name in re.findall(r"ortoo_[a-z_]+", one["expr"])}
    assert len(panels) > 10
    assert asked - ABSENT_HERE <= told
    assert not ABSENT_HERE & told
