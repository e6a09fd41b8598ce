"""Talking to a child process through its pipes, with a limit on how long either side may be silent."""

import json
import os
import select
import time
from typing import Any

from app.ingest import frames

_PIECE = 1 << 20


class Late(Exception):
    """The child took longer than it may."""


class Broken(Exception):
    """The child is gone, or what it says makes no sense."""


class Pipes:
    """The pipes to and from a child, as file descriptors."""

    def __init__(self, to: int, back: int) -> None:
        self._to, self._back = to, back
        os.set_blocking(to, False)
        os.set_blocking(back, False)
        self._kept = bytearray()

    def send(self, data: bytes, seconds: float) -> None:
        """Write all of it. `Late` after so many seconds, `Broken` when nobody reads any more."""
        rest, until = memoryview(data), time.monotonic() + seconds
        while rest:
            _wait(self._to, select.POLLOUT, until)
            try:
                rest = rest[os.write(self._to, rest[:_PIECE]) :]
            except BlockingIOError:
                continue
            except OSError as error:
                raise Broken(str(error)) from error

    def receive(self, seconds: float) -> tuple[bytes, Any, bytes]:
        """The next frame: its kind, its head, its bytes. `Late` after so many seconds."""
        until = time.monotonic() + seconds
        kind, told, more = frames.HEAD.unpack(self._take(frames.HEAD.size, until))
        if told + more > frames.LARGEST:
            raise Broken("a frame that is too large")
        try:
            head = json.loads(self._take(told, until))
        except (ValueError, RecursionError) as error:
            raise Broken("a frame that is no JSON") from error
        return kind, head, self._take(more, until)

    def _take(self, n: int, until: float) -> bytes:
        while len(self._kept) < n:
            _wait(self._back, select.POLLIN, until)
            try:
                piece = os.read(self._back, _PIECE)
            except BlockingIOError:
                continue
            except OSError as error:
                raise Broken(str(error)) from error
            if not piece:
                raise Broken("the child is gone")
            self._kept += piece
        taken = bytes(self._kept[:n])
        del self._kept[:n]
        return taken


def _wait(descriptor: int, event: int, until: float) -> None:
    waiting = select.poll()
    waiting.register(descriptor, event)
    left = until - time.monotonic()
    if left <= 0 or not waiting.poll(left * 1000):
        raise Late
