"""What is worked out once for each word: titles repeat theirs, so looking one up must not cost a call."""

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")

MOST_CHARS = 60
"""What is longer is no word that comes again; it is worked out each time."""


class Remembered(dict[str, T], Generic[T]):
    """Text -> what `make` says of it, by `remembered[text]`; safe to share between threads. It begins again when it
    holds `most` (an entry takes some 300 bytes)."""

    def __init__(self, make: Callable[[str], T], most: int = 16_384) -> None:
        super().__init__()
        self._make = make
        self._most = most

    def __missing__(self, text: str) -> T:
        made = self._make(text)
        if len(text) <= MOST_CHARS:
            if len(self) >= self._most:
                self.clear()
            self[text] = made
        return made
