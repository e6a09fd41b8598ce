"""Headlines as editors see them: hidden ones too."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from app.errors import NotFound
from app.model.desk import DeskRow
from app.model.headline import Honesty, LanguageMethod
from app.model.outlet import OutletName
from app.model.timeline import HeadlineRow
from app.store.desk_tables import headline_notes
from app.store.lookup import KEYS, ask
from app.store.schema import headlines, outlets

MOST = 1_000
"""Headlines of one day that the desk lists."""

_h, _o, _n = headlines.c, outlets.c, headline_notes.c
_ROWS: Select[Any] = (
    select(
        *(_h.id, _h.title, _h.url, _h.language, _h.day, _h.published_at, _h.honesty, _h.host, _h.updated_at),
        *(_h.hidden, _h.title_published, _h.day_fixed, _h.language_method, _n.note, _n.hidden_reason),
        *(_o.domain, _o.name_en, _o.name_mn),
    )
    .join(outlets, _o.id == _h.outlet_id)
    .outerjoin(headline_notes, _n.headline_id == _h.id)
)


def rows(connection: Connection, numbers: Iterable[int]) -> dict[int, DeskRow]:
    """Number -> headline, of those that there are."""
    found = (desk_row(row) for row in ask(connection, _ROWS.where(_h.id.in_(KEYS)), sorted(set(numbers))))
    return {one.row.id: one for one in found}


def one(connection: Connection, number: int) -> DeskRow:
    """One headline. NotFound."""
    found = rows(connection, [number]) if 0 < number < 2**63 else {}
    if not found:
        raise NotFound(f"There is no headline {number}.", kind="headline", key=str(number))
    return found[number]


def of_day(connection: Connection, day: date) -> tuple[DeskRow, ...]:
    """Every headline of a day, newest first, hidden ones too; at most MOST."""
    wanted = _ROWS.where(_h.day == day).order_by(_h.sort_at.desc(), _h.id.desc()).limit(MOST)
    return tuple(desk_row(row) for row in connection.execute(wanted))


def desk_row(row: Row[Any]) -> DeskRow:
    """A row of `_ROWS` -> the model."""
    shown = HeadlineRow(
        id=row.id,
        title=row.title,
        url=row.url,
        language=row.language,
        day=row.day,
        published_at=row.published_at,
        honesty=Honesty(row.honesty),
        outlet=OutletName(row.domain, row.name_en, row.name_mn),
        host=row.host,
        updated_at=row.updated_at,
    )
    method = LanguageMethod(row.language_method)
    told = (row.hidden, row.title_published, row.day_fixed, method, row.note or "", row.hidden_reason or "")
    return DeskRow(shown, *told)
