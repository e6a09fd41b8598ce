"""What is held for a person, and what is not."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.model.headline import Headline
from app.model.source import Doubt, Habit, SourceState
from app.settings import Settings
from app.worker.doubt import Thresholds, doubts
from tests.builders import NOW, headline
from tests.worker.facts import HABIT, STATE

USUAL = Thresholds.of(Settings())
NEVER = Thresholds(0, 0, 0)


def many(n: int, language: str = "mn", confidence: float = 0.99) -> list[Headline]:
    return [headline(f"Мэдээ {i}", f"https://a.mn/{i}", language=language, confidence=confidence) for i in range(n)]


def found(
    headlines: list[Headline], fresh: int = 0, state: SourceState = STATE, limits: Thresholds = USUAL
) -> list[Doubt]:
    return [one.doubt for one in doubts(state, headlines, fresh, NOW, limits)]


def test_a_usual_fetch_is_not_doubted() -> None:
    assert found(many(20), 3) == []


@pytest.mark.parametrize(("fresh", "held"), [(20, False), (30, False), (31, True), (400, True)])
def test_many_times_the_usual_is_held(fresh: int, held: bool) -> None:
    assert found(many(fresh), fresh) == ([Doubt.TOO_MANY] if held else [])


def test_the_reason_says_the_figures() -> None:
    (one,) = doubts(STATE, many(400), 400, NOW, USUAL)
    assert one.detail == "400 new items at once, where about 2 would be usual."


def test_after_a_long_failure_more_is_usual() -> None:
    down = replace(STATE, good_at=NOW - timedelta(days=5))
    assert found(many(400), 400, down) == []
    assert found(many(700), 700, down) == [Doubt.TOO_MANY]


@pytest.mark.parametrize("fetches", [0, 1, 2])
def test_a_back_log_is_large_by_nature(fetches: int) -> None:
    young = replace(STATE, habit=replace(HABIT, fetches=fetches))
    assert found(many(5000), 5000, young) == []
    assert found(many(50, "ru"), 50, young) == []


def test_the_same_text_again_and_again_is_furniture() -> None:
    page = [headline("Дэлгэрэнгүй унших", f"https://a.mn/more/{i}") for i in range(9)]
    assert found(page + many(10), 3) == [Doubt.FURNITURE]
    assert found(page[:4] + many(10), 3) == []
    assert found(page[:2], 2) == []
    assert found(page, 9, SourceState(next_at=NOW, habit=Habit())) == [Doubt.FURNITURE]
    (one,) = doubts(STATE, page + many(10), 3, NOW, USUAL)
    assert one.detail == "9 of 19 titles stand there again and again, such as “Дэлгэрэнгүй унших”."


def test_one_article_that_is_listed_often_is_not_furniture() -> None:
    assert found([headline("Шинэ мэдээ", "https://a.mn/1")] * 10 + many(5)) == []


@pytest.mark.parametrize(("russian", "held"), [(2, False), (9, False), (10, True), (20, True)])
def test_a_language_that_the_source_never_had(russian: int, held: bool) -> None:
    assert found(many(20 - russian) + many(russian, "ru")) == ([Doubt.LANGUAGE] if held else [])


def test_an_uncertain_language_says_nothing() -> None:
    assert found(many(20, "ru", confidence=0.4)) == []
    assert found(many(20, "und")) == []


def test_every_rule_can_be_switched_off() -> None:
    page = [headline("Цэс", f"https://a.mn/{i}", language="ru", confidence=0.99) for i in range(400)]
    assert found(page, 400) == [Doubt.TOO_MANY, Doubt.FURNITURE, Doubt.LANGUAGE]
    assert found(page, 400, limits=NEVER) == []
