"""Calendars."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.timeline.calendar import heat, month, month_bounds, year

JANUARY = date(2026, 1, 15)


@pytest.mark.parametrize(
    ("n", "tint"), [(0, 0), (1, 1), (9, 1), (10, 2), (16, 2), (17, 3), (24, 3), (25, 4), (9999, 4)]
)
def test_tints(n: int, tint: int) -> None:
    assert heat(n) == tint


def test_a_month_begins_on_its_weekday() -> None:
    made = month(JANUARY, {JANUARY: 20})
    first = made.weeks[0]
    assert first[:3] == (None, None, None), "1 January 2026 is a Thursday"
    assert first[3] is not None
    assert first[3].day == date(2026, 1, 1)
    assert made.total == 20


@given(st.dates(date(1990, 1, 1), date(2199, 12, 31)))
def test_every_day_stands_once_on_its_weekday(day: date) -> None:
    made = month(day, {day: 3})
    cells = [(column, cell) for week in made.weeks for column, cell in enumerate(week) if cell]
    first, last = month_bounds(day)
    assert [cell.day for _, cell in cells] == [first.replace(day=i) for i in range(1, last.day + 1)]
    assert all(len(week) == 7 for week in made.weeks)
    assert all(cell.day.weekday() == column for column, cell in cells)
    assert {cell.day: cell.n for _, cell in cells if cell.n} == {day: 3}


def test_a_year_has_twelve_months() -> None:
    months = year(2024, {date(2024, 2, 29): 4})
    assert [m.first.month for m in months] == list(range(1, 13))
    assert [m.total for m in months] == [0, 4, *[0] * 10]
