"""Calendars: months as weeks of cells, Monday first."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

HEAT_STEPS = (1, 10, 17, 25)
"""From how many headlines a day has tint 1, 2, 3, 4 (docs: the heat key under every calendar)."""

_WEEKS = calendar.Calendar(firstweekday=calendar.MONDAY)


@dataclass(frozen=True, slots=True)
class Cell:
    """A day in a calendar: its number of headlines and the tint of it, 0 (none) to 4."""

    day: date
    n: int
    heat: int


@dataclass(frozen=True, slots=True)
class Month:
    """A month: `weeks` are rows of seven cells, None where the week reaches into another month. `previous` and `next`
    are days in the nearest months that have headlines, where one can leaf to them."""

    first: date
    weeks: tuple[tuple[Cell | None, ...], ...]
    total: int
    previous: date | None = None
    next: date | None = None

    def __hash__(self) -> int:
        """Rendered calendars are kept by their months; those of one number are told apart by comparing them."""
        return hash((self.first, self.total))


def heat(n: int) -> int:
    """The tint of a day with `n` headlines: 0 to 4."""
    return sum(n >= step for step in HEAT_STEPS)


def month_bounds(day: date) -> tuple[date, date]:
    """The first and the last day of the month that `day` lies in."""
    return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])


def month(day: date, counts: Mapping[date, int]) -> Month:
    """The month that `day` lies in, with the counts of its days."""
    weeks = []
    for week in _WEEKS.monthdayscalendar(day.year, day.month):
        days = [day.replace(day=number) if number else None for number in week]
        weeks.append(tuple(_cell(d, counts) if d else None for d in days))
    total = sum(cell.n for week in weeks for cell in week if cell)
    return Month(day.replace(day=1), tuple(weeks), total)


def year(number: int, counts: Mapping[date, int]) -> tuple[Month, ...]:
    """The twelve months of a year."""
    return tuple(month(date(number, m, 1), counts) for m in range(1, 13))


def _cell(day: date, counts: Mapping[date, int]) -> Cell:
    n = counts.get(day, 0)
    return Cell(day, n, heat(n))
