"""Headlines, their edits and their sightings, row by row as the tables take them; one statement per table and batch."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, BindParameter, Connection, bindparam, insert, select, update

from app.store.counts import Place
from app.store.dialects import DIALECTS, Plain, insert_many, listed, packed, plain_values
from app.store.dialects import insert as insert_new
from app.store.identity import Known
from app.store.lookup import KEYS, ask, ask_all
from app.store.registry import next_id
from app.store.schema import former_names, headlines, near_pairs, sightings, title_edits
from app.store.title_index import array, set_terms
from app.store.types import Moment

_h, _s = headlines.c, sightings.c
_UNCHANGED: dict[str, Any] = {}

_PLACES = select(_h.id, _h.day, _h.language, _h.outlet_id).where(_h.id.in_(KEYS), _h.hidden.is_(False))
_SEEN = {
    name: select(_s.headline_id, _s.last_at).where(
        _s.headline_id.in_(listed(name, BigInteger())), _s.origin_id == bindparam("origin_id")
    )
    for name in DIALECTS
}
_SEE_AGAIN = {
    name: update(sightings)
    .where(_s.headline_id.in_(listed(name, BigInteger())), _s.origin_id == bindparam("seen_in"))
    .values(last_at=bindparam("seen_at", type_=Moment))
    for name in DIALECTS
}


def number(connection: Connection, fresh: Sequence[Known], *, newest_first: bool = False) -> None:
    """Number new headlines in order of time, the newest highest, so that newest first is highest first. Of those of one
    time the last is the newest, or (`newest_first`) the first."""
    if fresh:
        first = next_id(connection, headlines)
        oldest_first = reversed(fresh) if newest_first else fresh
        for headline_id, known in enumerate(sorted(oldest_first, key=lambda k: (k.day, k.sort_at)), first):
            known.id = headline_id


def write(
    connection: Connection,
    fresh: Sequence[Known],
    old: Sequence[Known],
    origin_id: int,
    at: datetime,
    terms: Mapping[int, Sequence[int]],
) -> None:
    """Change the old ones, insert the new ones (in this order: a new one may take a name that an old one gives up),
    keep what was edited. `terms` are the numbers of words of those that `headlines.terms` is kept for."""
    plain = plain_values(connection)
    _change(connection, [known for known in old if known.changes], at)
    set_terms(connection, {known.id: terms[known.id] for known in old if known.id in terms})
    arrays = {known.id: array(terms[known.id]) for known in fresh if known.id in terms}
    moment = plain.moment(at)
    insert_many(connection, headlines, [_row(known, plain, moment, arrays.get(known.id)) for known in fresh])
    _keep_pairs(connection, fresh, old)
    _keep_history(connection, [known for known in (*fresh, *old) if known.edits or known.given_up], origin_id, at)


def _keep_pairs(connection: Connection, fresh: Sequence[Known], old: Sequence[Known]) -> None:
    """The keys of pairs of words. Those of an earlier title stay: they lead to a candidate that is then compared."""
    pairs = {(key, known.id) for known in fresh if known.source for key in known.source.near_keys[1:]}
    pairs |= {(key, known.id) for known in fresh for key in known.pairs}
    insert_many(connection, near_pairs, sorted(pairs))
    edited = [{"key": key, "headline_id": known.id} for known in old for key in known.pairs]
    if edited:
        connection.execute(insert_new(connection, near_pairs).on_conflict_do_nothing(), edited)


def _keep_history(connection: Connection, changed: Sequence[Known], origin_id: int, at: datetime) -> None:
    edits = [(known.id, edit) for known in changed for edit in known.edits]
    if edits:
        first = next_id(connection, title_edits)
        rows = [
            {
                "id": n,
                "headline_id": number,
                "at": at,
                "before": edit.before,
                "after": edit.after,
                "origin_id": origin_id,
            }
            for n, (number, edit) in enumerate(edits, first)
        ]
        connection.execute(insert(title_edits), rows)
    names = [
        {"title_key": title_key, "day": day, "headline_id": known.id}
        for known in changed
        for title_key, day in known.given_up
    ]
    if names:
        connection.execute(insert_new(connection, former_names).on_conflict_do_nothing(), names)


def _row(known: Known, plain: Plain, at: Any, terms: str | None) -> tuple[Any, ...]:
    """The columns of `headlines`, in their order."""
    headline = known.source
    assert headline is not None
    draft, changed = headline.draft, known.changes or _UNCHANGED
    published = plain.moment(changed.get("published_at", draft.published_at))
    return (
        known.id,
        known.url_key,
        known.title_key,
        known.outlet_id,
        draft.host,
        known.language,
        known.method,
        known.confidence,
        known.title,
        changed.get("title_given", draft.title_given),
        changed.get("folded", headline.folded),
        changed.get("url", draft.url),
        changed.get("canonical_url", draft.canonical_url),
        plain.day(known.day),
        published,
        plain.moment(known.sort_at) if published is None else published,  # both without fractions of a second
        known.honesty,
        known.bare,
        at,
        at,
        known.stated,
        changed.get("near_key", headline.near_keys[0] if headline.near_keys else None),
        terms,
        known.hidden,
        known.published,
        known.day_fixed,
    )


def _change(connection: Connection, changed: Iterable[Known], at: datetime) -> None:
    """Most changes touch the same few columns: one statement for each set of columns."""
    alike: dict[frozenset[str], list[dict[str, Any]]] = defaultdict(list)
    for known in changed:
        row = {**(known.changes or _UNCHANGED), "updated_at": at}
        alike[frozenset(row)].append({**row, "changed_id": known.id})
    for columns, rows in alike.items():
        values: dict[str, BindParameter[Any]] = {column: bindparam(column) for column in sorted(columns)}
        connection.execute(update(headlines).where(_h.id == bindparam("changed_id")).values(values), rows)


def sight(connection: Connection, fresh: Sequence[Known], old: Sequence[Known], origin_id: int, at: datetime) -> bool:
    """Note that this origin has these headlines at this moment; whether it had an old one for the first time."""
    seen = dict(map(tuple, ask_all(connection, _SEEN, [known.id for known in old], origin_id=origin_id)))
    if earlier := [number for number, last_at in seen.items() if last_at < at.replace(microsecond=0)]:
        name = connection.dialect.name
        again = {"listed": packed(name, earlier), "seen_in": origin_id, "seen_at": at}
        connection.execute(_SEE_AGAIN[name], again)
    unseen = [known.id for known in old if known.id not in seen]
    moment = plain_values(connection).moment(at)
    numbers = sorted(unseen + [known.id for known in fresh])
    insert_many(connection, sightings, [(number, origin_id, moment, moment) for number in numbers])
    return bool(unseen)


def places(connection: Connection, headline_ids: Iterable[int]) -> list[tuple[int, Place, Place, int]]:
    """For headlines that a batch does not name: number, where they belong before and after (the same), outlet."""
    return [
        (headline_id, (day, language), (day, language), outlet_id)
        for headline_id, day, language, outlet_id in ask(connection, _PLACES, sorted(headline_ids))
    ]
