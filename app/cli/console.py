"""What a command talks to: streams, settings, time. Tests hand in their own."""

import contextlib
import json
import os
import secrets
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from io import TextIOWrapper
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, BinaryIO, TextIO

from app.clock import Clock, system_clock
from app.errors import SchemaOutOfDate
from app.settings import Settings

if TYPE_CHECKING:  # importing these takes most of a second, which `--help` need not wait for
    from app.store import Store
    from app.tracing import Spans
    from app.worker.find import Fetching

PATIENCE = 1.0
"""Seconds after which a person on a terminal is told that something goes on."""

BAR = 20
"""Signs of a bar that says how far something is."""


def open_fetcher(settings: Settings, clock: Clock) -> "AbstractContextManager[Fetching]":
    """The way out to the network, as the settings allow it."""
    from app.ingest.fetch import Fetcher, FetchPolicy

    return Fetcher(FetchPolicy.from_settings(settings), clock=clock)


@dataclass(frozen=True, slots=True)
class Console:
    """Standard streams and what else comes from outside. `seconds` is a clock for waiting times only."""

    out: TextIO
    err: TextIO
    stdin: BinaryIO
    load_settings: Callable[[], Settings] = Settings.load
    clock: Clock = system_clock
    seconds: Callable[[], float] = time.monotonic
    fetcher: "Callable[[Settings, Clock], AbstractContextManager[Fetching]]" = open_fetcher
    random: Callable[[int], bytes] = secrets.token_bytes

    @classmethod
    def standard(cls) -> "Console":
        """The process's own; text is UTF-8 whatever the locale says."""
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")
        return cls(sys.stdout, sys.stderr, sys.stdin.buffer)

    def say(self, text: str = "") -> None:
        """A line of result."""
        self.out.write(text + "\n")

    def say_json(self, value: Any) -> None:
        """A result for machines: one JSON document."""
        self.out.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")

    def warn(self, text: str) -> None:
        """A line for the person at the terminal, beside the result."""
        self.err.write(text + "\n")

    def agreed(self, question: str) -> bool:
        """Whether the person at the terminal, or what is piped in, says yes (in either language)."""
        self.err.write(f"{question} [y/N] ")
        self.err.flush()
        answer = self.stdin.readline(100).decode("utf-8", "replace").strip().casefold()
        return answer in ("y", "yes", "т", "тийм")

    def progress(self, what: str) -> "Progress":
        """A line on the terminal that says how far something is."""
        return Progress(self, what, self.seconds())

    @contextmanager
    def store(self, *, fresh: bool = False, rehearsal: bool = False) -> "Iterator[Store]":
        """The store that the settings name, closed at the end. SchemaOutOfDate if its tables are not this program's.
        With `fresh` a database without any tables gets them; in a `rehearsal` a passing database stands in for it."""
        from app.store import Store

        with ExitStack() as stack:
            opened = stack.enter_context(closing(Store.open(self.load_settings().database_url)))
            try:
                opened.check_schema()
            except SchemaOutOfDate as error:
                if not fresh or error.facts.get("found") is not None:
                    raise
                if rehearsal:
                    folder = stack.enter_context(TemporaryDirectory(prefix="ortoo-"))
                    opened = stack.enter_context(closing(Store.open(f"sqlite:///{folder}/rehearsal.db")))
                opened.migrate()
            yield opened

    @contextmanager
    def spans(self) -> "Iterator[Spans]":
        """What begins spans, as the settings say; sent off at the end. SettingsError when the extra is missing."""
        from app.cli.logs import without_secrets
        from app.tracing import Tracing, untraced

        if not self.load_settings().otel:
            yield untraced
            return
        with closing(Tracing.open(without_secrets)) as tracing:
            yield tracing.span


@dataclass(slots=True)
class Progress:
    """A counter on a terminal, from PATIENCE seconds on; nothing where the errors go to a file."""

    console: Console
    what: str
    since: float
    shown: int = field(default=0)

    def __call__(self, n: int, of: int | None = None) -> None:
        """So many are done, of so many where that is known (about, it may become more)."""
        if self.console.err.isatty() and self.console.seconds() - self.since >= PATIENCE:
            text = f"{self.what}: {n:,}"
            if of:
                done = min(n / of, 1.0)
                text += f" of {of:,} [{'#' * round(done * BAR):.<{BAR}}] {done:.0%}"
            self.console.err.write("\r" + text.ljust(self.shown))
            self.console.err.flush()
            self.shown = len(text)

    def end(self) -> None:
        """Take the counter off the terminal."""
        if self.shown:
            self.console.err.write("\r" + " " * self.shown + "\r")
            self.shown = 0


@contextmanager
def replaced(path: Path) -> Iterator[TextIO]:
    """A text file that appears under its name only when it is whole."""
    with replaced_bytes(path) as file:
        text = TextIOWrapper(file, encoding="utf-8", newline="\n")
        yield text
        text.flush()
        text.detach()


@contextmanager
def replaced_bytes(path: Path) -> Iterator[BinaryIO]:
    """The same for bytes."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("wb") as file:
            yield file
        beside.replace(path)
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
