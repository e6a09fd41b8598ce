"""The other commands, and what becomes of errors."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import app
from app.cli import check as check_module
from app.cli import main, serve
from app.cli.console import Console
from app.cli.editor import NOBODY
from app.cli.run import COMMANDS
from app.clock import Clock
from app.errors import SettingsError
from app.settings import Settings
from app.store import Store
from tests.cli.conftest import Ortoo

SAMPLE = Path(app.__file__).parent / "data" / "samples" / "2026-01-15.txt"
NAMES = list(COMMANDS)


@pytest.mark.parametrize("name", NAMES)
def test_every_command_has_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([name, "--help"]) == 0
    assert f"usage: ortoo {name}" in capsys.readouterr().out


@pytest.mark.parametrize("argv", [[], ["nonsense"], ["check", "more"]])
def test_wrong_usage_is_two(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(argv) == 2
    assert "usage: ortoo" in capsys.readouterr().err


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"ortoo {app.__version__}\n"


def test_migrate_is_safe_to_repeat(bare_ortoo: Ortoo) -> None:
    first, second = bare_ortoo("migrate"), bare_ortoo("migrate")
    assert first == second
    assert (first.code, "at this program's schema" in first.out) == (0, True)


def test_a_database_without_tables_is_one_clear_line(bare_ortoo: Ortoo) -> None:
    said = bare_ortoo("export")
    assert (said.code, said.out) == (1, "")
    assert "ortoo migrate" in said.err
    assert said.err.count("\n") == 1


def test_check_when_all_is_in_order(ortoo: Ortoo) -> None:
    said = ortoo("check")
    assert [line.split()[:2] for line in said.out.splitlines()] == [
        ["ok", "database"],
        ["ok", "schema"],
        ["ok", "replicas"],
        ["ok", "keys"],
        ["ok", "templates"],
        ["ok", "catalogues"],
        ["ok", "fetching"],
    ]
    assert said.code == 0


def test_check_finds_missing_tables(bare_ortoo: Ortoo) -> None:
    said = bare_ortoo("check", "--json")
    found = {part["part"]: part["ok"] for part in json.loads(said.out)}
    assert said.code == 1
    wrong = {"schema", "fetching", "keys"}
    assert found == {part: part not in wrong for part in ("database", "replicas", "templates", "catalogues", *wrong)}


def test_check_finds_broken_templates_and_catalogues(
    ortoo: Ortoo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text("{% if %}")
    for ui, texts in {"en": {"a": "A", "b": "B"}, "mn": {"a": "А", "b": ""}}.items():
        folder = tmp_path / "locale" / ui / "LC_MESSAGES"
        folder.mkdir(parents=True)
        entries = "".join(f'msgid "{key}"\nmsgstr "{text}"\n\n' for key, text in texts.items())
        (folder / "ortoo.po").write_text(f'msgid ""\nmsgstr "Language: {ui}\\n"\n\n{entries}', "utf-8")
    monkeypatch.setattr(check_module, "resource_dir", lambda name: tmp_path / name)
    said = ortoo("check")
    failed = {line.split()[1]: line for line in said.out.splitlines() if line.startswith("FAIL")}
    assert said.code == 1
    assert failed.keys() == {"templates", "catalogues"}
    assert "page.html" in failed["templates"]
    assert "mn lacks b" in failed["catalogues"]


def test_check_of_a_database_that_is_not_there(tmp_path: Path, clock: Clock) -> None:
    settings = Settings(database_url=f"sqlite:///{tmp_path}/no/such/place.db")
    out = io.StringIO()
    assert main(["check"], Console(out, out, io.BytesIO(), lambda: settings, clock)) == 1
    assert "FAIL database" in out.getvalue()
    assert "Traceback" not in out.getvalue()


def test_outlets(ortoo: Ortoo) -> None:
    ortoo("ingest", SAMPLE)
    assert "montsame.mn" in ortoo("outlets").out
    told = {outlet["domain"]: outlet for outlet in json.loads(ortoo("outlets", "--json").out)}
    assert (told["montsame.mn"]["name_en"], told["montsame.mn"]["name_mn"]) == ("Montsame", "МОНЦАМЭ")


def test_detect(ortoo: Ortoo) -> None:
    assert ortoo("detect", "МОНГОЛ УЛС ХЯТАД УЛСТАЙ ХАМТРАН АЖИЛЛАНА").out.startswith("mn ")
    several = "МОНГОЛ УЛС ХЯТАД УЛСТАЙ ХАМТРАН АЖИЛЛАНА\nThe parliament opens its autumn session\n".encode()
    told = json.loads(ortoo("detect", "--json", "-", stdin=several).out)
    assert [answer["code"] for answer in told] == ["mn", "en"]


def test_a_bad_setting_is_usage(clock: Clock) -> None:
    def broken() -> Settings:
        raise SettingsError("ORTOO_PORT=x: a whole number is needed", name="ORTOO_PORT")

    err = io.StringIO()
    assert main(["check"], Console(io.StringIO(), err, io.BytesIO(), broken, clock)) == 2
    assert err.getvalue() == "ortoo: ORTOO_PORT=x: a whole number is needed\n"


def test_an_interrupt_is_quiet(clock: Clock) -> None:
    def interrupted() -> Settings:
        raise KeyboardInterrupt

    err = io.StringIO()
    assert main(["check"], Console(io.StringIO(), err, io.BytesIO(), interrupted, clock)) == 130
    assert err.getvalue() == ""


def test_a_reader_that_leaves_is_quiet(ortoo: Ortoo, database_url: str) -> None:
    ortoo("ingest", SAMPLE)
    environment = {**os.environ, "ORTOO_DATABASE_URL": database_url, "PYTHONPATH": str(Path(app.__file__).parents[1])}
    command = f"'{sys.executable}' -m app export | head -c 10; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.endswith("0\n")
    assert done.stderr == ""


class Served:
    """Stands in for the server: notes how it was asked to run."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, Any]]] = []

    def run(self, target: str, **options: Any) -> None:
        self.asked.append((target, options))


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Served:
    stand_in = Served()
    monkeypatch.setattr(serve, "uvicorn", stand_in)
    return stand_in


