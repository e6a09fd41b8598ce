"""Headlines in the other language that a search is about, for the search page. The model runs in its own process, never
in the one that answers; whatever is late, missing or not ready yet, there is an answer by words in time."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TookTooLong
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.errors import EmbedderGone, StoreError
from app.model.linking import Linkable
from app.model.story import LANGUAGES
from app.store import Store
from app.stories.embedder import Embedder
from app.stories.facts import Facts, facts, language_of
from app.stories.offline import words_shared

if TYPE_CHECKING:
    from app.stories.scan import Scan
    from app.stories.space import Vectors

SECONDS = 0.3
"""How long a reader waits for the model."""

CANDIDATES = 60
"""Headlines that are nearest by their vectors, and then ordered by their words as well."""

ENOUGH, ENOUGH_BY_WORDS = 0.5, 0.3
"""What a headline's vector and words must come to: half of the best wrong answers are below, nine of ten right ones
above."""

NEWEST = 300
"""Headlines in which words alone are looked for: 0.05 ms each."""

_CHUNK = 10_000

_MISSED = 1_000
"""Headlines of the archive that were embedded after newer ones: when there are so many, all are read again."""


@dataclass(frozen=True, slots=True)
class Similar:
    """Numbers of headlines in `language`, the best first; `by_words`: without the model."""

    language: str
    headlines: tuple[int, ...]
    by_words: bool


class SimilarHeadlines:
    """One for a process, to be shared between its threads. `embedder` is called when it is first needed (EmbedderGone:
    words alone from then on); vectors of the newest headlines are kept, as many as `megabytes` of memory and file
    hold."""

    def __init__(self, store: Store, embedder: Callable[[], Embedder], megabytes: int = 400) -> None:
        self._store, self._make, self._bytes = store, embedder, megabytes * 1_000_000
        self._background = ThreadPoolExecutor(1, thread_name_prefix="similar")
        self._lock = threading.Lock()
        self._embedder: Embedder | None = None
        self._scans: dict[str, Scan] = {}
        self._last = 0
        self._loaded: Future[None] | None = None
        self._gone = False

    def ask(self, query: str, limit: int, seconds: float = SECONDS) -> Similar:
        """The headlines in the other language, at most `limit`; none where nothing comes near. The first question
        starts the model and is answered by words."""
        asked = language_of(query)
        other = next(language for language in LANGUAGES if language != asked)
        said = facts(query, asked)
        if not said.text:
            return Similar(other, (), by_words=True)
        vector = self._vector(said, seconds)
        if vector is None:
            return Similar(other, self._by_words(said, other, limit), by_words=True)
        return Similar(other, self._by_vector(said, vector, other, limit), by_words=False)

    def renew(self) -> None:
        """Take in what came since, in the background; to be called now and then, such as with every search."""
        with self._lock:
            if not self._gone and (self._loaded is None or self._loaded.done()):
                self._loaded = self._background.submit(self._load)

    def wait(self, seconds: float) -> None:
        """Until the present renewal is done."""
        if self._loaded is not None:
            self._loaded.result(seconds)

    def close(self) -> None:
        """End the background work and the embedder."""
        self._gone = True
        self._background.shutdown(wait=True, cancel_futures=True)
        if self._embedder is not None:
            self._embedder.close()

    def _vector(self, said: Facts, seconds: float) -> "Vectors | None":
        """The query's vector, if the model is ready and answers in time."""
        self.renew()
        embedder = self._embedder
        if embedder is None or not self._scans:
            return None
        asked = self._background.submit(embedder.embed, [said.text])
        try:
            (vector,) = asked.result(seconds)
        except (TookTooLong, EmbedderGone):
            asked.cancel()
            return None
        return vector

    def _by_vector(self, said: Facts, vector: "Vectors", other: str, limit: int) -> tuple[int, ...]:
        from app.stories import space

        scan = self._scans.get(other)
        if scan is None:
            return ()
        found = dict(scan.nearest(space.seen(vector, said.language).shared[0], CANDIDATES))
        scored = [(found[one.id] + _shared(said, one), one.id) for one in self._titles(list(found))]
        return _best(scored, ENOUGH, limit)

    def _by_words(self, said: Facts, other: str, limit: int) -> tuple[int, ...]:
        with self._store.reading() as reader:
            listed = reader.linking.newest(other, NEWEST)
        return _best([(_shared(said, one), one.id) for one in listed], ENOUGH_BY_WORDS, limit)

    def _titles(self, numbers: Sequence[int]) -> tuple[Linkable, ...]:
        with self._store.reading() as reader:
            return reader.linking.headlines(numbers)

    def _load(self) -> None:
        """In the background: start the model, and take in vectors, the newest first where there are too many."""
        try:
            if self._embedder is None:
                self._embedder = self._make()
                self._embedder.embed(["ready"])
            self._take_in(self._embedder.model)
        except EmbedderGone:
            self._gone = True
        except StoreError:  # the next renewal tries again
            return

    def _take_in(self, model: str) -> None:
        import numpy as np

        from app.stories import packing, space
        from app.stories.scan import ROW_BYTES, Scan

        most = self._bytes // (ROW_BYTES + space.DIMENSIONS)
        scans, after = self._scans, self._last
        with self._store.reading() as reader:
            first = reader.linking.last_but(most)
            known = sum(map(len, scans.values()))
            if not known or reader.linking.vectors_of(model, first, after) > known + _MISSED or known > 2 * most:
                scans, after = {}, first
        while not self._gone:
            with self._store.reading() as reader:
                rows = reader.linking.vectors(model, after, _CHUNK)
            for language in LANGUAGES:
                mine = [row for row in rows if row[1] == language]
                if mine:
                    scan = scans.setdefault(language, Scan())
                    vectors = space.seen(packing.unpack([row[2] for row in mine]), language).shared
                    scan.add(np.array([row[0] for row in mine], dtype=np.int64), vectors)
            if not rows:
                break
            after = rows[-1][0]
        self._scans, self._last = scans, after


def _shared(said: Facts, one: Linkable) -> float:
    return words_shared(said, facts(one.title, one.language))


def _best(scored: Sequence[tuple[float, int]], least: float, limit: int) -> tuple[int, ...]:
    return tuple(number for score, number in sorted(scored, reverse=True)[:limit] if score >= least)
