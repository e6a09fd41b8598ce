"""Questions and headlines: what finds what, and how well, as `tests/cases/search/*.tsv` has it."""

from pathlib import Path

import pytest

from app.search.keys import Grade, grade, words

FOLDER = Path(__file__).parents[1] / "cases" / "search"
ROWS = [
    line.split("\t")
    for file in sorted(FOLDER.glob("*.tsv"))
    for line in file.read_text("utf-8").splitlines()
    if not line.startswith("#")
]


def weakest(query: str, headline: str) -> Grade:
    asked, told = words(query), words(headline)
    grades = [max((grade(one, other) for other in told), default=Grade.NONE) for one in asked]
    return min(grades, default=Grade.NONE)


@pytest.mark.parametrize(("query", "headline", "language", "found", "expected"), ROWS)
def test_grade(query: str, headline: str, language: str, found: str, expected: str) -> None:
    assert weakest(query, headline).name.lower() == expected


def test_cases_are_whole() -> None:
    assert len(ROWS) >= 300
    assert len({(row[0], row[1]) for row in ROWS}) == len(ROWS)
    for _, _, language, found, expected in ROWS:
        assert language in ("mn", "en")
        assert found == ("no" if expected == "none" else "yes") or (found, expected) == ("no", "prefix")
