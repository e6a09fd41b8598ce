"""Grouping and order, without any I/O: what the store found becomes days of language columns."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime

from app.model.language import columns_for
from app.model.timeline import Day, HeadlineRow, LanguageColumn, ListedRow

ENOUGH_HEADLINES = 60
"""A page of the timeline takes whole days until it has about so many headlines…"""

MOST_DAYS = 7
"""…and at most so many days."""

_NO_TIME = datetime.min.replace(tzinfo=UTC)

DayCount = tuple[date, int]
Totals = Mapping[tuple[date, str], int]


def choose_days(found: Sequence[DayCount]) -> tuple[tuple[DayCount, ...], date | None]:
    """Which of the days `found` (newest first, with their counts) one page shows, and the day that follows below it.

    Whole days only, at least one; `found` should hold MOST_DAYS + 1, so that it is known whether there is more.
    """
    shown: list[DayCount] = []
    headlines = 0
    for day, n in found[:MOST_DAYS]:
        if shown and headlines >= ENOUGH_HEADLINES:
            break
        shown.append((day, n))
        headlines += n
    older = found[len(shown)][0] if len(found) > len(shown) else None
    return tuple(shown), older


def column_order(languages: Sequence[str], ui: str) -> tuple[str, ...]:
    """Which columns stand on a page of edition `ui`, and in what order: its own language first, others by code."""
    wanted = columns_for(ui)
    if not languages:
        return wanted
    return (*(c for c in wanted if c in languages), *sorted(set(languages) - set(wanted)))


def build_days(
    listed: Iterable[ListedRow], days: Sequence[date], languages: Sequence[str], totals: Totals
) -> tuple[Day, ...]:
    """Every one of `days` with a column for each of `languages`, in these orders; a column may be empty.

    `totals` are the numbers of matching headlines of the columns that `listed` shows only in part.
    """
    found: defaultdict[tuple[date, str], list[ListedRow]] = defaultdict(list)
    for entry in listed:
        found[entry.day, entry.language].append(entry)
    return tuple(
        Day(d, tuple(_column(lang, found[d, lang], totals.get((d, lang), 0)) for lang in languages)) for d in days
    )


def _column(language: str, entries: Sequence[ListedRow], total: int) -> LanguageColumn:
    """The digest by position; then the others by time, newest first, those with a date only after them, then by id."""
    digest = sorted((e for e in entries if e.position is not None), key=lambda e: (e.position or 0, e.row.id))
    others = sorted((e.row for e in entries if e.position is None), key=_newest_first, reverse=True)
    return LanguageColumn(language, tuple(e.row for e in digest), tuple(others), max(total, len(entries)))


def _newest_first(row: HeadlineRow) -> tuple[datetime, int]:
    return row.published_at or _NO_TIME, row.id


def leads(days: Sequence[Day], most: int = 4) -> tuple[HeadlineRow, ...]:
    """The first headlines of the first day, taken from its columns in turn."""
    columns = [(*column.digest, *column.others) for column in days[0].columns] if days else []
    in_turn = [rows[i] for i in range(most) for rows in columns if i < len(rows)]
    return tuple(in_turn[:most])
