"""What the readers of one store remember for each other, inside one process.

Two kinds. What depends on the revision alone (names of outlets, a month's counts, the days that are neighbours) holds
as long as readers see that revision: every visible change raises it, in its transaction. And rows: a headline that
reads the same as before is the same value as before, so that nobody builds it again; rows are read from the database
all the same, every time.
"""

from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar

MOST_FACTS = 2_000
"""Facts kept of one revision; then they are forgotten together. Some 200 bytes each; a month's counts are 3 kB."""

MOST_ROWS = 8_000
"""Rows kept; some 1 kB each."""

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Recent(Generic[K, V]):
    """A dictionary that forgets what was not asked for since half of its room was filled. Safe to share between
    threads: at worst something is forgotten early."""

    __slots__ = ("_half", "_new", "_old")

    def __init__(self, most: int) -> None:
        self._half = most // 2
        self._new: dict[K, V] = {}
        self._old: dict[K, V] = {}

    def get(self, key: K) -> V | None:
        """The value, if there still is one."""
        value = self._new.get(key)
        if value is None:
            value = self._old.get(key)
            if value is not None:
                self.put(key, value)
        return value

    def put(self, key: K, value: V) -> None:
        """Remember it."""
        self._new[key] = value
        if len(self._new) >= self._half:
            self._old, self._new = self._new, {}

    def __len__(self) -> int:
        return len(self._new) + len(self._old)


class Facts:
    """What is known of one revision."""

    __slots__ = ("_known", "revision")

    def __init__(self, revision: int) -> None:
        self.revision = revision
        self._known: dict[Hashable, Any] = {}

    def of(self, key: Hashable, ask: Callable[[], V]) -> V:
        """What `ask` says, asked once; `key` names the question and everything that it is about."""
        known: V | None = self._known.get(key)
        if known is None:
            known = ask()
            if len(self._known) >= MOST_FACTS:
                self._known = {}
            self._known[key] = known
        return known


class Memory:
    """The memory of a store. Safe to share between threads."""

    def __init__(self) -> None:
        self._facts = Facts(-1)
        self.rows: Recent[tuple[Any, ...], Any] = Recent(MOST_ROWS)

    def at(self, revision: int) -> Facts:
        """What is known of a revision. Only one is remembered: the one that was asked for last."""
        facts = self._facts
        if facts.revision != revision:
            facts = self._facts = Facts(revision)
        return facts
