"""Markdown (CommonMark): days as headings, columns as lists. For letters, notes and chats."""

import re
from collections.abc import Iterator

from app.model.headline import Honesty
from app.model.language import ENDONYMS
from app.model.timeline import HeadlineRow
from app.render.entries import Output
from app.render.formats.xml import uri
from app.timeline.links import permalink

SUFFIX = ".md"
MEDIA_TYPE = "text/markdown; charset=utf-8"

_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~&])")


def write(output: Output) -> Iterator[str]:
    """The document, in parts."""
    t = output.t
    yield f"# {_plain(output.title)}\n"
    for listed in output.days:
        day = listed.day
        address = uri(output.origin + permalink(day.day))
        yield f"\n## [{_plain(t.dated(day.day, 'full'))}]({address})\n"
        for column in day.columns:
            if column.total:
                yield f"\n### {ENDONYMS.get(column.language) or t.language_title(column.language)}\n\n"
            for n, row in enumerate(column.digest, 1):
                yield f"{row.rank or n}. {_row(output, row)}\n"
            if column.digest and column.others:
                yield "\n"
            for row in column.others:
                yield f"- {_row(output, row)}\n"
        for article, outlet in listed.articles:
            page = uri(output.origin + output.links.article(article.slug))
            yield f"\n### {t.text('nav.analysis')}\n\n[{_plain(article.title)}]({page}), {_plain(outlet.name(t.ui))}\n"


def _row(output: Output, row: HeadlineRow) -> str:
    t = output.t
    address = uri(row.url or output.origin + output.links.headline(row.id)).replace("(", "%28").replace(")", "%29")
    when = "" if row.honesty is Honesty.FIRST_SEEN else f", {row.day.isoformat()}"
    clock = f" {t.time(row.published_at)}" if row.published_at else ""
    return f"[{_plain(row.title)}]({address}) ({_plain(row.outlet.name(t.ui))}{when}{clock})"


def _plain(words: str) -> str:
    """Words that Markdown shows as they stand."""
    return _SIGNS.sub(r"\\\1", words)
