"""The nearest of a million vectors, without an index to be built: the signs of a vector's numbers, 48 bytes, are
compared with all; the few hundred that agree most are looked at again, a byte a number, in a file that is mapped into
memory. Rows are added as they come."""

import tempfile
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.stories.space import DIMENSIONS, Vectors

SEGMENT = 65_536
"""Rows of a segment: its signs, 3 MB, fit the processor's cache."""

AGAIN = 400
"""Rows that are looked at again: among real headlines the 20 nearest are found to 98.7 % (with 200 to 96.5 %)."""

ROW_BYTES = DIMENSIONS // 8 + 8 + 4
"""Memory that a row takes; its DIMENSIONS bytes are in the file."""

_WORDS = DIMENSIONS // 64


@dataclass(slots=True)
class _Segment:
    ids: NDArray[np.int64]
    signs: NDArray[np.uint64]  # (_WORDS, SEGMENT): each row of this is one pass
    scales: Vectors
    small: NDArray[np.int8]
    n: int = 0


class Scan:
    """Vectors of length 1 with their numbers. Adding and looking may go on in two threads: what is being added is seen
    or not."""

    def __init__(self) -> None:
        self._segments: list[_Segment] = []

    def __len__(self) -> int:
        return sum(segment.n for segment in self._segments)

    def add(self, ids: NDArray[np.int64], vectors: Vectors) -> None:
        """`vectors`: shape (len(ids), DIMENSIONS)."""
        start = 0
        while start < len(ids):
            if not self._segments or self._segments[-1].n == SEGMENT:
                self._segments.append(_segment())
            segment = self._segments[-1]
            end = min(len(ids), start + SEGMENT - segment.n)
            _fill(segment, ids[start:end], vectors[start:end])
            start = end

    def nearest(self, query: Vectors, most: int) -> list[tuple[int, float]]:
        """(number, cosine) of the `most` nearest to `query`, of shape (DIMENSIONS,) and length 1, nearest first."""
        segments = list(self._segments)
        chosen = _most_alike(segments, _signs(query[None])[:, 0], max(AGAIN, most))
        found: list[tuple[int, float]] = []
        for segment, places in zip(segments, chosen, strict=True):
            if len(places):
                cosines = (segment.small[places].astype(np.float32) @ query) * segment.scales[places]
                found += zip(segment.ids[places].tolist(), cosines.tolist(), strict=True)
        return sorted(found, key=lambda one: (-one[1], -one[0]))[:most]


def _segment() -> _Segment:
    with tempfile.TemporaryFile(prefix="ortoo-vectors-") as file:  # it is there as long as it is mapped
        file.truncate(SEGMENT * DIMENSIONS)
        small = np.memmap(file, dtype=np.int8, mode="r+", shape=(SEGMENT, DIMENSIONS))
    signs = np.zeros((_WORDS, SEGMENT), dtype=np.uint64)
    return _Segment(np.zeros(SEGMENT, np.int64), signs, np.zeros(SEGMENT, np.float32), small)


def _fill(segment: _Segment, ids: NDArray[np.int64], vectors: Vectors) -> None:
    rows = slice(segment.n, segment.n + len(ids))
    largest = np.maximum(np.abs(vectors).max(axis=1), 1e-9)
    segment.ids[rows] = ids
    segment.signs[:, rows] = _signs(vectors)
    segment.scales[rows] = largest / 127
    segment.small[rows] = np.rint(vectors * (127 / largest)[:, None]).astype(np.int8)
    segment.n += len(ids)


def _signs(vectors: Vectors) -> NDArray[np.uint64]:
    """Shape (_WORDS, n)."""
    packed = np.packbits(vectors > 0, axis=1)
    return np.ascontiguousarray(np.ascontiguousarray(packed).view(np.uint64).T)


def _most_alike(segments: list[_Segment], query: NDArray[np.uint64], most: int) -> list[NDArray[np.intp]]:
    """Of each segment the places of about the `most` rows, over all, that differ from `query` in the fewest signs. The
    bound falls as more are seen, so that later segments give hardly any."""
    bound = DIMENSIONS
    kept: list[tuple[NDArray[np.intp], NDArray[np.uint16]]] = []
    for segment in segments:
        differing = np.zeros(segment.n, dtype=np.uint16)
        for word in range(_WORDS):
            differing += np.bitwise_count(segment.signs[word, : segment.n] ^ query[word])
        places = np.flatnonzero(differing <= bound)
        kept.append((places, differing[places]))
        seen = np.concatenate([differing for _, differing in kept])
        if len(seen) > most:
            bound = int(np.partition(seen, most - 1)[most - 1])
            kept = [_within(places, far, bound, 2 * most) for places, far in kept]
    return [places for places, _ in kept]


def _within(
    places: NDArray[np.intp], far: NDArray[np.uint16], bound: int, most: int
) -> tuple[NDArray[np.intp], NDArray[np.uint16]]:
    """Those up to the bound; of a great many that are all alike the last."""
    near = np.flatnonzero(far <= bound)[-most:]
    return places[near], far[near]
