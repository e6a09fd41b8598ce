"""The write hall: a payload through ingest, normalise, language and dedupe into the store."""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime

from app.clock import system_clock
from app.errors import IngestError, MalformedPayload, UnknownFormat
from app.ingest.format import Format, Reading
from app.ingest.formats import table
from app.ingest.limits import Limits
from app.ingest.payload import Payload
from app.ingest.reader import Reader, read_here
from app.ingest.sniff import format_named, identify
from app.model.batch import Batch
from app.model.headline import (
    KEPT_ITEMS,
    Article,
    Draft,
    Headline,
    IngestReport,
    ItemResult,
    Outcome,
    Reason,
    Rejection,
)
from app.normalise.outlet import host_of, outlet_of
from app.pipeline.collecting import seldom_collected
from app.pipeline.intake import take
from app.pipeline.parts import Item, Part, Result, parts
from app.search.expand import SPELLING
from app.store import Store, Writer
from app.tracing import Spans, untraced

CpuClock = Callable[[], float]

_NEWEST_FIRST = ("digest", "rss", "atom", "jsonfeed", "googlenews", "wordpress", "html")
"""Formats in which the newest stands first: they keep their order where their dates do not say it."""

_OTHERS_ITEMS = ("googlenews", "gdelt")
"""Formats whose own address says nothing of who published an item."""


def ingest(
    payload: Payload,
    store: Store,
    *,
    now: datetime,
    format: str | None = None,  # noqa: A002 - the command's own word
    reading: Reading | None = None,
    reader: Reader = read_here,
    dry_run: bool = False,
    cpu: CpuClock = time.process_time,
    progress: Callable[[int], None] | None = None,
    spans: Spans = untraced,
) -> IngestReport:
    """Take a payload in. A digest is stored in one transaction, a long stream in batches; what cannot be taken in is
    stored as rejections in the same transactions, a payload that cannot be read at all as one rejection.

    `now` (aware) is when it came, unless the payload says; `format` forces a format (UnknownFormat if there is none of
    that name); `reading` says how to read, `reader` who reads (`app.ingest.reader`: this process, or for whatever comes
    from outside one that can be stopped); with `dry_run` everything is worked out and nothing kept. `progress` is told
    the number of items after each batch, `spans` begins a span for storing each. StoreError when the database fails.
    """
    reading = reading or Reading()
    payload = replace(payload, received_at=payload.received_at or now)
    forced = format_named(format) if format else None
    tally = _Tally()
    with seldom_collected(), _writers(store, dry_run=dry_run) as writer:
        read_from = cpu()
        for part in _parts(payload, forced, reading, reader, tally):
            stored_from = cpu()
            with spans("ingest", {"ortoo.items": len(part)}), writer() as open_writer:
                tally.count(part, open_writer.put(batch_of(part, payload, tally.format)), dry_run=dry_run)
            tally.seconds["read"] += stored_from - read_from
            read_from = cpu()
            tally.seconds["store"] += read_from - stored_from
            if progress:
                progress(sum(tally.counts.values()))
    return tally.report(payload.name, dry_run=dry_run)


def preview(
    payload: Payload, *, now: datetime | None = None, limits: Limits | None = None, reader: Reader = read_here
) -> list[Headline | Rejection]:
    """Everything up to the store, nothing written: the headlines and rejections of a payload, in its order. `now` is
    the payload's instant of receipt where not given, else the present."""
    now = now or payload.received_at or system_clock()
    payload = replace(payload, received_at=payload.received_at or now)
    reading = Reading(limits or Limits())
    try:
        found = [result for _, result in _results(payload, identify(payload), reading, reader)]
    except IngestError as error:
        return [unreadable(payload, error, reading.limits)]
    return [result for result in found if isinstance(result, Headline | Rejection)]


def _parts(
    payload: Payload, forced: Format | None, reading: Reading, reader: Reader, tally: "_Tally"
) -> Iterator[Part]:
    try:
        chosen = forced or identified(payload, reading)
    except IngestError as error:
        yield Part(rejections=[unreadable(payload, error, reading.limits)])
        return
    tally.format = chosen.name
    yield from parts(_results(payload, chosen, reading, reader), whole=chosen.whole)


