"""The condition that a headline answers a search, for questions that are about a span of days.

SQLite's full-text table is in order of days, so that the span bounds its work. PostgreSQL's GIN index knows no order:
for rare words it is asked for all that have them; for common ones the days are walked and each title's words compared.
The kept numbers of headlines per word say which, because the planner cannot know.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ARRAY as SQL_ARRAY
from sqlalchemy import (
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

from app.model.search import Arm, Forms, Sought
from app.store.schema import headlines
from app.store.title_index import term
from app.store.title_tables import MASK, SHIFT

RARE = 2_000
"""Words that so few headlines have are looked up whole, more common ones day by day; on SQLite, which takes each day's
from the index in order."""

RARE_POSTGRESQL = 8_000
"""The same on PostgreSQL, which reads all headlines of the days it walks: at a million headlines both ways take
some 15 ms for a list of 200 there, while to add up 1,000 hits by walking takes ten times as long."""

WIDE = 400
"""A longer span of days is left to the planner: who has looked so far back has words that hardly ever meet."""

Group = tuple[Arm, ...]

_h = headlines.c
_fts = table("title_fts", column("rowid"), column("title_fts"))


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
class Finding:
    """A search as this database takes it. False without words."""

    sought: Sought
    sqlite: bool

    def __bool__(self) -> bool:
        return bool(self.sought)

    @property
    def rare(self) -> bool:
        """Whether all that match can be looked at in one go."""
        return bool(self.sought) and self.sought.n <= (RARE if self.sqlite else RARE_POSTGRESQL)

    def conditions(self, days: Days) -> Iterator[ColumnElement[bool]]:
        """That a headline, listed on one of `days`, answers it."""
        if not self.sought.possible:
            yield false()
            return
        for group in self.sought.required:
            if any(arm.only is not None for arm in group):
                named = self._one_of(number for arm in group for number in arm.only or ())
                plain = tuple(arm for arm in group if arm.only is None and arm.n)
                yield or_(named, *self._indexed((plain,), days)) if plain else named
        groups = tuple(group for group in self.sought.required if all(arm.only is None for arm in group))
        unwanted = tuple(arm for arm in self.sought.excluded if arm.only is None and arm.n)
        yield from self._indexed(groups, days, unwanted)
        if not groups:
            yield from (not_(one) for arm in unwanted for one in self._indexed(((arm,),), days))
        yield from (not_(self._one_of(arm.only)) for arm in self.sought.excluded if arm.only is not None)

    def _indexed(self, groups: Sequence[Group], days: Days, unwanted: Group = ()) -> Iterator[ColumnElement[bool]]:
        """That a headline has an arm of each of `groups` and none that is unwanted, as the index says."""
        if not groups:
            return
        if not self.sqlite:
            whole = self.rare or (days.last - days.first).days > WIDE
            yield and_(*_by_terms(groups, unwanted, whole=whole))
            return
        low, high = days.first.toordinal() << SHIFT, (days.last.toordinal() << SHIFT) + MASK
        matching = _fts.c.title_fts.op("MATCH")(matched(groups, unwanted))
        found = select(_fts.c.rowid.op("&")(MASK)).where(matching, _fts.c.rowid.between(low, high))
        yield _h.id.in_(found)

    def _one_of(self, numbers: Iterable[int]) -> ColumnElement[bool]:
        """That a headline has one of these numbers, however many they are, as one value."""
        wanted = list(dict.fromkeys(numbers))
        if self.sqlite:
            listed = "[" + ",".join(map(str, wanted)) + "]"
            return _h.id.in_(select(column("value")).select_from(func.json_each(listed)))
        return _h.id == any_(cast(wanted, SQL_ARRAY(_h.id.type)))


def matched(groups: Sequence[Group], unwanted: Group = ()) -> str:
    """Groups of arms as SQLite's full-text search takes them. There is nothing in it but numbers, brackets, AND, OR and
    NOT."""
    wanted = " AND ".join(_any(" OR ", (_arm(arm) for arm in group if arm.n)) for group in groups)
    return f"({wanted}) NOT {_any(' OR ', map(_arm, unwanted))}" if unwanted else wanted


def _arm(arm: Arm) -> str:
    return _any(" AND ", (_any(" OR ", map(term, forms.numbers)) for forms in arm.forms))


def _any(between: str, parts: Iterable[str]) -> str:
    return f"({between.join(parts)})"


def _by_terms(groups: Sequence[Group], unwanted: Group, *, whole: bool) -> Iterator[ColumnElement[bool]]:
    terms: ColumnElement[Any] = _h.terms
    if not whole:
        terms = func.array_cat(_h.terms, cast([], SQL_ARRAY(Integer)))  # no index has this: the days lead
    for group in groups:
        yield or_(*(_has(terms, arm) for arm in group if arm.n))
    yield from (not_(_has(terms, arm)) for arm in unwanted)


def _has(terms: ColumnElement[Any], arm: Arm) -> ColumnElement[bool]:
    return and_(*(_overlaps(terms, forms) for forms in arm.forms))


def _overlaps(terms: ColumnElement[Any], forms: Forms) -> ColumnElement[bool]:
    return terms.op("&&", is_comparison=True)(bindparam(None, list(forms.numbers), type_=SQL_ARRAY(Integer)))
