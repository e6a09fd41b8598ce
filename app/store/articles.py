"""Analysis articles and the digests that carry them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from app.model.headline import Article, ItemResult, Outcome
from app.store.digests import Entry, ensure, spread
from app.store.lookup import KEYS, ask
from app.store.registry import next_id
from app.store.schema import articles, digest_articles

_a, _d = articles.c, digest_articles.c
_BY_KEY = select(_a.key, _a.id, _a.slug, _a.body).where(_a.key.in_(KEYS))
_BY_SLUG = select(_a.slug).where(_a.slug.in_(KEYS))
_OF_DAYS = select(_d.day, _d.position, _d.article_id).where(_d.day.in_(KEYS))


def put(
    connection: Connection, told: Sequence[Article], outlets: Mapping[str, int], origin_id: int, at: datetime
) -> list[ItemResult]:
    """Store articles, one result each. A known one (same key) is changed only by a fuller text, so that a copy cut
    short never replaces the whole. The articles of a `digest_day` replace those that its digest had."""
    stored = {row.key: row for row in ask(connection, _BY_KEY, {article.key for article in told})}
    numbers = {key: row.id for key, row in stored.items()}
    slugs = {key: row.slug for key, row in stored.items()}
    outcomes: list[Outcome] = []
    bodies: dict[bytes, list[str]] = {key: row.body for key, row in stored.items()}
    fuller: set[bytes] = set()
    fresh: list[Article] = []
    for article in told:
        body = list(article.paragraphs)
        if article.key not in bodies:
            fresh.append(article)
            outcomes.append(Outcome.ADDED)
        elif _fullness(body) > _fullness(bodies[article.key]):
            fuller.add(article.key)
            outcomes.append(Outcome.UPDATED)
        else:
            outcomes.append(Outcome.DUPLICATE)
            continue
        bodies[article.key] = body
    for row in _add(connection, fresh, bodies, outlets, at):
        numbers[row["key"]], slugs[row["key"]] = row["id"], row["slug"]
    for key in fuller & stored.keys():
        connection.execute(update(articles).where(_a.key == key).values(body=bodies[key]))
    moved = _place(connection, told, numbers, origin_id, at)
    return [
        _result(
            article,
            Outcome.UPDATED if outcome is Outcome.DUPLICATE and article.key in moved else outcome,
            slugs[article.key],
        )
        for article, outcome in zip(told, outcomes, strict=True)
    ]


def _fullness(body: Sequence[str]) -> tuple[int, list[str]]:
    return sum(map(len, body)), list(body)


def _result(article: Article, outcome: Outcome, slug: str) -> ItemResult:
    day = article.digest_day or article.published_on
    return ItemResult(outcome, article.title, article.outlet, article.language, day, article=True, slug=slug)


def _add(
    connection: Connection,
    fresh: Sequence[Article],
    bodies: Mapping[bytes, list[str]],
    outlets: Mapping[str, int],
    at: datetime,
) -> list[dict[str, Any]]:
    if not fresh:
        return []
    first = next_id(connection, articles)
    slugs = {row[0] for row in ask(connection, _BY_SLUG, {article.slug for article in fresh})}
    rows: list[dict[str, Any]] = []
    for number, article in enumerate(fresh, first):
        slug = article.slug if article.slug not in slugs else f"{article.slug}-{article.key.hex()[:8]}"
        slugs.add(slug)
        rows.append(
            {
                "id": number,
                "key": article.key,
                "slug": slug,
                "title": article.title,
                "outlet_id": outlets[article.outlet],
                "host": article.host,
                "language": article.language,
                "published_on": article.published_on,
                "body": bodies[article.key],
                "first_seen_at": at,
            }
        )
    connection.execute(insert(articles), rows)
    return rows


def _place(
    connection: Connection, told: Sequence[Article], numbers: Mapping[bytes, int], origin_id: int, at: datetime
) -> set[bytes]:
    """Put them into their digests; the keys of those whose place is new."""
    columns: dict[date, list[Entry]] = defaultdict(list)
    for article in told:
        if article.digest_day is not None:
            columns[article.digest_day].append((article.position, None, numbers[article.key]))
    before: dict[date, list[Entry]] = defaultdict(list)
    for day, position, article_id in ask(connection, _OF_DAYS, sorted(columns)):
        before[day].append((position, None, article_id))
    moved: set[int] = set()
    for day, column in columns.items():
        column[:] = spread(sorted(column, key=lambda entry: entry[0]))
        if sorted(before[day]) != column:
            moved |= {number for _, _, number in set(column) - set(before[day])}
            _replace(connection, day, column, origin_id, at)
    return {key for key, number in numbers.items() if number in moved}


def _replace(connection: Connection, day: date, column: Sequence[Entry], origin_id: int, at: datetime) -> None:
    ensure(connection, [day], origin_id, at)
    connection.execute(delete(digest_articles).where(_d.day == day))
    rows = [{"day": day, "position": position, "article_id": number} for position, _, number in column]
    connection.execute(insert(digest_articles), rows)


def article_of(row: Row[Any], digest_day: date | None, position: int | None) -> Article:
    """A row of `articles` with its outlet's domain -> the model."""
    return Article(
        title=row.title,
        outlet=row.domain,
        host=row.host,
        language=row.language,
        published_on=row.published_on,
        paragraphs=tuple(row.body),
        key=row.key,
        slug=row.slug,
        digest_day=digest_day,
        position=position or 1,
        markdown=row.markdown or "",
        author=row.author or "",
        licence=row.licence or "",
        source_url=row.source_url or "",
    )
