"""How often cycles are looked for while headlines are taken in."""

import gc
from collections.abc import Iterator

import pytest

from app.pipeline.collecting import OBJECTS, seldom_collected


@pytest.fixture(autouse=True)
def _thresholds() -> Iterator[None]:
    before = gc.get_threshold()
    gc.set_threshold(700, 10, 10)
    yield
    gc.set_threshold(*before)


def test_seldom_inside_and_as_before_afterwards() -> None:
    with seldom_collected():
        assert gc.get_threshold() == (OBJECTS, 10, 10)
    assert gc.get_threshold() == (700, 10, 10)


def test_as_before_when_something_goes_wrong() -> None:
    with pytest.raises(ValueError, match="wrong"), seldom_collected():
        raise ValueError("wrong")
    assert gc.get_threshold() == (700, 10, 10)


def test_of_two_at_once_the_second_changes_nothing() -> None:
    with seldom_collected():
        with seldom_collected():
            assert gc.get_threshold()[0] == OBJECTS
        assert gc.get_threshold()[0] == OBJECTS
    assert gc.get_threshold()[0] == 700


@pytest.mark.parametrize("young", [0, OBJECTS * 2])
def test_who_wants_them_looked_for_more_seldom_still_has_it_so(young: int) -> None:
    gc.set_threshold(young, 10, 10)
    with seldom_collected():
        assert gc.get_threshold()[0] == young
