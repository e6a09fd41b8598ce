"""An embedder that knows its last texts: a thousand questions about the same headlines embed them once."""

from collections import OrderedDict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.stories.embedder import Embedder

if TYPE_CHECKING:
    from app.stories.space import Vectors

MOST = 8_192
"""Texts that are remembered, the last that were asked for: 1.5 kB each."""


class RememberingEmbedder:
    """An `Embedder` before another one. A text that has no vector is remembered, too."""

    def __init__(self, embedder: Embedder, most: int = MOST) -> None:
        self.model, self._embedder, self._most = embedder.model, embedder, most
        self._known: OrderedDict[str, Vectors | None] = OrderedDict()

    def embed(self, texts: Sequence[str]) -> "list[Vectors | None]":
        """See `Embedder`."""
        unknown = [text for text in dict.fromkeys(texts) if text not in self._known]
        fresh = dict(zip(unknown, self._embedder.embed(unknown), strict=True)) if unknown else {}
        vectors = [fresh[text] if text in fresh else self._known[text] for text in texts]
        for text, vector in zip(texts, vectors, strict=True):
            self._known[text] = vector
            self._known.move_to_end(text)
        while len(self._known) > self._most:
            self._known.popitem(last=False)
        return vectors

    def close(self) -> None:
        """Forget everything, and close what it stands before."""
        self._known.clear()
        self._embedder.close()
