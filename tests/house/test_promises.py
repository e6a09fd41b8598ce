"""Every promise of docs/operations.md names tests, and each of them is there."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "operations.md").read_text("utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", TEXT)))


@pytest.mark.parametrize(("path", "name"), NAMED)
def test_a_test_that_is_named_is_there(path: str, name: str) -> None:
    assert (ROOT / path).is_file(), f"docs/operations.md names {path}, which is not there"
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    there = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    assert name in there, f"docs/operations.md names {path}::{name}, which is not there: name the test that holds it"


def test_every_promise_names_one() -> None:
    promises = TEXT.partition("## Promises")[2].partition("\n## ")[0]
    rows = [line for line in promises.splitlines() if line.startswith("| ")][1:]
    assert len(rows) > 10
    for row in rows:
        assert "::test_" in row, f"nothing holds us to: {row}"
