"""The readable part of an article's address."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.normalise.slug import MAX_CHARS, slug


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (
            "Yongusil 100: Mongolia and the Korean Security Crisis",
            "yongusil-100-mongolia-and-the-korean-security-crisis",
        ),
        ("Монгол Улсын түүх", "mongol-ulsyn-tuukh"),
        ("Өргөө, цэцэг & жаргал", "orgoo-tsetseg-jargal"),
        ("Е, ё, ю, я", "ye-yo-yu-ya"),
        ("Café “Zürich”", "cafe-zurich"),
        ("日本", ""),
        ("…", ""),
    ],
)
def test_slugs(title: str, expected: str) -> None:
    assert slug(title) == expected


def test_long_titles_are_cut_between_words() -> None:
    found = slug("steppe " * 40)
    assert len(found) <= MAX_CHARS
    assert set(found.split("-")) == {"steppe"}
    assert len(slug("x" * 500)) == MAX_CHARS


@given(st.text())
def test_any_title_gives_a_slug_that_needs_no_encoding(title: str) -> None:
    assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", slug(title))
