"""The scan finds what a comparison with every vector finds."""

import numpy as np
import pytest

from app.stories import scan as module
from app.stories.scan import Scan
from app.stories.space import DIMENSIONS, Vectors, unit


def some(n: int, seed: int = 1) -> Vectors:
    """Vectors around a few middles, as headlines are around events."""
    random = np.random.default_rng(seed)
    middles = random.standard_normal((max(1, n // 20), DIMENSIONS))
    return unit((middles[random.integers(len(middles), size=n)] + random.standard_normal((n, DIMENSIONS))).astype("f4"))


def exact(vectors: Vectors, query: Vectors, most: int) -> list[int]:
    return [int(at) for at in np.argsort(-(vectors @ query), kind="stable")[:most]]


@pytest.mark.parametrize("segment", [64, 1000, 65_536])
def test_the_nearest_are_found_whatever_the_segments(monkeypatch: pytest.MonkeyPatch, segment: int) -> None:
    monkeypatch.setattr(module, "SEGMENT", segment)
    vectors, scan = some(3000), Scan()
    for start in range(0, 3000, 700):
        part = vectors[start : start + 700]
        scan.add(np.arange(start, start + len(part)), part)
    assert len(scan) == 3000
    found = expected = 0
    for query in unit((vectors[::75] + some(40, seed=2) / 2).astype("f4")):
        wanted = exact(vectors, query, 20)
        got = scan.nearest(query, 20)
        assert [cosine for _, cosine in got] == sorted((cosine for _, cosine in got), reverse=True)
        assert all(abs(cosine - float(vectors[number] @ query)) < 0.01 for number, cosine in got)
        found += len({number for number, _ in got} & set(wanted))
        expected += 20
    assert found / expected > 0.95


def test_a_vector_finds_itself_first() -> None:
    vectors, scan = some(500), Scan()
    scan.add(np.arange(500) * 7, vectors)
    assert [scan.nearest(vectors[at], 1)[0][0] for at in (0, 250, 499)] == [0, 1750, 3493]


def test_many_that_are_all_alike_are_bounded() -> None:
    scan = Scan()
    scan.add(np.arange(5000), np.repeat(some(1), 5000, axis=0))
    found = scan.nearest(some(1)[0], 10)
    assert len(found) == 10
    assert found[0][0] == 4999


def test_nothing_is_found_among_nothing() -> None:
    assert Scan().nearest(some(1)[0], 10) == []
