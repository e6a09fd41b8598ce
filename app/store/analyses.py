"""Long reads written at the desk. What is published stands in `articles` too, once for each language; drafts do not, so
that nothing which reads articles can show one."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from app.errors import Conflict, DeskRefused, NotFound
from app.model.essay import Essay
from app.model.outlet import Outlet
from app.store import digests
from app.store.desk_tables import analyses
from app.store.registry import next_id, origin_number, outlet_numbers, plain
from app.store.schema import articles, digest_articles

_n, _a, _d = analyses.c, articles.c, digest_articles.c
_TEXTS = (
    *("slug", "host", "source_url", "author", "licence"),
    *("title_en", "title_mn", "body_en", "body_mn"),
)
_VALUES = (*_TEXTS, "published_on", "digest_day", "published")


@dataclass(frozen=True, slots=True)
class Printed:
    """One language of an essay for readers: `slug` in addresses, `paragraphs` its words without Markdown."""

    language: str
    slug: str
    title: str
    markdown: str
    paragraphs: tuple[str, ...]


class AnalysisReader:
    """Essays in one read transaction (`Reader.analyses`)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> tuple[Essay, ...]:
        """Every one, the latest change first."""
        return tuple(map(_essay, self._connection.execute(select(analyses).order_by(_n.at.desc(), _n.id.desc()))))

    def get(self, number: int) -> Essay:
        """One of them. NotFound."""
        row = self._connection.execute(select(analyses).where(_n.id == number)).first()
        if row is None:
            raise NotFound(f"There is no article {number}.", kind="article", key=str(number))
        return _essay(row)


class AnalysisWriter(AnalysisReader):
    """What a write transaction may do to essays (`Writer.analyses`); `show` is called when a reader could see a
    difference."""

    def __init__(self, connection: Connection, show: Callable[[], None]) -> None:
        super().__init__(connection)
        self._show = show

    def save(self, essay: Essay, printed: Iterable[Printed], outlet: Outlet, who: str, now: datetime) -> Essay:
        """Store it, if it is still at the version that `essay` says, and print what is `printed` of it (nothing of a
        draft). Conflict; DeskRefused when another article has its address."""
        parts = tuple(printed)
        values = {name: getattr(essay, name) for name in _VALUES} | {
            name: plain(getattr(essay, name)) for name in _TEXTS
        }
        values |= {"who": who, "at": now, "version": essay.version + 1}
        number = essay.id or next_id(self._connection, analyses)
        self._refuse_taken(number, essay.slug, parts)
        if essay.id:
            present = self.get(essay.id)
            if present.version != essay.version:
                raise Conflict(f"{essay.slug} was changed by {present.who} meanwhile.", version=present.version)
            self._connection.execute(update(analyses).where(_n.id == number).values(**values))
        else:
            self._connection.execute(insert(analyses).values(id=number, **values))
        self._print(number, essay, parts, outlet, now)
        return self.get(number)

    def _refuse_taken(self, number: int, slug: str, parts: tuple[Printed, ...]) -> None:
        mine = [_key(number, language) for language in ("en", "mn")]
        slugs = {slug, *(part.slug for part in parts)}
        other = select(_n.id).where(_n.slug == slug, _n.id != number)
        printed = select(_a.id).where(_a.slug.in_(slugs), _a.key.not_in(mine))
        if self._connection.execute(other).first() or self._connection.execute(printed).first():
            raise DeskRefused(f"Another article has the address {slug}.", reason="slug-taken")

    def _print(self, number: int, essay: Essay, parts: tuple[Printed, ...], outlet: Outlet, now: datetime) -> None:
        keys = [_key(number, language) for language in ("en", "mn")]
        old = self._connection.execute(select(_a.id, _a.first_seen_at, _a.key).where(_a.key.in_(keys))).all()
        if not old and not parts:
            return
        known = {row.key: row for row in old}
        self._connection.execute(delete(digest_articles).where(_d.article_id.in_([row.id for row in old])))
        kept = {_key(number, part.language) for part in parts}
        self._connection.execute(delete(articles).where(_a.key.in_([key for key in keys if key not in kept])))
        numbers, _ = outlet_numbers(self._connection, [outlet.domain], {outlet.domain: outlet})
        for part in parts:
            row = _row(essay, part, numbers[outlet.domain])
            key = _key(number, part.language)
            if key in known:
                self._connection.execute(update(articles).where(_a.key == key).values(**row))
                article_id = known[key].id
            else:
                article_id = next_id(self._connection, articles)
                self._connection.execute(insert(articles).values(id=article_id, key=key, first_seen_at=now, **row))
            self._place(essay, article_id, now)
        self._show()

    def _place(self, essay: Essay, article_id: int, now: datetime) -> None:
        if essay.digest_day is None:
            return
        day = essay.digest_day
        digests.ensure(self._connection, [day], origin_number(self._connection, "desk", "desk"), now)
        last = self._connection.execute(select(func.max(_d.position)).where(_d.day == day)).scalar() or 0
        self._connection.execute(insert(digest_articles).values(day=day, position=last + 1, article_id=article_id))


def _key(number: int, language: str) -> bytes:
    return hashlib.blake2b(f"essay\0{number}\0{language}".encode(), digest_size=16).digest()


def _row(essay: Essay, part: Printed, outlet_id: int) -> dict[str, Any]:
    return {
        "slug": part.slug,
        "title": plain(part.title),
        "outlet_id": outlet_id,
        "host": essay.host,
        "language": part.language,
        "published_on": essay.published_on,
        "body": [plain(paragraph) for paragraph in part.paragraphs],
        "markdown": plain(part.markdown),
        "author": plain(essay.author),
        "licence": plain(essay.licence),
        "source_url": plain(essay.source_url),
    }


def _essay(row: Row[Any]) -> Essay:
    return Essay(
        id=row.id, version=row.version, who=row.who, at=row.at, **{name: getattr(row, name) for name in _VALUES}
    )
