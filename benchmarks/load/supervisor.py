"""Processes that are started again when they end, as systemd does for a unit with Restart=always and RestartSec=1."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).resolve().parents[2]

RESTART_SECONDS = 1.0
PATIENCE = 20.0
"""Seconds that a process has to end by itself when it is asked to."""


class Supervised:
    """Use it in `with`. What the process says goes to the end of the file `log`. `user` is who runs it (None: we).
    `asking` is the signal that asks it to end."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        log: Path,
        *,
        environ: Mapping[str, str] | None = None,
        user: str | None = None,
        asking: int = signal.SIGTERM,
    ) -> None:
        self.name, self.log = name, log
        self.deaths: list[tuple[float, int]] = []
        """When it ended (monotonic seconds) and with which code, without the last time, when it was asked to."""
        self._command, self._user, self._asking = command, user, asking
        self._environ = {**os.environ, **(environ or {})}
        self._ending = threading.Event()
        self._started = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._keep, name=f"supervisor of {name}", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._started.wait()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ending.set()
        self._signal(self._asking)
        self._thread.join(PATIENCE)
        self._signal(signal.SIGKILL)
        self._thread.join()

    def kill(self) -> None:
        """SIGKILL to the process itself, without a word to it or its children."""
        self._signal(signal.SIGKILL)

    def _signal(self, number: int) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(number)

    def _keep(self) -> None:
        while not self._ending.is_set():
            code = self._once()
            if self._ending.is_set():
                return
            self.deaths.append((time.monotonic(), code))
            self._ending.wait(RESTART_SECONDS)

    def _once(self) -> int:
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                cwd=ROOT if self._user is None else "/",
                env=self._environ,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                user=self._user,
                start_new_session=True,
            )
        self._started.set()
        code = self._process.wait()
        with suppress(ProcessLookupError, PermissionError):  # KillMode=control-group: its children go, too
            os.killpg(self._process.pid, signal.SIGKILL)
        return code
