"""The identities of headlines against their addresses and titles."""

from collections import defaultdict
from typing import Any

from sqlalchemy import Connection, Row, exists, select, update

from app.store.desk_tables import headline_notes
from app.store.schema import headlines, outlets
from app.store.soundness.part import PART, Look, Rules

_h, _o = headlines.c, outlets.c
_TOUCHED = exists().where(headline_notes.c.headline_id == _h.id)
_WANTED = select(
    _h.id,
    _h.url_key,
    _h.canonical_url,
    _h.title_key,
    _h.title,
    _h.title_published,
    _h.outlet_id,
    _h.day,
    _h.language,
    _TOUCHED.label("touched"),
)
_WORDS = {"url_key": "fingerprint of its address", "title_key": "fingerprint of its title"}


class Fingerprints:
    """By which a copy finds its headline: of the canonical address, of outlet and published title. The outlet may be
    one that was merged into today's; of a headline that an editor has corrected only the address is compared, as it
    keeps the name that its copies come with."""

    name = "fingerprints"

    def look(self, connection: Connection, rules: Rules, after: int | None) -> Look:
        """The next headlines."""
        rows, domains = _rows(connection, after), _domains(connection)
        faults = [f"headline {row.id}: {_WORDS[column]}" for row in rows for column in _right(row, rules, domains)]
        return Look(rows[-1].id if len(rows) == PART else None, len(rows), tuple(faults))

    def mend(self, connection: Connection, rules: Rules, after: int | None) -> None:
        """Make them anew, except where another headline has that identity: then two are one, and a person has to
        look."""
        domains = _domains(connection)
        for row in _rows(connection, after):
            right = _right(row, rules, domains)
            if right and not _taken(connection, row, right):
                connection.execute(update(headlines).where(_h.id == row.id).values(**right))


def _rows(connection: Connection, after: int | None) -> list[Row[Any]]:
    return list(connection.execute(_WANTED.where(_h.id > (after or 0)).order_by(_h.id).limit(PART)))


def _domains(connection: Connection) -> dict[int, list[str]]:
    """Outlet -> the domains it goes by, its own first."""
    found: dict[int, list[str]] = defaultdict(list)
    for row in connection.execute(select(_o.id, _o.domain, _o.merged_into).order_by(_o.merged_into.is_not(None))):
        found[row.merged_into or row.id].append(row.domain)
    return found


def _right(row: Row[Any], rules: Rules, domains: dict[int, list[str]]) -> dict[str, bytes | None]:
    """Column that is wrong -> what would be right."""
    found: dict[str, bytes | None] = {}
    url_key = rules.url_key(row.canonical_url) if row.canonical_url is not None else None
    if url_key != row.url_key:
        found["url_key"] = url_key
    if not row.touched:
        title = row.title_published or row.title
        right = [rules.title_key(domain, title) for domain in domains.get(row.outlet_id, ())]
        if right and row.title_key not in right:
            found["title_key"] = right[0]
    return found


def _taken(connection: Connection, row: Row[Any], right: dict[str, bytes | None]) -> bool:
    url_key = right.get("url_key", row.url_key)
    if url_key is not None:
        same = select(_h.id).where(_h.url_key == url_key, _h.id != row.id)
    else:
        title_key = right.get("title_key", row.title_key)
        alike = (_h.title_key == title_key, _h.day == row.day, _h.language == row.language, _h.url_key.is_(None))
        same = select(_h.id).where(*alike, _h.id != row.id)
    return connection.execute(same).first() is not None
