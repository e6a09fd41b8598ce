"""The questions behind every list: which headlines are listed under which day, and how many.

A headline is listed under its own day (`own`) unless that day's digest carries it, and under each day whose digest does
(`carried`); see `app.store.counts`. Both arms take the same filter.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    Date,
    Select,
    bindparam,
    exists,
    func,
    select,
    union_all,
)

from app.model.filters import TimelineFilter
from app.model.language import COLUMNS
from app.model.search import NOTHING
from app.model.story import Covered
from app.store.counts import Counts
from app.store.finding import LATER, PLACE, Days, Finding
from app.store.places import COLUMN, ORDINAL, can_say, places
from app.store.prepared import Prepared
from app.store.schema import day_counts, digest_entries, headlines, outlets
from app.store.spans import spans
from app.store.story_coverage import covered

Words = Finding
"""What is searched for; nothing where it is false."""
When = Days
"""The days that a question is about."""
Default = Sequence[str] | None
"""The columns that a filter without languages means; None for all there are."""

WANTED = 250
"""Headlines of a search that a page or a part of a list needs, give or take."""

QUESTIONS = 256
"""Questions without words that are kept built, for as many filters. To build one costs four times what it takes to ask
it (the neighbours of a day: 130 µs, kept 30)."""

_h, _e, _c, _o = headlines.c, digest_entries.c, day_counts.c, outlets.c

_RANGE = {
    "since": _c.day >= bindparam("since", None, Date()),
    "until": _c.day <= bindparam("until", None, Date()),
    "before": _c.day < bindparam("before", None, Date()),
}

_seen = _h.hidden.is_(False)
_not_in_its_days_digest = ~exists().where(_e.headline_id == _h.id, _e.day == _h.day)


def own(
    columns: Sequence[ColumnElement[Any]],
    f: TimelineFilter,
    words: Words,
    when: When,
    default: Default = COLUMNS,
    *,
    digests: bool = True,
) -> Select[Any]:
    """`columns` of the headlines that match and are listed under their own day; without `digests` none of these days
    has one, and nobody need look."""
    question = select(*columns).where(when(_h.day), _seen, *_matching(f, words, _h.language, when, default))
    return question.where(_not_in_its_days_digest) if digests else question


def carried(
    columns: Sequence[ColumnElement[Any]], f: TimelineFilter, words: Words, when: When, default: Default = COLUMNS
) -> Select[Any]:
    """`columns` of the headlines that match and are listed by a day's digest, joined to its entries."""
    return (
        select(*columns)
        .select_from(digest_entries.join(headlines, _e.headline_id == _h.id))
        .where(when(_e.day), _seen, *_matching(f, words, _e.language, when, default))
    )


def _matching(
    f: TimelineFilter, words: Words, column: ColumnElement[str], when: When, default: Default
) -> Iterator[ColumnElement[bool]]:
    yield from _narrowed(f, column, default)
    if words:
        yield from words.conditions(when)


def _narrowed(f: TimelineFilter, column: ColumnElement[str], default: Default) -> Iterator[ColumnElement[bool]]:
    languages = f.languages or default
    if languages is not None:
        yield column.in_(languages)
    if f.outlets:
        yield _h.outlet_id.in_(_numbers(f))
    if f.coverage:
        yield covered(Covered(f.coverage), column)


def _numbers(f: TimelineFilter) -> Select[tuple[int]]:
    return select(func.coalesce(_o.merged_into, _o.id)).where(_o.domain.in_(f.outlets))


def _kept(f: TimelineFilter, default: Default = COLUMNS) -> Iterator[ColumnElement[bool]]:
    """The same conditions on the kept counts."""
    languages = f.languages or default
    if languages is not None:
        yield _c.language.in_(languages)
    if f.outlets:
        yield _c.outlet_id.in_(_numbers(f))


