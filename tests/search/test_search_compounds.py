"""Names in one word and in two."""

import pytest

from app.model.search import Query
from app.search.folding import MAX_WORDS
from app.search.query import parse


def told(query: Query) -> list[list[str]]:
    return [[" ".join(term.words) for term in group] for group in query.required]


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("oyu tolgoi", [["oyu tolgoi", "оюутолгой"]]),
        ("Оюутолгойн", [["оюутолгойн", "оюу толгой"]]),
        ("Ulan Bator winter", [["ulan bator", "улаанбаатар"], ["winter"]]),
        ("цас улаанбаатарт", [["цас"], ["улаанбаатарт", "улаан баатар"]]),
        ("bayan ulgii", [["bayan ulgii", "баянөлгий"]]),
        ("толгой оюу", [["толгой"], ["оюу"]]),
        ('"oyu tolgoi"', [["oyu tolgoi"]]),
        ("зэс OR oyutolgoi", [["зэс", "oyutolgoi"]]),
    ],
)
def test_both_writings_are_asked_for(text: str, groups: list[list[str]]) -> None:
    assert told(parse(text)) == groups


def test_a_full_question_stays_as_it_is() -> None:
    full = " ".join(f"w{n}" for n in range(MAX_WORDS - 1)) + " оюутолгой"
    assert len(parse(full).words) == MAX_WORDS
