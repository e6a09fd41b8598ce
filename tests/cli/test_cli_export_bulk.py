"""`ortoo export` of everything: formats, ranges, compression, and back in again."""

import csv
import gzip
import io
import json
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

import app
from app.clock import Clock
from app.settings import Settings
from app.store import Store
from tests.builders import NOW, batch, headline
from tests.cli.conftest import Ortoo, _runner

CASES = Path(__file__).parents[1] / "cases" / "digests"
SAMPLE = Path(app.__file__).parent / "data" / "samples" / "2026-01-15.txt"

FOUND = [
    {"title": "Instant with its zone", "url": "https://montsame.mn/1", "published": "2026-01-14T10:00:00.25+08:00"},
    {"title": "Clock time without one", "url": "https://montsame.mn/2", "published": "2026-01-14 23:30"},
    {"title": "A day", "url": "https://gogo.mn/3?id=7&үг=1", "published": "2026-01-13"},
    {"title": "No date at all", "url": "https://gogo.mn/4"},
    {"title": "A date far ahead", "url": "https://gogo.mn/5", "published": "2026-03-01T08:00:00Z"},
    {"title": "A day far ahead", "url": "https://gogo.mn/6", "published": "2026-03-01"},
    {"title": "Қазақстан келісімге қол қойды", "url": "https://akipress.com/7", "published": "2026-01-12"},
    {"title": "12345", "url": "https://news.gogo.mn/8", "published": "2026-01-12"},
    {"title": '=HYPERLINK("x"), “ишлэл”\\u2028', "outlet": "mn.usembassy.gov", "published": "2026-01-12"},
    {"title": "Үнэ өсөв", "url": "https://gogo.mn/9", "published": "2026-01-15T08:59:00Z"},
]


@pytest.fixture
def filled(ortoo: Ortoo, tmp_path: Path) -> Ortoo:
    found = tmp_path / "found.ndjson"
    found.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in FOUND), "utf-8")
    assert ortoo("ingest", SAMPLE, CASES / "2024-12-19-shape.txt", CASES / "2025-09-16-shape.txt", found).code == 0
    return ortoo


def told(path: Path) -> list[dict[str, Any]]:
    """Lines but for the numbers, which each archive gives out itself."""
    return [{k: v for k, v in json.loads(line).items() if k != "id"} for line in path.read_text("utf-8").splitlines()]


@pytest.fixture
def other(sqlite_template: Path, tmp_path: Path) -> Callable[[Clock], Ortoo]:
    """The command line on another archive, at another time."""
    made = count()

    def opened(clock: Clock) -> Ortoo:
        path = tmp_path / f"other{next(made)}.db"
        path.write_bytes(sqlite_template.read_bytes())
        return _runner(Settings(database_url=f"sqlite:///{path}"), clock)

    return opened


def test_an_archive_moves_house_unchanged(filled: Ortoo, other: Callable[[Clock], Ortoo], tmp_path: Path) -> None:
    one, two, three = (tmp_path / f"{name}.ndjson" for name in ("one", "two", "three"))
    assert filled("export", "-o", one).code == 0
    assert {line["honesty"] for line in told(one)} == {"declared", "zone-assumed", "date-only", "first-seen"}
    assert {line.get("stated") for line in told(one)} == {None, "2026-03-01", "2026-03-01T08:00:00+00:00"}
    later = other(lambda: NOW + timedelta(days=100))
    said = later("ingest", one)
    assert (said.code, said.err) == (0, "")
    assert later("export", "-o", two).code == 0
    assert told(two) == told(one)
    assert later("ingest", two).code == 0
    later("export", "-o", three)
    assert three.read_bytes() == two.read_bytes()


@pytest.mark.parametrize("name", ["all.ndjson", "all.csv", "all.parquet"])
def test_the_format_is_what_the_file_ends_in(filled: Ortoo, tmp_path: Path, name: str) -> None:
    filled("export", "-o", tmp_path / "plain.ndjson")
    titles = [line["title"] for line in told(tmp_path / "plain.ndjson")]
    said = filled("export", "-o", tmp_path / name)
    assert (said.code, said.out, said.err) == (0, "", "")
    body = (tmp_path / name).read_bytes()
    if name.endswith("csv"):
        found = [row["title"] for row in csv.DictReader(io.StringIO(body.decode("utf-8-sig")))]
        assert found == [f"'{title}" if title.startswith("=") else title for title in titles]
    elif name.endswith("parquet"):
        assert pq.read_table(io.BytesIO(body)).column("title").to_pylist() == titles
    else:
        assert [json.loads(line)["title"] for line in body.splitlines()] == titles


def test_gzip_by_name_or_by_wish(filled: Ortoo, tmp_path: Path) -> None:
    filled("export", "-o", tmp_path / "plain.csv")
    filled("export", "-o", tmp_path / "named.csv.gz")
    filled("export", "-o", tmp_path / "wished.csv", "--gzip")
    plain = (tmp_path / "plain.csv").read_bytes()
    assert gzip.decompress((tmp_path / "named.csv.gz").read_bytes()) == plain
    assert (tmp_path / "named.csv.gz").read_bytes() == (tmp_path / "wished.csv").read_bytes()


@pytest.mark.parametrize(
    ("words", "n"),
    [
        (["--outlet", "gogo.mn", "--from", "2026-01-12", "--to", "2026-01-13"], 2),
        (["--lang", "kk"], 1),
        (["--lang", "kk", "--lang", "und"], 2),
        (["--day", "2026-01-12"], 3),
    ],
)
def test_a_part_of_it(filled: Ortoo, words: list[str], n: int) -> None:
    assert len(filled("export", *words).out.splitlines()) == n


@pytest.mark.parametrize(
    "words",
    [["--lang", "english"], ["--outlet", "no domain"], ["--format", "txt", "--lang", "mn"], ["--format", "xls"]],
)
def test_what_cannot_be_is_refused(filled: Ortoo, words: list[str]) -> None:
    said = filled("export", *words)
    assert (said.code, said.out) == (2, "")


def test_history_is_told_when_it_is_asked_for(filled: Ortoo) -> None:
    assert "first_seen_at" not in filled("export", "--day", "2026-01-13").out
    (line,) = filled("export", "--day", "2026-01-13", "--history").out.splitlines()
    assert json.loads(line)["first_seen_at"] == "2026-01-15T09:00:00Z"
    assert json.loads(line)["edits"] == []


def test_a_bar_on_a_terminal(ortoo: Ortoo, database_url: str) -> None:
    store = Store.open(database_url)
    with store.writing() as writer:
        writer.put(batch([headline(f"Headline {n}", f"https://montsame.mn/{n}") for n in range(2_000)]))
    store.close()
    ticking: Iterator[float] = (float(n) for n in count())
    said = ortoo("export", terminal=True, seconds=ticking)
    assert "exported: 1,000 of 2,000 [##########..........] 50%" in said.err
    assert "100%" in said.err


def test_an_old_file_stays_when_the_new_one_fails(
    filled: Ortoo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "all.parquet"
    target.write_bytes(b"before")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    said = filled("export", "-o", target)
    assert (said.code, said.err) == (1, "ortoo: Parquet needs pyarrow: pip install 'ortoo[parquet]'.\n")
    assert target.read_bytes() == b"before"
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []
