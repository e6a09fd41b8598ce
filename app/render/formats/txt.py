"""A day in the digest's own text form, as editors paste it and `app.ingest.formats.digest` reads it back: ingesting
what is written here changes nothing.

The plain form says: English ranks 1, 2, 3 …, and a day that is the newest date in it. Where that would not give this
day back, the parts begin with lines that say more: `== DIGEST 2026-01-15 ==` and `== HEADLINES 2026-01-15 ==`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from app.model.headline import Article, Honesty
from app.model.timeline import HeadlineRow, LanguageColumn
from app.render.entries import Output

SUFFIX = ".txt"
MEDIA_TYPE = "text/plain; charset=utf-8"

MARKERS = {"en": "PUBLISHED", "mn": "НИЙТЭЛСЭН"}
"""Columns that have a text form, and their marker words."""

RANKED = ("en",)
"""Columns whose entries begin with their number."""


def write(output: Output) -> Iterator[str]:
    """The text of a list, in parts. Of a list that is narrowed no day claims to be a whole digest: all its headlines
    stand as single ones, so that ingesting them leaves the digest alone."""
    for n, listed in enumerate(output.days):
        if n:
            yield "\n"
        columns = [_single(column) for column in listed.day.columns] if output.narrowed else listed.day.columns
        articles = [article for article, _ in listed.articles]
        for line in lines(listed.day.day, columns, articles, headed=output.day is None):
            yield line + "\n"


def _single(column: LanguageColumn) -> LanguageColumn:
    return replace(column, digest=(), others=(*column.digest, *column.others))


def lines(
    day: date, columns: Sequence[LanguageColumn], articles: Sequence[Article], *, headed: bool = False
) -> Iterator[str]:
    """The lines of a day, without line ends: the digest, the articles it carries, the other headlines. `headed`: with
    the line that names the day in any case, because other days stand in the same text."""
    told = [column for column in columns if column.language in MARKERS]
    if any(column.digest for column in told) or articles:
        if headed or not _plain(day, told):
            yield from (f"== DIGEST {day} ==", "")
        for column in told:
            for row in column.digest:
                rank = f"{row.rank} " if column.language in RANKED else ""
                yield rank + _entry(row, column.language)
            if column.digest:
                yield ""
    for article in articles:
        yield from (f"{article.title} www.{article.host}", "")
        for paragraph in article.paragraphs:
            yield from (paragraph, "")
        yield from (f"Published Date:{article.published_on}", "")
    if any(column.others for column in told):
        yield from (f"== HEADLINES {day} ==", "")
        yield from (_entry(row, column.language) for column in told for row in column.others)


def _entry(row: HeadlineRow, language: str) -> str:
    """`TITLE WWW.HOST PUBLISHED:2026/01/15`; no date where none was ever declared."""
    host = (row.host or row.outlet.domain).upper()
    when = "" if row.honesty is Honesty.FIRST_SEEN else f"{row.day:%Y/%m/%d}"
    return f"{row.title} WWW.{host} {MARKERS[language]}:{when}"


def _plain(day: date, columns: Sequence[LanguageColumn]) -> bool:
    """Whether the plain form gives this day back."""
    rows = [row for column in columns for row in column.digest]
    ranks = [row.rank for column in columns if column.language in RANKED for row in column.digest]
    dated = all(row.honesty is not Honesty.FIRST_SEEN for row in rows)
    newest = max((row.day for row in rows), default=None)
    return dated and newest == day and ranks == list(range(1, len(ranks) + 1))
