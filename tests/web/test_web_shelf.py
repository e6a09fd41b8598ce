"""What stays in memory when there is no room for everything."""

from collections.abc import Hashable
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from app.web.shelf import MARKS, UPPER_SHARE, Shelf


def ask(shelf: Shelf[str], key: str, size: int = 10) -> bool:
    """Ask as the page cache does; whether it was there."""
    if shelf.get(key) is not None:
        return True
    if shelf.wanted(key):
        shelf.put(key, key, size)
    return False


def test_what_is_asked_for_twice_is_there_the_third_time() -> None:
    shelf: Shelf[str] = Shelf(1000)
    assert [ask(shelf, "a") for _ in range(4)] == [False, False, True, True]


def test_a_crawler_that_takes_everything_once_leaves_no_trace() -> None:
    shelf: Shelf[str] = Shelf(1000)
    for n in range(MARKS * 3):
        ask(shelf, f"page {n}")
    assert len(shelf) == 0


def test_a_crawler_that_takes_everything_twice_does_not_displace_what_readers_read() -> None:
    shelf: Shelf[str] = Shelf(1000)
    for _ in range(3):
        for n in range(50):
            ask(shelf, f"front {n}")
    for n in range(2000):
        ask(shelf, f"page {n}")
        ask(shelf, f"page {n}")
    assert all(ask(shelf, f"front {n}") for n in range(50))


def test_marks_are_forgotten() -> None:
    shelf: Shelf[str] = Shelf(1000)
    ask(shelf, "a")
    for n in range(MARKS):
        ask(shelf, f"page {n}")
    ask(shelf, "a")
    assert not ask(shelf, "b")
    assert len(shelf) == 0


def test_nothing_large() -> None:
    shelf: Shelf[str] = Shelf(800)
    for _ in range(3):
        assert not ask(shelf, "large", 101)
    shelf.put("a", "a", 100)
    shelf.put("a", "grown", 200)
    assert shelf.get("a") is None, "not what it was before"


@given(st.integers(0, 10_000), st.integers(100, 2_000))
def test_never_more_than_there_is_room_for(seed: int, room: int) -> None:
    chance = Random(seed)
    shelf: Shelf[str] = Shelf(room)
    sizes: dict[Hashable, int] = {}
    for _ in range(400):
        key = f"{int(chance.paretovariate(0.8)) % 60}"
        if chance.random() < 0.3:
            sizes[key] = chance.randint(1, room // 6)
            shelf.put(key, key, sizes[key])
        found = shelf.get(key)
        assert found in (None, key)
        assert 0 <= shelf.size <= room
        there = [key for board in (shelf._lower, shelf._upper) for key in board]
        assert len(there) == len(set(there)) == len(shelf)
        assert shelf.size == sum(sizes[key] for key in there)
        sizes_above = [sizes[key] for key in shelf._upper]
        assert sum(sizes_above) <= UPPER_SHARE * room or len(sizes_above) == 1
