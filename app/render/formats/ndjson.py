"""The export as NDJSON: a record a line, UTF-8, keys in a fixed order. `app.ingest.formats.ndjson` reads it back."""

import json
from datetime import UTC, date, datetime
from typing import Any

from app.model.export import ExportRecord

MEDIA_TYPE = "application/x-ndjson"


def line(record: ExportRecord) -> str:
    """One record as one line, with its newline. `published` is a day, or an RFC 3339 instant in UTC."""
    told: dict[str, Any] = {
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
        told["paragraphs"] = record.paragraphs
    return json.dumps(told, ensure_ascii=False) + "\n"


def _moment(published: date | datetime) -> str:
    if not isinstance(published, datetime):
        return published.isoformat()
    timespec = "microseconds" if published.microsecond else "seconds"
    return published.astimezone(UTC).isoformat(timespec=timespec).replace("+00:00", "Z")
