"""The embedder of this process: one, made when it is first needed, ended with the process."""

import atexit
import threading
from collections.abc import Callable
from typing import TypeVar

from app.errors import EmbedderGone
from app.stories.embedder import Embedder

T = TypeVar("T")

_lock = threading.Lock()
_made: list[Embedder | None] = []


def embedder() -> Embedder | None:
    """The default embedder; None where it cannot run (`app.stories.nano.problem` says why)."""
    with _lock:
        if not _made:
            _made.append(_make())
        return _made[0]


def answered(question: Callable[[Embedder | None], T]) -> T:
    """An answer with the default embedder; by words where it cannot run, or breaks down for good."""
    try:
        return question(embedder())
    except EmbedderGone:
        return question(None)


def _make() -> Embedder | None:
    try:
        from app.stories.nano import NanoEmbedder, problem
    except ImportError:  # no NumPy
        return None
    if problem():
        return None
    made = NanoEmbedder()
    atexit.register(made.close)
    return made
