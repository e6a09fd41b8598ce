"""`ortoo` on a database of its own, with its streams in hand."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.cli import main
from app.cli.console import Console
from app.clock import Clock
from app.settings import Settings


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str


Ortoo = Callable[..., Said]


def _runner(settings: Settings, clock: Clock) -> Ortoo:
    def run(
        *argv: str | Path, stdin: bytes = b"", terminal: bool = False, seconds: Iterator[float] | None = None
    ) -> Said:
        out, err = io.StringIO(), io.StringIO()
        if terminal:
            err.isatty = lambda: True  # type: ignore[method-assign]
        console = Console(
            out,
            err,
            io.BytesIO(stdin),
            load_settings=lambda: settings,
            clock=clock,
            seconds=(lambda: next(seconds)) if seconds else (lambda: 0.0),
        )
        code = main([str(word) for word in argv], console)
        return Said(code, out.getvalue(), err.getvalue())

    return run


@pytest.fixture
def ortoo(database_url: str, clock: Clock) -> Ortoo:
    """The command line on an empty store, on each kind of database."""
    return _runner(Settings(database_url=database_url), clock)


@pytest.fixture
def bare_ortoo(bare_url: str, clock: Clock) -> Ortoo:
    """The command line on a database without any tables, on each kind of database."""
    return _runner(Settings(database_url=bare_url), clock)


@pytest.fixture
def small_ortoo(tmp_path: Path, clock: Clock) -> Ortoo:
    """The command line on SQLite, with a payload limit of 1,000 bytes."""
    return _runner(Settings(database_url=f"sqlite:///{tmp_path}/small.db", max_payload_bytes=1000), clock)
