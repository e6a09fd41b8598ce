"""Python's search for cycles while headlines are taken in."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

OBJECTS = 100_000
"""New objects that are not gone again, after which cycles are looked for: a batch has about as many."""


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Inside, cycles are looked for once in OBJECTS new objects (in this process), not in 700. Headlines are in no
    cycles and go when nobody has them any more; looking at those of a batch again and again costs a tenth of taking
    them in."""
    young, *older = gc.get_threshold()
    if not 0 < young < OBJECTS:  # never, or somebody else is inside
        yield
        return
    gc.set_threshold(OBJECTS, *older)
    try:
        yield
    finally:
        gc.set_threshold(young, *older)
