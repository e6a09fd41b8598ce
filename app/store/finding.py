"""The condition that a headline answers a search, for questions that are about a span of days.

SQLite's full-text table is in order of days, so that the span bounds its work. PostgreSQL's GIN index knows no order,
but the parts of the calendar: it is asked for words and parts together, and reads no headline of other parts. The
planner has no say in it, since it cannot know which words go together with which days.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ARRAY as SQL_ARRAY
from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    Date,
    Integer,
    and_,
    any_,
    bindparam,
    cast,
    column,
    false,
    func,
    not_,
    or_,
    select,
    table,
)

from app.model.search import Arm, Sought
from app.store.schema import headlines
from app.store.title_index import term
from app.store.title_tables import MASK, SHIFT, parts_between, parts_of

RARE = 2_000
"""Words that so few headlines have are looked up whole, more common ones in spans of days."""

RARE_POSTGRESQL = 400
"""The same on PostgreSQL, which reads every headline it finds: some six microseconds each."""

MOST_PARTS = 256
"""Parts of the calendar in one question; a longer span is left to the words alone: who has looked so far back has words
that hardly ever meet."""

Group = tuple[Arm, ...]

_h = headlines.c
title_fts = table("title_fts", column("rowid", BigInteger), column("title_fts"))
PLACE = title_fts.c.rowid
"""One place where a headline is listed, see `app.store.title_tables`."""


@dataclass(frozen=True, slots=True)
class Days:
    """The condition on a day that a question is about: from `first` to `last`, or one of `days` if they are given."""

    first: date
    last: date
    days: tuple[date, ...] | None = None

    def __call__(self, day: ColumnElement[date]) -> ColumnElement[bool]:
        return day.between(self.first, self.last) if self.days is None else day.in_(self.days)


DAYS: BindParameter[date] = bindparam("days", expanding=True, type_=Date())


@dataclass(frozen=True, slots=True)
class Later(Days):
    """Days that are named when the question is asked, as `days`: for questions that are built once."""

    def __call__(self, day: ColumnElement[date]) -> ColumnElement[bool]:
        return day.in_(DAYS)


LATER = Later(date.min, date.max)


@dataclass(frozen=True, slots=True)
class Archive:
    """How far an archive reaches: its first and last day, and how many headlines it has, more or less."""

    first: date
    last: date
    headlines: int


def no_archive() -> Archive | None:
    """For questions that are about given days."""
    return None


@dataclass(frozen=True, slots=True)
class Finding:
    """A search as this database takes it. False without words. `archive` says what it is looked for in, None where
    there is nothing."""

    sought: Sought
    sqlite: bool
    archive: Callable[[], Archive | None] = no_archive

    def __bool__(self) -> bool:
        return bool(self.sought)

    @property
    def rare(self) -> bool:
        """Whether all that match can be looked at in one go."""
        return bool(self.sought) and self.sought.n <= (RARE if self.sqlite else RARE_POSTGRESQL)

    @property
    def plain(self) -> tuple[Group, ...]:
        """The groups of words that the index knows: all but phrases that were looked for already."""
        return tuple(group for group in self.sought.required if all(arm.only is None for arm in group))

    @property
    def unwanted(self) -> Group:
        """The words that no headline may have, as far as the index knows them."""
        return tuple(arm for arm in self.sought.excluded if arm.only is None and arm.n)

    def conditions(self, days: Days) -> Iterator[ColumnElement[bool]]:
        """That a headline, listed on one of `days`, answers it."""
        if not self.sought.possible:
            yield false()
            return
        yield from self._indexed(self.plain, days, self.unwanted)
        yield from self.beside(days)

    def beside(self, days: Days) -> Iterator[ColumnElement[bool]]:
        """The conditions besides those of `plain` words."""
        for group in self.sought.required:
            if any(arm.only is not None for arm in group):
                named = self._one_of(number for arm in group for number in arm.only or ())
                plain = tuple(arm for arm in group if arm.only is None and arm.n)
                yield or_(named, *self._indexed((plain,), days)) if plain else named
        if not self.plain:
            yield from (not_(one) for arm in self.unwanted for one in self._indexed(((arm,),), days))
        yield from (not_(self._one_of(arm.only)) for arm in self.sought.excluded if arm.only is not None)

    def _indexed(self, groups: Sequence[Group], days: Days, unwanted: Group = ()) -> Iterator[ColumnElement[bool]]:
        """That a headline has an arm of each of `groups` and none that is unwanted, as the index says."""
        if not groups:
            return
        if not self.sqlite:
            yield and_(*_by_terms(groups, unwanted, () if self.rare else _parts(days)))
            return
        yield _h.id.in_(select(PLACE.op("&")(MASK)).where(matching(groups, unwanted), places_of(days)))

    def _one_of(self, numbers: Iterable[int]) -> ColumnElement[bool]:
        """That a headline has one of these numbers, however many they are, as one value."""
        wanted = list(dict.fromkeys(numbers))
        if self.sqlite:
            listed = "[" + ",".join(map(str, wanted)) + "]"
            return _h.id.in_(select(column("value")).select_from(func.json_each(listed)))
        return _h.id == any_(cast(wanted, SQL_ARRAY(_h.id.type)))


def matching(groups: Sequence[Group], unwanted: Group = ()) -> ColumnElement[bool]:
    """That a place in SQLite's full-text table has an arm of each of `groups` and none that is unwanted."""
    return title_fts.c.title_fts.op("MATCH", is_comparison=True)(matched(groups, unwanted))


def places_of(days: Days) -> ColumnElement[bool]:
    """The places in that table from the first to the last of `days`."""
    return PLACE.between(days.first.toordinal() << SHIFT, (days.last.toordinal() << SHIFT) + MASK)


def matched(groups: Sequence[Group], unwanted: Group = ()) -> str:
    """Groups of arms as SQLite's full-text search takes them. There is nothing in it but numbers, brackets, AND, OR and
    NOT."""
    wanted = " AND ".join(_any(" OR ", (_arm(arm) for arm in group if arm.n)) for group in groups)
    return f"({wanted}) NOT {_any(' OR ', map(_arm, unwanted))}" if unwanted else wanted


def _arm(arm: Arm) -> str:
    return _any(" AND ", (_any(" OR ", map(term, forms.numbers)) for forms in arm.forms))


def _any(between: str, parts: Iterable[str]) -> str:
    return f"({between.join(parts)})"


def _parts(days: Days) -> Sequence[int]:
    """The parts of the calendar that a question is about; none where it is about too many."""
    if days.days is not None:
        return parts_of(days.days)
    between = parts_between(days.first, days.last)
    return between if len(between) <= MOST_PARTS else ()


def _by_terms(groups: Sequence[Group], unwanted: Group, parts: Sequence[int]) -> Iterator[ColumnElement[bool]]:
    if parts:
        yield _overlaps(parts)
    for group in groups:
        yield or_(*(_has(arm) for arm in group if arm.n))
    yield from (not_(_has(arm)) for arm in unwanted)


def _has(arm: Arm) -> ColumnElement[bool]:
    return and_(*(_overlaps(forms.numbers) for forms in arm.forms))


def _overlaps(numbers: Iterable[int]) -> ColumnElement[bool]:
    return _h.terms.op("&&", is_comparison=True)(bindparam(None, list(numbers), type_=SQL_ARRAY(Integer)))
