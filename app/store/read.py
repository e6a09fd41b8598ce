"""Reading: frozen model types out of one consistent view."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select, union

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
from app.model.search import NOTHING, Lookup, Sought, Word
from app.model.timeline import Found, HeadlineRow, LanguageShare, ListedRow, OutletCount
from app.store import article_read, export, near, page, quarantine, volumes
from app.store.finding import Finding
from app.store.history import history
from app.store.keys import versions
from app.store.listing import among, carried, lists, newest_days, newest_days_with, own, tally, within
from app.store.lookup import KEYS, ask
from app.store.registry import known_outlets
from app.store.schema import (
    day_counts,
    digest_entries,
    headlines,
    outlets,
    rejections,
)
from app.store.sides import ReaderSides
from app.store.stories import StoryReader
from app.store.story_queue import LinkReader
from app.store.vocabulary import MOST_FOUND, look_up

_h, _e, _o, _c = headlines.c, digest_entries.c, outlets.c, day_counts.c
_NAME = (_o.id.label("outlet_id"), _o.domain, _o.name_en, _o.name_mn)
_SHOWN = (_h.id, _h.title, _h.url, _h.language, _h.day, _h.published_at, _h.honesty, _h.host, _h.updated_at, *_NAME)
Words = Sought | tuple[()]
"""What is searched for (`app.timeline.seek`); nothing where it is empty."""
_LAST_ID = select(func.coalesce(func.max(_h.id), 0))
_SPAN = _c.day.between(bindparam("first"), bindparam("last"))
_MONTH = select(_c.day, func.sum(_c.n)).where(_SPAN, _c.language.in_(COLUMNS)).group_by(_c.day).order_by(_c.day)
_OTHERS = (
    select(_c.language, func.sum(_c.n))
    .where(_SPAN, _c.language.not_in(COLUMNS))
    .group_by(_c.language)
    .order_by(func.sum(_c.n).desc(), _c.language)
)
_ONE_DAY = select(_c.day).where(_c.language.in_(COLUMNS)).limit(1)
_AROUND = select(
    _ONE_DAY.where(_c.day < bindparam("asked")).order_by(_c.day.desc()).scalar_subquery(),
    _ONE_DAY.where(_c.day > bindparam("asked")).order_by(_c.day).scalar_subquery(),
)
_BY_ID = select(*_NAME).where(_o.id.in_(KEYS))
_BY_DOMAIN = select(*_NAME).where(_o.domain.in_(KEYS))
_ROWS = select(*_SHOWN).join(outlets, _o.id == _h.outlet_id).where(_h.id.in_(KEYS), _h.hidden.is_(False))
_HONESTY = {honesty.value: honesty for honesty in Honesty}


class Reader(ReaderSides):
    """One read transaction (made by `Store.reading`). Everywhere: a headline is listed under its own day and under each
    day whose digest carries it, once where these are the same; without a language filter only the two columns
    (`app.model.language.COLUMNS`) count."""

    def __init__(self, connection: Connection, revision: int) -> None:
        self._connection = connection
        self._revision = revision
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

    def listed(self, f: TimelineFilter, words: Words, days: Sequence[date], per_column: int) -> tuple[ListedRow, ...]:
        """Every matching headline listed under `days` (the filter's own since/until/before left aside): newest day
        first, then by language; in a column the digest by position, then the others newest first, at most
        `per_column`."""
        if not days:
            return ()
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
        return tuple(sorted(rows, key=lambda row: (-row.day.toordinal(), row.language, row.position is None)))

    def items(self, f: TimelineFilter, words: Words, after: Position | None, limit: int) -> tuple[Item, ...]:
        """The first `limit` matching headlines behind `after`, newest first, each once (see `app.store.page`)."""
        return tuple(
            Item(row.under, row.column, row.position, self._row(row, row.rank or row.position), row.sort_at)
            for row in page.rows(self._connection, _SHOWN, f, self._finding(words), after, limit)
        )

    def places(self, headline_ids: Iterable[int]) -> dict[int, tuple[DigestPlace, ...]]:
        """Number -> its places in digests, earliest first; absent for a headline that no digest carries."""
        return page.places(self._connection, headline_ids)

    def last_id(self) -> int:
        """The number of the newest headline, 0 while there is none. Numbers only rise: one above it came later."""
        return int(self._connection.execute(_LAST_ID).scalar_one())

    def newer(self, f: TimelineFilter, words: Words, days: Sequence[date], after: int) -> int:
        """How many matching headlines with a number above `after` are listed under `days`, each counted once."""
        asked = self._finding(words)
        arms = (arm((_h.id,), f, asked, among(days)).where(_h.id > after) for arm in (own, carried))
        return int(self._connection.execute(select(func.count()).select_from(union(*arms).subquery())).scalar_one())

    def column_totals(self, f: TimelineFilter, words: Words, days: Sequence[date]) -> dict[tuple[date, str], int]:
        """(day, language) -> how many matching headlines are listed there; absent means none."""
        totals: Counter[tuple[date, str]] = Counter()
        for (day, language, _), n in tally(self._connection, f, self._finding(words), among(days)).items():
            totals[day, language] += n
        return dict(totals)

    def outlet_counts(self, f: TimelineFilter, words: Words, since: date, until: date) -> tuple[OutletCount, ...]:
        """Matching headlines per outlet listed from `since` to `until` (inclusive), most first, the filter's outlets
        left aside; those it chooses are always there."""
        totals: Counter[int] = Counter()
        asked = self._finding(words)
        for (_, _, outlet_id), n in tally(self._connection, f.but(outlets=()), asked, within(since, until)).items():
            totals[outlet_id] += n
        counted = {self._name(row): n for row in self._outlets_by(_o.id, totals) for n in [totals[row.outlet_id]]}
        chosen = self.names(f.outlets)
        for domain in f.outlets:
            counted.setdefault(chosen.get(domain, OutletName(domain, domain, domain)), 0)
        ranked = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0].domain))
        return tuple(OutletCount(name, n, chosen=name.domain in f.outlets) for name, n in ranked)

    def other_languages(self, since: date, until: date) -> tuple[tuple[str, int], ...]:
        """(code, headlines listed) of the languages without a column, `since` to `until` (inclusive), most first."""
        found = self._connection.execute(_OTHERS, {"first": since, "last": until})
        return tuple((code, int(total)) for code, total in found)

    def month_counts(self, first: date, last: date) -> dict[date, int]:
        """Day -> headlines listed in the two columns, for days from `first` to `last` that have any."""
        rows = self._connection.execute(_MONTH, {"first": first, "last": last}).all()
        return {day: int(n) for day, n in rows}

    def volumes(self, since: date, until: date, outlet: str | None = None) -> dict[tuple[date, str], int]:
        """(day, column) -> headlines listed there from `since` to `until` (inclusive), in every language, of one outlet
        (a domain) or of all; absent means none."""
        return volumes.per_day(self._connection, since, until, outlet)

    def shares(self, outlet: str) -> tuple[LanguageShare, ...]:
        """What an outlet (a domain) printed in each language, most first; nothing for one that printed nothing."""
        return volumes.shares(self._connection, outlet)

    def found(
        self, words: Words, most: int, since: date | None = None, until: date | None = None
    ) -> tuple[tuple[Found, ...], bool]:
        """Where headlines with these words are listed, newest day first, in every language; and whether the look ended
        before the archive did, because at least `most` days had something."""
        return volumes.found(self._connection, self._finding(words), since, until, most)

    def neighbours(self, day: date) -> tuple[date | None, date | None]:
        """The nearest earlier and later days with a headline in the two columns."""
        previous, following = self._connection.execute(_AROUND, {"asked": day}).one()
        return previous, following

    def articles_of(self, day: date) -> tuple[Article, ...]:
        """The articles that `day`'s digest carries, in their order."""
        return article_read.of_day(self._connection, day)

    def article(self, slug: str) -> Article:
        """One article. NotFound."""
        return article_read.named(self._connection, slug)

    def articles(self, limit: int, after: tuple[date, str] | None = None) -> tuple[Article, ...]:
        """The newest articles by their own date; those behind the one with this date and slug."""
        return article_read.newest(self._connection, limit, after)

    def outlets(self) -> tuple[Outlet, ...]:
        """Every outlet, by domain."""
        return known_outlets(self._connection)

    def names(self, domains: Iterable[str]) -> dict[str, OutletName]:
        """Domain -> name, for those that the store knows."""
        return {row.domain: self._name(row) for row in self._outlets_by(_o.domain, domains)}

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
        return tuple(self._row(row) for row in ask(self._connection, _ROWS, headline_ids))

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

    def _finding(self, words: Words) -> Finding:
        return Finding(words or NOTHING, self._connection.dialect.name == "sqlite")

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

    def _outlets_by(self, column: Any, keys: Iterable[Any]) -> Iterator[Row[Any]]:
        return ask(self._connection, _BY_ID if column is _o.id else _BY_DOMAIN, keys)
