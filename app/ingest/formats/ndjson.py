"""NDJSON: a JSON object a line, with the keys of our own export. `title` is all that every line needs.

    title url outlet host published language rank day digests article paragraphs

The columns of `app.ingest.columns` may have their other names too, or those of a mapping. `published` (else `day`) is a
day or an RFC 3339 instant;
`outlet` is a domain (`host`, where given, is what was printed). `rank` with `day` is a place in that day's digest;
`digests` lists all places. `honesty` says how far the date can be trusted. A headline with a rank or a place that
cannot be is rejected, not taken in without it.
"""

import contextlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from app.ingest.columns import no_rank, rank_of, renamed
from app.ingest.format import Format, Head, Item, Reading
from app.ingest.payload import Payload
from app.ingest.reading import read_text
from app.model.day import ULAANBAATAR, parse_day
from app.model.headline import Honesty, RawArticle, RawItem, Reason, Rejection
from app.model.language import COLUMNS

_NAME = "ndjson"
_MAX_PLACES = 100
_DECODE = json.JSONDecoder().raw_decode
_PLACING = frozenset(("rank", "digests", "article", "honesty"))
"""Keys without which a line is one plain headline."""
_KEYS = {"title", "url", "outlet", "host", "published", "language", "rank", "day", "digests"} | {
    *("article", "paragraphs", "honesty", "id", "stated")
}
"""What our own export writes; a line with other keys is looked at more closely."""
_NO_MAPPING: Mapping[str, str] = {}
_HOLDER = re.compile(r'"(?:items|articles)"\s*:\s*\[')
"""What only a document of another format has on a line: the list of all its items."""


def parse(payload: Payload, reading: Reading) -> Iterator[Item]:
    """The items, line by line in constant memory. A line that cannot be read is a rejection with the line."""
    for line in _lines(payload, reading):
        if len(line) >= reading.limits.line_bytes:
            kept = line[: reading.limits.quarantine_bytes]
            yield Rejection(kept, Reason.TOO_LARGE, f"A line of more than {reading.limits.line_bytes:,} bytes.", _NAME)
        elif line.strip():
            yield from _items(line, reading.columns)


def _lines(payload: Payload, reading: Reading) -> Iterator[bytes]:
    """Lines; of one that is too long only the beginning. In an encoding with zero bytes the payload is read whole."""
    if b"\0" in payload.head()[:64]:
        yield from (
            s.encode("utf-8", "surrogateescape") for s in read_text(payload, reading.limits.payload_bytes).splitlines()
        )
        return
    cut = False
    for piece in payload.lines(reading.limits.line_bytes):
        if not cut:
            yield piece.removeprefix(b"\xef\xbb\xbf")
        cut = not piece.endswith(b"\n")


def _items(line: bytes, mapping: Mapping[str, str] = _NO_MAPPING) -> Iterable[Item]:
    """What a line says. Most lines are one headline in no digest: these go past the machinery of places."""
    try:
        text = line.decode("utf-8")
        record, end = _DECODE(text)
        if type(record) is dict and (mapping or not record.keys() <= _KEYS):
            record = renamed(record, mapping)
        if type(record) is dict and _PLACING.isdisjoint(record) and not text[end:].strip():
            found = _plain(record, line)
            if found.title:
                return (found,)
    except (ValueError, RecursionError):
        pass  # blanks before the object, or a fault: the long way tells which
    return _any(line, mapping)


def _plain(record: dict[str, Any], line: bytes) -> RawItem:
    """What `_headline` makes of a record without any of the keys of `_PLACING`."""
    texts = {key: value for key, value in record.items() if type(value) is str and value and not value.isspace()}
    told = texts.get
    published = told("published") or told("day")
    return RawItem(
        told("title") or "", told("url"), told("host") or told("outlet"), published, told("language"), raw=line
    )


def _any(line: bytes, mapping: Mapping[str, str] = _NO_MAPPING) -> Iterator[Item]:
    try:
        record = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        yield Rejection(line, Reason.ENCODING, "The line is no UTF-8.", _NAME)
        return
    except (ValueError, RecursionError) as error:
        yield Rejection(line, Reason.MALFORMED, f"The line is no JSON: {str(error)[:200]}.", _NAME)
        return
    if not isinstance(record, dict):
        yield Rejection(line, Reason.MALFORMED, "The line is no JSON object.", _NAME)
        return
    record = renamed(record, mapping)
    if record.get("article") is True:
        yield from _articles(record, line)
    elif not _text(record, "title"):
        yield Rejection(line, Reason.NO_TITLE, "The object has no title.", _NAME)
    else:
        yield from _headlines(record, line)


