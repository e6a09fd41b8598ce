"""Talking to the embedding process: bytes there, so many bytes back, each within a time."""

import os
import select
import time

_PIECE = 1 << 16


class Silent(Exception):
    """The process is gone, or took longer than it may."""


class Pipe:
    """The two ends, as file descriptors. What is read is asked for by its length: nothing that the process says can
    make its parent read or keep more."""

    def __init__(self, to: int, back: int) -> None:
        self._to, self._back = to, back
        os.set_blocking(to, False)
        os.set_blocking(back, False)

    def send(self, data: bytes, until: float) -> None:
        """Write all of it before `until` (`time.monotonic`). Silent."""
        rest = memoryview(data)
        while rest:
            _wait(self._to, select.POLLOUT, until)
            try:
                rest = rest[os.write(self._to, rest[:_PIECE]) :]
            except BlockingIOError:
                continue
            except OSError as error:
                raise Silent(str(error)) from error

    def take(self, n: int, until: float) -> bytes:
        """The next `n` bytes. Silent."""
        taken = bytearray()
        while len(taken) < n:
            _wait(self._back, select.POLLIN, until)
            try:
                piece = os.read(self._back, min(_PIECE, n - len(taken)))
            except BlockingIOError:
                continue
            except OSError as error:
                raise Silent(str(error)) from error
            if not piece:
                raise Silent("it has ended")
            taken += piece
        return bytes(taken)


def _wait(descriptor: int, event: int, until: float) -> None:
    waiting = select.poll()
    waiting.register(descriptor, event)
    left = until - time.monotonic()
    if left <= 0 or not waiting.poll(left * 1000):
        raise Silent("it took too long")