def tally(connection: Connection, f: TimelineFilter, words: Words, when: When, *, columns: Default = COLUMNS) -> Counts:
    """How many match, by (day, column, outlet's number); `columns` are those of a filter without languages. Without
    words and coverage the kept counts say it."""
    if not words and not f.coverage:
        kept = _counted(
            _KeptFilter(f.languages, f.outlets, None if columns is None else tuple(columns)), when.days is None
        )
        rows = connection.execute(kept, {"days": when.days, "first": when.first, "last": when.last}).all()
        return Counter({(day, language, outlet_id): n for day, language, outlet_id, n in rows})
    if can_say(words):
        return _tally_of_places(connection, f, words, when, columns)
    total: Counts = Counter()
    mine, its = (_h.day, _h.language, _h.outlet_id), (_e.day, _e.language, _h.outlet_id)
    for question in (
        own((*mine, func.count()), f, words, when, columns).group_by(*mine),
        carried((*its, func.count()), f, words, when, columns).group_by(*its),
    ):
        for day, language, outlet_id, n in connection.execute(question):
            total[day, language, outlet_id] += n
    return total


def _tally_of_places(connection: Connection, f: TimelineFilter, words: Words, when: When, default: Default) -> Counts:
    counted = (ORDINAL, COLUMN, _h.outlet_id)
    question = places((*counted, func.count()), words, when).where(*_narrowed(f, COLUMN, default)).group_by(*counted)
    days = lru_cache(maxsize=None)(date.fromordinal)
    return Counter({(days(day), column, outlet_id): n for day, column, outlet_id, n in connection.execute(question)})


def titles(
    connection: Connection, f: TimelineFilter, words: Words, when: When, limit: int
) -> list[tuple[date, int, str]]:
    """(day, number, title) of the headlines that match, `limit` of the newest at least, by day and number, the newest
    first."""
    if can_say(words):
        question = places((ORDINAL, _h.id, _h.title), words, when).where(*_narrowed(f, COLUMN, COLUMNS))
        rows = connection.execute(question.order_by(PLACE.desc()).limit(limit))
        return [(date.fromordinal(day), number, title) for day, number, title in rows]
    found = [
        (day, number, title)
        for arm, on in ((own, _h.day), (carried, _e.day))
        for day, number, title in connection.execute(
            arm((on, _h.id, _h.title), f, words, when).order_by(on.desc(), _h.id.desc()).limit(limit)
        )
    ]
    return sorted(found, reverse=True)


@dataclass(frozen=True, slots=True)
class _KeptFilter:
    """What of a filter the kept counts can tell apart, and the columns of one without languages."""

    languages: tuple[str, ...]
    outlets: tuple[str, ...]
    default: tuple[str, ...] | None


@lru_cache(maxsize=QUESTIONS)
def _counted(f: _KeptFilter, span: bool) -> Select[Any]:
    """The kept counts of a `span` of days (`first` to `last`), or of `days`."""
    asked = TimelineFilter(languages=f.languages, outlets=f.outlets)
    listed_on = _c.day.between(bindparam("first"), bindparam("last")) if span else LATER(_c.day)
    return select(_c.day, _c.language, _c.outlet_id, _c.n).where(*_kept(asked, f.default), listed_on)


def newest_days(connection: Connection, f: TimelineFilter, limit: int) -> list[tuple[date, int]]:
    """The newest days of the filter's range with how many are listed there, words left aside."""
    given = {name: day for name in _RANGE if (day := getattr(f, name))}
    rows = _newest_days(TimelineFilter(f.languages, f.outlets), frozenset(given), limit).rows(connection, **given)
    return [(day, int(n)) for day, n in rows]


@lru_cache(maxsize=QUESTIONS)
def _newest_days(f: TimelineFilter, given: Collection[str], limit: int) -> Prepared:
    """For the columns and outlets of `f`; `given` names the ends of its range that are known when it is asked."""
    question = select(_c.day, func.sum(_c.n)).where(*_kept(f), *_in_range(given))
    if f.outlets:
        question = question.where(_c.day.in_(_newest_days_of_each_outlet(f, given, limit)))
    return Prepared(question.group_by(_c.day).order_by(_c.day.desc()).limit(limit))


