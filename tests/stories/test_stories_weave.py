"""New headlines among those around them: links that do not depend on batches, and what people say goes first."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from app.model.linking import Link, Linkable
from app.model.story import Level, Verdict
from app.stories import offline
from app.stories.facts import facts
from app.stories.linker import Told, gap
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


def test_the_hours_between_two_headlines_count_as_far_as_they_are_known() -> None:
    def told(outlet: str, at: float, whole_day: bool = False) -> Told[int]:
        return Told(1, outlet, facts(TITLES[0][2], "en"), at, whole_day=whole_day)

    assert gap(told("montsame.mn", 10.0), told("gogo.mn", 10.25)) == 0.25
    assert gap(told("gogo.mn", 11.5), told("montsame.mn", 10.0)) == 1.5
    assert gap(told("montsame.mn", 10.0, whole_day=True), told("gogo.mn", 10.1)) == pytest.approx(1 / 3)
    assert gap(told("montsame.mn", 10.0), told("gogo.mn", 10.0)) == pytest.approx(1 / 3)
    assert gap(told("montsame.mn", 10.0), told("montsame.mn", 10.0)) == 0.0


def test_the_same_two_titles_are_one_event_on_one_day_and_less_so_a_day_later() -> None:
    near = replace(headlines()[1], id=9, at=AT + timedelta(hours=2), story=None)
    far = replace(near, at=AT + timedelta(hours=40))
    scores = [weave([one], headlines()[:1], {}) for one in (near, far)]
    assert [link.to for link in scores[0]] == [1]
    assert not scores[1] or (scores[1][0].score or 0) < (scores[0][0].score or 0)


def test_a_digest_of_one_day_links_what_is_one_event_and_not_what_has_a_country_in_common() -> None:
    rows = [
        (
            "1",
            "2026-01-15",
            "thediplomat.com",
            "en",
            "US PAUSES IMMIGRANT VISA PROCESSING FOR 75 COUNTRIES, 13 IN ASIA-PACIFIC",
        ),
        (
            "2",
            "2026-01-15",
            "montsame.mn",
            "en",
            "MONGOLIA, CHINA REAFFIRM COMMITMENT TO RAISE TRADE TURNOVER TO USD 20 BILLION",
        ),
        (
            "3",
            "2026-01-15",
            "a.mn",
            "mn",
            "МОНГОЛ УЛС ХЯТАД УЛСТАЙ ХАРИУЦЛАГАТАЙ НОГООН УУЛ УУРХАЙГ ХӨГЖҮҮЛЭХ ЧИГЛЭЛЭЭР ХАМТАРНА",
        ),
        (
            "4",
            "2026-01-15",
            "b.mn",
            "mn",
            "ТРАМПЫН ЗАСАГ ЗАХИРГАА МОНГОЛ ЗЭРЭГ 75 УЛСЫН ИРГЭДЭД ЦАГААЧЛАЛЫН ВИЗ ОЛГОХЫГ ЗОГСООЛОО",
        ),
    ]
    assert offline.cluster(rows, None) == {"1": "1", "2": "2", "3": "3", "4": "1"}
