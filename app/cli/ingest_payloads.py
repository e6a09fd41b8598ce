"""What `ortoo ingest` is given: files, folders, standard input, addresses. One after the other, opened when its turn
comes."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from app.cli.console import Console
from app.errors import BadFilter, IngestError
from app.ingest.discover import named_feeds
from app.ingest.fetch import payload_of
from app.ingest.format import Reading
from app.ingest.formats import sitemap
from app.ingest.payload import Payload
from app.ingest.sniff import identify
from app.ingest.source import Source
from app.model.fetch import FetchState
from app.normalise.text import escaped
from app.worker.find import Fetching

MAX_SITEMAPS = 20
"""Sitemaps of an index that are fetched, the first that it names."""

SHOWN_FEEDS = 5

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Missed:
    """An address that could not be read: which, and why."""

    origin: str
    error: str


def checked(paths: Sequence[str]) -> None:
    """BadFilter for what is no file, folder or address."""
    if paths.count("-") > 1:
        raise BadFilter("Standard input (-) can be read only once.", name="paths")
    for given in paths:
        if given != "-" and not is_address(given) and not Path(given).exists():
            raise BadFilter(f"{given}: there is no such file or folder.", name="paths")


def is_address(given: str) -> bool:
    """Whether it is to be fetched."""
    return given.lower().startswith(("http://", "https://"))


def payloads(paths: Sequence[str], console: Console, reading: Reading, stack: ExitStack) -> Iterator[Payload | Missed]:
    """What the arguments name. A folder gives its files, without hidden ones; an address what it leads to. `stack`
    closes what is opened."""
    fetching: Fetching | None = None
    for given in paths:
        path = Path(given)
        if given == "-":
            yield Payload.of(console.stdin, name="-")
        elif is_address(given):
            fetching = fetching or stack.enter_context(console.fetcher(console.load_settings(), console.clock))
            yield from Web(fetching, reading, console.warn).at(given)
        elif path.is_dir():
            yield from (Payload.of(file) for file in _files(path))
        elif path.is_file():
            yield Payload.of(path)
        else:  # a pipe, as shells make them for <(…)
            yield Payload.of(stack.enter_context(path.open("rb")), name=given)


def _files(folder: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        paths = (Path(place, name) for name in sorted(files) if not name.startswith("."))
        yield from (path for path in paths if path.is_file())


@dataclass(frozen=True, slots=True)
class Web:
    """What addresses lead to: a feed to itself, a page without a rule to the first feed that it names, a sitemap index
    to its sitemaps. `say` is told where it goes."""

    fetching: Fetching
    reading: Reading
    say: Say

    def at(self, url: str) -> Iterator[Payload | Missed]:
        """The payloads that an address leads to, or why there is none."""
        payload = self._fetched(url)
        if isinstance(payload, Missed):
            yield payload
            return
        kind = _kind(payload)
        if kind == "html" and self.reading.listing is None:
            yield self._feed_of(payload)
        elif kind == sitemap.FORMAT.name and (children := self._children(payload)):
            yield from self._sitemaps(payload, children)
        else:
            yield payload

    def _fetched(self, url: str) -> Payload | Missed:
        fetched = self.fetching.fetch(url, expect="any")
        if fetched.state is not FetchState.OK:
            return Missed(url, fetched.error or f"it cannot be fetched ({fetched.state.value}).")
        return replace(payload_of(fetched), name=url)

    def _feed_of(self, page: Payload) -> Payload | Missed:
        """The first feed that a page names; the page itself where there is none, whose rejection says so."""
        named = named_feeds(page, self.reading.limits.payload_bytes)
        if not named:
            return page
        told = ", ".join(map(escaped, named[:SHOWN_FEEDS]))
        self.say(f"{escaped(page.name)} is a page that names {len(named)} feeds ({told}); the first is read.")
        return self._fetched(named[0])

    def _children(self, payload: Payload) -> list[str]:
        try:
            return list(sitemap.children(Source(payload, self.reading, stream=True), payload.url or ""))
        except IngestError:
            return []

    def _sitemaps(self, index: Payload, children: Sequence[str]) -> Iterator[Payload | Missed]:
        few = f"the first {MAX_SITEMAPS} are read" if len(children) > MAX_SITEMAPS else "they are read"
        self.say(f"{escaped(index.name)} is an index of {len(children):,} sitemaps; {few}.")
        yield from map(self._fetched, children[:MAX_SITEMAPS])


def _kind(payload: Payload) -> str:
    try:
        return identify(payload).name
    except IngestError:
        return ""
