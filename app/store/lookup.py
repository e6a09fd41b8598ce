"""Which stored headlines may a batch meet? Fetched in as few questions as there are kinds of keys."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import BindParameter, Connection, Select, bindparam, func, or_, select, text

from app.model.headline import Headline, Honesty
from app.store.dialects import DIALECTS, listed, packed
from app.store.identity import Known, Register
from app.store.schema import former_names, headlines, title_edits
from app.store.types import Key

CHUNK = 900
"""Values in one question; SQLite builds before 3.32 take 999 (https://sqlite.org/limits.html)."""

T = TypeVar("T")

_h = headlines.c
_KNOWN = (
    _h.id,
    _h.url_key,
    _h.title_key,
    _h.outlet_id,
    _h.language,
    _h.language_method,
    _h.confidence,
    _h.title,
    _h.day,
    _h.honesty,
    _h.sort_at,
    _h.bare,
    _h.first_seen_at,
    _h.stated,
    _h.hidden,
    _h.title_published,
    _h.day_fixed,
)
KEYS: BindParameter[Any] = bindparam("keys", expanding=True)
"""Stands for a chunk of keys in a question; see `ask`."""

_BY_URL = {name: select(*_KNOWN).where(_h.url_key.in_(listed(name, Key()))) for name in DIALECTS}
# SQLite takes a value of a unique index for one row, NULL too, and would walk over all headlines without URL.
_BARE = {"sqlite": text("likely(headlines.url_key IS NULL)"), "postgresql": text("headlines.url_key IS NULL")}
_BY_TITLE_WITHOUT_URL = {
    name: select(*_KNOWN).where(_h.title_key.in_(listed(name, Key())), _BARE[name]) for name in DIALECTS
}
_BY_TITLE_AND_DAY = select(*_KNOWN).where(
    _h.title_key.in_(KEYS),
    or_(_h.day.in_(bindparam("days", expanding=True)), _h.honesty == Honesty.FIRST_SEEN.value),
)
_newest = headlines.alias()
_NEWEST_BY_TITLE = select(*_KNOWN).where(
    _h.id.in_(
        select(func.max(_newest.c.id))
        .where(_newest.c.title_key.in_(KEYS))
        .group_by(_newest.c.title_key, _newest.c.language)
    )
)
_BY_FORMER_NAME = (
    select(former_names.c.title_key, former_names.c.day, *_KNOWN)
    .join(headlines, _h.id == former_names.c.headline_id)
    .where(former_names.c.title_key.in_(KEYS))
)
_FORMER_TITLES = select(title_edits.c.headline_id, title_edits.c.before).where(title_edits.c.headline_id.in_(KEYS))


def chunks(values: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """The values in lists of at most `size`."""
    rest = iter(values)
    while part := list(islice(rest, size)):
        yield part


def ask(connection: Connection, question: Select[Any], keys: Iterable[Any], **more: Any) -> Iterator[Any]:
    """The rows that `question` finds for `keys`, chunk by chunk."""
    for part in chunks(keys):
        yield from connection.execute(question, {"keys": part, **more}).all()


def ask_all(
    connection: Connection, question: Mapping[str, Select[Any]], keys: Collection[Any], **more: Any
) -> Sequence[Any]:
    """The rows that `question`, in its form for this database, finds for all `keys` in one go: see
    `app.store.dialects.listed`."""
    if not keys:
        return ()
    name = connection.dialect.name
    return connection.execute(question[name], {"listed": packed(name, keys), **more}).all()


def known_to(connection: Connection, incoming: Collection[Headline]) -> Register:
    """Every stored headline that one of these may turn out to be."""
    loading = _Loading(connection)
    loading.take(ask_all(connection, _BY_URL, {h.url_key for h in incoming if h.url_key is not None}))
    found = {known.url_key: known for known in loading.by_id.values()}
    strangers = {h.title_key for h in incoming if h.url_key is not None and h.url_key not in found}
    loading.take(ask_all(connection, _BY_TITLE_WITHOUT_URL, strangers))
    bare = [h for h in incoming if h.url_key is None]
    for part in chunks(bare):
        keys, days = {h.title_key for h in part}, {h.draft.day for h in part}
        loading.take(connection.execute(_BY_TITLE_AND_DAY, {"keys": list(keys), "days": list(days)}))
    undated = {h.title_key for h in bare if h.draft.honesty is Honesty.FIRST_SEEN}
    loading.take(ask(connection, _NEWEST_BY_TITLE, undated))
    for title_key, day, *row in ask(connection, _BY_FORMER_NAME, {h.title_key for h in bare}):
        former = loading.one(row)
        former.names |= {(title_key, day)}
        loading.register.add_title(title_key, former)
    retold = {
        known.id
        for h in incoming
        if h.url_key is not None and (known := found.get(h.url_key)) is not None and known.as_published != h.draft.title
    }
    for headline_id, before in ask(connection, _FORMER_TITLES, retold):
        loading.by_id[headline_id].former |= {before}
    return loading.register


class _Loading:
    """Rows -> Known, each headline once however often it is found."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.register = Register()
        self.by_id: dict[int, Known] = {}

    def take(self, rows: Iterable[Sequence[Any]]) -> None:
        for row in rows:
            self.one(row)

    def one(self, row: Sequence[Any]) -> Known:
        known = self.by_id.get(row[0])
        if known is None:
            known = self.by_id[row[0]] = Known(*row)
            known.was = (known.day, known.language)
            self.register.add(known)
        return known
