"""Charts as paths: every day is drawn once, at its place."""

import re
from datetime import date, timedelta

from app.render.charts import BAR_STEP, STEP, bars, ribbon
from app.timeline.calendar import year
from app.timeline.views import DayVolume

FIRST = date(2025, 10, 18)


def corners(path: str) -> list[tuple[int, int]]:
    return [(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)", path)]


def test_a_year_has_every_day_once() -> None:
    counts = {date(2025, 1, 1): 3, date(2025, 12, 31): 30}
    drawn = ribbon(year(2025, counts))
    everything = [corner for path in drawn.paths for corner in corners(path)]
    assert len(everything) == len(set(everything)) == 365
    assert corners(drawn.paths[1]) == [(0, 2 * STEP)], "1 January 2025 was a Wednesday"
    assert corners(drawn.paths[4]) == [(52 * STEP, 2 * STEP)]
    assert len(drawn.months) == 12
    assert drawn.months[1] == (4 * STEP, date(2025, 2, 1)), "the week that January left unfinished"
    assert drawn.width == 52 * STEP + 12


def test_a_year_that_ends_on_a_sunday_has_no_empty_column() -> None:
    assert ribbon(year(2023, {})).width == 52 * STEP + 12
    assert max(x for x, _ in corners(ribbon(year(2023, {})).paths[0])) == 52 * STEP


def test_bars_stand_on_one_line() -> None:
    volume = [DayVolume(FIRST + timedelta(days=i), (("en", n),) if n else ()) for i, n in enumerate([0, 10, 5, 0, 1])]
    drawn = bars(volume)
    assert (drawn.most, drawn.width) == (10, 4 * BAR_STEP + 4)
    assert corners(drawn.none) == [(0, 63), (3 * BAR_STEP, 63)]
    assert corners(drawn.some) == [(BAR_STEP, 1), (2 * BAR_STEP, 32)]
    assert corners(drawn.last) == [(4 * BAR_STEP, 58)]
    assert drawn.labels == (FIRST, FIRST + timedelta(days=4))


def test_nothing_to_draw() -> None:
    assert bars([]).most == 0
    assert ribbon([]).width == 0
