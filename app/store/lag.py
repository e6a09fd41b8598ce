"""How far a replica is behind, as a bound that nobody has to believe a clock for. Pure.

The primary is asked now and then how far its log goes. Whatever it had written by then is on a replica that has
replayed the log to that position: so the replica is at most as old as the last such asking that it has passed.
PostgreSQL's own `pg_last_xact_replay_timestamp` would say that a replica of an idle primary grows older and older,
and "everything received has been replayed" says nothing once the connection between the two has broken.
"""

from collections import deque
from math import inf

MARKS = 256
"""Positions that are remembered; a replica that has not even reached the oldest is older than anybody allows."""


class Marks:
    """Positions in the primary's log, in bytes, each with a time before it was asked for, in seconds of a clock that
    never jumps. For one writer; readers in other threads see each mark whole or not at all."""

    def __init__(self) -> None:
        self._marks: deque[tuple[int, float]] = deque(maxlen=MARKS)

    def add(self, position: int, asked_at: float) -> None:
        """The log went to `position` when it was asked for after `asked_at`. A log that has become shorter belongs to
        another primary: what was known of the old one is forgotten."""
        if self._marks and position < self._marks[-1][0]:
            self._marks.clear()
        if self._marks and position == self._marks[-1][0]:
            self._marks[-1] = (position, asked_at)
        else:
            self._marks.append((position, asked_at))

    def age(self, replayed: int, now: float) -> float:
        """At most so many seconds ago the primary had nothing that a replica at `replayed` lacks; infinite where that
        cannot be told."""
        for position, asked_at in reversed(tuple(self._marks)):
            if position <= replayed:
                return max(0.0, now - asked_at)
        return inf
