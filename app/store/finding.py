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
    ColumnElement,
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
"""Words that so few headlines have are looked up whole, more common ones day by day. At a million headlines both ways
cost about the same there on PostgreSQL."""

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
        return bool(self.sought) and self.sought.n <= RARE

    def conditions(self, days: Days) -> Iterator[ColumnElement[bool]]:
        """That a headline, listed on one of `days`, answers it."""
        if not self.sought.possible:
            yield false()
        elif self.sought.only is not None:
            yield _one_of(self.sought.only, sqlite=self.sqlite)
        elif self.sqlite:
            low, high = days.first.toordinal() << SHIFT, (days.last.toordinal() << SHIFT) + MASK
            matching = _fts.c.title_fts.op("MATCH")(matched(self.sought))
            found = select(_fts.c.rowid.op("&")(MASK)).where(matching, _fts.c.rowid.between(low, high))
            yield _h.id.in_(found)
        else:
            yield from _by_terms(self.sought)


def _one_of(numbers: Sequence[int], *, sqlite: bool) -> ColumnElement[bool]:
    """That a headline has one of these numbers, however many they are, as one value."""
    if sqlite:
        listed = "[" + ",".join(map(str, numbers)) + "]"
        return _h.id.in_(select(column("value")).select_from(func.json_each(listed)))
    return _h.id == any_(cast(list(numbers), SQL_ARRAY(_h.id.type)))


def matched(sought: Sought) -> str:
    """A question as SQLite's full-text search takes it. There is nothing in it but numbers, brackets and AND, OR, NOT.
    An excluded phrase is not said: that needs the order of words."""
    wanted = " AND ".join(_any(" OR ", (_arm(arm) for arm in group if arm.n)) for group in sought.required)
    unwanted = [_arm(arm) for arm in sought.excluded if arm.n and not (arm.phrase and len(arm.forms) > 1)]
    return f"({wanted}) NOT {_any(' OR ', unwanted)}" if unwanted else wanted


def _arm(arm: Arm) -> str:
    return _any(" AND ", (_any(" OR ", map(term, forms.numbers)) for forms in arm.forms))


def _any(between: str, parts: Iterable[str]) -> str:
    return f"({between.join(parts)})"


def _by_terms(sought: Sought) -> Iterator[ColumnElement[bool]]:
    terms: ColumnElement[Any] = _h.terms
    if sought.n > RARE:
        terms = func.array_cat(_h.terms, cast([], SQL_ARRAY(Integer)))  # no index has this: the days lead
    for group in sought.required:
        yield or_(*(_has(terms, arm) for arm in group if arm.n))
    for arm in sought.excluded:
        if arm.n and not (arm.phrase and len(arm.forms) > 1):
            yield not_(_has(terms, arm))


def _has(terms: ColumnElement[Any], arm: Arm) -> ColumnElement[bool]:
    return and_(*(_overlaps(terms, forms) for forms in arm.forms))


def _overlaps(terms: ColumnElement[Any], forms: Forms) -> ColumnElement[bool]:
    return terms.op("&&", is_comparison=True)(bindparam(None, list(forms.numbers), type_=SQL_ARRAY(Integer)))
