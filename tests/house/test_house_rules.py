"""House rules as checks that explain themselves. Each message says what to do."""

import ast
import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from app.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
APP = sorted((ROOT / "app").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def where(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", APP + TESTS, ids=where)
def test_modules_are_short(path: Path) -> None:
    lines = path.read_text("utf-8").count("\n")
    assert lines <= 300, f"{where(path)} has {lines} lines: find the second thing it does and give that a module"


@pytest.mark.parametrize("path", APP, ids=where)
def test_functions_are_short(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or 0) - node.lineno + 1
            assert length <= 40, f"{where(path)}:{node.lineno} {node.name} has {length} lines: split it"


@pytest.mark.parametrize("path", APP, ids=where)
def test_public_names_are_documented(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    if tree.body:
        assert ast.get_docstring(tree), f"{where(path)} does not say what it is for"
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{where(path)}:{node.lineno} {node.name} has no docstring"


@pytest.mark.parametrize("path", APP, ids=where)
def test_nobody_asks_the_time_but_the_clock(path: Path) -> None:
    if where(path) == "app/clock.py":
        return
    asked = re.search(r"\b(?:datetime\.(?:now|utcnow|today)|date\.today|time\.time)\(", path.read_text("utf-8"))
    assert not asked, f"{where(path)} asks for the time ({asked and asked[0]}): take a Clock or an instant as argument"


def test_no_rooms_for_odds_and_ends() -> None:
    odd = [where(p) for p in APP if p.stem in {"utils", "util", "helpers", "helper", "common", "manager", "misc"}]
    assert not odd, f"{odd}: name a module after what it does"


def test_every_room_has_its_tests() -> None:
    rooms = {p.parent.name for p in APP if p.parent.parent == ROOT / "app" and p.name != "__init__.py"}
    missing = {r for r in rooms if not any((ROOT / "tests" / r).glob("test_*.py"))} - {"model"}
    assert not missing, f"tests/ mirrors app/: nothing in {sorted(missing)}"


def test_every_setting_is_documented() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    missing = [f.name for f in fields(Settings) if f"`ORTOO_{f.name.upper()}`" not in readme]
    assert not missing, f"README's table of settings lacks {missing}"
    known = {f"ORTOO_{f.name.upper()}" for f in fields(Settings)}
    unknown = set(re.findall(r"`(ORTOO_[A-Z_]+)`", readme)) - known
    assert not unknown, f"README documents settings that do not exist: {sorted(unknown)}"


def test_every_dependency_is_justified() -> None:
    project = PYPROJECT["project"]
    wanted = [*project["dependencies"], *(d for group in project["optional-dependencies"].values() for d in group)]
    names = {re.split(r"[\[<>=;~ ]", d, maxsplit=1)[0] for d in wanted} - {"ortoo"}
    decisions = (ROOT / "docs" / "decisions.md").read_text("utf-8")
    missing = sorted(n for n in names if f"`{n}`" not in decisions)
    assert not missing, f"docs/decisions.md gives no reason for {missing}"


@pytest.mark.parametrize("lock", ["run", "dev", "docker"])
def test_locks_hold_every_dependency_and_no_address(lock: str) -> None:
    text = (ROOT / "requirements" / f"{lock}.lock").read_text("utf-8")
    for dependency in PYPROJECT["project"]["dependencies"]:
        name = re.split(r"[\[<>=;~ ]", dependency, maxsplit=1)[0]
        assert re.search(rf"^{name}==", text, re.MULTILINE), f"{lock}.lock lacks {name}: make lock"
    assert "://" not in text, f"{lock}.lock names an address"


def test_links_in_the_documents_lead_somewhere() -> None:
    for path in [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]:
        for target in re.findall(r"\]\(([^)#\s]+)", path.read_text("utf-8")):
            if "://" not in target:
                assert (path.parent / target).exists(), f"{where(path)} links to {target}, which is not there"


def test_make_help_names_every_target() -> None:
    text = (ROOT / "Makefile").read_text("utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", text, re.MULTILINE)
    assert phony
    for target in phony[1].split():
        assert re.search(rf"^{target}:.*## ", text, re.MULTILINE), f"make {target} has no help text"
