"""The vectors of the bilingual model, made comparable: each language's mean taken away, English turned onto Mongolian.

The model puts the two languages into two clouds side by side. Learnt from translated sentences (orthogonal Procrustes,
`docs/recipes/stories/fit.py`): of 700 unseen headlines, the nearest in the other language was the translation for 95 %
as the vectors are, for 99 % in this space.
"""

from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.stories.features import Likeness

Vectors = NDArray[np.float32]
"""Shape (n, DIMENSIONS), float32; rows of length 1 unless said otherwise."""

DIMENSIONS = 384


class Seen(NamedTuple):
    """Vectors of titles in one language, in the three ways in which they are compared, of shape (n, DIMENSIONS)."""

    plain: Vectors
    centred: Vectors
    shared: Vectors


def seen(vectors: Vectors, language: str) -> Seen:
    """Rows as the model gave them -> the three ways. A language other than Mongolian counts as English."""
    mean_en, mean_mn, turn = _learnt()
    plain = unit(np.asarray(vectors, dtype=np.float32).reshape(-1, DIMENSIONS))
    if language == "mn":
        centred = unit(plain - mean_mn)
        return Seen(plain, centred, centred)
    centred = unit(plain - mean_en)
    return Seen(plain, centred, centred @ turn)


def likenesses(one: Seen, others: Seen) -> list[Likeness]:
    """How near the first row of `one` is to each row of `others`."""
    plain, centred, shared = (theirs @ own[0] for own, theirs in zip(one, others, strict=True))
    return list(zip(plain.tolist(), centred.tolist(), shared.tolist(), strict=True))


def unit(vectors: Vectors) -> Vectors:
    """Rows of length 1; a row of nothing stays nothing."""
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(length, 1e-9), dtype=np.float32)


@cache
def _learnt() -> tuple[Vectors, Vectors, Vectors]:
    data = files("app.stories").joinpath("data", "space.npz").read_bytes()
    with np.load(BytesIO(data), allow_pickle=False) as stored:
        return (
            stored["mean_en"].astype(np.float32),
            stored["mean_mn"].astype(np.float32),
            stored["turn"].astype(np.float32),
        )
