"""What turns titles into vectors, behind one small protocol."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # NumPy comes with the extra `stories` only
    from app.stories.space import Vectors


class Embedder(Protocol):
    """`model` names the weights and their version; it is stored with every vector, and vectors of different models are
    never compared."""

    model: str

    def embed(self, texts: Sequence[str]) -> "Sequence[Vectors | None]":
        """A vector of shape (DIMENSIONS,) and length 1 for each text, None for one that the model cannot take. Texts
        are guarded (`app.stories.text`). Raises `EmbedderGone` if the model cannot be run at all."""
        ...

    def close(self) -> None:
        """Give back what it holds; it may be asked again."""
        ...
