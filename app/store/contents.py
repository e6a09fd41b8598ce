"""What is in a database, in few words: rows and a digest of each table, to tell whether two databases hold the same."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, inspect, text

_SPAN = 1 << 128
_PART = 2_000
"""Rows in memory at once."""


@dataclass(frozen=True, slots=True)
class TableContents:
    """Rows of a table, and a digest of what is in them (32 hexadecimal digits) that does not depend on their order."""

    rows: int
    digest: str


def contents(connection: Connection) -> dict[str, TableContents]:
    """Table -> what is in it, of every table that is there, those of SQLite's full-text index among them. To be
    compared between databases of one kind only; the order of rows, and of columns, is not part of it."""
    return {name: _of(connection, name) for name in table_names(connection)}


def table_names(connection: Connection) -> list[str]:
    """The tables that hold rows of their own; SQLite's full-text table keeps its rows in others."""
    names = inspect(connection).get_table_names()
    return sorted(name for name in names if name != "title_fts")


def _of(connection: Connection, name: str) -> TableContents:
    columns = sorted(column["name"] for column in inspect(connection).get_columns(name))
    listed = ", ".join(f'"{column}"' for column in columns)
    asked = text(f'SELECT {listed} FROM "{name}"')  # noqa: S608 - names that the database itself has given
    found = connection.execution_options(stream_results=True).execute(asked)
    rows, total = 0, 0
    for part in found.partitions(_PART):
        rows += len(part)
        total = (total + _sum(part)) % _SPAN
    return TableContents(rows, f"{total:032x}")


def _sum(rows: Iterable[Any]) -> int:
    """Sums of hashes do not mind the order and need no sorting; rows are not chosen by an adversary here."""
    return sum(
        int.from_bytes(hashlib.blake2b(repr(tuple(row)).encode("utf-8", "surrogatepass"), digest_size=16).digest())
        for row in rows
    )


def differences(one: dict[str, TableContents], other: dict[str, TableContents]) -> list[str]:
    """The tables that are not alike."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
