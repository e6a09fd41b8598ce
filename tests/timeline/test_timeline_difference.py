"""What changed between two titles."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.timeline.difference import MOST_PIECES, Change, difference

SIGNS = {Change.KEPT: "", Change.REMOVED: "-", Change.ADDED: "+"}


def told(before: str, after: str) -> list[str]:
    return [f"{SIGNS[segment.change]}{segment.text}" for segment in difference(before, after)]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Үнэ 5 хувиар өслөө", "Үнэ 6 хувиар өслөө", ["Үнэ ", "-5", "+6", " хувиар өслөө"]),
        ("Сайд огцорлоо", "Сайд огцорсонгүй", ["Сайд ", "-огцорлоо", "+огцорсонгүй"]),
        ("Rail opens", "New rail link opens", ["-Rail", "+New rail link", " opens"]),
        ("A b", "A b!", ["A b", "+!"]),
        ("Same", "Same", ["Same"]),
        ("", "New", ["+New"]),
        ("one two three", "four five three", ["-one two", "+four five", " three"]),
    ],
)
def test_changes(before: str, after: str, expected: list[str]) -> None:
    assert told(before, after) == expected


TITLES = st.lists(st.sampled_from(["үнэ", "өсөв", "5", " ", " ", "!", "“", "a\u0301", "COVID"]), max_size=14).map(
    "".join
)


@given(TITLES | st.text(), TITLES | st.text())
def test_nothing_is_lost_and_nothing_added(before: str, after: str) -> None:
    found = difference(before, after)
    assert "".join(s.text for s in found if s.change is not Change.ADDED) == before
    assert "".join(s.text for s in found if s.change is not Change.REMOVED) == after
    assert all(s.text for s in found)
    assert all(one.change is not other.change for one, other in pairwise(found))


def test_a_title_without_end_is_not_compared_word_by_word() -> None:
    before, after = "a " * MOST_PIECES, "a " * MOST_PIECES + "b"
    assert [s.change for s in difference(before, after)] == [Change.REMOVED, Change.ADDED]
