"""From an address that a person gives to a source that can be read: the address itself, the feeds that its page names,
then the usual places. Fetching is passed in; nothing is written."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, Protocol
from urllib.parse import urlsplit

from app.errors import MalformedPayload, SourceRefused
from app.ingest.discover import named_feeds, usual_addresses
from app.ingest.fetch import payload_of
from app.ingest.formats import table
from app.ingest.formats.digest import FORMAT as DIGEST
from app.ingest.limits import Limits
from app.ingest.reader import Reader, read_here
from app.model.fetch import Fetched, FetchState, Validators
from app.model.source import AUTO, Source
from app.pipeline.sourced import Taken, take_in

_GUESSED = frozenset({table.FORMAT.name, DIGEST.name, "html"})
"""Formats in which nearly any text can be read: at an address that was only guessed they prove nothing."""


class Fetching(Protocol):
    """What fetches: `app.ingest.fetch.Fetcher`, or a test's."""

    def fetch(
        self, url: str, *, validators: Validators | None = None, expect: Literal["feed", "any"] = "feed"
    ) -> Fetched:
        """Fetch an address once; a failure is a value."""
        ...


@dataclass(frozen=True, slots=True)
class Found:
    """A source that can be read, and what it would bring. `others` are further feeds that the page names."""

    source: Source
    fetched: Fetched
    taken: Taken
    others: tuple[str, ...] = ()


def find(
    source: Source, fetching: Fetching, known: Iterable[Source], limits: Limits, reader: Reader = read_here
) -> Found:
    """Look at the source's address. SourceRefused, with a `reason` code, when it is a source already, when it cannot be
    fetched (the code is the fetch's state), or when neither it nor its page leads to a feed. `reader` reads what
    came."""
    known = tuple(known)
    refuse_duplicate(source.url, known)
    first = fetching.fetch(source.url, expect="any")
    if first.state is not FetchState.OK:
        raise SourceRefused(f"{source.url}: {first.error or first.state.value}", reason=first.state.value)
    found = _read(source, first, limits, reader)
    if found is not None:
        return found
    try:
        named = named_feeds(payload_of(first), limits.payload_bytes)
    except MalformedPayload:
        named = ()
    tried = list(_tried(source, fetching, (*named, *usual_addresses(first.final_url)), limits, reader))
    if tried and isinstance(tried[-1], Found):
        found = tried[-1]
        refuse_duplicate(found.source.url, known)
        return replace(found, others=tuple(url for url in named if url != found.source.url))
    raise SourceRefused(
        f"{source.url} is no feed, names none that can be read, and has none in the usual places. Give the feed's own "
        "address, or, for a page of headlines, --kind html and --listing.",
        reason=FetchState.NOT_A_FEED.value,
    )


def _tried(
    source: Source, fetching: Fetching, urls: Iterable[str], limits: Limits, reader: Reader
) -> Iterator[Found | None]:
    """One address after the other, up to the first that can be read, or to the first that the outlet blocks: whoever
    sends us away is not asked at ten more doors."""
    for url in urls:
        fetched = fetching.fetch(url)
        if fetched.state in (FetchState.BLOCKED, FetchState.RATE_LIMITED):
            raise SourceRefused(f"{url}: {fetched.error or fetched.state.value}", reason=fetched.state.value)
        found = _read(replace(source, url=url), fetched, limits, reader) if fetched.state is FetchState.OK else None
        if found is not None and found.taken.format in _GUESSED:
            found = None
        yield found
        if found is not None:
            return


def _read(source: Source, fetched: Fetched, limits: Limits, reader: Reader) -> Found | None:
    """The source with its format, if anything can be read. An empty feed is one, in a format that names itself."""
    taken = take_in(replace(payload_of(fetched), name=source.url), source, now=fetched.at, limits=limits, reader=reader)
    if taken.unreadable or not (taken.items or taken.format):
        return None
    kind = taken.format if source.kind == AUTO else source.kind
    return Found(replace(source, kind=kind), fetched, taken)


def refuse_duplicate(url: str, known: Iterable[Source]) -> None:
    """SourceRefused when one of the sources has this address, however it is spelt."""
    wanted = same_address(url)
    for source in known:
        if same_address(source.url) == wanted:
            raise SourceRefused(
                f"{url} is source {source.id} already ({source.name}).", reason="duplicate", source=source.id
            )


def same_address(url: str) -> str:
    """What two spellings of an address have in common: neither scheme, nor `www.`, nor a slash at the end tells feeds
    apart. Everything in the query does."""
    parts = urlsplit(url.strip())
    host = (parts.hostname or "").removeprefix("www.").rstrip(".")
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{port}{parts.path.rstrip('/')}{query}"
