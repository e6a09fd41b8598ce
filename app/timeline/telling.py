"""Beside headlines: who else tells their events. And the order of a day that has no printed digest."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from app.model.story import StoryMark
from app.model.timeline import Day, HeadlineRow, LanguageColumn, Telling
from app.store import Reader

MOST_COMPUTED = 10
"""Entries of a computed digest, as many as a printed one has in each language…"""

FEWEST_COMPUTED = 3
"""…and how many events several outlets have to tell before there is one."""


def marked(reader: Reader, days: Sequence[Day]) -> tuple[Day, ...]:
    """The same days; their headlines know who else tells their events."""
    rows = [row for day in days for column in day.columns for row in (*column.digest, *column.others)]
    marks = reader.stories.of_headlines({row.id for row in rows})
    if not marks:
        return tuple(days)
    return tuple(_day(day, marks) for day in days)


def marked_rows(reader: Reader, rows: Sequence[HeadlineRow]) -> tuple[HeadlineRow, ...]:
    """The same for headlines without days."""
    return _rows(rows, reader.stories.of_headlines({row.id for row in rows}), {})


def computed(day: Day) -> Day:
    """A day whose columns without a printed digest begin with what most outlets tell: one headline of each event,
    numbered from 1; then most headlines, then the latest. A column with few such events stays as it is."""
    return replace(day, columns=tuple(_computed(column) for column in day.columns))


def _computed(column: LanguageColumn) -> LanguageColumn:
    if column.digest:
        return column
    events: dict[int, tuple[int, int, HeadlineRow]] = {}
    for row in column.others:  # newest first: the latest stands for its event
        if row.told and row.told.outlets > 1:
            events.setdefault(row.told.story, (row.told.outlets, row.told.headlines, row))
    ranked = sorted(events.values(), key=lambda event: event[:2], reverse=True)[:MOST_COMPUTED]
    if len(ranked) < FEWEST_COMPUTED:
        return column
    chosen = {row.id for _, _, row in ranked}
    return replace(
        column,
        digest=tuple(replace(row, rank=place) for place, (_, _, row) in enumerate(ranked, 1)),
        others=tuple(row for row in column.others if row.id not in chosen),
    )


def _day(day: Day, marks: Mapping[int, StoryMark]) -> Day:
    ranks = {row.id: row.rank for column in day.columns for row in column.digest if row.rank}
    columns = tuple(
        replace(column, digest=_rows(column.digest, marks, ranks), others=_rows(column.others, marks, ranks))
        for column in day.columns
    )
    return replace(day, columns=columns)


def _rows(
    rows: Iterable[HeadlineRow], marks: Mapping[int, StoryMark], ranks: Mapping[int, int]
) -> tuple[HeadlineRow, ...]:
    return tuple(replace(row, told=_telling(marks[row.id], ranks)) if row.id in marks else row for row in rows)


def _telling(mark: StoryMark, ranks: Mapping[int, int]) -> Telling:
    other = mark.other
    if other is None:
        return Telling(mark.story, mark.headlines, mark.outlets)
    return Telling(mark.story, mark.headlines, mark.outlets, other.language, other.id, ranks.get(other.id))