def _in_range(given: Collection[str]) -> Iterator[ColumnElement[bool]]:
    return (condition for name, condition in _RANGE.items() if name in given)


def _newest_days_of_each_outlet(f: TimelineFilter, given: Collection[str], limit: int) -> CompoundSelect[tuple[date]]:
    """The newest days of several outlets are among the newest days of each: each is read from its index and stops
    early, so that the cost does not grow with the archive (measured at a million headlines: five outlets 1.0 ms,
    without it 13)."""
    in_columns = _c.language.in_(f.languages or COLUMNS)
    each = [
        select(_c.day)
        .where(
            _c.outlet_id == select(func.coalesce(_o.merged_into, _o.id)).where(_o.domain == domain).scalar_subquery(),
            in_columns,
            *_in_range(given),
        )
        .group_by(_c.day)
        .order_by(_c.day.desc())
        .limit(limit)
        .subquery()
        for domain in f.outlets
    ]
    return union_all(*(select(days.c.day) for days in each))


def newest_days_with(connection: Connection, f: TimelineFilter, words: Words, limit: int) -> list[tuple[date, int]]:
    """The same for headlines with these words, or of this coverage: a rare word is looked up in the whole archive at
    once, for a common one ever larger blocks of days are looked through."""
    found: list[tuple[date, int]] = []
    for first, last in spans(connection, f, words, WANTED):
        totals: Counter[date] = Counter()
        for (day, _, _), n in tally(connection, f, words, within(first, last)).items():
            totals[day] += n
        found += sorted(totals.items(), reverse=True)
        if len(found) >= limit:
            break
    return found[:limit]


def within(since: date, until: date) -> When:
    """From `since` to `until`, both included."""
    return Days(since, until)


def among(days: Sequence[date]) -> When:
    """One of these days."""
    return Days(min(days, default=date.max), max(days, default=date.min), tuple(days))


def lists(
    columns: tuple[ColumnElement[Any], ...], f: TimelineFilter, words: Words, when: When, per_column: int
) -> tuple[Select[Any], Select[Any]]:
    """`columns`, of `headlines` and `outlets`, of what digests list (with `under`, `column`, `position`, `rank`) and of
    the newest others; `words` may be nothing."""
    if not words and when.days is not None:
        bare = TimelineFilter(languages=f.languages, outlets=f.outlets, coverage=f.coverage)
        return _lists(columns, bare, per_column)
    return _both_lists(columns, f, words, when, per_column)


@lru_cache(maxsize=QUESTIONS)
def _lists(
    columns: tuple[ColumnElement[Any], ...], f: TimelineFilter, per_column: int
) -> tuple[Select[Any], Select[Any]]:
    return _both_lists(columns, f, Finding(NOTHING, sqlite=True), LATER, per_column)


def _both_lists(
    columns: tuple[ColumnElement[Any], ...], f: TimelineFilter, words: Words, when: When, per_column: int
) -> tuple[Select[Any], Select[Any]]:
    places = (_e.day.label("under"), _e.language.label("column"), _e.position, _e.rank)
    entries = carried((*places, *columns), f, words, when).join(outlets, _o.id == _h.outlet_id)
    others = select(*columns).join(outlets, _o.id == _h.outlet_id)
    others = others.where(_h.id.in_(newest_of_each(f, words, when, per_column)))
    return entries, others.order_by(_h.sort_at.desc(), _h.id.desc())


def newest_of_each(f: TimelineFilter, words: Words, when: When, per_column: int) -> Select[Any]:
    """Numbers of the newest own headlines, at most `per_column` of each day and column."""
    place = func.row_number().over(partition_by=(_h.day, _h.language), order_by=(_h.sort_at.desc(), _h.id.desc()))
    ranked = own((_h.id, place.label("place")), f, words, when).subquery()
    return select(ranked.c.id).where(ranked.c.place <= per_column)
