"""`ortoo export`."""

import json
from pathlib import Path

import pytest

import app
from tests.cli.conftest import Ortoo

CASES = Path(__file__).parents[1] / "cases" / "digests"
SAMPLE = Path(app.__file__).parent / "data" / "samples" / "2026-01-15.txt"


@pytest.fixture
def filled(ortoo: Ortoo) -> Ortoo:
    assert ortoo("ingest", SAMPLE, CASES / "2024-12-19-shape.txt").code == 0
    return ortoo


def test_ndjson_is_a_headline_a_line(filled: Ortoo) -> None:
    said = filled("export")
    records = [json.loads(line) for line in said.out.splitlines()]
    assert (said.code, said.err, len(records)) == (0, "", 36)
    keys = {"id", "day", "language", "rank", "title", "url", "outlet", "published", "article"}
    assert all(keys <= record.keys() for record in records)
    assert [r["title"] for r in records if r["article"]] == ["Yongusil 100: Mongolia and the Korean Security Crisis"]
    mongolian = [r for r in records if r["language"] == "mn"]
    assert len(mongolian) == 15
    assert all(r["rank"] is None for r in mongolian)


def test_a_day_as_text_comes_back_unchanged(filled: Ortoo, tmp_path: Path) -> None:
    for name in ("one.txt", "two.txt"):
        said = filled("export", "--format", "txt", "--day", "2026-01-15", "-o", tmp_path / name)
        assert (said.code, said.out, said.err) == (0, "", "")
        back = filled("ingest", tmp_path / name)
        assert back.out == f"{tmp_path / name} (digest): 0 added, 0 updated, 21 duplicate, 0 rejected\n"
    assert (tmp_path / "one.txt").read_bytes() == (tmp_path / "two.txt").read_bytes()


def test_all_days_as_text_come_back_unchanged(filled: Ortoo, tmp_path: Path) -> None:
    filled("export", "--format", "txt", "-o", tmp_path / "all.txt")
    back = filled("ingest", tmp_path / "all.txt")
    assert back.code == 0
    assert "0 added, 0 updated" in back.out


@pytest.mark.parametrize(
    ("words", "days"),
    [
        (["--day", "2024-12-20"], {"2024-12-20"}),
        (["--from", "2025-01-01"], {"2026-01-15"}),
        (["--to", "2025-01-01"], {"2024-12-20"}),
        (["--from", "2024-12-20", "--to", "2026-01-15"], {"2024-12-20", "2026-01-15"}),
    ],
)
def test_ranges(filled: Ortoo, words: list[str], days: set[str]) -> None:
    assert {json.loads(line)["day"] for line in filled("export", *words).out.splitlines()} == days


def test_nothing_to_export_says_so(filled: Ortoo) -> None:
    for form in ("txt", "ndjson"):
        said = filled("export", "--format", form, "--day", "2020-01-01")
        assert (said.code, said.out, said.err) == (1, "", "There is nothing to export.\n")


@pytest.mark.parametrize(
    "words", [["--day", "2026-01-15", "--from", "2026-01-01"], ["--from", "2026-01-15", "--to", "2026-01-01"]]
)
def test_days_that_contradict_each_other(filled: Ortoo, words: list[str]) -> None:
    said = filled("export", *words)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("ortoo: --")


def test_a_file_that_cannot_be_written(filled: Ortoo, tmp_path: Path) -> None:
    said = filled("export", "-o", tmp_path / "no" / "such" / "place.ndjson")
    assert said.code == 1
    assert "cannot be written" in said.err
    assert said.err.count("\n") == 1


def test_a_file_appears_only_when_it_is_whole(filled: Ortoo, tmp_path: Path) -> None:
    target = tmp_path / "day.txt"
    target.write_text("before")
    target.parent.chmod(0o755)
    filled("export", "--format", "txt", "--day", "2020-01-01", "-o", target)
    filled("export", "--format", "txt", "--day", "2026-01-15", "-o", target)
    assert target.read_text("utf-8").startswith("1 US PAUSES")
    assert sorted(p.name for p in tmp_path.iterdir() if p.name.startswith(".")) == []
