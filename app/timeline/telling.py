"""Beside headlines: who else tells their events. And the order of a day that has no printed digest."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from app.model.timeline import Day, HeadlineRow, LanguageColumn, Telling
from app.store import Reader

MOST_COMPUTED = 10
"""Entries of a computed digest, as many as a printed one has in each language…"""

FEWEST_COMPUTED = 3
"""…and how many events several outlets have to tell before there is one."""


def marked(days: Sequence[Day]) -> tuple[Day, ...]:
    """The same days; where the first headline in the other language stands in the same day's digest, the mark beside a
    headline knows its number there."""
    return tuple(map(_marked, days))


def marked_rows(reader: Reader, rows: Sequence[HeadlineRow]) -> tuple[HeadlineRow, ...]:
    """Headlines without days; they know who else tells their events."""
    marks = reader.stories.of_headlines({row.id for row in rows})
    return tuple(replace(row, told=marks[row.id].told) if row.id in marks else row for row in rows)


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


def _marked(day: Day) -> Day:
    ranks = {row.id: row.rank for column in day.columns for row in column.digest if row.rank}
    if not ranks:
        return day
    columns = tuple(
        replace(column, digest=_numbered(column.digest, ranks), others=_numbered(column.others, ranks))
        for column in day.columns
    )
    return replace(day, columns=columns)


def _numbered(rows: Iterable[HeadlineRow], ranks: Mapping[int, int]) -> tuple[HeadlineRow, ...]:
    return tuple(_with_rank(row, row.told, ranks) if row.told else row for row in rows)


def _with_rank(row: HeadlineRow, told: Telling, ranks: Mapping[int, int]) -> HeadlineRow:
    rank = ranks.get(told.partner) if told.partner is not None else None
    return replace(row, told=replace(told, partner_rank=rank)) if rank else row
