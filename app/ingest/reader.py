"""Who reads a payload: this process, or one that can be stopped.

What is cut, parsed or decoded as a whole (XML, HTML, JSON documents, digests) is read in a child process with limits of
time and memory: whatever a document does to the parser, the parent lives. Formats that cost no more than their lines
(`Format.endless`) are read here: any number of items come through, and only the time between two of them is limited.
"""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from app.errors import MalformedPayload
from app.ingest import frames
from app.ingest.format import Format, Item, Reading
from app.ingest.limits import Limits
from app.ingest.payload import Payload
from app.ingest.pipes import Broken, Late, Pipes
from app.ingest.source import UNPACKED_BYTES
from app.model.headline import Reason

Reader = Callable[[Format, Payload, Reading], Iterator[Item]]
"""Yields the items of a payload in a format. IngestError where reading breaks off; what came before stands."""

Seconds = Callable[[], float]

PROGRAM = ("-m", "app.ingest.child")

MAX_IDLE = 4
"""Children that are kept for the next payload; each takes some 40 MB."""

_QUESTIONS = 1_000
"""Payloads after which a child makes room for a fresh one: C code leaks, and a heap does not shrink."""

_READY_SECONDS = 30.0
"""How long a child may take to start and take its question, on a machine that is busy with other things."""


def read_here(chosen: Format, payload: Payload, reading: Reading, seconds: Seconds = time.monotonic) -> Iterator[Item]:
    """Read in this process; MalformedPayload where the next item took longer than it may."""
    items = chosen.parse(payload, reading)
    while True:
        since = seconds()
        item = next(items, None)
        if seconds() - since > reading.limits.seconds:
            raise _too_slow(payload, reading.limits)
        if item is None:
            return
        yield item


class ChildReader:
    """Reads in child processes, which start when they are needed and stay for the next payload. Safe to share between
    threads, each gets a child of its own. Close it, or use it in `with`."""

    def __init__(self, program: Sequence[str] = PROGRAM) -> None:
        self._program = program
        self._idle: list[_Child] = []
        self._lock = threading.Lock()

    def __call__(self, chosen: Format, payload: Payload, reading: Reading) -> Iterator[Item]:
        """A `Reader`. A child that was stopped or has died is replaced, and the payload that it died of rejected."""
        if chosen.endless:
            yield from read_here(chosen, payload, reading)
            return
        with _question(chosen, payload, reading) as question:
            child = self._asked(question)
            try:
                yield from child.answers(payload, reading.limits)
            finally:  # where the caller stops in the middle the child still writes: it cannot be used again
                self._back(child)

    def close(self) -> None:
        """End the children that wait."""
        with self._lock:
            idle, self._idle = self._idle, []
        for child in idle:
            child.kill()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _asked(self, question: bytes) -> "_Child":
        """A child that has been asked: one that waits, or a new one where it turns out to be gone."""
        with self._lock:
            child = self._idle.pop() if self._idle else None
        if child is not None:
            try:
                child.ask(question)
                return child
            except (Broken, Late):
                child.kill()
        child = _Child(self._program)
        try:
            child.ask(question)
        except (Broken, Late) as error:
            child.kill()
            raise MalformedPayload("The reading process does not start.", reason=Reason.MALFORMED) from error
        return child

    def _back(self, child: "_Child") -> None:
        with self._lock:
            if child.ready and child.asked < _QUESTIONS and len(self._idle) < MAX_IDLE:
                self._idle.append(child)
                return
        child.kill()


