"""`ortoo fetch`, `ortoo worker`, and the worker beside `ortoo serve`."""

import io
import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from app.cli import main, serve
from app.cli.console import Console
from app.cli.keeper import Keeper
from app.cli.run import COMMANDS, parser
from app.clock import Clock
from app.model.source import Source
from app.settings import Settings
from app.store import Store
from tests.builders import NOW, rows
from tests.cli.conftest import Said
from tests.ingest.faulty_server import FaultyServer, answer, serving


@pytest.fixture
def server() -> Iterator[FaultyServer]:
    with serving({"/feed": answer(), "/down": answer(b"", "500 Internal Server Error")}) as opened:
        yield opened


@pytest.fixture
def ortoo(database_url: str, clock: Clock) -> Callable[..., Said]:
    """The command line with the real way out, to this machine only."""
    settings = Settings(database_url=database_url, fetch_allow="127.0.0.1/32", fetch_threads=2)

    def run(*argv: str, environment: Settings = settings) -> Said:
        out, err = io.StringIO(), io.StringIO()
        code = main(argv, Console(out, err, io.BytesIO(), load_settings=lambda: environment, clock=clock))
        return Said(code, out.getvalue(), err.getvalue())

    return run


def add(store: Store, *urls: str) -> None:
    with store.writing() as writer:
        for url in urls:
            writer.sources.add(Source(url, outlet="montsame.mn"), NOW)


def test_fetch_what_is_due(ortoo: Callable[..., Said], store: Store, server: FaultyServer) -> None:
    add(store, server.url("/feed"))
    said = ortoo("fetch")
    assert said.code == 0
    assert "1 fetched, 1 new headlines, 0 failed." in said.err
    assert len(rows(store, "headlines")) == 1
    again = ortoo("fetch", "--once")
    assert (again.code, again.out) == (0, "")
    assert "0 fetched" in again.err


def test_a_failure_is_said_and_makes_the_code_one(
    ortoo: Callable[..., Said], store: Store, server: FaultyServer
) -> None:
    add(store, server.url("/feed"), server.url("/down"))
    said = ortoo("fetch", "--json")
    told = {one["source"]: one for one in json.loads(said.out)}
    assert said.code == 1
    assert (told[1]["state"], told[1]["added"], told[2]["state"]) == ("ok", 1, "server-error")


def test_fetch_certain_sources_due_or_not(ortoo: Callable[..., Said], store: Store, server: FaultyServer) -> None:
    add(store, server.url("/feed"), server.url("/down"))
    ortoo("fetch")
    assert ortoo("fetch", "--source", "1").code == 0
    assert "2 fetched" in ortoo("fetch", "--all").err
    missing = ortoo("fetch", "--source", "77")
    assert missing.code == 2
    assert "There is no source 77" in missing.err


def test_a_source_that_another_worker_has(ortoo: Callable[..., Said], store: Store, server: FaultyServer) -> None:
    add(store, server.url("/feed"))
    store.claim(NOW, "other", 60, 1)
    said = ortoo("fetch", "--source", "1")
    assert said.code == 1
    assert "1 being fetched by another worker" in said.err


def test_the_worker_ends_with_standard_input(store: Store, database_url: str, server: FaultyServer) -> None:
    add(store, server.url("/feed"))
    environment = {"ORTOO_DATABASE_URL": database_url, "ORTOO_FETCH_ALLOW": "127.0.0.1/32", "PATH": "/usr/bin:/bin"}
    with subprocess.Popen(
        [sys.executable, "-m", "app", "worker", "--json", "--while-stdin"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
    ) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        assert json.loads(process.stdout.readline())["added"] == 1
        process.stdin.close()
        assert process.wait(10) == 0
    assert len(rows(store, "headlines")) == 1


def test_a_process_that_dies_is_started_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.cli.keeper._SOON", 0.01)
    deaths: list[str] = []
    twice = threading.Event()

    def hear(trouble: str) -> None:
        deaths.append(trouble)
        if len(deaths) == 2:
            twice.set()

    with Keeper((sys.executable, "-c", "raise SystemExit(3)"), hear):
        assert twice.wait(20)
    assert all("code 3" in death for death in deaths)


def test_the_process_ends_with_us() -> None:
    with Keeper((sys.executable, "-c", "import sys; sys.stdin.read()")) as keeper:
        for _ in range(500):
            if keeper.pid is not None:
                break
            threading.Event().wait(0.01)
        assert keeper.pid is not None
    assert keeper.pid is None


@pytest.mark.parametrize(
    ("flags", "wanted", "beside"), [((), True, True), (("--no-worker",), True, False), ((), False, False)]
)
def test_serve_has_a_worker_beside_it_unless_told_otherwise(
    ortoo: Callable[..., Said],
    database_url: str,
    monkeypatch: pytest.MonkeyPatch,
    flags: tuple[str, ...],
    wanted: bool,
    beside: bool,
) -> None:
    kept: list[str] = []

    @contextmanager
    def keeper(**_: object) -> Iterator[None]:
        kept.append("began")
        yield
        kept.append("ended")

    monkeypatch.setattr(serve, "Keeper", keeper)
    monkeypatch.setattr("uvicorn.run", lambda *_, **__: kept.append("served"))
    settings = replace(Settings(database_url=database_url), worker=wanted)
    assert ortoo("serve", *flags, environment=settings).code == 0
    assert kept == (["began", "served", "ended"] if beside else ["served"])


def test_help_knows_every_command_without_importing_it() -> None:
    told = parser().format_help()
    for name, (_, line) in COMMANDS.items():
        assert f"{name} " in told
        assert line in " ".join(told.split())
        assert line in " ".join(parser(name).format_help().split())
