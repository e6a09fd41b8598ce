"""Linking: what waits is embedded outside of any transaction, linked among the headlines around it, and written down in
one short one, all of a batch or nothing. Ingest waits for none of it.

Whoever dies over a batch leaves it in the queue; a second one that had taken it over meanwhile finds it gone and writes
nothing.
"""

import hashlib
import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from app.clock import Clock
from app.errors import EmbedderGone, StoreError
from app.model.linking import Linkable, Looked
from app.model.story import LANGUAGES
from app.store import Store
from app.stories.embedder import Embedder
from app.stories.facts import facts
from app.stories.model import model
from app.stories.weave import WINDOW, weave

log = logging.getLogger(__name__)

BATCH = 32
"""Headlines of a batch: half a second of embedding."""

LEASE = timedelta(minutes=5)
"""How long a dead one's batch stays away: longer than a batch can take with all its restarts."""

_IDLE, _AWAY = 5.0, 30.0
"""Seconds until the queue is looked at again: when it was empty, and when the database or the model was away."""


class Linking:
    """Takes headlines from the queue and links them; without an embedder by words, names and numbers. `trouble` hears
    why it cannot."""

    def __init__(
        self,
        store: Store,
        embedder: Embedder | None,
        clock: Clock,
        *,
        trouble: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._store, self._embedder, self._clock, self._trouble = store, embedder, clock, trouble
        self._stopping = threading.Event()

    @property
    def model(self) -> str:
        """What makes the vectors; without an embedder what stands for words alone."""
        return self._embedder.model if self._embedder else f"words {model(vectors=False).version}"

    def step(self, limit: int = BATCH) -> int:
        """Link the next headlines of the queue; how many they were, 0 when none can be had. StoreError, EmbedderGone:
        then they wait on."""
        now = self._clock()
        with self._store.reading() as reader:
            if not reader.linking.waiting():
                return 0
        with self._store.writing() as writer:
            taken = writer.linking.take(limit, now, now + LEASE)
        try:
            if taken:
                self._link(taken, now)
        except EmbedderGone:
            with self._store.writing() as writer:
                writer.linking.give_back(taken)
            raise
        return len(taken)

    def run(self) -> None:
        """Link what comes, until `stop`."""
        while not self._stopping.is_set():
            try:
                pause = 0.0 if self.step() else _IDLE
            except (StoreError, EmbedderGone) as error:
                self._trouble(error.message)
                pause = _AWAY
            except Exception:
                log.exception("stories: a batch could not be linked")
                pause = _AWAY
            self._stopping.wait(pause)

    def stop(self) -> None:
        """End after the present batch; may be called from another thread."""
        self._stopping.set()

    def _link(self, numbers: Sequence[int], now: datetime) -> None:
        with self._store.reading() as reader:
            listed = reader.linking.headlines(numbers)
        new, keys = self._embedded([one for one in listed if one.language in LANGUAGES])
        looked = [Looked(one.id, keys[one.id], one.vector) for one in new]
        while new and not self._written(new, looked, now):
            pass
        if strangers := set(numbers) - keys.keys():
            with self._store.writing() as writer:
                writer.linking.forget(strangers)

    def _embedded(self, listed: Sequence[Linkable]) -> tuple[list[Linkable], dict[int, bytes]]:
        texts = [facts(one.title, one.language).text for one in listed]
        keys = {
            one.id: hashlib.blake2b(t.encode(), digest_size=16).digest() for one, t in zip(listed, texts, strict=True)
        }
        if self._embedder is None or not listed:
            return list(listed), keys
        from app.stories.packing import pack

        vectors = self._embedder.embed(texts)
        packed = (None if vector is None else pack(vector) for vector in vectors)
        return [replace(one, vector=vector) for one, vector in zip(listed, packed, strict=True)], keys

    def _written(self, new: Sequence[Linkable], looked: Sequence[Looked], now: datetime) -> bool:
        """Work out the links and write them down; False if somebody changed a story meanwhile."""
        with self._store.reading() as reader:
            worked_out = reader.linking.linkage()
            first, last = min(one.at for one in new), max(one.at for one in new)
            around = reader.linking.around(first - WINDOW, last + WINDOW, self.model)
            said = reader.linking.editors_on([one.id for one in new])
        links = weave(new, around, said)
        with self._store.writing() as writer:
            return writer.stories.apply(self.model, looked, links, now, worked_out=worked_out)
