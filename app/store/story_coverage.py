"""The condition of the filter `coverage`: in which languages a headline's event is told."""

from sqlalchemy import ColumnElement, and_, exists

from app.model.story import Covered
from app.store.schema import headlines
from app.store.story_tables import story_members

_m, _h = story_members.c, headlines.c


def covered(coverage: Covered, column: ColumnElement[str]) -> ColumnElement[bool]:
    """That a row of `headlines`, listed under the language `column`, is told so."""
    both = exists().where(_m.headline_id == _h.id, _m.both)
    return both if coverage is Covered.BOTH else and_(column == coverage.value, ~both)
