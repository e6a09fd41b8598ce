"""The analysis articles after a digest's entries: a heading with a host, paragraphs, a date."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.ingest.formats.digest.scan import day_of_text, host_of, host_start

ARTICLE_DATE = re.compile(
    r"(?:published\s+date|нийтэлсэн\s+огноо)\s*[:：]\s*(?P<date>[0-9]{1,4}[/.\-][0-9]{1,4}[/.\-][0-9]{1,4}|[0-9]{4,}\b)?",
    re.IGNORECASE,
)
_BLANK_LINES = re.compile(r"\n(?:[^\S\n]*\n)+")

_WRAPPED = 100
"""Mail programs break lines at 72 to 100 characters: in a block without a longer line every break is theirs."""

_SENTENCE_ENDS = (".", "!", "?", "…", ":", "”", "»", '"', "’", "'", ")")


@dataclass(frozen=True, slots=True)
class Found:
    """An article as it stands, or (`title` and `host` None) text that is none. `problem` says what is wrong with it."""

    raw: str
    title: str | None = None
    host: str | None = None
    date: str | None = None
    paragraphs: tuple[str, ...] = ()

    @property
    def dated(self) -> bool:
        """Whether its date is a day that can be."""
        return day_of_text(self.date) is not None


def articles(text: str) -> Iterator[Found]:
    """The articles of a text that holds no entries, and what is around them, in order. Text without a letter or digit
    (rules, bullets) is nothing."""
    start = 0
    for end in ARTICLE_DATE.finditer(text):
        yield from _between(text[start : end.start()], text[start : end.end()], end["date"])
        start = end.end()
    yield from _between(text[start:], text[start:], None)


def _between(body: str, raw: str, date: str | None) -> Iterator[Found]:
    """What stands before one article's date, or after the last."""
    if not any(c.isalnum() for c in raw):
        return
    blocks = [block for block in _BLANK_LINES.split(body) if block.strip()]
    for i, block in enumerate(blocks):
        heading = _heading(block, first=i == 0)
        if heading is None:
            continue
        title, host, rest = heading
        above = "\n\n".join(blocks[:i])
        if any(c.isalnum() for c in above):
            yield Found(above)
        texts = [rest, *blocks[i + 1 :]]
        paragraphs = tuple(p for text in texts for p in _paragraphs(text))
        yield Found(raw[raw.index(block) :].strip(), title, host, date, paragraphs)
        return
    yield Found(raw.strip())


def _heading(block: str, *, first: bool) -> tuple[str, str | None, str] | None:
    """(title, host, what follows) of a block with a line that ends with a host. A host without `www.` or a scheme is
    taken for one only at the very beginning: sentences end with those too."""
    at = 0
    for line in block.splitlines(keepends=True):
        start = host_start(line)
        at += len(line)
        if start is None:
            continue
        printed = line[start:].strip()
        if printed.lower().startswith(("www", "http")) or (first and at == len(line)):
            before = block[: at - len(line) + start]
            return " ".join(before.split("\n")).strip(), host_of(printed), block[at:]
    return None


def _paragraphs(block: str) -> Iterator[str]:
    """A block of lines is one paragraph, unless lines too long to have been wrapped end with a sentence."""
    lines = [line.strip() for line in block.split("\n") if line.strip()]
    wrapped = all(len(line) <= _WRAPPED for line in lines)
    gathered: list[str] = []
    for line in lines:
        if gathered and not wrapped and gathered[-1].endswith(_SENTENCE_ENDS):
            yield " ".join(gathered)
            gathered = []
        gathered.append(line)
    if gathered:
        yield " ".join(gathered)
