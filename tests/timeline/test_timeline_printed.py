"""Headlines as they were printed and questions as readers type them: both databases find what the table says."""

from pathlib import Path

import pytest

from app.store import Store
from tests.builders import headline, put
from tests.timeline.test_timeline_seek import answered, found

FOLDER = Path(__file__).parents[1] / "cases" / "search_whole"


def _rows(file: str) -> list[list[str]]:
    lines = (FOLDER / file).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


ROWS = _rows("printed.tsv")
TITLES = {title: language for _, title, language, _ in ROWS}


def test_each_question_finds_its_headline_and_only_what_the_rules_say(store: Store) -> None:
    put(store, *(headline(title, language=language) for title, language in TITLES.items()))
    wrong = [(text, title) for text, title, _, finds in ROWS if (title in found(store, text)) != (finds == "yes")]
    assert wrong == []
    assert len(ROWS) >= 150


@pytest.mark.parametrize("text", [row[0] for row in ROWS[::9]])
def test_a_headline_alone_is_found_as_the_rules_say(text: str) -> None:
    for asked, title, _, finds in ROWS:
        if asked == text:
            assert (title in answered([title], text)) == (finds == "yes")


def test_headlines_that_stand_together_are_told_apart(store: Store) -> None:
    rows = _rows("together.tsv")
    titles = {title: language for _, title, language, _ in rows}
    put(store, *(headline(title, language=language) for title, language in titles.items()))
    answers = {text: set(found(store, text)) for text, *_ in rows}
    wrong = [(text, title) for text, title, _, finds in rows if (title in answers[text]) != (finds == "yes")]
    assert wrong == []
    assert len(rows) >= 500
