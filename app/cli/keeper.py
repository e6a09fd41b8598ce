"""A process beside ours that is kept running: started again when it dies, ended with us, whatever way we end."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self

WORKER = (sys.executable, "-m", "app", "worker", "--while-stdin")

_PATIENCE = 10.0
"""Seconds that the process has to end by itself."""

_SOON, _LATE = 1.0, 300.0
"""Seconds until it is started again after it died: the first time, and at most."""

_WELL = 60.0
"""A process that ran for so long died of something new, not of what kills it every time."""


class Keeper:
    """Use it in `with`. The process reads from us until we are gone; that is how it knows. `trouble` hears of its
    deaths."""

    def __init__(self, program: Sequence[str] = WORKER, trouble: Callable[[str], None] = lambda _: None) -> None:
        self._program = program
        self._trouble = trouble
        self._ending = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._keep, name="keeper", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ending.set()
        with self._lock:
            process = self._process
        if process is not None:
            _end(process)
        self._thread.join(_PATIENCE)

    @property
    def pid(self) -> int | None:
        """The process's number, None while there is none."""
        with self._lock:
            return self._process.pid if self._process is not None and self._process.poll() is None else None

    def _keep(self) -> None:
        pause = _SOON
        while not self._ending.is_set():
            began = time.monotonic()
            code = self._run()
            if self._ending.is_set():
                return
            pause = _SOON if time.monotonic() - began > _WELL else pause
            self._trouble(f"The worker ended with code {code}; it is started again in {pause:.0f} s.")
            self._ending.wait(pause)
            pause = min(2 * pause, _LATE)

    def _run(self) -> int:
        with self._lock:
            if self._ending.is_set():
                return 0
            self._process = subprocess.Popen(self._program, stdin=subprocess.PIPE)  # noqa: S603 (our own program)
        try:
            return self._process.wait()
        finally:
            _close(self._process)


def _end(process: subprocess.Popen[bytes]) -> None:
    _close(process)
    try:
        process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _close(process: subprocess.Popen[bytes]) -> None:
    if process.stdin is not None:
        process.stdin.close()
