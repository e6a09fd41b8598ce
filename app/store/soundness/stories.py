"""What is kept of each story against its members."""

from typing import Any

from sqlalchemy import Connection, Row, select, update

from app.model.story import Level
from app.store.soundness.part import PART, Look, Rules
from app.store.story_kept import kept, members, renew
from app.store.story_tables import stories, story_linkage, story_members

_s, _m = stories.c, story_members.c


class Stories:
    """Counts, days and leads of stories, the mark of members whose event is told in both languages, and where merged
    ones lead."""

    name = "stories"

    def look(self, connection: Connection, _: Rules, after: int | None) -> Look:
        """The next stories."""
        rows = _rows(connection, after)
        told, leading = members(connection, [row.id for row in rows]), _leading(connection)
        peopled = _peopled(connection, rows)
        faults = [
            f"story {row.id}: {what}" for row in rows if (what := _wrong(row, told.get(row.id, []), leading, peopled))
        ]
        return Look(rows[-1].id if len(rows) == PART else None, len(rows), tuple(faults))

    def mend(self, connection: Connection, rules: Rules, after: int | None) -> None:
        """Derive wrong ones anew; a story of which nothing is left stays, as its number is public."""
        rows, leading = _rows(connection, after), _leading(connection)
        for row in rows:
            end = _end(row.id, leading)
            if row.merged_into is not None and end is not None:
                connection.execute(update(stories).where(_s.id == row.id).values(merged_into=end))
                connection.execute(update(story_members).where(_m.story_id == row.id).values(story_id=end))
        told, peopled = members(connection, [row.id for row in rows]), _peopled(connection, rows)
        wrong = {row.id for row in rows if _wrong(row, told.get(row.id, []), leading, peopled)}
        ends = {end for number in wrong if (end := _end(number, leading)) is not None}
        renew(connection, wrong | ends, rules.now)
        connection.execute(update(story_linkage).values(n=story_linkage.c.n + 1))  # whoever links begins again


def _rows(connection: Connection, after: int | None) -> list[Row[Any]]:
    return list(connection.execute(select(stories).where(_s.id > (after or 0)).order_by(_s.id).limit(PART)))


def _leading(connection: Connection) -> dict[int, int]:
    """Merged story -> the one that it leads to."""
    merged = select(_s.id, _s.merged_into).where(_s.merged_into.is_not(None))
    return {row.id: row.merged_into for row in connection.execute(merged)}


def _peopled(connection: Connection, rows: list[Row[Any]]) -> set[int]:
    """Those of the stories that have members, hidden ones too."""
    if not rows:
        return set()
    between = _m.story_id.between(rows[0].id, rows[-1].id)
    return set(connection.scalars(select(_m.story_id).where(between).distinct()))


def _end(number: int, leading: dict[int, int]) -> int | None:
    """Where a merged story leads in the end; None where it leads in a circle or is not merged."""
    seen = {number}
    while number in leading:
        number = leading[number]
        if number in seen:
            return None
        seen.add(number)
    return number


def _wrong(row: Row[Any], listed: list[Row[Any]], leading: dict[int, int], peopled: set[int]) -> str:
    if row.merged_into is not None:
        return _wrongly_merged(row, leading, peopled)
    if row.id not in peopled:
        return "has no members"
    sure = [one for one in listed if one.level == Level.SAME.value]
    if not listed:
        return ""  # all hidden: it keeps what it had
    if not sure:
        return "no member is sure"
    right = kept(sure)
    names = [name for name, value in right.items() if row._mapping[name] != value]
    both = {one.headline_id for one in sure} if right["en"] and right["mn"] else set()
    if any(one.both != (one.headline_id in both) for one in listed):
        names.append("coverage")
    return f"wrong {', '.join(names)}" if names else ""


def _wrongly_merged(row: Row[Any], leading: dict[int, int], peopled: set[int]) -> str:
    end = _end(row.id, leading)
    if end is None:
        return "leads in a circle"
    if end != row.merged_into:
        return "leads to one that leads on"
    return "is merged, and has members" if row.id in peopled else ""
