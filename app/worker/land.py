"""Where a fetch lands: what it brought, its record and the source's new state go into the store in one transaction, and
only while the source is still leased to the worker that fetched it."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from app.errors import LeaseLost
from app.ingest.fetch import payload_of
from app.ingest.limits import Limits
from app.ingest.payload import Payload
from app.ingest.reader import Reader, read_here
from app.model.fetch import Fetched, FetchState
from app.model.headline import Headline, IngestReport, ItemResult, Outcome
from app.model.source import Claimed, HeldBatch, Reservation, Settled, Source
from app.pipeline.sourced import Taken, take_in
from app.settings import Settings
from app.store import Reader as StoreReader
from app.store import Store, Writer
from app.tracing import Spans, untraced
from app.worker.doubt import Thresholds, doubts, is_certain, too_many
from app.worker.schedule import Pace
from app.worker.settle import NOTHING, Brought, settle


@dataclass(frozen=True, slots=True)
class Rules:
    """What of the settings decides how a fetch lands, who reads it, and what begins a span for it."""

    pace: Pace
    thresholds: Thresholds
    limits: Limits
    reader: Reader = read_here
    spans: Spans = untraced

    @classmethod
    def of(cls, settings: Settings, reader: Reader = read_here, spans: Spans = untraced) -> "Rules":
        """The rules that the settings say."""
        return cls(Pace.of(settings), Thresholds.of(settings), Limits.of(settings), reader, spans)


@dataclass(frozen=True, slots=True)
class _Read:
    """A fetch whose body has been read, outside of any transaction. `held`: why it waits for a person."""

    claimed: Claimed
    fetched: Fetched
    taken: Taken | None
    held: tuple[Reservation, ...] = ()


def land(store: Store, claimed: Claimed, fetched: Fetched, rules: Rules, now: datetime, chance: float) -> Settled:
    """Read what was fetched and write all of it down, or nothing. `now` is the present, `chance` a random number from 0
    up to 1. LeaseLost when the source was taken over or changed meanwhile: then the fetch has not happened."""
    return land_together(store, [(claimed, fetched)], rules, now, lambda: chance)[claimed.source.id]


def land_together(
    store: Store,
    fetches: Sequence[tuple[Claimed, Fetched]],
    rules: Rules,
    now: datetime,
    chance: Callable[[], float],
) -> dict[int, Settled]:
    """`land` for several fetches of one worker, all in one transaction, which costs less than one for each. If anything
    goes wrong nothing of any has happened: land them one by one then, so that each has its own fate."""
    with rules.spans("land", {"ortoo.fetches": len(fetches)}) as told:
        settled = _landed(store, fetches, rules, now, chance)
        told["ortoo.added"] = sum(one.record.added for one in settled.values())
        told["ortoo.rejected"] = sum(one.record.rejected for one in settled.values())
        return settled


def _landed(
    store: Store,
    fetches: Sequence[tuple[Claimed, Fetched]],
    rules: Rules,
    now: datetime,
    chance: Callable[[], float],
) -> dict[int, Settled]:
    read = [_read(claimed, fetched, rules) for claimed, fetched in fetches]
    judged = _with_doubts(store, read, rules)
    owner = fetches[0][0].state.lease_owner or ""
    settled: dict[int, Settled] = {}
    with store.writing() as writer:
        for one in judged:
            brought = _write(writer, one)
            settled[one.claimed.source.id] = settle(one.claimed, one.fetched, brought, rules.pace, chance())
        if lost := writer.sources.finish_all(owner, now, settled):
            told = ", ".join(map(str, sorted(lost)))
            raise LeaseLost(f"Source {told} was taken over or changed during its fetch.", source=min(lost))
    return settled


def _read(claimed: Claimed, fetched: Fetched, rules: Rules) -> _Read:
    if fetched.state is not FetchState.OK:
        return _Read(claimed, fetched, None)
    payload = replace(payload_of(fetched), name=fetched.url)
    taken = take_in(payload, claimed.source, now=fetched.at, limits=rules.limits, reader=rules.reader)
    return _Read(claimed, _judged(fetched, taken), taken)


def _write(writer: Writer, one: _Read) -> Brought:
    if one.taken is None:
        return NOTHING
    if one.held:
        writer.sources.hold(_to_hold(one.claimed.source, one.fetched, one.taken, one.held))
        return Brought(filtered=one.taken.filtered, rejected=len(one.taken.rejections), held=True)
    return _brought(one.taken, [result for batch in one.taken.batches for result in writer.put(batch)])


def land_quiet(
    store: Store,
    fetches: Sequence[tuple[Claimed, Fetched]],
    rules: Rules,
    now: datetime,
    chance: Callable[[], float],
) -> frozenset[int]:
    """Write down several fetches of one worker that brought nothing to read (not modified, unchanged, failed), in one
    short transaction. The numbers of the sources whose lease was lost; of these nothing is written."""
    if not fetches:
        return frozenset()
    owner = fetches[0][0].state.lease_owner or ""
    settled = {claimed.source.id: settle(claimed, got, NOTHING, rules.pace, chance()) for claimed, got in fetches}
    with rules.spans("land", {"ortoo.fetches": len(fetches)}), store.writing() as writer:
        return writer.sources.finish_all(owner, now, settled)


def publish(store: Store, held_id: int, rules: Rules, now: datetime) -> IngestReport:
    """A person has decided that what is held is to be published: it goes in, and is held no longer, in one transaction.
    NotFound when nothing is held under this number."""
    with store.reading() as reader:
        held = reader.sources.held_batch(held_id)
        source, _ = reader.sources.get(held.source_id)
    payload = Payload.of(held.body, url=held.url, media_type=held.media_type, received_at=held.at)
    taken = take_in(payload, source, now=now, limits=rules.limits, reader=rules.reader)
    with store.writing() as writer:
        writer.sources.discard(held_id)
        brought = _brought(taken, [result for batch in taken.batches for result in writer.put(batch)])
        writer.sources.learn(source.id, brought.languages)
    return IngestReport(payload.name, taken.format, brought.added, brought.updated, brought.duplicate, brought.rejected)


def _judged(fetched: Fetched, taken: Taken) -> Fetched:
    """A body that gives nothing is a failure of the source, whatever its status said."""
    if not taken.unreadable:
        return fetched
    state = FetchState.NOT_A_FEED if taken.format == "html" else FetchState.UNREADABLE
    return replace(fetched, state=state, error=taken.problem)


def _with_doubts(store: Store, read: Sequence[_Read], rules: Rules) -> list[_Read]:
    if not any(one.taken and one.fetched.state.good for one in read):
        return list(read)
    with store.reading() as reader:
        return [
            replace(one, held=_doubts(reader, one.claimed, one.taken, rules, one.fetched.at))
            if one.taken and one.fetched.state.good
            else one
            for one in read
        ]


def _doubts(reader: StoreReader, claimed: Claimed, taken: Taken, rules: Rules, at: datetime) -> tuple[Reservation, ...]:
    """How many are new is asked only where even all of them could be too many."""
    fresh = len(taken.headlines)
    if too_many(claimed.state, fresh, at, rules.thresholds):
        fresh = reader.sources.fresh(taken.headlines)
    return doubts(claimed.state, taken.headlines, fresh, at, rules.thresholds)


def _to_hold(source: Source, fetched: Fetched, taken: Taken, reasons: tuple[Reservation, ...]) -> HeldBatch:
    return HeldBatch(
        source_id=source.id,
        at=fetched.at,
        url=fetched.final_url,
        media_type=fetched.media_type,
        body=fetched.body or b"",
        format=taken.format,
        items=len(taken.headlines),
        reasons=reasons,
    )


def _brought(taken: Taken, results: Iterable[ItemResult]) -> Brought:
    n = Counter(result.outcome for result in results)
    return Brought(
        added=n[Outcome.ADDED],
        updated=n[Outcome.UPDATED],
        duplicate=n[Outcome.DUPLICATE],
        rejected=len(taken.rejections),
        filtered=taken.filtered,
        published=tuple(h.published_at for h in taken.headlines if h.published_at is not None),
        languages=_languages(taken.headlines),
    )


def _languages(headlines: Iterable[Headline]) -> frozenset[str]:
    return frozenset(headline.language for headline in headlines if is_certain(headline))
