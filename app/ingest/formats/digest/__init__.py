"""The digest: the text that an editor pastes. English entries with ranks, Mongolian ones without, then long articles.

    1 TITLE WWW.HOST PUBLISHED:2026/01/15      2 TITLE …      ТОЛГОЙ WWW.HOST НИЙТЭЛСЭН:2026/01/15     …

    Title www.host

    Paragraphs

    Published Date:2020-06-30

Total: any text gives items and rejections, never an exception. Linear in the length of the text.

A text may begin its parts with a line `== DIGEST 2026-01-15 ==` (the digest of that day, its numbers are ranks) or
`== HEADLINES 2026-01-15 ==` (headlines of that day that are in no digest of it; undated ones have an empty date). Our
own text export writes such lines where the plain form would not say everything (`app.render.formats.txt`).
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice

from app.errors import MalformedPayload
from app.ingest.format import Format, Head, Item, Reading
from app.ingest.formats.digest.articles import ARTICLE_DATE
from app.ingest.formats.digest.assemble import Section, assemble
from app.ingest.formats.digest.scan import marks
from app.ingest.payload import Payload
from app.ingest.reading import read_text
from app.model.day import day_of, parse_day
from app.model.headline import Reason

_PART = re.compile(r"^==[ \t]*(DIGEST|HEADLINES)[ \t]+([0-9]{4}-[0-9]{2}-[0-9]{2})[ \t]*==[ \t]*$", re.MULTILINE)
_MARKUP = re.compile(r"\s*(?:<\s*(?:!|\?|/?[a-z]+[\s>:/])|[\[{])", re.IGNORECASE)

MAX_ENTRIES = 100_000
"""Entries of one text: as many as the largest payload holds of real ones. They are worked out
together, some 15 µs each."""

_AHEAD = timedelta(days=1)
"""The day of a digest lies no further after its receipt: an evening's digest may be tomorrow's."""


def parse(payload: Payload, reading: Reading) -> Iterator[Item]:
    """The items of a digest payload. MalformedPayload when it is empty, binary, too large or in no known encoding."""
    text = read_text(payload, reading.limits.payload_bytes)
    if next(islice(marks(text), MAX_ENTRIES, None), None) is not None:
        raise MalformedPayload(
            f"{payload.name} has more than {MAX_ENTRIES:,} entries, the most that one text may have. Split it.",
            reason=Reason.TOO_LARGE,
            limit="entries",
            value=MAX_ENTRIES,
        )
    latest = day_of(payload.received_at) + _AHEAD if payload.received_at else None
    return parse_text(text, day=reading.day, latest=latest)


def parse_text(text: str, *, day: date | None = None, latest: date | None = None) -> Iterator[Item]:
    """The items of a text, part by part. `day` is the digest's day, where it is known; no digest is one of a day after
    `latest`, unless `day` or a part's heading says so."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    parts = list(_PART.finditer(text))
    starts = [(0, None), *((part.end(), part) for part in parts)]
    ends = [*(part.start() for part in parts), len(text)]
    for (start, part), end in zip(starts, ends, strict=True):
        stated = parse_day(part[2]) if part else None
        section = Section(
            text=text[start:end],
            day=day or stated,
            latest=latest,
            exact=stated is not None,
            loose=part is not None and part[1] == "HEADLINES",
        )
        yield from assemble(section)


def sniff(head: Head) -> bool:
    """Whether there is an entry, an article's date or a part's heading in the text, and it is no markup or JSON."""
    if _MARKUP.match(head.text):
        return False
    return bool(next(marks(head.text), None) or ARTICLE_DATE.search(head.text) or _PART.search(head.text))


FORMAT = Format("digest", ("text/plain",), sniff, parse, whole=True)
