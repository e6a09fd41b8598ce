"""The process that reads: `python -m app.ingest.child`, started and watched by `app.ingest.reader`.

It is asked on standard input (`app.ingest.frames`: how to read, then the bytes), answers on standard output, item by
item as they are found, and ends when its input ends. It knows no settings, no database and no network. The operating
system ends it where it takes more memory or processor time than a question allows, and its parent where it takes
longer.
"""

import json
import os
import resource
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from app.errors import IngestError
from app.ingest import frames
from app.ingest.format import Format, Item
from app.ingest.formats import FORMATS
from app.ingest.payload import Payload
from app.ingest.sniff import format_named

_FRAME_ITEMS, _FRAME_BYTES = 100, 262_144
"""Items are sent this many at a time, or this many bytes: memory stays flat, and few switches between processes."""

_GRACE = 2.0
"""Seconds of processor time beyond the question's: the parent's clock, which runs while others compute, goes first."""


def main(source: BinaryIO, sink: BinaryIO, formats: Sequence[Format] = FORMATS) -> None:
    """Answer questions about payloads in these formats until there are no more."""
    before = _address_space()
    sink.write(frames.frame(frames.DONE, None))
    sink.flush()
    while question := _asked(source):
        head, body = question
        _limit(before, head["reading"]["limits"])
        try:
            for answer in _answers(head, body, formats):
                sink.write(answer)
                sink.flush()
        except MemoryError:
            os.write(sink.fileno(), frames.frame(frames.MEMORY, None))
            return
        del head, body, question


def _asked(source: BinaryIO) -> tuple[Any, bytes] | None:
    head = source.read(frames.HEAD.size)
    if len(head) < frames.HEAD.size:
        return None
    _, told, more = frames.HEAD.unpack(head)
    return json.loads(source.read(told)), source.read(more)


def _answers(head: Any, body: bytes, formats: Sequence[Format]) -> Iterator[bytes]:
    try:
        chosen = format_named(head["format"], formats)
        payload = Payload.of(
            Path(os.fsdecode(body)) if head["file"] else body,
            url=head["url"],
            media_type=head["media_type"],
            received_at=datetime.fromisoformat(head["received_at"]) if head["received_at"] else None,
            name=head["name"],
        )
        yield from _frames(chosen.parse(payload, frames.reading_of(head["reading"])))
    except IngestError as error:
        facts = {"reason": error.facts.get("reason"), "limit": error.facts.get("limit")}
        yield frames.frame(frames.FAILED, {"message": error.message, **facts})
    except MemoryError:
        raise
    except Exception as error:
        yield frames.frame(
            frames.FAILED, {"message": f"{head['name']} could not be read ({type(error).__name__}: {error})."}
        )
    else:
        yield frames.frame(frames.DONE, None)


def _frames(items: Iterator[Item]) -> Iterator[bytes]:
    """The items in frames. Those found before the reading breaks off are sent first."""
    held: list[Item] = []
    size = 0
    try:
        for item in items:
            held.append(item)
            size += len(item.raw)
            if len(held) == _FRAME_ITEMS or size > _FRAME_BYTES:
                yield frames.items_frame(held)
                held, size = [], 0
    except MemoryError:
        raise
    except Exception:
        if held:
            yield frames.items_frame(held)
        raise
    if held:
        yield frames.items_frame(held)


def _limit(before: int, limits: dict[str, Any]) -> None:
    """The operating system's limits for one question, from what the process has used until now."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _set(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime + limits["seconds"] + _GRACE) + 1)
    if before:
        _set(resource.RLIMIT_AS, before + limits["megabytes"] * 1_000_000)


def _set(kind: int, most: int) -> None:
    hard = resource.getrlimit(kind)[1]
    resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _address_space() -> int:
    """Bytes of address space in use; 0 where the system does not tell (and where its limit would not hold)."""
    try:
        return int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    except OSError:
        return 0


def standard(run: Callable[[BinaryIO, BinaryIO], None] = main) -> None:
    """Run on the standard streams. What anything else prints goes nowhere; an interrupt is the parent's to handle."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    run(sys.stdin.buffer, answers)


if __name__ == "__main__":
    standard()
