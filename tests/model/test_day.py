"""Days are Ulaanbaatar's."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.day import FIRST_DAY, LAST_DAY, day_of, day_start, parse_day


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 1, 14, 15, 59, 59, tzinfo=UTC), date(2026, 1, 14)),
        (datetime(2026, 1, 14, 16, 0, tzinfo=UTC), date(2026, 1, 15)),
        # Summer time, UTC+9, was last kept in 2016.
        (datetime(2016, 7, 11, 15, 0, tzinfo=UTC), date(2016, 7, 12)),
        (datetime(2017, 7, 11, 15, 0, tzinfo=UTC), date(2017, 7, 11)),
    ],
)
def test_the_day_of_an_instant(instant: datetime, day: date) -> None:
    assert day_of(instant) == day


def test_a_naive_time_has_no_day() -> None:
    with pytest.raises(ValueError, match="zone"):
        day_of(datetime(2026, 1, 15, 12, 0))  # noqa: DTZ001


@given(st.dates(FIRST_DAY, LAST_DAY))
def test_a_day_begins_with_its_first_instant(day: date) -> None:
    start = day_start(day)
    assert day_of(start) == day
    assert day_of(start - timedelta(seconds=1)) == day - timedelta(days=1)
    assert parse_day(day.isoformat()) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-02-30",
        "2026-1-5",
        "20260115",
        "99999-01-01",
        "0000-01-01",
        "1911-12-29",
        "2026-01-15T00:00",
        "２０２６-01-15",
    ],
)
def test_what_is_no_day(text: str) -> None:
    assert parse_day(text) is None
