"""A bounded memory of answers that somebody who asks for everything once, or even twice, cannot empty. Pure.

A key is let in when it is asked for a second time: the first time only a mark of it is kept, and marks are forgotten,
the oldest first. What is in is on one of two boards (segmented LRU, Karedla and others 1994): new things on the lower
one, from which room is made, and what was asked for again on the upper one, which may hold four fifths of the room.
"""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

UPPER_SHARE = 0.8
MARKS = 8_192
"""Keys that were asked for once and are remembered."""
LARGEST = 8
"""Nothing larger than this part of the room is kept."""

V = TypeVar("V")


@dataclass(slots=True)
class _Thing(Generic[V]):
    value: V
    size: int
    upper: bool = False


class Shelf(Generic[V]):
    """Values by key, at most so many bytes of them. For one thread."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._lower: OrderedDict[Hashable, _Thing[V]] = OrderedDict()
        self._upper: OrderedDict[Hashable, _Thing[V]] = OrderedDict()
        self._marks: OrderedDict[int, None] = OrderedDict()
        self.size = 0
        self._upper_size = 0

    def __len__(self) -> int:
        return len(self._lower) + len(self._upper)

    def get(self, key: Hashable) -> V | None:
        """What is kept under `key`; asking for it makes it stay longer."""
        thing = self._upper.get(key)
        if thing is not None:
            self._upper.move_to_end(key)
            return thing.value
        thing = self._lower.pop(key, None)
        if thing is None:
            return None
        thing.upper = True
        self._upper[key] = thing
        self._upper_size += thing.size
        self._lower_some()
        return thing.value

    def wanted(self, key: Hashable) -> bool:
        """Whether what belongs to `key` should be kept: it is, or was asked for before. Now it has been."""
        if key in self._upper or key in self._lower:
            return True
        mark = hash(key)
        if mark in self._marks:
            del self._marks[mark]
            return True
        self._marks[mark] = None
        if len(self._marks) > MARKS:
            self._marks.popitem(last=False)
        return False

    def put(self, key: Hashable, value: V, size: int) -> None:
        """Keep `value`, of `size` bytes, in the place of what `key` had; not at all when it is too large."""
        upper = self._drop(key)
        if size * LARGEST > self._room:
            return
        thing = _Thing(value, size, upper)
        (self._upper if upper else self._lower)[key] = thing
        self.size += size
        self._upper_size += size if upper else 0
        self._lower_some()
        while self.size > self._room:
            board = self._lower or self._upper
            self._drop(next(iter(board)))

    def _drop(self, key: Hashable) -> bool:
        """Take away what is under `key`; whether it was on the upper board."""
        thing = self._upper.pop(key, None) or self._lower.pop(key, None)
        if thing is None:
            return False
        self.size -= thing.size
        self._upper_size -= thing.size if thing.upper else 0
        return thing.upper

    def _lower_some(self) -> None:
        """What the upper board has no room for goes down, as the newest there."""
        while self._upper_size > UPPER_SHARE * self._room and len(self._upper) > 1:
            key, thing = self._upper.popitem(last=False)
            thing.upper = False
            self._upper_size -= thing.size
            self._lower[key] = thing
