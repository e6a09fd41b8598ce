"""Python's search for garbage, kept from looking where there is none."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Nobody looks for garbage meanwhile. Importing makes none, and Python would look through all that is there again
    and again: a sixth of what starting costs."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def settled() -> None:
    """What is there now stays until the end, and is not looked through any more: a search among the 150,000 objects of
    a server that has started takes longer than ten pages."""
    gc.freeze()
