"""The embedder of this process: one, made when it is first needed, ended with it. It remembers its last texts."""

import atexit
import threading
from collections.abc import Callable
from typing import TypeVar

from app.errors import EmbedderGone
from app.stories.choice import chosen
from app.stories.embedder import Embedder
from app.stories.remembering import RememberingEmbedder

T = TypeVar("T")

_lock = threading.Lock()
_made: list[Embedder | None] = []


def embedder() -> Embedder | None:
    """The default embedder; None where it cannot run (`app.stories.choice.chosen` says why)."""
    with _lock:
        if not _made:
            try:
                made = RememberingEmbedder(chosen())
            except EmbedderGone:
                _made.append(None)
            else:
                atexit.register(made.close)
                _made.append(made)
        return _made[0]


def answered(question: Callable[[Embedder | None], T]) -> T:
    """An answer with the default embedder; by words where it cannot run, or breaks down for good."""
    try:
        return question(embedder())
    except EmbedderGone:
        return question(None)
