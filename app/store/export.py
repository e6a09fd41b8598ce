"""The whole archive as records, in order of day, a bounded number at a time.

Three walks, each over an index from where it last stopped, are merged by day: the headlines that digests carry (under
the earliest of them), the others, the articles. Between two looks no connection need be held.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from heapq import merge
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, exists, func, literal, or_, select, tuple_

from app.model.export import ExportRecord
from app.model.headline import DigestPlace, Honesty
from app.model.history import TitleEdit
from app.store.lookup import KEYS, ask
from app.store.schema import articles, digest_articles, digest_entries, headlines, outlets, title_edits

_h, _e, _o, _a, _d = headlines.c, digest_entries.c, outlets.c, articles.c, digest_articles.c
_earlier = digest_entries.alias("earlier").c
_TOLD = (
    *(_h.id, _h.language, _h.title, _h.url, _h.host, _h.day, _h.published_at, _h.sort_at, _h.honesty),
    *(_h.stated, _h.first_seen_at, _o.domain),
)
_PLACES = select(digest_entries).where(_e.headline_id.in_(KEYS)).order_by(_e.day, _e.language)

_CARRIED = (
    select(*_TOLD, _e.day.label("under"), _e.language.label("column"), _e.position)
    .select_from(digest_entries.join(headlines, _e.headline_id == _h.id).join(outlets, _o.id == _h.outlet_id))
    .where(
        _h.hidden.is_(False),
        ~exists().where(
            _earlier.headline_id == _e.headline_id,
            or_(_earlier.day < _e.day, and_(_earlier.day == _e.day, _earlier.language < _e.language)),
        ),
    )
)
_OTHERS = (
    select(*_TOLD)
    .join(outlets, _o.id == _h.outlet_id)
    .where(_h.hidden.is_(False), ~exists().where(_e.headline_id == _h.id))
)
_carried_on = select(func.min(_d.day)).where(_d.article_id == _a.id).scalar_subquery()
_article_day = func.coalesce(_carried_on, _a.published_on)
_ARTICLES = select(articles, _o.domain, _article_day.label("under")).join(outlets, _o.id == _a.outlet_id)
_ARTICLE_PLACES = select(digest_articles).where(_d.article_id.in_(KEYS)).order_by(_d.day)


_EDITS = select(title_edits).where(title_edits.c.headline_id.in_(KEYS)).order_by(title_edits.c.id)


Open = Callable[[], AbstractContextManager[Connection]]
"""Opens one view of the database, for one look."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the archive: days of ExportRecord.day (inclusive), languages and outlets (domains), empty for all.
    `chunk` records are held at once; `history` says whether they have theirs."""

    since: date | None = None
    until: date | None = None
    languages: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    chunk: int = 1000
    history: bool = False


def records(connection: Connection, since: date | None, until: date | None, chunk: int) -> Iterator[ExportRecord]:
    """See `Reader.export`."""
    return walked(lambda: nullcontext(connection), Wanted(since, until, chunk=chunk))


def walked(opened: Open, wanted: Wanted) -> Iterator[ExportRecord]:
    """See `Store.export`."""

    def walk(
        question: Select[Any], language: ColumnElement[Any], tell: Tell, *order: ColumnElement[Any]
    ) -> Iterator[ExportRecord]:
        asked = _between(question, order[0], wanted.since, wanted.until)
        asked = asked.where(language.in_(wanted.languages)) if wanted.languages else asked
        asked = asked.where(_o.domain.in_(wanted.outlets)) if wanted.outlets else asked
        return _walk(opened, asked, order, wanted.chunk, tell)

    headlines_told = partial(_headlines, history=wanted.history)
    return merge(
        walk(_CARRIED, _e.language, headlines_told, _e.day, _e.language, _e.position),
        walk(_OTHERS, _h.language, headlines_told, _h.day, _h.language, _h.sort_at, _h.id),
        walk(_ARTICLES, _a.language, _told_articles, _article_day, _a.id),
        key=lambda record: record.day,
    )


Tell = Callable[[Connection, Sequence[Row[Any]]], Iterable[ExportRecord]]
"""Makes records of rows, with what else has to be asked for them."""


def _between(question: Select[Any], day: ColumnElement[Any], since: date | None, until: date | None) -> Select[Any]:
    question = question if since is None else question.where(day >= since)
    return question if until is None else question.where(day <= until)


def _walk(
    opened: Open, question: Select[Any], order: Sequence[ColumnElement[Any]], chunk: int, tell: Tell
) -> Iterator[ExportRecord]:
    """The records in `order`, `chunk` at a time; each look goes on behind the last row of the one before."""
    ordered = question.add_columns(*(column.label(f"_{n}") for n, column in enumerate(order))).order_by(*order)
    look = ordered.limit(chunk)
    while True:
        with opened() as connection:
            rows = connection.execute(look).all()
            found = list(tell(connection, rows))
        yield from found
        if len(rows) < chunk:
            return
        last = [literal(value, column.type) for column, value in zip(order, rows[-1][-len(order) :], strict=True)]
        look = ordered.where(tuple_(*order) > tuple_(*last)).limit(chunk)


def _headlines(connection: Connection, part: Sequence[Row[Any]], *, history: bool) -> Iterator[ExportRecord]:
    ids = [row.id for row in part]
    places: dict[int, list[DigestPlace]] = {}
    for entry in ask(connection, _PLACES, ids):
        place = DigestPlace(entry.day, entry.language, entry.position, entry.rank)
        places.setdefault(entry.headline_id, []).append(place)
    edits: dict[int, list[TitleEdit]] = {}
    for edit in ask(connection, _EDITS, ids) if history else ():
        edits.setdefault(edit.headline_id, []).append(TitleEdit(edit.at, edit.before, edit.after, ""))
    for row in part:
        made = _headline(row, tuple(places.get(row.id, ())))
        yield replace(made, first_seen_at=row.first_seen_at, edits=tuple(edits.get(row.id, ()))) if history else made


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
        stated=row.stated,
    )


def _told_articles(connection: Connection, part: Sequence[Row[Any]]) -> Iterator[ExportRecord]:
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
