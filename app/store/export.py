"""The whole archive as records, in order of day, a bounded number at a time.

Three walks, each over an index from where it last stopped, are merged by day: the headlines that digests carry (under
the earliest of them), the others, the articles.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from heapq import merge
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, exists, func, literal, or_, select, tuple_

from app.model.export import ExportRecord
from app.model.headline import DigestPlace, Honesty
from app.store.lookup import KEYS, ask
from app.store.schema import articles, digest_articles, digest_entries, headlines, outlets

_h, _e, _o, _a, _d = headlines.c, digest_entries.c, outlets.c, articles.c, digest_articles.c
_earlier = digest_entries.alias("earlier").c
_TOLD = (_h.id, _h.language, _h.title, _h.url, _h.host, _h.day, _h.published_at, _h.sort_at, _h.honesty, _o.domain)
_PLACES = select(digest_entries).where(_e.headline_id.in_(KEYS)).order_by(_e.day, _e.language)

_CARRIED = (
    select(*_TOLD, _e.day.label("under"), _e.language.label("column"), _e.position)
    .select_from(digest_entries.join(headlines, _e.headline_id == _h.id).join(outlets, _o.id == _h.outlet_id))
    .where(
        ~exists().where(
            _earlier.headline_id == _e.headline_id,
            or_(_earlier.day < _e.day, and_(_earlier.day == _e.day, _earlier.language < _e.language)),
        )
    )
)
_OTHERS = select(*_TOLD).join(outlets, _o.id == _h.outlet_id).where(~exists().where(_e.headline_id == _h.id))
_carried_on = select(func.min(_d.day)).where(_d.article_id == _a.id).scalar_subquery()
_article_day = func.coalesce(_carried_on, _a.published_on)
_ARTICLES = select(articles, _o.domain, _article_day.label("under")).join(outlets, _o.id == _a.outlet_id)
_ARTICLE_PLACES = select(digest_articles).where(_d.article_id.in_(KEYS)).order_by(_d.day)


def records(connection: Connection, since: date | None, until: date | None, chunk: int) -> Iterator[ExportRecord]:
    """See `Reader.export`."""

    def walk(question: Select[Any], *order: ColumnElement[Any]) -> Iterator[Sequence[Row[Any]]]:
        return _walk(connection, _between(question, order[0], since, until), order, chunk)

    return merge(
        _headlines(connection, walk(_CARRIED, _e.day, _e.language, _e.position)),
        _headlines(connection, walk(_OTHERS, _h.day, _h.language, _h.sort_at, _h.id)),
        _told_articles(connection, walk(_ARTICLES, _article_day, _a.id)),
        key=lambda record: record.day,
    )


def _between(question: Select[Any], day: ColumnElement[Any], since: date | None, until: date | None) -> Select[Any]:
    question = question if since is None else question.where(day >= since)
    return question if until is None else question.where(day <= until)


def _walk(
    connection: Connection, question: Select[Any], order: Sequence[ColumnElement[Any]], chunk: int
) -> Iterator[Sequence[Row[Any]]]:
    """The rows in `order`, `chunk` at a time; each look goes on behind the last row of the one before."""
    ordered = question.add_columns(*(column.label(f"_{n}") for n, column in enumerate(order))).order_by(*order)
    rows = connection.execute(ordered.limit(chunk)).all()
    while rows:
        yield rows
        last = [literal(value, column.type) for column, value in zip(order, rows[-1][-len(order) :], strict=True)]
        behind = tuple_(*order) > tuple_(*last)
        rows = connection.execute(ordered.where(behind).limit(chunk)).all() if len(rows) == chunk else []


def _headlines(connection: Connection, parts: Iterable[Sequence[Row[Any]]]) -> Iterator[ExportRecord]:
    for part in parts:
        places: dict[int, list[DigestPlace]] = {}
        for entry in ask(connection, _PLACES, [row.id for row in part]):
            place = DigestPlace(entry.day, entry.language, entry.position, entry.rank)
            places.setdefault(entry.headline_id, []).append(place)
        for row in part:
            yield _headline(row, tuple(places.get(row.id, ())))


def _headline(row: Row[Any], places: tuple[DigestPlace, ...]) -> ExportRecord:
    return ExportRecord(
        id=row.id,
        day=places[0].day if places else row.day,
        language=places[0].language if places else row.language,
        rank=places[0].rank if places else None,
        title=row.title,
        url=row.url,
        outlet=row.domain,
        host=row.host,
        published=row.published_at or row.day,
        honesty=Honesty(row.honesty),
        digests=places,
    )


def _told_articles(connection: Connection, parts: Iterable[Sequence[Row[Any]]]) -> Iterator[ExportRecord]:
    for part in parts:
        places: dict[int, list[tuple[date, int]]] = {}
        for entry in ask(connection, _ARTICLE_PLACES, [row.id for row in part]):
            places.setdefault(entry.article_id, []).append((entry.day, entry.position))
        for row in part:
            yield _article(row, places.get(row.id, ()))


def _article(row: Row[Any], places: Iterable[tuple[date, int]]) -> ExportRecord:
    return ExportRecord(
        id=row.id,
        day=row.under,
        language=row.language,
        rank=None,
        title=row.title,
        url=None,
        outlet=row.domain,
        host=row.host,
        published=row.published_on,
        honesty=Honesty.DATE_ONLY,
        digests=tuple(DigestPlace(day, row.language, position, None) for day, position in places),
        article=True,
        paragraphs=tuple(row.body),
    )