def _headlines(record: dict[str, Any], line: bytes) -> Iterator[Item]:
    """One item per place in a digest, or one without."""
    if fault := _misplaced(record):
        yield Rejection(line, Reason.MALFORMED, fault, _NAME)
        return
    for place in _places(record) or (_NOWHERE,):
        yield _headline(record, line, place)


_NOWHERE: dict[str, Any] = {}


def _headline(record: dict[str, Any], line: bytes, place: dict[str, Any]) -> RawItem:
    return RawItem(
        title=_text(record, "title") or "",
        link=_text(record, "url"),
        outlet=_text(record, "host") or _text(record, "outlet"),
        published=_published(record),
        language=_text(record, "language"),
        marker=place.get("language"),
        rank=place.get("rank"),
        position=place.get("position"),
        digest_day=place.get("day"),
        raw=line,
        first_seen=_text(record, "published") or _text(record, "day") if _undated(record) else None,
        stated=_text(record, "stated") if _undated(record) else None,
    )


def _undated(record: dict[str, Any]) -> bool:
    return record.get("honesty") == Honesty.FIRST_SEEN.value


def _published(record: dict[str, Any]) -> str | None:
    """The date as it stood before the export: none where it was only seen, without a zone where one was assumed."""
    published = _text(record, "published") or _text(record, "day")
    honesty = record.get("honesty")
    if honesty is None:
        return published
    if _undated(record):
        return None
    if published and honesty == Honesty.ZONE_ASSUMED.value:
        with contextlib.suppress(ValueError, OverflowError):
            instant = datetime.fromisoformat(published)
            if instant.tzinfo:
                return instant.astimezone(ULAANBAATAR).replace(tzinfo=None).isoformat(" ")
    return published


def _places(record: dict[str, Any]) -> list[dict[str, Any]]:
    """The places in digests that a record states and that can be. Only English entries carry a printed rank."""
    given = record.get("digests")
    if not isinstance(given, list):
        given = [{**record, "position": rank_of(record.get("rank"))}]
    places = []
    for place in given[:_MAX_PLACES]:
        if isinstance(place, dict) and _possible(place):
            language, position = place["language"], rank_of(place["position"])
            printed = (rank_of(place.get("rank")) or position) if language == "en" else None
            places.append({"day": place["day"], "language": language, "position": position, "rank": printed})
    return places


def _possible(place: dict[str, Any]) -> bool:
    known = place.get("language") in COLUMNS
    return known and rank_of(place.get("position")) is not None and parse_day(str(place.get("day"))) is not None


def _misplaced(record: dict[str, Any]) -> str | None:
    """What is wrong with the places that a headline states."""
    places = record.get("digests")
    if places is not None and (not isinstance(places, list) or len(places) > _MAX_PLACES):
        return f"`digests` is no list of at most {_MAX_PLACES} places."
    for place in places or ():
        if not isinstance(place, dict) or not _possible(place):
            return f"No place in a digest: {str(place)[:80]}"
    ranks = (one.get("rank") for one in (record, *(places or ())))
    return next((no_rank(rank) for rank in ranks if rank not in (None, "") and rank_of(rank) is None), None)


def _articles(record: dict[str, Any], line: bytes) -> Iterator[Item]:
    """One article per digest that carries it, or one without."""
    title = _text(record, "title")
    paragraphs = record.get("paragraphs")
    if not title:
        yield Rejection(line, Reason.NO_TITLE, "The article has no title.", _NAME)
        return
    if not isinstance(paragraphs, list) or not all(isinstance(p, str) for p in paragraphs) or not paragraphs:
        yield Rejection(line, Reason.MALFORMED, "An article needs its paragraphs (a list of texts).", _NAME)
        return
    for place in _places(record) or [{}]:
        yield RawArticle(
            title=title,
            outlet=_text(record, "host") or _text(record, "outlet"),
            published=_text(record, "published"),
            paragraphs=tuple(paragraphs),
            position=place.get("position", 1),
            digest_day=place.get("day"),
            raw=line,
        )


def _text(record: dict[str, Any], key: str) -> str | None:
    value = record.get(key)
    return value if value and isinstance(value, str) and not value.isspace() else None


def sniff(head: Head) -> bool:
    """Whether the first line is a JSON object, or the beginning of one with a title."""
    text = head.text.lstrip("\ufeff \t\r\n")
    line, newline, _ = text.partition("\n")
    if not line.startswith("{") or _HOLDER.search(line):
        return False
    if not newline and len(head.data) >= 1000:
        return '"title"' in line
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


_TYPES = ("application/x-ndjson", "application/jsonl", "application/json-lines")
FORMAT = Format(_NAME, _TYPES, sniff, parse, endless=True)
