"""How much was printed, when and by whom, for pages: from the kept counts, and what is the same for every reader of a
revision asked for once."""

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    Select,
    bindparam,
    exists,
    func,
    literal_column,
    select,
    union_all,
)

from app.model.filters import TimelineFilter
from app.model.language import COLUMNS
from app.model.outlet import OutletName
from app.model.search import NOTHING, Sought
from app.model.timeline import LanguageShare, OutletCount
from app.store import volumes
from app.store.finding import Archive, Finding
from app.store.listing import among, tally, within
from app.store.memory import Facts
from app.store.prepared import Prepared
from app.store.schema import day_counts, digest_articles, digest_entries, headlines, outlets
from app.store.spans import archive

V = TypeVar("V")
Words = Sought | tuple[()]
"""What is searched for (`app.timeline.seek`); nothing where it is empty."""

MONTH = 31
"""Days of the longest span whose counts are remembered."""

_o, _c, _h = outlets.c, day_counts.c, headlines.c
NAME = (_o.id.label("outlet_id"), _o.domain, _o.name_en, _o.name_mn)
_ALL_NAMES = Prepared(select(*NAME))
_asked = bindparam("asked", None, Date())


def _mark(n: int, column: ColumnElement[date]) -> Select[Any]:
    """A row of no language with `n`, where a table has anything of the day."""
    columns: tuple[ColumnElement[Any], ...] = tuple(map(literal_column, ("''", "0", str(n))))
    return select(*columns).where(exists(select(column).where(column == _asked)))


_DIGEST, _ARTICLES = 1, 2
_OF_DAY = Prepared(
    union_all(
        select(_c.language, _c.outlet_id, _c.n).where(_c.day == _asked),
        _mark(_DIGEST, digest_entries.c.day),
        _mark(_ARTICLES, digest_articles.c.day),
    )
)
_LAST_ID = Prepared(select(func.coalesce(func.max(_h.id), 0)))
_first, _last = (bindparam(name, None, Date()) for name in ("first", "last"))
_SPAN = _c.day.between(_first, _last)
_MONTH = Prepared(
    select(_c.day, func.sum(_c.n)).where(_SPAN, _c.language.in_(COLUMNS)).group_by(_c.day).order_by(_c.day)
)
_OTHERS = Prepared(
    select(_c.language, func.sum(_c.n))
    .where(_SPAN, _c.language.not_in(COLUMNS))
    .group_by(_c.language)
    .order_by(func.sum(_c.n).desc(), _c.language)
)
_ONE_DAY = select(_c.day).where(_c.language.in_(COLUMNS)).limit(1)
_AROUND = Prepared(
    select(
        _ONE_DAY.where(_c.day < _asked).order_by(_c.day.desc()).scalar_subquery(),
        _ONE_DAY.where(_c.day > _asked).order_by(_c.day).scalar_subquery(),
    )
)


