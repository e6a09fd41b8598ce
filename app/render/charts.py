"""Charts as the paths of an SVG: the numbers are in tables beside them. Sizes are units of the chart's own view box."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.timeline.calendar import Month
from app.timeline.views import DayVolume

SQUARE, STEP = 12, 14
"""A day of the year's map, and from one day to the next."""

BAR, BAR_STEP, TALLEST = 4, 12, 63
"""A day's bar, from one to the next, and how tall the tallest is."""

LABELLED = 30
"""A label under every so many bars."""


@dataclass(frozen=True, slots=True)
class Ribbon:
    """A year, one column a week: `paths` are the squares of each heat step 0 to 4, `months` the left edges of the
    columns in which the months begin."""

    width: int
    paths: tuple[str, ...]
    months: tuple[tuple[int, date], ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """One bar a day: `some` and `none` are the bars of days with and without headlines, `last` the newest one; `most`
    the number that the tallest stands for; `labels` the days to name under them."""

    width: int
    some: str
    none: str
    last: str
    most: int
    labels: tuple[date, ...]


def ribbon(months: Sequence[Month]) -> Ribbon:
    """The days of whole months as one map, Monday at the top."""
    paths = [""] * 5
    starts = []
    week = 0
    for month in months:
        starts.append((week * STEP, month.first))
        for cells in month.weeks:
            for place, cell in enumerate(cells):
                if cell:
                    paths[cell.heat] += f"M{week * STEP} {place * STEP}h{SQUARE}v{SQUARE}h-{SQUARE}z"
            week += cells[-1] is not None  # a week that the next month goes on with is one column
    weeks = week + (1 if months and months[-1].weeks[-1][-1] is None else 0)
    return Ribbon(max(weeks * STEP - STEP + SQUARE, 0), tuple(paths), tuple(starts))


def bars(volume: Sequence[DayVolume]) -> Bars:
    """The bars of consecutive days, oldest first."""
    return daily([(day.day, day.n) for day in volume])


def daily(days: Sequence[tuple[date, int]]) -> Bars:
    """The same of days with a number each."""
    most = max((n for _, n in days), default=0)
    drawn = [_bar(i, n, most) for i, (_, n) in enumerate(days)]
    some = "".join(bar for bar, (_, n) in zip(drawn[:-1], days, strict=False) if n)
    none = "".join(bar for bar, (_, n) in zip(drawn[:-1], days, strict=False) if not n)
    last = drawn[-1] if drawn else ""
    labels = tuple(day for day, _ in [*days[::LABELLED], *days[-1:]])
    return Bars(max(len(days) * BAR_STEP - BAR_STEP + BAR, 0), some, none, last, most, labels)


def _bar(place: int, n: int, most: int) -> str:
    tall = max(round(TALLEST * n / most), 3) if n else 1
    return f"M{place * BAR_STEP} {TALLEST + 1 - tall}h{BAR}v{tall}h-{BAR}z"
