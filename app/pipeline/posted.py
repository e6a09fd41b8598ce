"""A body that somebody sends: all of it is understood before anything is written, all of it is written in one
transaction or nothing is, and the answer says what became of each item, in their order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo

from app.errors import MalformedPayload
from app.ingest.format import Format, Reading
from app.ingest.payload import Payload
from app.ingest.reader import Reader
from app.model.day import ULAANBAATAR
from app.model.headline import Article, Headline, ItemResult, Outcome, Reason, Rejection
from app.pipeline.intake import take
from app.pipeline.parts import Item, Part, Result, counted
from app.pipeline.run import batch_of
from app.store import Writer

_WEIGHT = {Outcome.DUPLICATE: 0, Outcome.UPDATED: 1, Outcome.ADDED: 2}


@dataclass(frozen=True, slots=True)
class Sender:
    """What the sender says of all items: `home` is the host that stands in where an item names neither an outlet nor a
    link, `zone` that of clock times without one."""

    home: str | None = None
    zone: tzinfo = ULAANBAATAR


@dataclass(frozen=True, slots=True)
class Understood:
    """A body, understood. `items` are its items in their order; each has one result, or several where it states several
    places in digests."""

    payload: Payload
    format: str
    items: tuple[tuple[Result, ...], ...]


@dataclass(frozen=True, slots=True)
class Posted:
    """What became of one item: `stored` where it was taken in, else `rejection`."""

    stored: ItemResult | None = None
    rejection: Rejection | None = None

    @property
    def outcome(self) -> Outcome:
        return self.stored.outcome if self.stored else Outcome.REJECTED


def understand(
    payload: Payload, chosen: Format, sender: Sender, *, reading: Reading, reader: Reader, most: int
) -> Understood:
    """Everything up to the store; nothing is written. The payload knows its instant of receipt.

    IngestError where the body as a whole, or from some point on, cannot be read: then nothing of it is taken in.
    MalformedPayload, with Reason.TOO_LARGE, for more than `most` items."""
    items: list[tuple[Result, ...]] = []
    for group in _groups(reader(chosen, payload, reading)):
        if len(items) == most:
            raise MalformedPayload(
                f"There are more than {most:,} items (ORTOO_API_ITEMS). Send them in several parts.",
                reason=Reason.TOO_LARGE,
                limit="ORTOO_API_ITEMS",
                value=most,
            )
        items.append(tuple(_taken(item, payload, chosen, sender) for item in group))
    return Understood(payload, chosen.name, tuple(items))


def put(writer: Writer, told: Understood, origin: str) -> tuple[Posted, ...]:
    """Store it in the writer's transaction, as what came from `origin`: what became of each item, in their order."""
    results = [result for item in told.items for result in item]
    part = Part(
        headlines=counted([result for result in results if isinstance(result, Headline)]),
        articles=[result for result in results if isinstance(result, Article)],
        rejections=[result for result in results if isinstance(result, Rejection)],
    )
    stored = writer.put(batch_of(part, replace(told.payload, name=origin), told.format))
    headlines, articles = iter(stored[: len(part.headlines)]), iter(stored[len(part.headlines) :])
    return tuple(_posted(item, headlines, articles) for item in told.items)


def _posted(item: Sequence[Result], headlines: Iterator[ItemResult], articles: Iterator[ItemResult]) -> Posted:
    """Where an item became several, what happened most."""
    rejections = [result for result in item if isinstance(result, Rejection)]
    stored = [next(headlines if isinstance(r, Headline) else articles) for r in item if not isinstance(r, Rejection)]
    if rejections:
        return Posted(rejection=rejections[0])
    return Posted(max(stored, key=lambda result: _WEIGHT[result.outcome]))


def _taken(item: Item, payload: Payload, chosen: Format, sender: Sender) -> Result:
    assert payload.received_at is not None
    return take(item, now=payload.received_at, format_name=chosen.name, home=sender.home, zone=sender.zone)


def _groups(items: Iterator[Item]) -> Iterator[list[Item]]:
    """What stands in one item of the body together: a line that states several places makes an item of each, and all
    of these have the line itself, the very same bytes, as their text."""
    group: list[Item] = []
    for item in items:
        if group and not (len(item.raw) > 1 and item.raw is group[-1].raw):
            yield group
            group = []
        group.append(item)
    if group:
        yield group
