"""A day without a printed digest begins with what most outlets tell."""

from dataclasses import replace
from datetime import UTC, date, datetime

from app.model.headline import Honesty
from app.model.outlet import OutletName
from app.model.timeline import Day, HeadlineRow, LanguageColumn, Telling
from app.timeline.telling import computed

WHEN = date(2026, 1, 15)


def row(number: int, story: int = 0, outlets: int = 1) -> HeadlineRow:
    told = Telling(story, outlets, outlets) if story else None
    at = datetime(2026, 1, 15, 1, number, tzinfo=UTC)
    outlet = OutletName("gogo.mn", "GoGo", "GoGo")
    return HeadlineRow(number, f"Title {number}", None, "en", WHEN, at, Honesty.DECLARED, outlet, told=told)


def column(*rows: HeadlineRow) -> LanguageColumn:
    return LanguageColumn("en", (), rows, len(rows))


def made(*rows: HeadlineRow) -> LanguageColumn:
    return computed(Day(WHEN, (column(*rows),))).columns[0]


def test_most_outlets_first_and_each_event_once() -> None:
    found = made(row(9), row(8, 1, 2), row(7, 2, 5), row(6, 1, 2), row(5, 3, 3), row(4, 4, 1))
    assert [(one.id, one.rank) for one in found.digest] == [(7, 1), (5, 2), (8, 3)]
    assert [one.id for one in found.others] == [9, 6, 4]
    assert found.total == 6
    assert found.hidden == 0


def test_few_events_are_no_digest() -> None:
    found = made(row(9), row(8, 1, 2), row(7, 2, 5))
    assert found.digest == ()
    assert len(found.others) == 3


def test_ten_at_most() -> None:
    assert len(made(*(row(40 - n, n, 2) for n in range(1, 20))).digest) == 10


def test_a_printed_digest_stays() -> None:
    printed = replace(column(row(9, 1, 3), row(8, 2, 3), row(7, 3, 3)), digest=(row(1),))
    assert computed(Day(WHEN, (printed,))).columns[0] == printed
