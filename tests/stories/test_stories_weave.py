"""New headlines among those around them: links that do not depend on batches, and what people say goes first."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from app.model.linking import Link, Linkable
from app.model.story import Level, Verdict
from app.stories import offline
from app.stories.packing import pack
from app.stories.space import DIMENSIONS
from app.stories.weave import weave

AT = datetime(2026, 1, 15, 3, tzinfo=UTC)
TITLES = [
    ("en", "montsame.mn", "Coal exports rise 13.6 percent to 83 million tonnes"),
    ("mn", "gogo.mn", "Нүүрсний экспорт 13.6 хувиар өсөж, 83 сая тоннд хүрэв"),
    ("en", "akipress.com", "Coal exports rise 13.6 percent to 83 million tonnes"),
    ("mn", "ikon.mn", "Өвөлжилт хүндэрч, 9 аймагт цас их оржээ"),
    ("en", "montsame.mn", "Mongolian wrestler wins gold in Tokyo"),
]


def headlines(vectors: bool = False) -> list[Linkable]:
    return [
        Linkable(
            number, title, language, outlet, AT + timedelta(hours=number), None, _vector(title) if vectors else None
        )
        for number, (language, outlet, title) in enumerate(TITLES, 1)
    ]


def _vector(title: str) -> bytes:
    """The same titles give the same vectors, different ones vectors that have nothing in common."""
    return pack((np.random.default_rng(sum(title.encode())).standard_normal(DIMENSIONS) / 20).astype(np.float32))


def stories(links: Sequence[Link]) -> list[tuple[int, int]]:
    return [(link.headline, link.to) for link in links]


def test_words_and_numbers_link_across_languages_and_say_why() -> None:
    links = weave(headlines(), [], {})
    assert [link.headline for link in links] == [2, 3]
    first = links[0]
    assert first.to == 1
    assert first.evidence is not None
    assert first.evidence.similarity is None
    assert first.evidence.numbers == (83e6, 13.6)
    assert ("нүүрс", "coal") in first.evidence.words
    assert links[1].level is Level.SAME


@pytest.mark.parametrize("cut", range(1, 5))
def test_batches_do_not_matter(cut: int) -> None:
    listed = headlines()
    whole = weave(listed, [], {})
    first = weave(listed[:cut], [], {})
    placed = {number: 7 for link in first for number in (link.headline, link.to)}
    seen = [replace(one, story=placed.get(one.id)) for one in listed[:cut]]
    assert stories([*first, *weave(listed[cut:], seen, {})]) == stories(whole)


def test_one_that_comes_late_is_placed_by_its_day() -> None:
    listed = headlines()
    seen = [replace(listed[1], story=7), replace(listed[2], story=7)]
    assert weave([listed[0]], seen, {})[0].headline == 1
    assert weave([replace(listed[0], at=AT - timedelta(days=3))], seen, {}) == []


def test_a_person_beats_the_machine_both_ways() -> None:
    listed = headlines()
    parted = {frozenset((1, 2)): Verdict.APART, frozenset((2, 3)): Verdict.APART}
    assert stories(weave(listed, [], parted)) == [(3, 1)]
    joined = weave(listed, [], {frozenset((4, 5)): Verdict.SAME})
    assert Link(5, 4, by_person=True) in joined or Link(4, 5, by_person=True) in joined
    assert weave([listed[4]], [], {frozenset((5, 99)): Verdict.SAME}) == [Link(5, 99, by_person=True)]


def test_one_that_has_a_story_is_looked_at_but_stays() -> None:
    listed = headlines()
    assert weave([replace(listed[1], story=3)], [replace(listed[0], story=4)], {}) == []


def test_the_same_words_are_one_story_whatever_their_vectors() -> None:
    links = weave(headlines(vectors=True), [], {})
    assert (3, 1) in stories(links)
    assert all(link.evidence is not None and link.evidence.similarity is not None for link in links)


def test_the_store_and_the_offline_way_link_alike() -> None:
    listed = headlines()
    rows = [(str(one.id), one.at, one.outlet, one.language, one.title) for one in listed]
    alone = offline.cluster(rows, None)
    placed = {str(one.id): str(one.id) for one in listed}
    for link in weave(listed, [], {}):
        placed[str(link.headline)] = placed[str(link.to)]
    assert alone == placed
