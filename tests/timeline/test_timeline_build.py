"""Grouping and order, without a store."""

from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.headline import Honesty
from app.model.outlet import OutletName
from app.model.timeline import HeadlineRow, ListedRow
from app.timeline.build import ENOUGH_HEADLINES, MOST_DAYS, build_days, choose_days, column_order, leads

DAY = date(2026, 1, 15)
NOON = datetime(2026, 1, 15, 4, tzinfo=UTC)
OUTLET = OutletName("montsame.mn", "Montsame", "МОНЦАМЭ")


def listed(number: int, language: str = "en", position: int | None = None, at: datetime | None = None) -> ListedRow:
    honesty = Honesty.DECLARED if at else Honesty.DATE_ONLY
    row = HeadlineRow(number, f"Headline {number}", None, language, DAY, at, honesty, OUTLET, position)
    return ListedRow(DAY, language, position, row)


def ids(rows: tuple[HeadlineRow, ...]) -> list[int]:
    return [row.id for row in rows]


def test_the_digest_by_position_then_by_time_then_what_has_only_a_date() -> None:
    entries = [
        listed(1, position=2),
        listed(2, position=1),
        listed(3, at=NOON),
        listed(4, at=NOON + timedelta(hours=1)),
        listed(5),
        listed(6),
    ]
    for order in permutations(entries):
        ((column,),) = [day.columns for day in build_days(order, [DAY], ["en"], {})]
        assert ids(column.digest) == [2, 1]
        assert ids(column.others) == [4, 3, 6, 5]


def test_a_day_has_every_column_that_was_asked_for() -> None:
    (day,) = build_days([listed(1, "mn")], [DAY], ["en", "mn"], {})
    assert [(c.language, c.total) for c in day.columns] == [("en", 0), ("mn", 1)]


def test_what_was_cut_off_is_counted() -> None:
    (day,) = build_days([listed(1)], [DAY], ["en"], {(DAY, "en"): 5})
    assert day.total == 5
    assert day.columns[0].hidden == 4


def test_a_total_from_before_the_last_arrival_hides_nothing() -> None:
    (day,) = build_days([listed(1), listed(2)], [DAY], ["en"], {(DAY, "en"): 1})
    assert day.columns[0].hidden == 0


@pytest.mark.parametrize(
    ("languages", "ui", "wanted"),
    [
        ((), "en", ("en", "mn")),
        ((), "mn", ("mn", "en")),
        (("mn",), "en", ("mn",)),
        (("en", "mn"), "mn", ("mn", "en")),
        (("kk",), "en", ("kk",)),
        (("kk", "mn", "ru"), "en", ("mn", "kk", "ru")),
    ],
)
def test_columns_stand_in_the_order_of_the_edition(
    languages: tuple[str, ...], ui: str, wanted: tuple[str, ...]
) -> None:
    assert column_order(languages, ui) == wanted


counts = st.lists(st.integers(1, 200), max_size=MOST_DAYS + 1).map(
    lambda ns: [(DAY - timedelta(days=i), n) for i, n in enumerate(ns)]
)


@given(counts)
def test_a_page_is_whole_days_until_there_is_enough(found: list[tuple[date, int]]) -> None:
    shown, older = choose_days(found)
    assert list(shown) == found[: len(shown)]
    assert len(shown) <= MOST_DAYS
    assert bool(shown) == bool(found)
    assert sum(n for _, n in shown[:-1]) < ENOUGH_HEADLINES, "the last day was still needed"
    assert older == (found[len(shown)][0] if len(found) > len(shown) else None)


def test_leads_come_from_the_columns_in_turn() -> None:
    rows = [listed(1, "en", 1), listed(2, "en", 2), listed(3, "mn", 1), listed(4, "en", 3)]
    days = build_days(rows, [DAY], ["en", "mn"], {})
    assert ids(leads(days)) == [1, 3, 2, 4]
    assert leads(()) == ()
