"""The index of titles: kept with every batch, in its transaction, by one statement for what goes and one for what
comes; made anew in parts when its rules change."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import chain

from sqlalchemy import Connection, delete, func, insert, select

from app.model.search import Spelling
from app.store.lookup import KEYS, ask
from app.store.schema import digest_entries, headlines
from app.store.title_tables import SHIFT, parts_of, title_index_build
from app.store.vocabulary import count, forget, words_of

_h, _e, _b = headlines.c, digest_entries.c, title_index_build.c
_TITLES = select(_h.id, _h.title).where(_h.id.in_(KEYS))
_CARRIED = select(_e.headline_id, _e.day).where(_e.headline_id.in_(KEYS))
_NO_DAYS: frozenset[date] = frozenset()
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(slots=True)
class Change:
    """What a batch changes. `before` and `after` are, of each headline concerned, its title and the days that list it;
    a new one has no `before`."""

    before: dict[int, tuple[str, frozenset[date]]] = field(default_factory=dict)
    after: dict[int, tuple[str, frozenset[date]]] = field(default_factory=dict)


def titles(connection: Connection, headline_ids: Iterable[int]) -> dict[int, str]:
    """Number -> title, as it is stored."""
    return {row.id: row.title for row in ask(connection, _TITLES, sorted(headline_ids))}


def keep(connection: Connection, change: Change, spelling: Spelling) -> dict[int, list[int]]:
    """Keep the words and the index; headline -> its `terms` (PostgreSQL), of each whose title or days are new."""
    unbuilt = _unbuilt(connection, change)
    words = {n: words_of(title, spelling) for n, (title, _) in change.after.items() if n not in unbuilt}
    old = {n: words_of(title, spelling) for n, (title, _) in change.before.items() if n not in unbuilt}
    difference = Counter(chain.from_iterable(words.values()))
    difference.subtract(chain.from_iterable(old.values()))
    numbers = count(connection, difference, spelling)
    if connection.dialect.name == "sqlite":
        _replace(connection, change, old, words, numbers)
        return {}
    return {
        number: parts_of(change.after[number][1]) + sorted(numbers[word] for word in now)
        for number, now in words.items()
        if old.get(number) != now or change.before[number][1] != change.after[number][1]
    }


def _unbuilt(connection: Connection, change: Change) -> set[int]:
    """Old headlines that an index in the making has still to come to, and will find as they are then."""
    building = connection.execute(select(title_index_build)).one_or_none() if change.before else None
    return {n for n in change.before if building.done < n <= building.upto} if building else set()


def _replace(
    connection: Connection,
    change: Change,
    old: Mapping[int, frozenset[str]],
    words: Mapping[int, frozenset[str]],
    numbers: Mapping[str, int],
) -> None:
    """The rows of SQLite's table. It keeps no text, so that it has to be told what it forgets."""
    terms = {word: term(number) for word, number in numbers.items()}
    gone, come = [], []
    for number, now in words.items():
        was, days = old.get(number), change.after[number][1]
        had = change.before[number][1] if was is not None else _NO_DAYS
        kept = had & days if was == now else _NO_DAYS
        if was is not None:
            gone += [("delete", (day.toordinal() << SHIFT) + number, _text(was, terms)) for day in had - kept]
        come += [((day.toordinal() << SHIFT) + number, _text(now, terms)) for day in days - kept]
    if gone:
        connection.exec_driver_sql("INSERT INTO title_fts (title_fts, rowid, terms) VALUES (?, ?, ?)", sorted(gone))
    if come:
        connection.exec_driver_sql("INSERT INTO title_fts (rowid, terms) VALUES (?, ?)", sorted(come))


def _text(words: Iterable[str], terms: Mapping[str, str]) -> str:
    return " ".join(map(terms.__getitem__, words))


@lru_cache(maxsize=131_072)  # common words come with every title
def term(number: int) -> str:
    """A word's number as SQLite's table has it: short, and never anything but letters and digits."""
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits or "0"


def is_unfinished(connection: Connection) -> bool:
    """Whether an index is in the making."""
    return connection.execute(select(title_index_build)).one_or_none() is not None


def begin_anew(connection: Connection) -> None:
    """Forget the whole index; `build` makes it anew. New headlines enter it meanwhile by themselves."""
    forget(connection)
    connection.execute(delete(title_index_build))
    last = connection.execute(select(func.coalesce(func.max(_h.id), 0))).scalar_one()
    connection.execute(insert(title_index_build).values(id=1, done=0, upto=last))
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("INSERT INTO title_fts (title_fts) VALUES ('delete-all')")


def build(connection: Connection, most: int, spelling: Spelling) -> int:
    """Bring the next `most` headlines into an index in the making; how many they were, 0 when it is done."""
    building = connection.execute(select(title_index_build)).one_or_none()
    if building is None:
        return 0
    part = select(_h.id, _h.title, _h.day).where(_h.id > building.done, _h.id <= building.upto, _h.hidden.is_(False))
    rows = connection.execute(part.order_by(_h.id).limit(most)).all()
    connection.execute(delete(title_index_build))
    if not rows:
        return 0
    days = {row.id: {row.day} for row in rows}
    for number, day in ask(connection, _CARRIED, days):
        days[number].add(day)
    change = Change(after={row.id: (row.title, frozenset(days[row.id])) for row in rows})
    set_terms(connection, keep(connection, change, spelling))
    connection.execute(insert(title_index_build).values(id=1, done=rows[-1].id, upto=building.upto))
    return len(rows)


def set_terms(connection: Connection, terms: Mapping[int, Sequence[int]]) -> None:
    """Write the `terms` of headlines that are there (PostgreSQL)."""
    if terms:
        rows = [(array(numbers), number) for number, numbers in terms.items()]
        connection.exec_driver_sql("UPDATE headlines SET terms = %s WHERE id = %s", rows)


def array(numbers: Sequence[int]) -> str:
    """Numbers as PostgreSQL reads an array."""
    return f"{{{','.join(map(str, numbers))}}}"
