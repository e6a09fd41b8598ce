"""What a person says of a source on the command line, read and checked."""

import argparse
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.errors import BadFilter, NotFound
from app.ingest.columns import COLUMNS
from app.ingest.keywords import Keywords
from app.ingest.listing import Listing
from app.ingest.opml import MAX_URL_CHARS
from app.ingest.sniff import format_named
from app.model.language import is_language_code
from app.model.source import AUTO, Source
from app.normalise.outlet import host_of, outlet_of
from app.worker.find import same_address

_UNITS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}
_INTERVAL = re.compile(r"([0-9]{1,6})([smhd]?)")
SHORTEST, LONGEST = 60, 604_800
"""Seconds of an interval: a minute to a week."""


def field_flags(command: argparse.ArgumentParser) -> None:
    """The flags that describe a source; an empty value takes one back."""
    add = command.add_argument
    add("--title", help="what people call it")
    add("--category", metavar="PATH", help="such as Regional/Agencies")
    add("--kind", metavar="FORMAT", help="ingest format; auto: recognised anew at every fetch")
    add("--outlet", metavar="DOMAIN", help="outlet of all items; empty: each item names its own (an aggregator)")
    add("--language", metavar="CODE", help="language of its items, such as mn")
    add("--zone", help="zone of clock times without one, such as Asia/Ulaanbaatar")
    add("--keywords", metavar="WORDS", help='only items that mention these, such as "mongolia, -inner-mongolia"')
    add("--interval", metavar="SPAN", help="time between fetches, such as 30m or 2h; empty: from what it publishes")
    add("--note", help="for other operators")
    add("--listing", metavar="RULE", help='where headlines stand in a page, such as "item=li.news; title=h3"')
    add("--map", dest="columns", action="append", metavar="COLUMN=NAME", help="what a table or JSON calls a column")


def described(source: Source, arguments: argparse.Namespace) -> Source:
    """`source` with what the flags say. BadFilter names a value that cannot be one."""
    values: dict[str, Any] = {}
    for name, read in _READERS.items():
        text = getattr(arguments, name)
        if text is not None:
            values[name] = _read(name, read, text)
    return replace(source, **values)


def web_address(text: str) -> str:
    """An address as it is to be fetched; without a scheme it is https."""
    text = text.strip()
    url = text if "://" in text else f"https://{text}"
    if not url.lower().startswith(("http://", "https://")) or len(url) > MAX_URL_CHARS or len(url.split()) != 1:
        raise BadFilter(f"{text[:80]!r} is no address with http:// or https://.", name="url", value=text[:80])
    return url


def chosen(sources: Iterable[Source], text: str) -> Source:
    """The source that a person names by its number or its address. NotFound."""
    wanted = same_address(text if "://" in text else f"https://{text}")
    for source in sources:
        if text == str(source.id) or wanted == same_address(source.url):
            return source
    raise NotFound(f"There is no source {text[:80]}: ortoo sources list shows all.", kind="source", key=text[:80])


def _read(name: str, read: Callable[[Any], Any], value: Any) -> Any:
    try:
        return read(value)
    except (ValueError, ZoneInfoNotFoundError) as error:
        flag = "map" if name == "columns" else name
        raise BadFilter(f"--{flag} {value!s:.80}: {error}.", name=flag, value=str(value)[:80]) from error


def _line(text: str) -> str:
    return " ".join(text.split())


def _kind(text: str) -> str:
    return AUTO if text in ("", AUTO) else format_named(text).name


def _outlet(text: str) -> str | None:
    if not text.strip():
        return None
    host = host_of(text)
    if host is None:
        raise ValueError("not the host of an outlet, such as montsame.mn")
    return outlet_of(host).domain


def _language(text: str) -> str | None:
    if text and not is_language_code(text):
        raise ValueError("not a language code, such as mn")
    return text or None


def _zone(text: str) -> str | None:
    if text:
        ZoneInfo(text)
    return text or None


def _keywords(text: str) -> str:
    Keywords.of(text)
    return ", ".join(word for part in text.split(",") if (word := _line(part)))


def _interval(text: str) -> int | None:
    if text in ("", AUTO):
        return None
    found = _INTERVAL.fullmatch(text.strip())
    if found is None:
        raise ValueError("not a span, such as 30m or 2h")
    seconds = int(found[1]) * _UNITS[found[2] or "s"]
    if not SHORTEST <= seconds <= LONGEST:
        raise ValueError("a minute to a week")
    return seconds


def _listing(text: str) -> str:
    if text:
        Listing.of(text)
    return text


def _columns(pairs: list[str]) -> dict[str, str]:
    made: dict[str, str] = {}
    for pair in filter(None, pairs):
        name, equals, header = pair.partition("=")
        if name.strip() not in COLUMNS or not equals or not header.strip():
            raise ValueError(f"expected COLUMN=NAME, a column being one of {', '.join(COLUMNS)}")
        made[name.strip()] = header.strip()
    return made


_READERS: dict[str, Callable[[Any], Any]] = {
    "title": _line,
    "category": lambda text: "/".join(filter(None, map(_line, text.split("/")))),
    "kind": _kind,
    "outlet": _outlet,
    "language": _language,
    "zone": _zone,
    "keywords": _keywords,
    "interval": _interval,
    "note": str.strip,
    "listing": _listing,
    "columns": _columns,
}
