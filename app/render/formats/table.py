"""CSV (RFC 4180) in UTF-8 with a byte order mark, so that spreadsheets read the letters right; a headline a row."""

import csv
import io
from collections.abc import Iterator, Sequence

from app.model.timeline import HeadlineRow
from app.render.entries import Output, rfc3339, rows

SUFFIX = ".csv"
MEDIA_TYPE = "text/csv; charset=utf-8; header=present"

COLUMNS = ("id", "day", "language", "rank", "title", "url", "outlet", "published", "host", "honesty", "article", "page")
"""Named as in the export; `page` is the headline's page here."""

BYTE_ORDER_MARK = "\ufeff"
"""Stands before the first row."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""A cell that begins so may be taken for a formula (OWASP, CSV injection), also in its full-width form."""


def write(output: Output) -> Iterator[str]:
    """The table, in parts."""
    yield BYTE_ORDER_MARK + line(COLUMNS)
    for listed in output.days:
        day = listed.day.day.isoformat()
        for language, _, row in rows(output, listed.day):
            page = output.origin + output.links.headline(row.id)
            yield line((row.id, day, language, row.rank, row.title, row.url, *_told(row), "false", page))
        for article, outlet in listed.articles:
            page = output.origin + output.links.article(article.slug)
            when = article.published_on.isoformat()
            told = (outlet.domain, when, article.host, "date-only", "true", page)
            yield line(("", day, article.language, None, article.title, None, *told))


def _told(row: HeadlineRow) -> tuple[str, ...]:
    when = rfc3339(row.published_at) if row.published_at else row.day.isoformat()
    return row.outlet.domain, when, row.host, row.honesty.value


def line(cells: Sequence[object]) -> str:
    """One row with its line end, every cell defused."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\r\n").writerow([defused(cell) for cell in cells])
    return buffer.getvalue()


def defused(cell: object) -> object:
    """A cell that no spreadsheet takes for a formula: an apostrophe before what could begin one."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
