"""Trying again what could not be taken in: after a repair of the program, a raised limit, a better rule."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from app.ingest.again import Again, again
from app.ingest.format import Reading
from app.ingest.formats import FORMATS
from app.ingest.payload import Payload
from app.ingest.reader import Reader, read_here
from app.model.batch import Batch
from app.model.headline import Article, Headline, Outcome, Rejection
from app.model.quarantine import Quarantined, RetryReport
from app.model.source import AUTO, Source
from app.pipeline.sourced import take_in
from app.store import Store

_NAMES = frozenset(row.name for row in FORMATS)


@dataclass(frozen=True, slots=True)
class _Retried:
    """A rejection tried again: what the store gets of it. `still`: it is rejected again as it was."""

    kept: Quarantined
    batches: tuple[Batch, ...]
    still: bool


def retry(
    store: Store,
    *,
    reading: Reading | None = None,
    reader: Reader = read_here,
    progress: Callable[[int], None] | None = None,
) -> RetryReport:
    """Read every rejection in quarantine again, as if it came when it first came and from where it came; if that is a
    source, with what its operator says of it, else with the columns and the rule of `reading`.

    What is understood now is stored and leaves the quarantine in the same transaction; so does what is rejected for
    another reason, which takes its place. What was an item out of a digest comes back as a headline: its place in the
    digest is the digest's to say. `progress` is told how many were tried. StoreError when the database fails.
    """
    reading = reading or Reading()
    with store.reading() as opened:
        until = opened.last_rejection()
        sources = {source.url: source for source in opened.sources.all()}
    counts: Counter[str] = Counter()
    after = 0
    while page := _page(store, after, until):
        after = page[-1].id
        tried = [result for kept in page if (result := _tried(kept, sources, reading, reader))]
        counts["cut"] += len(page) - len(tried)
        _store(store, tried, counts)
        if progress:
            progress(counts["tried"])
    return RetryReport(**counts)


def retry_one(
    store: Store, kept: Quarantined, raw: bytes, *, reading: Reading | None = None, reader: Reader = read_here
) -> RetryReport | None:
    """Read one rejection again, with `raw` in place of what came (the same bytes, or a person's repair of them). None,
    and nothing done, where only its beginning was kept. StoreError when the database fails."""
    with store.reading() as opened:
        sources = {source.url: source for source in opened.sources.all()}
    repaired = replace(kept, rejection=replace(kept.rejection, raw=raw))
    tried = _tried(repaired, sources, reading or Reading(), reader)
    counts: Counter[str] = Counter()
    if tried is None:
        return None
    _store(store, [tried], counts)
    return RetryReport(**counts)


def _page(store: Store, after: int, until: int) -> tuple[Quarantined, ...]:
    with store.reading() as opened:
        return opened.quarantined(after, until)


def _store(store: Store, tried: list[_Retried], counts: Counter[str]) -> None:
    with store.writing() as writer:
        for result in tried:
            for batch in result.batches:
                counts.update(one.outcome.value for one in writer.put(batch))
                counts[Outcome.REJECTED] += len(batch.rejections)
        writer.release(result.kept.id for result in tried if not result.still)
    counts["tried"] += len(tried)
    counts["still"] += sum(result.still for result in tried)
    counts["released"] += sum(not result.still for result in tried)


def _tried(kept: Quarantined, sources: Mapping[str, Source], reading: Reading, reader: Reader) -> _Retried | None:
    wanted = again(kept.rejection)
    if wanted is None:
        return None
    listing = reading.listing.text if reading.listing else ""
    source = sources.get(kept.origin) or Source(kept.origin, listing=listing, columns=reading.columns)
    kind = kept.rejection.format if kept.rejection.format in _NAMES else AUTO
    url = kept.origin if kept.origin.startswith(("http://", "https://")) else None
    payload = Payload.of(wanted.body, url=url, received_at=kept.at, name=kept.origin)
    taken = take_in(payload, replace(source, kind=kind, keywords=""), now=kept.at, limits=reading.limits, reader=reader)
    batches = tuple(_own(batch, wanted, kept.rejection) for batch in taken.batches)
    still = any(_same(rejection, kept.rejection) for batch in batches for rejection in batch.rejections)
    rest = (replace(b, rejections=tuple(r for r in b.rejections if not _same(r, kept.rejection))) for b in batches)
    return _Retried(kept, tuple(b for b in rest if b.headlines or b.articles or b.rejections), still)


def _own(batch: Batch, wanted: Again, before: Rejection) -> Batch:
    """A batch without what only stood around the item, and without places that a part cannot speak for."""
    refused = tuple(replace(r, raw=before.raw) if r.raw == wanted.body else r for r in batch.rejections)
    if not wanted.item:
        return replace(batch, rejections=refused)
    return replace(
        batch,
        headlines=tuple(map(_unplaced, batch.headlines)),
        articles=tuple(map(_loose, batch.articles)),
        rejections=refused,
    )


def _unplaced(headline: Headline) -> Headline:
    return replace(headline, draft=replace(headline.draft, place=None)) if headline.draft.place else headline


def _loose(article: Article) -> Article:
    return replace(article, digest_day=None) if article.digest_day else article


def _same(rejection: Rejection, before: Rejection) -> bool:
    """Whether it is the same thing for the same reason; what stood around it may have been taken for its end."""
    return rejection.reason is before.reason and before.raw in rejection.raw
