"""The words of titles: their numbers, their keys, and how many headlines have each; kept with every batch."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Select, Text, delete, select, union

from app.model.search import Lookup, Spelling, Word
from app.store.dialects import DIALECTS, insert_many, listed
from app.store.lookup import KEYS, ask_all, chunks
from app.store.registry import next_id
from app.store.title_tables import WORD_CHARS, title_word_keys, title_words

_w, _k = title_words.c, title_word_keys.c
_KNOWN = {name: select(_w.id, _w.word).where(_w.word.in_(listed(name, Text()))) for name in DIALECTS}
_END = "\U0010ffff"

MOST_FOUND = 2_000
"""Words that one look-up takes from one range: the most frequent ones of those that begin alike."""


def words_of(title: str, spelling: Spelling) -> frozenset[str]:
    """The words by which a title is found."""
    words = frozenset(spelling.words(title))
    if max(map(len, words), default=0) <= WORD_CHARS:
        return words
    return frozenset(word[:WORD_CHARS] for word in words)


def count(connection: Connection, difference: Counter[str], spelling: Spelling) -> dict[str, int]:
    """Add to the numbers of headlines that have a word; word -> number, of all these words. New ones are entered."""
    numbers = {row.word: row.id for row in ask_all(connection, _KNOWN, difference)}
    fresh = sorted(difference.keys() - numbers.keys())
    if fresh:
        first = next_id(connection, title_words)
        added = {word: first + n for n, word in enumerate(fresh)}
        insert_many(connection, title_words, [(added[word], word, max(difference[word], 0)) for word in fresh])
        pairs = {(key[:WORD_CHARS], added[word]) for word in fresh for key in spelling.keys(word)}
        insert_many(connection, title_word_keys, sorted(pairs))
        numbers |= added
    _add(connection, [(difference[word], numbers[word]) for word in difference.keys() - set(fresh) if difference[word]])
    return numbers


def _add(connection: Connection, changes: Sequence[tuple[int, int]]) -> None:
    if not changes:
        return
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("UPDATE title_words SET n = n + ? WHERE id = ?", sorted(changes, key=lambda c: c[1]))
        return
    added, numbers = map(list, zip(*changes, strict=True))
    connection.exec_driver_sql(
        "UPDATE title_words w SET n = w.n + d.n FROM unnest(%s::int[], %s::int[]) d(n, id) WHERE w.id = d.id",
        (added, numbers),
    )


def look_up(connection: Connection, asked: Lookup, most: int = MOST_FOUND) -> tuple[Word, ...]:
    """The words that begin, or have keys, as asked for; the most frequent first, words that no headline has any more
    left out."""
    found = connection.execute(union(*(part.subquery().select() for part in _parts(asked, most)))).all()
    return tuple(sorted((Word(*row) for row in found), key=lambda word: (-word.n, word.word)))


def _parts(asked: Lookup, most: int) -> Iterable[Select[Any]]:
    some = select(_w.id, _w.word, _w.n).where(_w.n > 0)
    if asked.words:
        yield some.where(_w.word.in_([word[:WORD_CHARS] for word in asked.words]))
    for start in asked.starts:
        yield some.where(_w.word >= start, _w.word < start + _END).order_by(_w.n.desc(), _w.word).limit(most)
    by_key = some.join(title_word_keys, _k.word_id == _w.id)
    if asked.keys:
        yield by_key.where(_k.key.in_([key[:WORD_CHARS] for key in asked.keys]))
    for start in asked.key_starts:
        yield by_key.where(_k.key >= start, _k.key < start + _END).order_by(_w.n.desc(), _w.word).limit(most)


def rekey(connection: Connection, after: int, spelling: Spelling, most: int) -> tuple[int, int]:
    """Make the keys of the next `most` words with numbers above `after` anew; the last one's number, and how many."""
    rows = connection.execute(select(_w.id, _w.word).where(_w.id > after).order_by(_w.id).limit(most)).all()
    for part in chunks(row.id for row in rows):
        connection.execute(delete(title_word_keys).where(_k.word_id.in_(KEYS)), {"keys": part})
    pairs = sorted({(key[:WORD_CHARS], row.id) for row in rows for key in spelling.keys(row.word)})
    insert_many(connection, title_word_keys, pairs)
    return rows[-1].id if rows else after, len(rows)


def forget(connection: Connection) -> None:
    """All of it; to be made anew."""
    connection.execute(delete(title_word_keys))
    connection.execute(delete(title_words))
