"""Reading: frozen model types out of one consistent view."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, func, select, union

from app.errors import NotFound
from app.model.export import ExportRecord
from app.model.filters import TimelineFilter
from app.model.headline import Article, DigestPlace, Honesty, Reason, Rejection
from app.model.history import HeadlineHistory
from app.model.item import Item, Position
from app.model.language import COLUMNS
from app.model.near import NearTitle
from app.model.outlet import Outlet, OutletName
from app.model.quarantine import Quarantined
from app.model.search import Lookup, Sought, Word
from app.model.timeline import Found, HeadlineRow, ListedRow
from app.store import article_read, export, near, page, quarantine, sheets, volumes
from app.store.dialects import DIALECTS, listed
from app.store.history import history
from app.store.keys import versions
from app.store.listing import among, carried, lists, newest_days, newest_days_with, own
from app.store.lookup import ask_all
from app.store.memory import Memory
from app.store.registry import known_outlets
from app.store.schema import (
    headlines,
    outlets,
    rejections,
)
from app.store.sides import ReaderSides
from app.store.stories import StoryReader
from app.store.story_queue import LinkReader
from app.store.sums import NAME, ReaderSums, Words
from app.store.types import Id
from app.store.vocabulary import MOST_FOUND, look_up

_h, _o = headlines.c, outlets.c
_SHOWN = (_h.id, _h.title, _h.url, _h.language, _h.day, _h.published_at, _h.honesty, _h.host, _h.updated_at, *NAME)
_ITEM = (*_SHOWN[:9], _h.outlet_id)
_ROWS = {name: select(*_ITEM).where(_h.id.in_(listed(name, Id)), _h.hidden.is_(False)) for name in DIALECTS}
_HONESTY = {honesty.value: honesty for honesty in Honesty}


class Reader(ReaderSides, ReaderSums):
    """One read transaction (made by `Store.reading`). Everywhere: a headline is listed under its own day and under each
    day whose digest carries it, once where these are the same; without a language filter only the two columns
    (`app.model.language.COLUMNS`) count."""

    def __init__(self, connection: Connection, revision: int, memory: Memory) -> None:
        super().__init__()
        self._connection = connection
        self._revision = revision
        self._facts = memory.at(revision)
        self._rows = memory.rows
        self._names: dict[int, OutletName] = {}

    @property
    def stories(self) -> StoryReader:
        """Which headlines tell the same event."""
        return StoryReader(self._connection, self.rows)

    @property
    def linking(self) -> LinkReader:
        """What the linker of stories asks."""
        return LinkReader(self._connection)

    def revision(self) -> int:
        """The revision of what this view shows."""
        return self._revision

    def days(self, f: TimelineFilter, words: Words, limit: int) -> tuple[tuple[date, int], ...]:
        """The newest `limit` days with a matching headline, newest first, with how many are listed there."""
        if words or f.coverage:
            return tuple(newest_days_with(self._connection, f, self._finding(words), limit))
        return tuple(newest_days(self._connection, f, limit))

    def listed(
        self, f: TimelineFilter, words: Words, days: Sequence[date], per_column: int, *, fits: bool = False
    ) -> tuple[ListedRow, ...]:
        """Every matching headline listed under `days` (the filter's own since/until/before left aside): newest day
        first, then by language; in a column the digest by position, then the others newest first, at most
        `per_column`. `fits`: no column has more, so that nobody need count them off."""
        if not days:
            return ()
        if not words and len(days) <= sheets.MOST_DAYS:
            fits = fits or (len(days) == 1 and self._fits(f, days[0], per_column))
            most = None if fits else per_column
            digests = len(days) > 1 or self.has_digest(days[0])
            names = self._outlet_names()
            return tuple(sheets.listed(self._connection, f, days, most, names, self._rows, digests=digests))
        entries, others = lists(_SHOWN, f, self._finding(words), among(days), per_column)
        given = {"days": list(days)}
        rows = [
            ListedRow(row.under, row.column, row.position, self._row(row, row.rank or row.position))
            for row in self._connection.execute(entries, given).all()
        ]
        rows.sort(key=lambda row: row.position or 0)
        rows += [
            ListedRow(row.day, row.language, None, self._row(row))
            for row in self._connection.execute(others, given).all()
        ]
        return self._told(sorted(rows, key=lambda row: (-row.day.toordinal(), row.language, row.position is None)))

    def _fits(self, f: TimelineFilter, day: date, per_column: int) -> bool:
        """Whether no column of the day has more."""
        columns: Counter[str] = Counter()
        for language, _, n in self._of_day(day, f.languages or COLUMNS):
            columns[language] += n
        return max(columns.values(), default=0) <= per_column

    def _told(self, rows: Sequence[ListedRow]) -> tuple[ListedRow, ...]:
        marks = self.stories.of_headlines({row.row.id for row in rows})
        if not marks:
            return tuple(rows)
        return tuple(
            replace(row, row=replace(row.row, told=marks[row.row.id].told)) if row.row.id in marks else row
            for row in rows
        )

    def items(self, f: TimelineFilter, words: Words, after: Position | None, limit: int) -> tuple[Item, ...]:
        """The first `limit` matching headlines behind `after`, newest first, each once (see `app.store.page`)."""
        return tuple(
            Item(
                row.under,
                row.column,
                row.position,
                self._shown(row[: len(_ITEM)], row.rank or row.position),
                row.sort_at,
            )
            for row in page.rows(self._connection, _ITEM, f, self._finding(words), after, limit)
        )

    def places(self, headline_ids: Collection[int]) -> dict[int, tuple[DigestPlace, ...]]:
        """Number -> its places in digests, earliest first; absent for a headline that no digest carries."""
        return page.places(self._connection, headline_ids)

    def newer(self, f: TimelineFilter, words: Words, days: Sequence[date], after: int) -> int:
        """How many matching headlines with a number above `after` are listed under `days`, each counted once."""
        asked = self._finding(words)
        arms = (arm((_h.id,), f, asked, among(days)).where(_h.id > after) for arm in (own, carried))
        return int(self._connection.execute(select(func.count()).select_from(union(*arms).subquery())).scalar_one())

    def found(
        self, words: Words, most: int, since: date | None = None, until: date | None = None
    ) -> tuple[tuple[Found, ...], bool]:
        """Where headlines with these words are listed, newest day first, in every language; and whether the look ended
        before the archive did, because at least `most` days had something."""
        return volumes.found(self._connection, self._finding(words), since, until, most, self._outlet_names())

    def articles_of(self, day: date) -> tuple[Article, ...]:
        """The articles that `day`'s digest carries, in their order."""
        return article_read.of_day(self._connection, day) if self.has_articles(day) else ()

    def article(self, slug: str) -> Article:
        """One article. NotFound."""
        return article_read.named(self._connection, slug)

    def articles(self, limit: int, after: tuple[date, str] | None = None) -> tuple[Article, ...]:
        """The newest articles by their own date; those behind the one with this date and slug."""
        return article_read.newest(self._connection, limit, after)

    def outlets(self) -> tuple[Outlet, ...]:
        """Every outlet, by domain."""
        return self._facts.of("outlets", lambda: known_outlets(self._connection))

    def headline(self, headline_id: int) -> HeadlineRow:
        """One headline. NotFound."""
        question = (
            select(*_SHOWN).join(outlets, _o.id == _h.outlet_id).where(_h.id == headline_id, _h.hidden.is_(False))
        )
        row = self._connection.execute(question).one_or_none() if 0 < headline_id < 2**63 else None
        if row is None:
            raise NotFound(f"There is no headline {headline_id}.", kind="headline", key=str(headline_id))
        return self._row(row)

    def rows(self, headline_ids: Iterable[int]) -> tuple[HeadlineRow, ...]:
        """These headlines, as many of them as there are, in no order."""
        return tuple(self._shown(row) for row in ask_all(self._connection, _ROWS, set(headline_ids)))

    def history(self, headline_id: int) -> HeadlineHistory:
        """One headline with its edits and sightings. NotFound."""
        return history(self._connection, self.headline(headline_id))

    def near(self, headline_id: int, keys: near.Keys) -> tuple[NearTitle, tuple[NearTitle, ...]]:
        """One headline, and those that may be its near-duplicates (`app.dedupe.near.near` says which are), by the keys
        that `keys` makes of a folded title. NotFound."""
        self.headline(headline_id)
        (own,) = near.titles(self._connection, [headline_id])
        return own, near.candidates(self._connection, own, keys)

    def key_versions(self) -> dict[str, int]:
        """With which versions of their rules the keys were made, by name; empty for a store older than that."""
        return versions(self._connection)

    def rejections(self, limit: int) -> tuple[Rejection, ...]:
        """What could not be taken in, newest first."""
        rows = self._connection.execute(select(rejections).order_by(rejections.c.id.desc()).limit(limit))
        return tuple(Rejection(row.raw, Reason(row.reason), row.detail, row.format) for row in rows)

    def last_rejection(self) -> int:
        """The highest number in quarantine, 0 where there is nothing."""
        return quarantine.last(self._connection)

    def quarantined(self, after: int, until: int) -> tuple[Quarantined, ...]:
        """The next rejections by number above `after` and up to `until`, so many as memory allows; none at the end."""
        return quarantine.page(self._connection, after, until)

    def export(self, since: date | None = None, until: date | None = None, chunk: int = 1000) -> Iterator[ExportRecord]:
        """Every headline and article of the days `since` to `until` (inclusive; of ExportRecord.day), by day: the
        digest by language and position, the other headlines by language and time, the articles. Memory is bounded by
        `chunk`."""
        return export.records(self._connection, since, until, chunk)

    def titles(self, f: TimelineFilter, words: Sought, limit: int) -> tuple[tuple[int, str], ...]:
        """Numbers and titles of the newest headlines that match, each once."""
        return tuple(page.titles(self._connection, f, self._finding(words), limit))

    def look_up(self, asked: Lookup, most: int = MOST_FOUND) -> tuple[Word, ...]:
        """The words of titles that `asked` is about, the most frequent first; at most `most` of a beginning."""
        return look_up(self._connection, asked, most)

    def _shown(self, row: Sequence[Any], rank: int | None = None) -> HeadlineRow:
        """A headline of _ITEM's columns."""
        number, title, url, language, day, published_at, honesty, host, updated_at, outlet_id = row
        name, shown = self._outlet_names()[outlet_id], _HONESTY[honesty]
        return HeadlineRow(number, title, url, language, day, published_at, shown, name, rank, host, updated_at)

    def _row(self, row: Any, rank: int | None = None) -> HeadlineRow:
        return HeadlineRow(
            row.id,
            row.title,
            row.url,
            row.language,
            row.day,
            row.published_at,
            _HONESTY[row.honesty],
            self._name(row),
            rank,
            row.host,
            row.updated_at,
        )

    def _name(self, row: Row[Any]) -> OutletName:
        name = self._names.get(row.outlet_id)
        if name is None:
            name = self._names[row.outlet_id] = OutletName(row.domain, row.name_en, row.name_mn)
        return name
