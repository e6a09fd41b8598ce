"""Writing: one transaction, batch by batch. Look everything up, decide in memory (`identity`), write each table
once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection

from app.model.batch import Batch
from app.model.headline import Headline, ItemResult, Outcome
from app.model.search import Spelling
from app.store import articles, counts, digests, keys, quarantine, rows, story_arrivals, title_index
from app.store.counts import Move, listed_under
from app.store.digests import DigestChange
from app.store.identity import Known, Register, absorb
from app.store.lookup import known_to
from app.store.registry import origin_number, outlet_numbers
from app.store.sides import WriterSides
from app.store.soundness import Rules, Subject
from app.store.story_queue import QueueWriter
from app.store.story_write import StoryWriter


class Writer(WriterSides):
    """One write transaction (made by `Store.writing`). `visible` says whether a reader could see a difference."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.visible = False

    @property
    def stories(self) -> StoryWriter:
        """Which headlines tell the same event."""
        return StoryWriter(self._connection, self._show)

    @property
    def linking(self) -> QueueWriter:
        """The queue of headlines that wait for the linker."""
        return QueueWriter(self._connection)

    def _show(self) -> None:
        self.visible = True

    def remake_keys(self, after: int, make: keys.Make) -> tuple[int, int]:
        """Make the keys of the next headlines with numbers above `after` anew; the last one's number, and how many they
        are: 0 at the end."""
        last, n, changed = keys.remake(self._connection, after, make)
        self.visible |= changed
        return last, n

    def note_key_versions(self, made: Mapping[str, int]) -> None:
        """Write down that all keys are of these versions (name -> version)."""
        keys.note(self._connection, made)

    def begin_index(self) -> None:
        """Forget the index of titles; `build_index` makes it anew."""
        title_index.begin_anew(self._connection)
        self.visible = True

    def build_index(self, spelling: Spelling) -> int:
        """Bring the next headlines into an index in the making; how many they were, 0 when it is done."""
        n = title_index.build(self._connection, keys.CHUNK, spelling)
        self.visible |= n > 0
        return n

    def put(self, batch: Batch) -> tuple[ItemResult, ...]:
        """Store a batch. One result per headline, then one per article, in the order of the batch; rejections are kept
        and give none. Putting the same batch again changes nothing but the time of its sightings."""
        origin_id = origin_number(self._connection, batch.origin, batch.format)
        domains = {h.draft.outlet for h in batch.headlines} | {a.outlet for a in batch.articles}
        outlets, renamed = outlet_numbers(self._connection, domains, batch.outlets)
        results = self._put_headlines(batch, outlets, origin_id)
        written = articles.put(self._connection, batch.articles, outlets, origin_id, batch.at)
        quarantine.keep(self._connection, batch, origin_id)
        results += written
        self.visible |= renamed or any(result.outcome is not Outcome.DUPLICATE for result in results)
        return tuple(results)

    def mend(self, subject: Subject, rules: Rules, after: Any) -> None:
        """Derive a part of what is derived again (`app.store.soundness`)."""
        subject.mend(self._connection, rules, after)
        self.visible = True

    def release(self, numbers: Iterable[int]) -> None:
        """Take rejections out of quarantine: they are understood now, and what became of them is in the same
        transaction."""
        quarantine.release(self._connection, numbers)

    def _put_headlines(self, batch: Batch, outlets: dict[str, int], origin_id: int) -> list[ItemResult]:
        met = meet(batch.headlines, known_to(self._connection, batch.headlines), outlets)
        rows.number(self._connection, met.fresh, newest_first=batch.newest_first)
        change = digests.compare(self._connection, batch.headlines, met.known)
        placed = change.headline_ids()
        plain = [k for k in met.fresh if k.id not in placed]  # nearly all: new, and listed under their own days only
        moves = self._moves(met, change, placed)
        indexed = self._indexed(met, moves)
        indexed.after |= {k.id: (k.title, only(k.day)) for k in plain}
        terms = title_index.keep(self._connection, indexed, batch.spelling)
        rows.write(self._connection, met.fresh, met.old, origin_id, batch.at, terms)
        self.visible |= rows.sight(self._connection, met.fresh, met.old, origin_id, batch.at)
        if change.after:
            digests.ensure(self._connection, {day for day, _ in change.after}, origin_id, batch.at)
            digests.replace(self._connection, change)
            self.visible = True
        counts.add(self._connection, counts.difference(moves, ((k.day, k.language, k.outlet_id) for k in plain)))
        story_arrivals.keep(self._connection, met.fresh, met.old, batch.at)
        return [
            _result(headline, known, outcome, change)
            for headline, known, outcome in zip(batch.headlines, met.known, met.outcomes, strict=True)
        ]

    def _moves(self, met: "Meeting", change: DigestChange, placed: set[int]) -> list[Move]:
        """Where the headlines that the batch touches were listed before, and are from now on: the stored ones, and new
        ones that are `placed` in a digest."""
        moved = {k.id: k for k in met.old if not k.hidden and (k.id in placed or k.was != (k.day, k.language))}
        carried = digests.carrying(self._connection, moved.keys() | placed) if moved or placed else {}
        after = {headline_id: set(places) - change.after.keys() for headline_id, places in carried.items()}
        for place, column in change.after.items():
            for _, _, headline_id in column:
                after.setdefault(headline_id, set()).add(place)
        moves = [
            Move(k.id, k.outlet_id, set(), listed_under((k.day, k.language), after.get(k.id, ())), k.day)
            for k in met.fresh
            if k.id in placed
        ]
        strangers = rows.places(self._connection, placed - moved.keys() - {move.headline_id for move in moves})
        touched = [(k.id, k.was, (k.day, k.language), k.outlet_id) for k in moved.values()] + strangers
        for headline_id, was, now, outlet_id in touched:
            before = listed_under(was or now, carried.get(headline_id, ()))
            own = (was or now)[0]
            moves.append(
                Move(headline_id, outlet_id, before, listed_under(now, after.get(headline_id, ())), now[0], own)
            )
        return moves

    def _indexed(self, met: "Meeting", moves: Iterable[Move]) -> title_index.Change:
        """What the index of titles has to learn of `moves`, and other titles."""
        change = title_index.Change()
        edited = {known.id: known for known in met.old if known.edits and not known.hidden}
        days = {move.headline_id: move for move in moves}
        new = {known.id: known for known in met.fresh if known.id in days} if days else {}
        old = title_index.titles(self._connection, edited.keys() | (days.keys() - new.keys()))
        for known in new.values():
            change.after[known.id] = (known.title, days[known.id].days_after)
        still = digests.carrying(self._connection, edited.keys() - days.keys()) if edited else {}
        for headline_id, title in old.items():
            known_edit = edited.get(headline_id)
            now = known_edit.title if known_edit else title
            if headline_id in days:
                was_on, is_on = days[headline_id].days_before, days[headline_id].days_after
            else:
                assert known_edit is not None
                was_on = is_on = frozenset({known_edit.day, *(day for day, _ in still.get(headline_id, ()))})
            if now != title or was_on != is_on:
                change.before[headline_id], change.after[headline_id] = (title, was_on), (now, is_on)
        return change


