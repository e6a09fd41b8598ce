"""The headlines of some days as pages list them, in one question: what their digests carry and their own, with who else
tells each one's event. For filters without words; what is searched for is asked in `app.store.listing`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Date,
    Select,
    and_,
    bindparam,
    case,
    literal_column,
    null,
    union_all,
)

from app.model.filters import TimelineFilter
from app.model.headline import Honesty
from app.model.outlet import OutletName
from app.model.search import NOTHING
from app.model.story import Level
from app.model.timeline import HeadlineRow, ListedRow, Telling
from app.store.finding import Days, Finding
from app.store.listing import QUESTIONS, carried, newest_of_each, own
from app.store.memory import Recent
from app.store.prepared import Prepared, Raw
from app.store.schema import digest_entries, headlines
from app.store.story_tables import stories, story_members

MOST_DAYS = 8
"""Days of one question; a page has at most seven."""

Rows = Recent[tuple[Any, ...], tuple[Raw, ListedRow]]
"""Number and day -> the row as it came last, and what it is. A look-up by all that is in a row would have to read
through its texts twice."""

_member, _story = story_members.alias("member"), stories.alias("told")  # a filter may ask for the tables themselves
_h, _e, _m, _s = headlines.c, digest_entries.c, _member.c, _story.c
_partner = headlines.alias("partner")
_NO_WORDS = Finding(NOTHING, sqlite=True)
_LEAD = case((_h.language == "en", _s.lead_mn), else_=_s.lead_en)
"""The first headline of its story in the other language."""
_COLUMNS: tuple[ColumnElement[Any], ...] = (
    _h.id.label("number"), _h.title, _h.url, _h.language, _h.day, _h.published_at, _h.honesty, _h.host, _h.updated_at,
    _h.outlet_id,
    _s.id.label("story"), (_s.en + _s.mn).label("headlines"), _s.outlets,
    _partner.c.language.label("other"), _partner.c.id.label("partner"), _h.sort_at.label("newest"),
)  # fmt: skip
_HONESTY = {honesty.value: honesty for honesty in Honesty}


@dataclass(frozen=True, slots=True)
class _Named(Days):
    """Days that are named when the question is asked: as `day0`, `day1`…"""

    names: tuple[BindParameter[date], ...] = ()

    def __call__(self, day: ColumnElement[date]) -> ColumnElement[bool]:
        return day == self.names[0] if len(self.names) == 1 else day.in_(self.names)


def listed(
    connection: Connection,
    f: TimelineFilter,
    days: Sequence[date],
    most: int | None,
    names: Mapping[int, OutletName],
    known: Rows,
    *,
    digests: bool = True,
) -> list[ListedRow]:
    """Every headline that matches `f` (its words and dates left aside) and is listed under `days`, of each column at
    most the newest `most` outside its digest: newest day first, then by language, the digest before the others, these
    newest first. `names` are those of all outlets; `known` remembers rows, and is told of new ones. Without `digests`
    none of the days has one."""
    question = _question(TimelineFilter(f.languages, f.outlets, coverage=f.coverage), len(days), most, digests)
    made = []
    for raw in question.raw(connection, **{f"day{n}": day for n, day in enumerate(days)}):
        place, outlet = (raw[4], raw[0]), names[raw[13]]
        was = known.get(place)
        if was is None or was[0] != raw or (was[1].row.outlet is not outlet and was[1].row.outlet != outlet):
            was = raw, _listed(question.converted(connection, raw), outlet)
            known.put(place, was)
        made.append(was[1])
    return made


@lru_cache(maxsize=QUESTIONS)
def _question(f: TimelineFilter, days: int, most: int | None, digests: bool) -> Prepared:
    when = _Named(date.min, date.max, names=tuple(bindparam(f"day{n}", None, Date()) for n in range(days)))
    places = (_e.day.label("under"), _e.language.label("column"), _e.position.label("position"), _e.rank.label("rank"))
    nowhere = (
        _h.day.label("under"),
        _h.language.label("column"),
        _typed(_e.position, "position"),
        _typed(_e.rank, "rank"),
    )
    told = (*nowhere, *_COLUMNS, literal_column("1").label("own"))
    others = own(told, f, _NO_WORDS, when, digests=digests).select_from(headlines)
    if most is not None:
        others = others.where(_h.id.in_(newest_of_each(f, _NO_WORDS, when, most)))
    if not digests:
        return Prepared(_told(others).order_by(_h.day.desc(), _h.language, _h.sort_at.desc(), _h.id.desc()))
    both = union_all(
        _told(carried((*places, *_COLUMNS, literal_column("0").label("own")), f, _NO_WORDS, when)), _told(others)
    )
    at = both.selected_columns
    return Prepared(both.order_by(at.under.desc(), at.column, at.own, at.position, at.newest.desc(), at.number.desc()))


def _typed(column: ColumnElement[Any], name: str) -> ColumnElement[Any]:
    """No value, of the column's type: PostgreSQL wants to know it."""
    return null().cast(column.type).label(name)


def _told(question: Select[Any]) -> Select[Any]:
    """The question with the stories of its headlines, as far as these are sure and told by others too."""
    return (
        question.outerjoin(_member, and_(_m.headline_id == _h.id, _m.level == Level.SAME.value))
        .outerjoin(_story, and_(_s.id == _m.story_id, _s.en + _s.mn > 1))
        .outerjoin(_partner, and_(_partner.c.id == _LEAD, _partner.c.hidden.is_(False)))
    )


def _listed(row: Raw, outlet: OutletName) -> ListedRow:
    under, column, position, rank, number, title, url, language, day, published_at, honesty, host, updated_at = row[:13]
    story, n, outlets, other, partner = row[14:19]
    told = None if story is None else Telling(story, n, outlets, other or "", partner)
    headline = HeadlineRow(
        number,
        title,
        url,
        language,
        day,
        published_at,
        _HONESTY[honesty],
        outlet,
        rank or position,
        host,
        updated_at,
        told,
    )
    return ListedRow(under, column, position, headline)
