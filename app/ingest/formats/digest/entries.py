"""From markers to entries: which text belongs to an entry, and what is left over."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.ingest.formats.digest.articles import ARTICLE_DATE
from app.ingest.formats.digest.ranks import Numbered, assign
from app.ingest.formats.digest.scan import Mark, host_start, marks

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_BLANKS = re.compile(r"\s+")
_TAIL = 400


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as it stands: `text` is rank and title, `host` as printed (None: no host before the marker), `date` as
    printed. `raw` is all of it. `left_over` is text before it that belongs to no entry. `place` is set for English."""

    language: str
    text: str
    host: str | None
    date: str | None
    raw: str
    left_over: str = ""
    place: Numbered | None = None

    @property
    def title(self) -> str:
        """Without the rank; exactly as given, but that white space with a line break or a tab in it is one blank (a
        mail program broke the line there)."""
        return _BLANKS.sub(_unbroken, self.text[self.place.title_at if self.place else 0 :].strip())


def entries(text: str, *, ranked: bool = True, printed: bool = False) -> tuple[list[Entry], str]:
    """The entries of a text in their order, and the text after the last. `ranked`: English ones may begin with ranks;
    `printed`: see `ranks.assign`."""
    found = []
    end = 0
    for mark in marks(text):
        found.append(_entry(text[end : mark.start], text[mark.start : mark.end], mark))
        end = mark.end
    return list(_ranked(found, printed)) if ranked else found, text[end:]


def _entry(before: str, marker: str, mark: Mark) -> Entry:
    """Cut the text before a marker into what belongs to the entry and what is left over: an article that ends in it,
    and paragraphs of their own."""
    tail = before[-_TAIL:]
    start = host_start(tail)
    host_at = len(before) if start is None else len(before) - len(tail) + start
    title_end = len(_without_www(before[:host_at]).rstrip())
    cut = 0
    for article_end in ARTICLE_DATE.finditer(before, 0, title_end):
        cut = article_end.end()
    for blank in _BLANK_LINE.finditer(before, cut, title_end):
        cut = blank.end()
    cut = title_end - len(before[cut:title_end].lstrip())
    host = before[host_at:] if start is not None else None
    return Entry(mark.language, before[cut:title_end], host, mark.date, (before[cut:] + marker).strip(), before[:cut])


def _without_www(text: str) -> str:
    """A host may be broken after its `WWW.`: then that stands at the end of what looks like the title."""
    ending = text.rstrip()
    return ending[:-4] if ending[-4:].lower() == "www." else text


def _ranked(found: Sequence[Entry], printed: bool) -> Iterator[Entry]:
    english = [i for i, entry in enumerate(found) if entry.language == "en"]
    after_others = [i > 0 and found[i - 1].language != "en" for i in english]
    places = iter(assign([found[i].text for i in english], after_others, printed=printed))
    for entry in found:
        if entry.language != "en":
            yield entry
            continue
        place = next(places)
        above = entry.text[: place.begins_at]
        yield replace(
            entry,
            place=place,
            raw=entry.raw[place.begins_at :],
            left_over=entry.left_over + above if above else entry.left_over,
        )


def _unbroken(blanks: re.Match[str]) -> str:
    return " " if any(c in "\n\r\t\v\f\x85\u2028\u2029" for c in blanks[0]) else blanks[0]
