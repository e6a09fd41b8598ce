"""The columns of tables and of JSON objects: what they are called, and the item that a row of them makes.

`title`, `url`, `outlet`, `published`, `language`, `rank`, `day`, in English or Mongolian; other names are mapped by the
caller (`--map title=Heading`). A rank needs a day and a language: then the row is a place in that day's digest. What
stands there and is no rank is not passed over: the row is rejected.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from app.ingest.feed_item import TITLE_CHARS
from app.ingest.markup import plain_of_text
from app.model.day import parse_day
from app.model.headline import RawItem, Reason, Rejection

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "headline", "гарчиг", "мэдээний гарчиг"),
    "url": ("url", "link", "холбоос", "линк", "хаяг"),
    "outlet": ("outlet", "source", "domain", "эх сурвалж", "эх үүсвэр", "сайт"),
    "published": ("published", "date", "published_at", "огноо", "нийтэлсэн огноо"),
    "language": ("language", "lang", "хэл"),
    "rank": ("rank", "байр", "эрэмбэ"),
    "day": ("day", "digest_day", "өдөр"),
}
MAX_NAME = 200
"""Characters of a column's name in a source."""

_KNOWN = {name: column for column, names in COLUMNS.items() for name in names}
LARGEST_RANK = 9999


def column(name: str, mapping: Mapping[str, str]) -> str | None:
    """The column that a header names, None for another. `mapping` is column -> name in the source, and goes first."""
    folded = " ".join(name.replace("\ufeff", "").split()).casefold()
    for known, given in mapping.items():
        if " ".join(given.split()).casefold() == folded:
            return known if known in COLUMNS else None
    return None if _KNOWN.get(folded) in mapping else _KNOWN.get(folded)


def mapped(given: Iterable[str]) -> dict[str, str]:
    """`["title=Гарчиг", "url=link"]` -> column -> name in the source. ValueError, with what is wrong, for a column that
    there is not, one that is mapped twice, or no name."""
    mapping: dict[str, str] = {}
    for text in given:
        known, equals, name = (part.strip() for part in text.partition("="))
        if not equals or known not in COLUMNS or not 0 < len(name) <= MAX_NAME:
            raise ValueError(f"{text!r}: a column ({', '.join(COLUMNS)}), = and its name in the source are needed")
        if known in mapping:
            raise ValueError(f"{known} is mapped twice, to {mapping[known]!r} and {name!r}")
        mapping[known] = name
    return mapping


def renamed(record: Mapping[str, Any], mapping: Mapping[str, str]) -> dict[str, Any]:
    """A JSON object with its members under the names of the columns that they are, others as they stand. Where two
    are one column, the one that is called by the column's own name goes first, then the first."""
    own = {name: value for name, value in record.items() if name in COLUMNS and name not in mapping}
    for name, value in record.items():
        known = column(name, mapping)
        if known is not None and own.get(known) in (None, ""):
            own[known] = value
        elif known is None and name not in COLUMNS:
            own.setdefault(name, value)
    return own


def item_of(row: Mapping[str, str | None], raw: bytes) -> RawItem | Rejection:
    """The item of a row of known columns. A rejection without a title, with one that is too long, or with a rank that
    is none."""
    title = row.get("title") or ""
    if len(title) > TITLE_CHARS:
        return Rejection(raw, Reason.TOO_LARGE, f"The title has more than {TITLE_CHARS:,} characters.")
    title = plain_of_text(title)
    if not title:
        return Rejection(raw, Reason.NO_TITLE, "The row has no title.")
    rank, day, language = rank_of(row.get("rank")), row.get("day"), row.get("language")
    if rank is None and row.get("rank"):
        return Rejection(raw, Reason.MALFORMED, no_rank(row["rank"]))
    placed = rank is not None and day is not None and language is not None and parse_day(day) is not None
    return RawItem(
        title=title,
        link=row.get("url"),
        outlet=row.get("outlet"),
        published=row.get("published") or day,
        language=language,
        marker=language if placed else None,
        rank=rank if placed else None,
        position=rank if placed else None,
        digest_day=day if placed else None,
        raw=raw,
    )


def rank_of(value: object) -> int | None:
    """A rank as a number or as text: 1 to LARGEST_RANK; None for anything else."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,4}", value):
        value = int(value)
    known = isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= LARGEST_RANK
    return value if known and isinstance(value, int) else None


def no_rank(value: object) -> str:
    """What is wrong with a value that stands for a rank and is none."""
    return f"The rank is no whole number from 1 to {LARGEST_RANK:,}: {str(value)[:80]}."
