"""How old a replica is, from what was known of the primary and when."""

from math import inf

from app.store.lag import MARKS, Marks


def test_nothing_is_known_at_first() -> None:
    assert Marks().age(10**9, 0.0) == inf


def test_a_replica_that_has_everything_is_as_old_as_the_last_question() -> None:
    marks = Marks()
    marks.add(100, 1.0)
    marks.add(200, 2.0)
    assert marks.age(200, 2.5) == 0.5
    assert marks.age(999, 2.5) == 0.5


def test_a_replica_that_lacks_something_is_older() -> None:
    marks = Marks()
    for n in range(5):
        marks.add(100 * n, float(n))
    assert marks.age(399, 4.0) == 1.0
    assert marks.age(0, 4.0) == 4.0


def test_an_idle_primary_makes_nobody_older() -> None:
    marks = Marks()
    for n in range(1000):
        marks.add(100, float(n))
    assert marks.age(100, 999.5) == 0.5


def test_one_that_has_not_reached_what_is_remembered_is_too_old() -> None:
    marks = Marks()
    for n in range(MARKS + 1):
        marks.add(n, float(n))
    assert marks.age(0, float(MARKS)) == inf
    assert marks.age(1, float(MARKS)) == MARKS - 1


def test_a_log_that_became_shorter_is_another_primary_s() -> None:
    marks = Marks()
    marks.add(500, 1.0)
    marks.add(100, 2.0)
    assert marks.age(300, 2.0) == 0.0
    assert marks.age(99, 2.0) == inf
