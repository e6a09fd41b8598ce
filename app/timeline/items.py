"""Headlines one by one, for programs: a plain list to page through, a whole day, one headline."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from app.errors import NotFound
from app.model.day import day_start
from app.model.filters import TimelineFilter
from app.model.headline import DigestPlace
from app.model.history import Sighting, TitleEdit
from app.model.item import Item, PlacedItem, Position
from app.model.timeline import HeadlineRow, ListedRow
from app.store import Reader
from app.timeline.build import column_order
from app.timeline.headline import near_rows, origin_shown, stated_of
from app.timeline.query import with_outlets
from app.timeline.seek import understood
from app.timeline.telling import marked_rows
from app.timeline.views import ArticleView

MOST_OTHERS = 200
"""Headlines of a column besides its digest that a day tells; `headlines?day=` has the rest."""


@dataclass(frozen=True, slots=True)
class ItemsView:
    """A part of the list, newest first. `next` is where it goes on, None at its end."""

    items: tuple[PlacedItem, ...]
    next: Position | None


@dataclass(frozen=True, slots=True)
class ColumnView:
    """One language of a day: its digest by position, then the others, newest first, of `total` in all."""

    language: str
    total: int
    digest: tuple[PlacedItem, ...]
    others: tuple[PlacedItem, ...]


@dataclass(frozen=True, slots=True)
class WholeDay:
    """A day with its columns and articles; `previous` and `next` are the nearest days that have anything."""

    day: date
    columns: tuple[ColumnView, ...]
    articles: tuple[ArticleView, ...]
    previous: date | None
    next: date | None


@dataclass(frozen=True, slots=True)
class DayCounts:
    """How many headlines are listed under a day, in all and by column (those with none left out)."""

    day: date
    total: int
    columns: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class WholeHeadline:
    """One headline with everything that may be told of it; see `app.model.history.HeadlineHistory`. `stated` is a date
    that is not believed, `near` are the headlines that say the same in the same words."""

    item: PlacedItem
    canonical_url: str | None
    title_given: str | None
    stated: date | datetime | None
    first_seen_at: datetime
    edits: tuple[TitleEdit, ...]
    sightings: tuple[Sighting, ...]
    near: tuple[PlacedItem, ...]


def items(
    reader: Reader,
    f: TimelineFilter,
    after: Position | None,
    limit: int,
    *,
    placed: bool = True,
    told: bool = True,
) -> ItemsView:
    """The first `limit` headlines behind `after`. `placed`: with their places in digests, `told`: with who else tells
    their events; each costs a question."""
    asked = understood(reader, f)
    found = () if asked.impossible else reader.items(asked.filter, asked.sought, after, limit + 1)
    shown = _told(reader, found[:limit]) if told else found[:limit]
    return ItemsView(_placed(reader, shown, ask=placed), shown[-1].place if len(found) > limit else None)


def day_counts(reader: Reader, f: TimelineFilter, limit: int) -> tuple[tuple[DayCounts, ...], date | None]:
    """The newest `limit` days with a match, newest first, and the last of them where older ones follow."""
    asked = understood(reader, f)
    found = () if asked.impossible else reader.days(asked.filter, asked.sought, limit + 1)
    shown = found[:limit]
    totals = reader.column_totals(asked.filter, asked.sought, [day for day, _ in shown]) if shown else {}
    columns = column_order(asked.filter.languages, "en")
    made = (
        DayCounts(day, n, tuple((code, totals[day, code]) for code in columns if (day, code) in totals))
        for day, n in shown
    )
    return tuple(made), shown[-1][0] if len(found) > limit else None


def whole_day(reader: Reader, wanted: date, f: TimelineFilter) -> WholeDay:
    """Everything under a day that `f` (its languages, outlets and words) lets through. NotFound for a day on which
    nothing at all was printed."""
    asked = understood(reader, f)
    found: Sequence[ListedRow] = ()
    totals: dict[tuple[date, str], int] = {}
    if not asked.impossible:
        found = reader.listed(asked.filter, asked.sought, [wanted], MOST_OTHERS)
        totals = reader.column_totals(asked.filter, asked.sought, [wanted])
    articles = reader.articles_of(wanted)
    previous, following = reader.neighbours(wanted)
    if not (found or articles or reader.volumes(wanted, wanted)):
        near = " and ".join(day.isoformat() for day in (previous, following) if day)
        hint = f"; the nearest with headlines: {near}" if near else ""
        raise NotFound(f"Nothing was printed on {wanted}{hint}.", kind="day", key=wanted.isoformat())
    told = list(zip(found, _placed(reader, _told(reader, [_listed(row) for row in found])), strict=True))
    columns = tuple(
        ColumnView(
            code,
            totals.get((wanted, code), 0),
            tuple(one for row, one in told if row.language == code and row.position is not None),
            tuple(one for row, one in told if row.language == code and row.position is None),
        )
        for code in column_order(asked.filter.languages, "en")
    )
    return WholeDay(wanted, columns, with_outlets(reader, articles), previous, following)


def whole_headline(reader: Reader, headline_id: int) -> WholeHeadline:
    """One headline. NotFound."""
    known = reader.history(headline_id)
    own, *near = placed_rows(reader, (known.row, *near_rows(reader, headline_id)))
    return WholeHeadline(
        item=own,
        canonical_url=known.canonical_url,
        title_given=known.title_given,
        stated=stated_of(known.stated),
        first_seen_at=known.first_seen_at,
        edits=tuple(replace(edit, origin=origin_shown(edit.origin)) for edit in known.edits),
        sightings=tuple(replace(sighting, origin=origin_shown(sighting.origin)) for sighting in known.sightings),
        near=tuple(near),
    )


def placed_rows(reader: Reader, rows: Sequence[HeadlineRow]) -> tuple[PlacedItem, ...]:
    """Headlines that nobody asked for by day, in their order."""
    places = reader.places([row.id for row in rows]) if rows else {}
    told = marked_rows(reader, rows)
    return tuple(PlacedItem(_alone(row, places.get(row.id, ())), places.get(row.id, ())) for row in told)


def _told(reader: Reader, found: Sequence[Item]) -> tuple[Item, ...]:
    rows = marked_rows(reader, [item.row for item in found])
    return tuple(item if row is item.row else replace(item, row=row) for item, row in zip(found, rows, strict=True))


def _listed(found: ListedRow) -> Item:
    return Item(found.day, found.language, found.position, found.row, _instant(found.row))


def _alone(row: HeadlineRow, places: Sequence[DigestPlace]) -> Item:
    """A headline that nobody asked for by day: under the earliest digest that carries it, else its own day."""
    if not places:
        return Item(row.day, row.language, None, row, _instant(row))
    first = places[0]
    shown = replace(row, rank=first.rank or first.position)
    return Item(first.day, first.language, first.position, shown, _instant(row))


def _instant(row: HeadlineRow) -> datetime:
    return row.published_at or day_start(row.day)


def _placed(reader: Reader, found: Sequence[Item], *, ask: bool = True) -> tuple[PlacedItem, ...]:
    places = reader.places([item.row.id for item in found]) if ask and found else {}
    return tuple(PlacedItem(item, places.get(item.row.id, ())) for item in found)
