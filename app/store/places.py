"""Where headlines with some words are listed, as SQLite's full-text table says it by itself: a row of it is one place,
in order of days, so that one look at it answers what elsewhere takes two (`own`, `carried` in `app.store.listing`)."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, and_, func, select

from app.store.finding import PLACE, Days, Finding, matching, places_of, title_fts
from app.store.schema import digest_entries, headlines
from app.store.title_tables import MASK, SHIFT

JULIAN = 1_721_424.5
"""What makes a day of `date.toordinal` one of SQLite's `date`: midnight before 1 January of the year 1 is 1721425.5
(https://sqlite.org/lang_datefunc.html, time values)."""

_h, _e = headlines.c, digest_entries.c
ORDINAL = PLACE.op(">>")(SHIFT)
"""The day of a place, as `date.toordinal` has it."""
COLUMN = func.coalesce(_e.language, _h.language)
"""The column of a place: the digest's, if that day's digest carries the headline."""


def can_say(words: Finding) -> bool:
    """Whether the table has the words. It is SQLite's, and no phrase that was looked for already is in it."""
    return words.sqlite and words.sought.possible and bool(words.plain)


def places(columns: tuple[ColumnElement[Any], ...], words: Finding, days: Days) -> Select[Any]:
    """`columns`, of headlines and of what is named above, of the places on `days` that have the words."""
    on_that_day = _e.day == func.date(ORDINAL + JULIAN, type_=Date())
    return (
        select(*columns)
        .select_from(title_fts)
        .join(headlines, _h.id == PLACE.op("&")(MASK))
        .outerjoin(digest_entries, and_(_e.headline_id == _h.id, on_that_day))
        .where(matching(words.plain, words.unwanted), places_of(days), *_among(days), _h.hidden.is_(False))
        .where(*words.beside(days))
    )


def _among(days: Days) -> Iterator[ColumnElement[bool]]:
    if days.days is not None:
        yield ORDINAL.in_([day.toordinal() for day in days.days])