class ReaderSums:
    """Base of `Reader`."""

    _connection: Connection
    _facts: Facts

    def __init__(self) -> None:
        self._days: dict[date, list[tuple[str, int, int]]] = {}

    def fact(self, about: Hashable, ask: Callable[[], V]) -> V:
        """What `ask` says, asked once for all readers of this revision; `about` names it and all that it depends on."""
        return self._facts.of(about, ask)

    def last_id(self) -> int:
        """The number of the newest headline, 0 while there is none. Numbers only rise: one above it came later."""
        return int(_LAST_ID.rows(self._connection)[0][0])

    def column_totals(self, f: TimelineFilter, words: Words, days: Sequence[date]) -> dict[tuple[date, str], int]:
        """(day, language) -> how many matching headlines are listed there; absent means none."""
        totals: Counter[tuple[date, str]] = Counter()
        if len(days) == 1 and not (words or f.coverage or f.outlets):
            for language, _, n in self._of_day(days[0], f.languages or COLUMNS):
                totals[days[0], language] += n
            return dict(totals)
        for (day, language, _), n in tally(self._connection, f, self._finding(words), among(days)).items():
            totals[day, language] += n
        return dict(totals)

    def outlet_counts(self, f: TimelineFilter, words: Words, since: date, until: date) -> tuple[OutletCount, ...]:
        """Matching headlines per outlet listed from `since` to `until` (inclusive), most first, the filter's outlets
        left aside; those it chooses are always there."""
        names = self._outlet_names()
        counted = {names[number]: n for number, n in self._per_outlet(f.but(outlets=()), words, since, until).items()}
        chosen = self.names(f.outlets)
        for domain in f.outlets:
            counted.setdefault(chosen.get(domain, OutletName(domain, domain, domain)), 0)
        ranked = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0].domain))
        return tuple(OutletCount(name, n, chosen=name.domain in f.outlets) for name, n in ranked)

    def other_languages(self, since: date, until: date) -> tuple[tuple[str, int], ...]:
        """(code, headlines listed) of the languages without a column, `since` to `until` (inclusive), most first."""
        return self._facts.of(
            ("other languages", since, until),
            lambda: tuple((code, int(n)) for code, n in _OTHERS.rows(self._connection, first=since, last=until)),
        )

    def month_counts(self, first: date, last: date) -> Mapping[date, int]:
        """Day -> headlines listed in the two columns, for days from `first` to `last` that have any."""

        def ask() -> dict[date, int]:
            return {day: int(n) for day, n in _MONTH.rows(self._connection, first=first, last=last)}

        return self._facts.of(("month", first, last), ask) if (last - first).days < MONTH else ask()

    def volumes(self, since: date, until: date, outlet: str | None = None) -> dict[tuple[date, str], int]:
        """(day, column) -> headlines listed there from `since` to `until` (inclusive), in every language, of one outlet
        (a domain) or of all; absent means none."""
        return volumes.per_day(self._connection, since, until, outlet)

    def shares(self, outlet: str) -> tuple[LanguageShare, ...]:
        """What an outlet (a domain) printed in each language, most first; nothing for one that printed nothing."""
        return self._facts.of(("shares", outlet), lambda: volumes.shares(self._connection, outlet))

    def neighbours(self, day: date) -> tuple[date | None, date | None]:
        """The nearest earlier and later days with a headline in the two columns."""

        def ask() -> tuple[date | None, date | None]:
            ((previous, following),) = _AROUND.rows(self._connection, asked=day)
            return previous, following

        return self._facts.of(("neighbours", day), ask)

    def names(self, domains: Iterable[str]) -> dict[str, OutletName]:
        """Domain -> name, for those that the store knows."""
        wanted = set(domains)
        if not wanted:
            return {}
        known = self._facts.of("domains", lambda: {name.domain: name for name in self._outlet_names().values()})
        return {domain: known[domain] for domain in wanted if domain in known}

    def _outlet_names(self) -> Mapping[int, OutletName]:
        """Number of an outlet -> its name."""
        return self._facts.of(
            "names", lambda: {number: OutletName(*name) for number, *name in _ALL_NAMES.rows(self._connection)}
        )

    def _per_outlet(self, f: TimelineFilter, words: Words, since: date, until: date) -> Mapping[int, int]:
        """Number of an outlet -> matching headlines; absent for none."""
        if since == until and not (words or f.coverage):
            return _summed((number, n) for _, number, n in self._of_day(since, f.languages or COLUMNS))

        def ask() -> Mapping[int, int]:
            found = tally(self._connection, f, self._finding(words), within(since, until))
            return _summed((number, n) for (_, _, number), n in found.items())

        same = not (words or f.coverage or f.languages)
        return self._facts.of(("per outlet", since, until), ask) if same else ask()

    def _of_day(self, day: date, languages: Collection[str]) -> list[tuple[str, int, int]]:
        """(column, outlet's number, headlines) of a day, of which a page wants to know several things."""
        found = self._days.get(day)
        if found is None:
            rows = _OF_DAY.raw(self._connection, asked=day)
            found = self._days[day] = [(language, number, n) for language, number, n in rows]
        return [row for row in found if row[0] in languages]

    def _has(self, day: date, what: int) -> bool:
        """Whether a day has a digest (_DIGEST), or articles (_ARTICLES)."""
        return any(n == what for _, _, n in self._of_day(day, ("",)))

    def has_digest(self, day: date) -> bool:
        """Whether the day's digest carries a headline."""
        return self._has(day, _DIGEST)

    def has_articles(self, day: date) -> bool:
        """Whether the day's digest carries an article."""
        return self._has(day, _ARTICLES)

    def _finding(self, words: Words) -> Finding:
        def ask() -> Archive | None:
            return archive(self._connection)

        return Finding(
            words or NOTHING,
            self._connection.dialect.name == "sqlite",
            lambda: self._facts.of("archive", ask),
        )


def _summed(pairs: Iterable[tuple[int, int]]) -> Mapping[int, int]:
    totals: Counter[int] = Counter()
    for number, n in pairs:
        totals[number] += n
    return totals
