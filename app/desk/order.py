"""What an editor does to a digest's order. Pure: a digest and a deed give another digest."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.errors import DeskRefused
from app.model.desk import Columns, DeskDigest, DigestVersion, Slot, ordered

Column = tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Deed:
    """What is done (a key of DEEDS) to a headline in a language's column; `place` counts from 1, for `to` and `in`,
    where 0 is the end."""

    do: str
    language: str
    headline: int
    place: int = 0


def changed(digest: DeskDigest, deed: Deed) -> DeskDigest:
    """The digest after a deed. DeskRefused for one that cannot be done to it."""
    column = digest.columns.get(deed.language, ())
    there = any(slot.id == deed.headline for slot in column)
    if deed.do not in DEEDS or there == (deed.do == "in"):
        raise DeskRefused("The digest has no such entry.", reason="not-there")
    return replace(digest, columns={**digest.columns, deed.language: ordered(DEEDS[deed.do](column, deed))})


def _up(column: Column, deed: Deed) -> Column:
    return _put(column, deed.headline, _index(column, deed.headline) - 1)


def _down(column: Column, deed: Deed) -> Column:
    return _put(column, deed.headline, _index(column, deed.headline) + 1)


def _first(column: Column, deed: Deed) -> Column:
    return _put(column, deed.headline, 0)


def _to(column: Column, deed: Deed) -> Column:
    return _put(column, deed.headline, deed.place - 1)


def _in(column: Column, deed: Deed) -> Column:
    place = deed.place - 1 if deed.place else len(column)
    return (*column[:place], Slot(deed.headline), *column[place:])


def _out(column: Column, deed: Deed) -> Column:
    return tuple(slot for slot in column if slot.id != deed.headline)


def _pin(column: Column, deed: Deed) -> Column:
    return tuple(replace(slot, pinned=slot.pinned or slot.id == deed.headline) for slot in column)


def _unpin(column: Column, deed: Deed) -> Column:
    return tuple(replace(slot, pinned=slot.pinned and slot.id != deed.headline) for slot in column)


DEEDS: Mapping[str, Callable[[Column, Deed], Column]] = {
    "up": _up,
    "down": _down,
    "first": _first,
    "to": _to,
    "in": _in,
    "out": _out,
    "pin": _pin,
    "unpin": _unpin,
}

ACTIONS = {"in": "take-in", "out": "take-out", "pin": "pin", "unpin": "unpin"}
"""What the audit calls a deed; all others are `order`."""


def _index(column: Column, number: int) -> int:
    return next(i for i, slot in enumerate(column) if slot.id == number)


def _put(column: Column, number: int, place: int) -> Column:
    rest = [slot for slot in column if slot.id != number]
    (mine,) = (slot for slot in column if slot.id == number)
    place = min(max(place, 0), len(rest))
    return (*rest[:place], mine, *rest[place:])


def told(digest: DeskDigest) -> dict[str, object]:
    """A digest as the audit keeps it."""
    columns = {language: [slot.id for slot in column] for language, column in digest.columns.items() if column}
    pinned = sorted(slot.id for column in digest.columns.values() for slot in column if slot.pinned)
    publish_at = digest.publish_at.isoformat() if digest.publish_at else None
    extra = {"pinned": pinned, "publish_at": publish_at}
    return {"columns": columns, "published": digest.published, **{k: v for k, v in extra.items() if v}}


def undo_target(versions: Sequence[DigestVersion]) -> DigestVersion | None:
    """Of all versions, oldest first, the one that an undo leads back to; None when there is nothing to undo. What was
    undone is not gone back to by undoing again, but further back."""
    stack: list[DigestVersion] = []
    for version in versions:
        if version.action == "undo" and len(stack) > 1:
            stack.pop()
        elif not stack or _state(stack[-1]) != _state(version):
            stack.append(version)
    return stack[-2] if len(stack) > 1 else None


def _state(version: DigestVersion) -> tuple[object, bool]:
    return dict(version.columns), version.published


def merged(present: Columns, pasted: Mapping[str, Sequence[int]]) -> Columns:
    """The columns with those of a pasted text in their place; what is pinned stays on top."""
    columns = dict(present)
    for language, numbers in pasted.items():
        pinned = tuple(slot for slot in present.get(language, ()) if slot.pinned)
        columns[language] = ordered((*pinned, *map(Slot, numbers)))
    return columns
