"""The index of titles against the titles, all of it in one look: words, how many headlines have each, their keys, and
which headlines are found by them."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, select, text

from app.store.lookup import KEYS, ask
from app.store.schema import digest_entries, headlines
from app.store.soundness.part import PART, Look, Rules
from app.store.title_index import begin_anew, is_unfinished, term
from app.store.title_tables import SHIFT, WORD_CHARS, parts_of, title_word_keys, title_words
from app.store.vocabulary import words_of

_h, _w, _k, _e = headlines.c, title_words.c, title_word_keys.c, digest_entries.c
_CARRIED = select(_e.headline_id, _e.day).where(_e.headline_id.in_(KEYS))
_KEYS = select(_k.word_id, _k.key).where(_k.word_id.in_(KEYS))
_VOCABULARY = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.title_vocabulary USING fts5vocab(main, title_fts, instance)"


@dataclass(slots=True)
class _Expected:
    """What should be there: word -> headlines, and of each day a sum of hashes of what its rows say."""

    words: Counter[str] = field(default_factory=Counter)
    days: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    faults: list[str] = field(default_factory=list)


class TitleIndex:
    """All of it is one part. To mend it is to begin it anew; whoever called then builds it, part by part
    (`Writer.build_index`), while new headlines enter it by themselves."""

    name = "index"

    def look(self, connection: Connection, rules: Rules, _: object) -> Look:
        """All of it, in memory bounded by the number of words and days."""
        if is_unfinished(connection):
            return Look(None, 0, ("not all headlines are in it yet",))
        known = {row.word: (row.id, row.n) for row in connection.execute(select(title_words))}
        expected, looked = _Expected(), 0
        for rows in _parts(connection):
            looked += len(rows)
            _take(connection, rows, rules, known, expected)
        faults = expected.faults + _wrong_words(expected.words, known)
        faults += _wrong_keys(connection, rules)
        if connection.dialect.name == "sqlite":
            faults += _wrong_days(connection, expected.days)
        return Look(None, looked, tuple(faults))

    def mend(self, connection: Connection, _: Rules, __: object) -> None:
        """Begin anew, unless it is in the making."""
        if not is_unfinished(connection):
            begin_anew(connection)


def _parts(connection: Connection) -> Iterator[list[Any]]:
    after = 0
    while True:
        asked = select(_h.id, _h.title, _h.day, _h.terms, _h.hidden).where(_h.id > after).order_by(_h.id).limit(PART)
        rows = list(connection.execute(asked))
        if rows:
            yield rows
            after = rows[-1].id
        if len(rows) < PART:
            return


def _take(
    connection: Connection, rows: list[Any], rules: Rules, known: dict[str, tuple[int, int]], expected: _Expected
) -> None:
    days: dict[int, set[date]] = {row.id: {row.day} for row in rows}
    for number, day in ask(connection, _CARRIED, days):
        days[number].add(day)
    for row in rows:
        words = frozenset[str]() if row.hidden else words_of(row.title, rules.spelling)
        expected.words.update(words)
        numbers = sorted(known[word][0] for word in words if word in known)
        if connection.dialect.name == "postgresql":
            if list(row.terms or ()) != ([] if row.hidden else parts_of(days[row.id])) + numbers:
                expected.faults.append(f"headline {row.id} is not found by the words of its title or by its days")
            continue
        for day in days[row.id]:
            place = (day.toordinal() << SHIFT) + row.id
            for number in numbers:
                expected.days[day.toordinal()] += hash((term(number), place))


def _wrong_words(words: Counter[str], known: dict[str, tuple[int, int]]) -> list[str]:
    missing = [f"the word {word} is not known" for word in words.keys() - known.keys()]
    wrong = [
        f"the word {word} says {n} headlines, has {words[word]}" for word, (_, n) in known.items() if n != words[word]
    ]
    return sorted(missing) + sorted(wrong)


def _wrong_keys(connection: Connection, rules: Rules) -> list[str]:
    faults: list[str] = []
    after = 0
    while True:
        asked = select(_w.id, _w.word).where(_w.id > after).order_by(_w.id).limit(PART)
        rows = list(connection.execute(asked))
        there: dict[int, set[str]] = defaultdict(set)
        for row in ask(connection, _KEYS, [row.id for row in rows]):
            there[row.word_id].add(row.key)
        faults += [
            f"the word {row.word} is not found by its stem or sound"
            for row in rows
            if there[row.id] != {key[:WORD_CHARS] for key in rules.spelling.keys(row.word)}
        ]
        if len(rows) < PART:
            return faults
        after = rows[-1].id


def _wrong_days(connection: Connection, expected: dict[int, int]) -> list[str]:
    """SQLite's table keeps no text; what it says is read word by word, and summed up by day."""
    there: dict[int, int] = defaultdict(int)
    connection.execute(text(_VOCABULARY))
    told = connection.execution_options(stream_results=True).execute(text("SELECT term, doc FROM title_vocabulary"))
    for part in told.partitions(PART):
        for word, place in part:
            there[place >> SHIFT] += hash((word, place))
    days = sorted(day for day in there.keys() | expected.keys() if there.get(day, 0) != expected.get(day, 0))
    return [f"{date.fromordinal(day)}: not all headlines are found by their words, or others are" for day in days]