def test_serve_migrates_and_loads_the_sample_once(bare_ortoo: Ortoo, served: Served) -> None:
    first = bare_ortoo("serve", "--sample", "--port", "0")
    assert (first.code, first.err) == (0, f"{NOBODY}\nLoaded the sample digest: 21 items.\n")
    assert bare_ortoo("serve", "--sample").err == f"{NOBODY}\n"
    assert len(bare_ortoo("export").out.splitlines()) == 21
    (_, options), (target, defaults) = served.asked
    assert (options["port"], defaults["port"], defaults["host"], defaults["workers"]) == (0, 8000, "127.0.0.1", 1)
    assert (target, defaults["factory"]) == ("app.cli.serve:application", True)


def test_serve_without_the_sample_loads_nothing(bare_ortoo: Ortoo, served: Served) -> None:
    assert bare_ortoo("serve", "--workers", "2", "--host", "0.0.0.0").code == 0
    assert served.asked[0][1]["workers"] == 2
    assert bare_ortoo("export").code == 1


@pytest.mark.parametrize("words", [["--port", "70000"], ["--port", "x"], ["--workers", "0"], ["--workers", "-1"]])
def test_serve_with_numbers_that_cannot_be(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", *words]) == 2
    assert "usage: ortoo serve" in capsys.readouterr().err


def test_the_application_of_a_server_process(
    database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ORTOO_DATABASE_URL", database_url)
    monkeypatch.chdir(tmp_path)
    opened: list[Store] = []
    real: Callable[..., Store] = Store.open

    def noting(*given: Any) -> Store:
        opened.append(real(*given))
        return opened[-1]

    monkeypatch.setattr(Store, "open", noting)
    assert callable(serve.application())
    for store in opened:
        store.close()
