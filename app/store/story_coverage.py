"""The condition of the filter `coverage`: in which languages a headline's event is told."""

from datetime import date, timedelta

from sqlalchemy import ColumnElement, Connection, and_, exists, select

from app.model.story import Covered
from app.store.schema import headlines
from app.store.story_tables import stories, story_members

_m, _h, _s = story_members.c, headlines.c, stories.c

EARLIER = timedelta(days=31)
"""A digest may list a headline under a day before its own; not so long before."""


def covered(coverage: Covered, column: ColumnElement[str]) -> ColumnElement[bool]:
    """That a row of `headlines`, listed under the language `column`, is told so."""
    both = exists().where(_m.headline_id == _h.id, _m.both)
    return both if coverage is Covered.BOTH else and_(column == coverage.value, ~both)


def first_in_both(connection: Connection) -> date | None:
    """The first day under which a headline may be listed whose event is told in both languages; None where none is."""
    found = connection.execute(
        select(_s.first_day).where(_s.en > 0, _s.mn > 0, _s.merged_into.is_(None)).order_by(_s.first_day).limit(1)
    ).scalar_one_or_none()
    return found - EARLIER if found else None
