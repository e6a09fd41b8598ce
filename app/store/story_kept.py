"""What is kept of each story beside its members: counts, days, leads, and of each member whether the event is told in
both languages. Made anew from the members whenever one of them changes."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select, update

from app.model.story import Level
from app.store.lookup import KEYS, ask
from app.store.schema import headlines
from app.store.story_tables import stories, story_members

_m, _h = story_members.c, headlines.c
_MEMBERS = (
    select(_m.headline_id, _m.story_id, _m.level, _m.both, _h.language, _h.outlet_id, _h.day, _h.sort_at)
    .join(headlines, _h.id == _m.headline_id)
    .where(_m.story_id.in_(KEYS), _h.hidden.is_(False))
    .order_by(_h.sort_at, _h.id)
)
_STORIES_OF = select(_m.story_id).where(_m.headline_id.in_(KEYS)).distinct()


def stories_of(connection: Connection, headline_ids: Iterable[int]) -> set[int]:
    """The stories of these headlines."""
    return {row.story_id for row in ask(connection, _STORIES_OF, headline_ids)}


def renew(connection: Connection, story_ids: Collection[int], now: datetime) -> None:
    """Keep what the members of these stories say. A story without a sure member makes its first member sure: what is
    left of a story is that story."""
    for number, listed in members(connection, story_ids).items():
        sure = [row for row in listed if row.level == Level.SAME.value]
        if not sure:
            sure = listed[:1]
            _set(connection, [sure[0].headline_id], level=Level.SAME.value)
        values = kept(sure)
        connection.execute(update(stories).where(stories.c.id == number).values(**values, updated_at=now))
        both = {row.headline_id for row in sure} if values["en"] and values["mn"] else set()
        for wanted in (True, False):
            _set(
                connection,
                [row.headline_id for row in listed if row.both != wanted and (row.headline_id in both) == wanted],
                both=wanted,
            )


def members(connection: Connection, story_ids: Iterable[int]) -> dict[int, list[Row[Any]]]:
    """Story -> its members, oldest first, without hidden ones."""
    found: dict[int, list[Row[Any]]] = {}
    for row in ask(connection, _MEMBERS, sorted(story_ids)):
        found.setdefault(row.story_id, []).append(row)
    return found


def kept(sure: list[Row[Any]]) -> dict[str, Any]:
    """What a story's columns say of its sure members, oldest first, of which there is one at least."""
    values: dict[str, Any] = {
        "first_at": sure[0].sort_at,
        "last_at": sure[-1].sort_at,
        "first_day": min(row.day for row in sure),
        "last_day": max(row.day for row in sure),
        "outlets": len({row.outlet_id for row in sure}),
    }
    for language in ("en", "mn"):
        own = [row.headline_id for row in sure if row.language == language]
        values |= {language: len(own), f"lead_{language}": own[0] if own else None}
    return values


def _set(connection: Connection, headline_ids: list[int], **values: Any) -> None:
    if headline_ids:
        change = update(story_members).where(_m.headline_id == bindparam("member")).values(**values)
        connection.execute(change, [{"member": number} for number in headline_ids])
