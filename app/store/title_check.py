"""Whether the index of titles says of headlines what their titles say: looked up for the oldest and the newest."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from app.model.search import Spelling
from app.store.lookup import KEYS, ask
from app.store.schema import headlines
from app.store.title_index import is_unfinished, term
from app.store.title_tables import SHIFT, part_of, title_words
from app.store.vocabulary import words_of

_h, _w = headlines.c, title_words.c
_NUMBERS = select(_w.id, _w.word).where(_w.word.in_(KEYS))


class IndexReader:
    """How the index of titles is doing."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def unfinished(self) -> bool:
        """Whether there are headlines that the index does not have yet."""
        return is_unfinished(self._connection)

    def missing(self, spelling: Spelling, most: int) -> list[int]:
        """Of the `most` oldest and as many newest headlines, the numbers of those that it does not have as they are."""
        return missing(self._connection, spelling, most)


def missing(connection: Connection, spelling: Spelling, most: int) -> list[int]:
    """See `IndexReader.missing`."""
    rows: dict[int, Any] = {}
    for order in (_h.id.asc(), _h.id.desc()):
        for row in connection.execute(
            select(_h.id, _h.title, _h.day, _h.terms).where(_h.hidden.is_(False)).order_by(order).limit(most)
        ):
            rows[row.id] = row
    words = {number: words_of(row.title, spelling) for number, row in rows.items()}
    numbers = {row.word: row.id for row in ask(connection, _NUMBERS, sorted(frozenset[str]().union(*words.values())))}
    return [
        number for number, row in sorted(rows.items()) if not _has(connection, row, _numbers(words[number], numbers))
    ]


def _numbers(words: frozenset[str], numbers: Mapping[str, int]) -> list[int] | None:
    return sorted(numbers[word] for word in words) if words <= numbers.keys() else None


def _has(connection: Connection, row: Any, wanted: Sequence[int] | None) -> bool:
    if not wanted:
        return wanted is not None  # a title of signs only is not in the index
    if connection.dialect.name == "postgresql":
        return part_of(row.day) in (row.terms or ()) and [one for one in row.terms if one >= 0] == list(wanted)
    matching = " AND ".join(map(term, wanted))
    place = (row.day.toordinal() << SHIFT) + row.id
    found = connection.exec_driver_sql(
        "SELECT 1 FROM title_fts WHERE title_fts MATCH ? AND rowid = ?", (matching, place)
    )
    return found.first() is not None
