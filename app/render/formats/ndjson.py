"""The export as NDJSON: a record a line, UTF-8, keys in a fixed order. `app.ingest.formats.ndjson` reads it back."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from app.model.export import ExportRecord
from app.model.headline import Article, DigestPlace, Honesty
from app.model.timeline import HeadlineRow
from app.render.entries import Output, rows
from app.render.formats.txt import RANKED

SUFFIX = ".ndjson"
MEDIA_TYPE = "application/x-ndjson"


def write(output: Output) -> Iterator[str]:
    """The lines of a list. A headline's `digests` are its place in the list's own day, no others."""
    for listed in output.days:
        day = listed.day.day
        for language, position, row in rows(output, listed.day):
            rank = row.rank if language in RANKED else None
            yield line(_record(row, day, language, DigestPlace(day, language, position, rank) if position else None))
        for position, (article, _) in enumerate(listed.articles, 1):
            yield line(_article(article, day, position))


def _record(row: HeadlineRow, day: date, language: str, place: DigestPlace | None) -> ExportRecord:
    return ExportRecord(
        id=row.id,
        day=day,
        language=language,
        rank=place.rank if place else None,
        title=row.title,
        url=row.url,
        outlet=row.outlet.domain,
        host=row.host,
        published=row.published_at or row.day,
        honesty=row.honesty,
        digests=(place,) if place else (),
    )


def _article(article: Article, day: date, position: int) -> ExportRecord:
    return ExportRecord(
        id=0,
        day=day,
        language=article.language,
        rank=None,
        title=article.title,
        url=None,
        outlet=article.outlet,
        host=article.host,
        published=article.published_on,
        honesty=Honesty.DATE_ONLY,
        digests=(DigestPlace(day, article.language, position, None),) if article.digest_day else (),
        article=True,
        paragraphs=article.paragraphs,
    )


def line(record: ExportRecord) -> str:
    """One record as one line, with its newline."""
    return json.dumps(told(record), ensure_ascii=False) + "\n"


def told(record: ExportRecord) -> dict[str, Any]:
    """The members of a line. `published` is a day, or an RFC 3339 instant in UTC."""
    members: dict[str, Any] = {
        "id": record.id,
        "day": record.day.isoformat(),
        "language": record.language,
        "rank": record.rank,
        "title": record.title,
        "url": record.url,
        "outlet": record.outlet,
        "published": _moment(record.published),
        "article": record.article,
        "host": record.host,
        "honesty": record.honesty.value,
        "digests": [
            {"day": place.day.isoformat(), "language": place.language, "position": place.position, "rank": place.rank}
            for place in record.digests
        ],
    }
    if record.article:
        members["paragraphs"] = record.paragraphs
    if record.stated:
        members["stated"] = record.stated
    if record.first_seen_at:
        members["first_seen_at"] = _moment(record.first_seen_at)
        members["edits"] = [{"at": _moment(e.at), "before": e.before, "after": e.after} for e in record.edits]
    return members


def _moment(published: date | datetime) -> str:
    if not isinstance(published, datetime):
        return published.isoformat()
    timespec = "microseconds" if published.microsecond else "seconds"
    return published.astimezone(UTC).isoformat(timespec=timespec).replace("+00:00", "Z")