def identified(payload: Payload, reading: Reading) -> Format:
    """The format that recognises a payload; a table where none does, but columns are mapped: under the names of
    somebody else's a header is not recognised. IngestError as `identify` raises it."""
    try:
        return identify(payload)
    except UnknownFormat:
        if not reading.columns:
            raise
        return table.FORMAT


def _results(payload: Payload, chosen: Format, reading: Reading, reader: Reader) -> Iterator[tuple[Item, Result]]:
    """Every item and what becomes of it. Where reading breaks off, the last one is the rejection of the whole; what
    came before it stays."""
    now = payload.received_at
    assert now is not None
    home = home_of(payload, chosen)
    try:
        for item in reader(chosen, payload, reading):
            yield item, take(item, now=now, format_name=chosen.name, home=home)
    except IngestError as error:
        whole = unreadable(payload, error, reading.limits, chosen.name)
        yield whole, whole


def home_of(payload: Payload, chosen: Format) -> str | None:
    """The host that stands in where an item names neither an outlet nor a link: that of the payload's address, unless
    the format is one of those whose items are all somebody else's."""
    return host_of(payload.url) if payload.url and chosen.name not in _OTHERS_ITEMS else None


def unreadable(payload: Payload, error: IngestError, limits: Limits, format_name: str = "") -> Rejection:
    """A payload that cannot be read, kept whole, or its beginning where it is larger than what is read whole."""
    reason = error.facts.get("reason", Reason.MALFORMED)
    try:
        raw = payload.head(limits.payload_bytes + 1)
    except MalformedPayload:
        return Rejection(b"", reason, error.message, format_name)
    if len(raw) <= limits.payload_bytes:
        return Rejection(raw, reason, error.message, format_name)
    size = payload.size()
    told = f"of {size:,} bytes" if size else f"of over {limits.payload_bytes:,} bytes"
    detail = f"{error.message} The first {limits.quarantine_bytes:,} {told} are kept."
    return Rejection(raw[: limits.quarantine_bytes], Reason.TOO_LARGE, detail, format_name)


def batch_of(part: Part, payload: Payload, format_name: str) -> Batch:
    """What goes to the store of a part of a payload whose instant of receipt is known."""
    told: list[Draft | Article] = [*(h.draft for h in part.headlines), *part.articles]
    assert payload.received_at is not None
    return Batch(
        origin=payload.name,
        format=format_name,
        at=payload.received_at,
        headlines=tuple(part.headlines),
        articles=tuple(part.articles),
        rejections=tuple(part.rejections),
        outlets={one.outlet: outlet_of(one.host) for one in told},
        spelling=SPELLING,
        newest_first=format_name in _NEWEST_FIRST,
    )


class _UndoError(Exception):
    """Ends a rehearsal: the transaction is rolled back."""


@contextmanager
def _writers(store: Store, *, dry_run: bool) -> Iterator[Callable[[], AbstractContextManager[Writer]]]:
    """What opens a transaction for each batch; in a rehearsal one for all, which is rolled back at the end."""
    if not dry_run:
        yield store.writing
        return
    try:
        with store.writing() as writer:
            yield lambda: nullcontext(writer)
            raise _UndoError
    except _UndoError:
        pass


@dataclass(slots=True)
class _Tally:
    """What has happened so far; bounded, however long the stream."""

    format: str = ""
    counts: Counter[Outcome] = field(default_factory=Counter)
    items: list[ItemResult] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=lambda: {"read": 0.0, "store": 0.0})

    def count(self, part: Part, results: Sequence[ItemResult], *, dry_run: bool) -> None:
        self.counts.update(result.outcome for result in results)
        self.counts[Outcome.REJECTED] += len(part.rejections)
        room = KEPT_ITEMS - len(self.items)
        # What a rehearsal numbers does not exist afterwards.
        self.items += [replace(r, headline_id=None) if dry_run else r for r in results[:room]]
        self.rejections += part.rejections[: KEPT_ITEMS - len(self.rejections)]

    def report(self, origin: str, *, dry_run: bool) -> IngestReport:
        return IngestReport(
            origin=origin,
            format=self.format,
            added=self.counts[Outcome.ADDED],
            updated=self.counts[Outcome.UPDATED],
            duplicate=self.counts[Outcome.DUPLICATE],
            rejected=self.counts[Outcome.REJECTED],
            items=tuple(self.items),
            rejections=tuple(self.rejections),
            dry_run=dry_run,
            seconds=dict(self.seconds),
        )
