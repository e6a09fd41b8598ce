"""A digest's text that an editor pastes: what each line of it is understood as, what it would change, then the change.

The preview is the change itself, in a transaction that is rolled back: what is shown is what happens.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from app.desk.order import merged, told
from app.errors import DeskRefused, IngestError
from app.ingest.format import Reading
from app.ingest.formats.digest import FORMAT
from app.ingest.limits import Limits
from app.ingest.payload import Payload
from app.ingest.reader import read_here
from app.model.desk import DeskDigest, Line, Pasted, Step
from app.model.headline import Article, Headline, ItemResult, Rejection
from app.pipeline.intake import take
from app.pipeline.parts import Part
from app.pipeline.run import batch_of
from app.search.expand import SPELLING
from app.store import Store, Writer

MAX_CHARS = 1_000_000


class _UndoError(Exception):
    """Ends a rehearsal."""


def preview(store: Store, day: date, text: str, now: datetime) -> Pasted:
    """What pasting would do; nothing is kept. DeskRefused for a text without a digest."""
    pairs, part = _understood(text, day, now)
    try:
        with store.writing() as writer:
            present = writer.desk_digests.digest(day)
            results = writer.put(batch_of(part, _payload(text, now), FORMAT.name))
            wanted = replace(present, columns=merged(present.columns, _columns(part, results)))
            titles = {n: row.row.title for n, row in writer.desk_digests.rows(sorted(wanted.ids | present.ids)).items()}
            raise _UndoError
    except _UndoError:
        pass
    return Pasted(present.token, tuple(_lines(pairs, results)), _steps(present, wanted), titles)


def apply(store: Store, day: date, text: str, seen: str, who: str, now: datetime) -> DeskDigest:
    """Do it, if the digest still is what was `seen`. Conflict, DeskRefused."""
    _, part = _understood(text, day, now)
    with store.writing() as writer:
        present = writer.desk_digests.digest(day)
        held = present
        if present.version == 0 or present.token != seen:  # in hand before the text comes, or a conflict
            held = writer.desk_digests.save(present, seen, "before", who, now, SPELLING)
        results = writer.put(batch_of(part, _payload(text, now), FORMAT.name))
        wanted = replace(held, columns=merged(held.columns, _columns(part, results)), arrived=None)
        made = _saved(writer, wanted, who, now)
        writer.audit.add(who, "paste", "day", day, now, before=told(present), after=told(made))
    return made


def _saved(writer: Writer, wanted: DeskDigest, who: str, now: datetime) -> DeskDigest:
    present = writer.desk_digests.digest(wanted.day)
    return writer.desk_digests.save(wanted, present.token, "paste", who, now, SPELLING)


def _payload(text: str, now: datetime) -> Payload:
    return Payload.of(text.encode("utf-8", "replace"), media_type="text/plain", received_at=now, name="desk")


Pair = tuple[str, Headline | Article | Rejection]


def _understood(text: str, day: date, now: datetime) -> tuple[list[Pair], Part]:
    if len(text) > MAX_CHARS:
        raise DeskRefused("The text is too long.", reason="too-long")
    try:
        items = list(read_here(FORMAT, _payload(text, now), Reading(Limits(), day=day)))
    except IngestError as error:
        raise DeskRefused(error.message, reason="digest") from error
    pairs = [(_raw(item), take(item, now=now, format_name=FORMAT.name)) for item in items]
    part = Part()
    for _, result in pairs:
        part.add(result)
    if not any(h.draft.place and h.draft.place.day == day for h in part.headlines):
        raise DeskRefused("No entry of this day's digest is in the text.", reason="digest")
    return pairs, part


def _raw(item: object) -> str:
    raw = getattr(item, "raw", b"")
    return (raw if isinstance(raw, bytes) else b"").decode("utf-8", "replace")


def _columns(part: Part, results: Sequence[ItemResult]) -> dict[str, list[int]]:
    columns: dict[str, list[tuple[int, int]]] = {}
    for headline, result in zip(part.headlines, results, strict=False):
        place = headline.draft.place
        if place is not None and result.headline_id:
            columns.setdefault(place.language, []).append((place.position, result.headline_id))
    return {language: [number for _, number in sorted(column)] for language, column in columns.items()}


def _lines(pairs: Sequence[Pair], results: Sequence[ItemResult]) -> Iterator[Line]:
    headlines = iter([r for r in results if not r.article])
    articles = iter([r for r in results if r.article])
    for raw, result in pairs:
        if isinstance(result, Rejection):
            yield Line(raw or result.raw.decode("utf-8", "replace"), reason=result.detail)
        elif isinstance(result, Article):
            named = (raw, result.title, result.outlet, result.language, result.published_on)
            yield Line(*named, outcome=next(articles).outcome, article=True)
        else:
            place = result.draft.place
            position = place.position if place else None
            named = (raw, result.title, result.draft.outlet, result.language, result.day)
            yield Line(*named, position, next(headlines).outcome)


def _steps(present: DeskDigest, wanted: DeskDigest) -> dict[str, tuple[Step, ...]]:
    steps = {}
    for language in sorted({*present.columns, *wanted.columns}):
        before = {slot.id: i for i, slot in enumerate(present.columns.get(language, ()), 1)}
        after = {slot.id: i for i, slot in enumerate(wanted.columns.get(language, ()), 1)}
        gone = [Step(number, place, None) for number, place in before.items() if number not in after]
        steps[language] = (*(Step(number, before.get(number), place) for number, place in after.items()), *gone)
    return {language: found for language, found in steps.items() if found}
