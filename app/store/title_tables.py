"""The tables of the search: which words titles have, and which titles have a word.

A word is stored once, with its number, its keys (stem, sound: whatever `app.search` says it is found by) and how many
headlines have it. Which headlines have it is kept as numbers of words: by PostgreSQL in `headlines.terms` with a GIN
index, by SQLite in the full-text table `title_fts`, which keeps no text.

A row of `title_fts` is one place where a headline is listed: its rowid is the day's ordinal (2³² times) plus the
headline's number, so that the newest come first without sorting and a span of days is a span of rowids. A headline that
a digest of another day carries has a row for that day too.

A GIN index knows no order. So `headlines.terms` says by negative numbers in which parts of the calendar a headline is
listed, and the index alone finds the words of a span of days.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import ARRAY, DDL, CheckConstraint, Column, ForeignKey, Integer, LargeBinary, Table, Text, event

from app.store.metadata import metadata
from app.store.types import Id

SHIFT = 32
"""Bits of a rowid that number the headline: four thousand million of them."""
MASK = (1 << SHIFT) - 1

WORD_CHARS = 60
"""A longer word counts by its beginning: an index entry of PostgreSQL takes 2,704 bytes, and nobody types so much."""

Terms = ARRAY(Integer).with_variant(LargeBinary(), "sqlite")
"""Numbers of a title's words, and of the parts of the calendar that list it (`part_of`); never filled on SQLite."""

PART_DAYS = 8
"""Days of one part of the calendar: a page of a common word is about so many, and ten years are 457 of them."""


def part_of(day: date) -> int:
    """The number of the part of the calendar that a day is in, below zero; words have numbers above."""
    return -(day.toordinal() // PART_DAYS) - 1


def parts_of(days: Iterable[date]) -> list[int]:
    """The parts that these days are in, each once, rising."""
    return sorted({part_of(day) for day in days})


def parts_between(first: date, last: date) -> range:
    """The parts of a span of days, both ends included, rising."""
    return range(part_of(last), part_of(first) + 1)


Ordered = Text().with_variant(Text(collation="C"), "postgresql")
"""Text in order of its code points, on both databases, so that what begins alike is a span of an index."""

title_words = Table(
    "title_words",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("word", Ordered, nullable=False, unique=True),  # folded, see app.search.folding
    Column("n", Integer, nullable=False),  # headlines that have it now
)

title_word_keys = Table(
    "title_word_keys",
    metadata,
    Column("key", Ordered, primary_key=True),
    Column("word_id", Integer, ForeignKey("title_words.id"), primary_key=True),
    sqlite_with_rowid=False,
)

# While the index is made anew: headlines up to `done` are in it, those from there to `upto` are not yet, later ones
# have entered it by themselves. Empty when all are.
title_index_build = Table(
    "title_index_build",
    metadata,
    Column("id", Id, CheckConstraint("id = 1", name="single"), primary_key=True, autoincrement=False),
    Column("done", Id, nullable=False),
    Column("upto", Id, nullable=False),
)

CREATE = """CREATE VIRTUAL TABLE title_fts USING fts5(
    terms, content='', columnsize=0, detail=none, tokenize="ascii")"""
"""Which headlines have a word is all that is kept: no positions (`detail`), no sizes, no text. Measured with 100,000
headlines: 0.17 of the size of their titles, 0.45 with positions, 0.40 with an index of beginnings."""

CREATE_GIN = "CREATE INDEX ix_headlines_terms ON headlines USING gin (terms)"


def _ddl(when: str, statement: str, dialect: str) -> None:
    made: Any = DDL(statement)  # type: ignore[no-untyped-call]
    event.listen(metadata, when, made.execute_if(dialect=dialect))


_ddl("after_create", CREATE_GIN, "postgresql")
_ddl("after_create", CREATE, "sqlite")
_ddl("before_drop", "DROP TABLE IF EXISTS title_fts", "sqlite")