class _Child:
    """One child process. `asked` counts its payloads, `ready` says whether it waits for the next."""

    def __init__(self, program: Sequence[str]) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-P", *program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            bufsize=0,
            start_new_session=True,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._pipes = Pipes(self._process.stdin.fileno(), self._process.stdout.fileno())
        self.asked = 0
        self.ready = False

    def kill(self) -> None:
        """End it, whatever it does."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            assert stream is not None
            with contextlib.suppress(OSError):
                stream.close()

    def ask(self, question: bytes) -> None:
        """Ask for a payload. Broken or Late where the child does not take the question."""
        if self.asked == 0:
            self._pipes.receive(_READY_SECONDS)  # it says when it is there
        self._pipes.send(question, _READY_SECONDS)
        self.asked += 1
        self.ready = False

    def answers(self, payload: Payload, limits: Limits) -> Iterator[Item]:
        """The items. Only the time that is spent waiting for the child counts, not what the caller does between."""
        left = limits.seconds
        try:
            while True:
                since = time.monotonic()
                kind, head, body = self._pipes.receive(left)
                left -= time.monotonic() - since
                self.ready = kind in (frames.DONE, frames.FAILED)
                if kind == frames.DONE:
                    return
                if kind != frames.ITEMS:
                    raise _failure(kind, head, payload, limits)
                yield from frames.items_of(head, body)
        except Late as error:
            raise _too_slow(payload, limits) from error
        except (Broken, TypeError, ValueError) as error:
            raise self._died(payload, limits) from error

    def _died(self, payload: Payload, limits: Limits) -> MalformedPayload:
        """What ended the child: the operating system at a limit, or a fault in the parser."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(1)
        ended = self._process.returncode
        if ended == -signal.SIGXCPU:
            return _too_slow(payload, limits)
        return MalformedPayload(
            f"{payload.name}: the reading process broke off ({ended}), perhaps for lack of memory: it may have "
            f"{limits.megabytes:,} MB (ORTOO_PARSE_MEGABYTES).",
            reason=Reason.MALFORMED,
        )


@contextlib.contextmanager
def _question(chosen: Format, payload: Payload, reading: Reading) -> Iterator[bytes]:
    """The frame that asks for a payload. A file is named, so that the child reads it as far as it needs; what can be
    read only once is put into a file first."""
    with contextlib.ExitStack() as stack:
        path = payload.path
        if path is None and payload.size() is None:
            path = stack.enter_context(_spooled(payload, reading.limits))
        head = {
            "format": chosen.name,
            "file": path is not None,
            "url": payload.url,
            "media_type": payload.media_type,
            "received_at": frames.instant(payload.received_at),
            "name": payload.name,
            "reading": frames.reading_head(reading),
        }
        body = os.fsencode(path.absolute()) if path is not None else payload.head(sys.maxsize)
        yield frames.frame(frames.ASK, head, body)


@contextlib.contextmanager
def _spooled(payload: Payload, limits: Limits) -> Iterator[Path]:
    most = max(limits.payload_bytes + 1, UNPACKED_BYTES)
    with tempfile.NamedTemporaryFile(prefix="ortoo-") as file:
        for piece in payload.lines(limits.line_bytes):
            file.write(piece)
            if file.tell() > most:
                raise MalformedPayload(
                    f"{payload.name} is a stream of over {most:,} bytes in a format that is read whole. Split it.",
                    reason=Reason.TOO_LARGE,
                )
        file.flush()
        yield Path(file.name)


def _failure(kind: bytes, head: Any, payload: Payload, limits: Limits) -> MalformedPayload:
    if kind == frames.MEMORY:
        return MalformedPayload(
            f"Reading {payload.name} takes more than {limits.megabytes:,} MB of memory (ORTOO_PARSE_MEGABYTES).",
            reason=Reason.TOO_LARGE,
            limit="ORTOO_PARSE_MEGABYTES",
            value=limits.megabytes,
        )
    reason = Reason(head["reason"]) if head.get("reason") else Reason.MALFORMED
    return MalformedPayload(head["message"], reason=reason, limit=head.get("limit"))


def _too_slow(payload: Payload, limits: Limits) -> MalformedPayload:
    return MalformedPayload(
        f"Reading {payload.name} takes longer than {limits.seconds:g} seconds (ORTOO_PARSE_SECONDS); it was stopped.",
        reason=Reason.TOO_SLOW,
        limit="ORTOO_PARSE_SECONDS",
        value=limits.seconds,
    )


def _environment() -> dict[str, str]:
    """What the child needs to find its modules, and nothing else: no database address, no passwords."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "TMPDIR") if name in os.environ}
    return {**kept, "PYTHONPATH": os.pathsep.join(str(Path(entry).absolute()) for entry in sys.path)}
