"""The store's door."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self

from app.store.read import Reader
from app.store.write import Writer


class Store:
    """A database of headlines. Safe to share between threads; every method raises Unavailable when the database cannot
    answer, and SchemaOutOfDate when its tables are not there."""

    @classmethod
    def open(cls, url: str) -> Self:
        """`sqlite:///path` or `postgresql://user:password@host/name`. Nothing is connected yet. SettingsError for an
        address that cannot be used."""
        raise NotImplementedError

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        raise NotImplementedError

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """One consistent view of the store; the connection goes back at exit, so render after it."""
        raise NotImplementedError

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """One transaction: all or nothing; one writer at a time. The revision rises by one if a reader could see a
        difference."""
        raise NotImplementedError

    def revision(self) -> int:
        """Rises with every visible change; the same number means the same content."""
        raise NotImplementedError

    def migrate(self) -> None:
        """Bring the tables to this program's schema. Any number of processes may call it at once."""
        raise NotImplementedError

    def check_schema(self) -> None:
        """SchemaOutOfDate unless the tables are at this program's schema."""
        raise NotImplementedError

    def close(self) -> None:
        """Give back every connection."""
        raise NotImplementedError