@lru_cache(maxsize=1024)
def only(day: date) -> frozenset[date]:
    """The days of a headline that no digest carries."""
    return frozenset((day,))


@dataclass(slots=True)
class Meeting:
    """The headlines of a batch, each with the one that the store has or gets: `known` and `outcomes` go with the batch;
    `fresh` are the new ones, `old` the stored ones, each once."""

    known: list[Known]
    outcomes: list[Outcome]
    fresh: list[Known]
    old: list[Known]


def meet(headlines: Sequence[Headline], register: Register, outlets: dict[str, int]) -> Meeting:
    """Let every headline of a batch meet what is known, one after the other."""
    met = Meeting([], [], [], [])
    seen: set[int] = set()
    for headline in headlines:
        known = register.find(headline)
        if known is None:
            known = Known.new(headline, outlets[headline.draft.outlet])
            register.add(known)
            met.fresh.append(known)
            outcome = Outcome.ADDED
        else:
            had_url, title_key = known.url_key, known.title_key
            outcome = Outcome.UPDATED if absorb(known, headline) else Outcome.DUPLICATE
            if (known.url_key, known.title_key) != (had_url, title_key):
                register.add(known)
            if known.id and known.id not in seen:
                seen.add(known.id)
                met.old.append(known)
        met.known.append(known)
        met.outcomes.append(outcome)
    return met


def _result(headline: Headline, known: Known, outcome: Outcome, change: DigestChange) -> ItemResult:
    place = headline.draft.place
    if outcome is Outcome.DUPLICATE and place is not None and change.moved((place.day, place.language), known.id):
        outcome = Outcome.UPDATED
    return ItemResult(
        outcome=outcome,
        title=headline.draft.title,
        outlet=headline.draft.outlet,
        language=known.language,
        day=known.day,
        rank=place.rank if place is not None else None,
        confidence=headline.confidence,
        headline_id=known.id,
    )
