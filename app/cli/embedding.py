"""Who turns titles into vectors for a command, and the linker that goes on beside the worker."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from app.cli.console import Console
from app.errors import EmbedderGone
from app.store import Store
from app.stories.choice import chosen
from app.stories.embedder import Embedder
from app.worker.link import Linking

_PATIENCE = 10.0
"""Seconds that a batch has to end when the worker does; what is not written down by then is done again later."""


@contextmanager
def embedding(console: Console) -> Iterator[Embedder | None]:
    """The embedder that the settings name, closed at the end; None, and a line that says why, where words alone link
    headlines."""
    settings = console.load_settings()
    try:
        made = chosen(settings.stories_model)
    except EmbedderGone as error:
        console.warn(f"Stories are linked by words, names and numbers only. {error.message}")
        yield None
        return
    try:
        yield made
    finally:
        made.close()


@contextmanager
def linking(store: Store, console: Console) -> Iterator[None]:
    """Link what comes, in a thread of its own, unless the settings say no."""
    if not console.load_settings().stories:
        yield
        return
    with embedding(console) as embedder:
        linker = Linking(store, embedder, console.clock, trouble=lambda message: console.warn(f"stories: {message}"))
        thread = threading.Thread(target=linker.run, name="stories", daemon=True)
        thread.start()
        try:
            yield
        finally:
            linker.stop()
            thread.join(_PATIENCE)
