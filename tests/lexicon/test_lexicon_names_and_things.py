"""Names in both scripts, places, and the two-language glossary."""

import pytest

from app.lexicon.glossary import spoken_of, things, words
from app.lexicon.places import known_place
from app.lexicon.roman import likeness, roman


@pytest.mark.parametrize(
    ("english", "mongolian"),
    [
        ("khuvsgul", "хөвсгөлд"),
        ("hovsgol", "хөвсгөл"),
        ("umnugovi", "өмнөговийн"),
        ("khurelsukh", "хүрэлсүхтэй"),
        ("rosneft", "роснефть"),
        ("frankfurt", "франкфурт"),
        ("jica", "jica"),
    ],
)
def test_spellings_of_one_name(english: str, mongolian: str) -> None:
    assert likeness(english, mongolian) == 1


@pytest.mark.parametrize(("english", "mongolian"), [("coal", "нүүрс"), ("tuul", "төв"), ("khovd", "хятад"), ("x", "ъ")])
def test_different_names(english: str, mongolian: str) -> None:
    assert likeness(english, mongolian) == 0


def test_the_standard_romanisation() -> None:
    assert [roman(word) for word in ("цогтцэций", "ёс", "объект")] == ["tsogttsetsii", "yos", "obekt"]


def test_places_with_endings_and_in_both_scripts() -> None:
    assert known_place("дорноговьд") == known_place("dornogovi") == "дорноговь"
    assert known_place("ховдод") == "ховд"
    assert known_place("хот") is None


def test_a_story_in_two_languages_speaks_of_the_same_things() -> None:
    english = spoken_of(words("US court jails ex-official over bribery"), "en")
    mongolian = spoken_of(words("АНУ-ЫН ШҮҮХ АВЛИГЫН ХЭРГЭЭР АЛБАН ТУШААЛТАН АСАНД ХОРИХ ЯЛ ОНООЖЭЭ"), "mn")
    assert {things()[place].name for place in english & mongolian} >= {"court", "corruption", "sentence", "former"}


def test_every_thing_is_complete_and_known_once() -> None:
    names = [thing.name for thing in things()]
    assert all(thing.english and thing.mongolian and thing.weight > 0 for thing in things())
    forms = [form for thing in things() for form in (*thing.english, *thing.mongolian)]
    assert all(form == form.strip().lower() and form for form in forms)
    assert len(names) > 400
