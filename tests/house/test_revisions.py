"""Each revision of the tables says how it is undone; one that the program before it may go on using takes nothing
away (docs/operations.md, Upgrades)."""

import ast
import re
from pathlib import Path

import pytest

from app.store.schema import REVISION

VERSIONS = sorted((Path(__file__).resolve().parents[2] / "migrations" / "versions").glob("*.py"))
TAKING = {"drop_table", "drop_column", "drop_constraint", "rename_table", "alter_column", "batch_alter_table"}
SQL = re.compile(r"\b(?:DROP (?!INDEX)|RENAME|ALTER COLUMN|SET NOT NULL|TRUNCATE)\b", re.IGNORECASE)


def named(path: Path) -> str:
    tree = ast.parse(path.read_text("utf-8"))
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == "revision":
            return str(ast.literal_eval(node.value))
    raise AssertionError(f"{path.name} names no revision")


def taken_away(tree: ast.Module) -> list[str]:
    """What `upgrade`, or what it calls, takes away, changes, or demands of rows that the program before writes."""
    found = []
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name != "downgrade":
            for one in ast.walk(node):
                if isinstance(one, ast.Call) and isinstance(one.func, ast.Attribute):
                    found += [one.func.attr] if one.func.attr in TAKING else []
                    found += ["a column without a default"] if one.func.attr == "add_column" and demands(one) else []
                if isinstance(one, ast.Constant) and isinstance(one.value, str) and SQL.search(one.value):
                    found.append(one.value)
    return found


def demands(call: ast.Call) -> bool:
    told = ast.unparse(call)
    return "nullable=False" in told and "server_default" not in told


@pytest.mark.parametrize("path", VERSIONS, ids=lambda path: path.name)
def test_a_revision_says_how_it_is_undone(path: Path) -> None:
    told = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    note = told.partition("Going back:")[2].strip()
    assert len(note) > 10, f"{path.name}: its docstring needs a line 'Going back: …', what is done and what is lost"
    assert "…" not in note, f"{path.name}: the template's line on going back is not filled in"


@pytest.mark.parametrize("path", VERSIONS, ids=lambda path: path.name)
def test_an_expand_step_takes_nothing_away(path: Path) -> None:
    name = named(path)
    assert re.fullmatch(r"\d{4}(?:_from_\d{4})?", name), f"{path.name}: {name} is not 0009 or 0009_from_0007"
    if "_from_" in name:
        found = taken_away(ast.parse(path.read_text("utf-8")))
        assert not found, f"{path.name} takes away or demands {found}: as a contract step it is called {name[:4]}"


def test_an_expand_step_reaches_back_to_the_last_contract_step_at_most() -> None:
    contract = "0000"
    for name in map(named, VERSIONS):
        if "_from_" in name:
            assert contract <= name[-4:] < name[:4], f"{name}: programs before {contract} cannot use it"
        else:
            contract = name


def test_the_rule_sees_what_it_is_for() -> None:
    for line in (
        "op.drop_column('a', 'b')",
        "op.rename_table('a', 'b')",
        "op.execute('ALTER TABLE a DROP COLUMN b')",
        "op.add_column('a', sa.Column('b', sa.Text(), nullable=False))",
        "op.alter_column('a', 'b', new_column_name='c')",
    ):
        assert taken_away(ast.parse(f"def upgrade():\n    {line}\n")), line
    for line in ("op.add_column('a', sa.Column('b', sa.Text(), nullable=True))", "op.create_table('a')"):
        assert not taken_away(ast.parse(f"def upgrade():\n    {line}\n")), line
    assert named(VERSIONS[-1]) == REVISION
