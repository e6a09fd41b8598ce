"""A body that a source sent, read with what its operator says of the source. Nothing is written here, so that a
preview, doubt and the store all see the same."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.errors import IngestError
from app.ingest.format import Format, Reading
from app.ingest.keywords import keywords
from app.ingest.limits import Limits
from app.ingest.listing import Listing
from app.ingest.payload import Payload
from app.ingest.reader import Reader, read_here
from app.ingest.sniff import format_named, identify
from app.model.batch import Batch
from app.model.day import ULAANBAATAR
from app.model.headline import Headline, RawItem, Rejection
from app.model.source import AUTO, Source
from app.pipeline.intake import take
from app.pipeline.parts import Item, Result, parts
from app.pipeline.run import batch_of, home_of, unreadable

Pair = tuple[Item, Result]


@dataclass(frozen=True, slots=True)
class Taken:
    """What a source's body gives. `batches` go to the store in one transaction; `filtered` items were left out by the
    source's keywords; `items` were read in all. `problem` says why the body as a whole could not be read, or not to its
    end (its rejection is in the batches), and is empty where it could."""

    format: str
    batches: tuple[Batch, ...]
    items: int
    filtered: int
    problem: str = ""

    @property
    def unreadable(self) -> bool:
        """Whether nothing could be read of it; a feed without items is not that."""
        return bool(self.problem) and not self.items

    @property
    def headlines(self) -> tuple[Headline, ...]:
        """All of them, in the order of the body."""
        return tuple(headline for batch in self.batches for headline in batch.headlines)

    @property
    def rejections(self) -> tuple[Rejection, ...]:
        """All of them, in the order of the body."""
        return tuple(rejection for batch in self.batches for rejection in batch.rejections)


def take_in(
    payload: Payload, source: Source, *, now: datetime, limits: Limits | None = None, reader: Reader = read_here
) -> Taken:
    """Read a body. `now` (aware) is when it came, unless the payload says. A body that cannot be read gives a rejection
    and `problem`; UnknownFormat only when the source's kind is no format of this program. `reader` is who reads."""
    payload = replace(payload, received_at=payload.received_at or now)
    limits = limits or Limits()
    forced = None if source.kind == AUTO else format_named(source.kind)
    reading = Reading(
        limits, columns=dict(source.columns), listing=Listing.of(source.listing) if source.listing else None
    )
    try:
        chosen = forced or identify(payload)
    except IngestError as error:
        whole = unreadable(payload, error, limits)
        return _taken("", payload, [(whole, whole)], _Count(problem=error.message))
    count = _Count()
    return _taken(chosen.name, payload, _results(payload, source, chosen, reading, reader, count), count)


@dataclass(slots=True)
class _Count:
    items: int = 0
    filtered: int = 0
    problem: str = ""


def _taken(name: str, payload: Payload, results: Iterable[Pair], count: _Count) -> Taken:
    batches = tuple(batch_of(part, payload, name) for part in parts(results, whole=True))
    refused = next((rejection.detail for batch in batches for rejection in batch.rejections), "")
    return Taken(name, batches, count.items, count.filtered, count.problem or ("" if count.items else refused))


def _results(
    payload: Payload, source: Source, chosen: Format, reading: Reading, reader: Reader, count: _Count
) -> Iterator[Pair]:
    """As `app.pipeline.run` does it for a file, with the source's filter and hints between."""
    hints = _Hints.of(source, home_of(payload, chosen))
    wanted = keywords(source.keywords)
    assert payload.received_at is not None
    try:
        for item in reader(chosen, payload, reading):
            count.items += not isinstance(item, Rejection)
            if isinstance(item, RawItem):
                if not wanted.takes(item):
                    count.filtered += 1
                    continue
                item = hints.on(item)
            yield (
                item,
                take(item, now=payload.received_at, format_name=chosen.name, home=hints.home, zone=hints.zone),
            )
    except IngestError as error:
        count.problem = error.message
        whole = unreadable(payload, error, reading.limits, chosen.name)
        yield whole, whole


@dataclass(frozen=True, slots=True)
class _Hints:
    """What the operator knows of a source's items. Its language goes before the feed's own: many a Mongolian site's
    feed says en-US, as its software came."""

    outlet: str | None
    home: str | None
    language: str | None
    zone: tzinfo = field(default=ULAANBAATAR)

    @classmethod
    def of(cls, source: Source, home: str | None) -> "_Hints":
        try:
            zone: tzinfo = ZoneInfo(source.zone) if source.zone else ULAANBAATAR
        except (ZoneInfoNotFoundError, ValueError):
            zone = ULAANBAATAR
        return cls(source.outlet, source.outlet or home, source.language, zone)

    def on(self, item: RawItem) -> RawItem:
        if not self.outlet and not self.language:
            return item
        return replace(item, outlet=item.outlet or self.outlet, language=self.language or item.language)
