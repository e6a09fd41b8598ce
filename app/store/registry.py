"""Numbers for outlets and origins; new ones are entered as they come."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Column, Connection, Table, func, insert, select, update

from app.model.outlet import Outlet
from app.store.lookup import KEYS, ask
from app.store.schema import origins, outlet_hosts, outlets

MAX_NAME = 500
"""Characters of an origin's name; PostgreSQL indexes at most 2,704 bytes."""

_OUTLETS = select(outlets).where(outlets.c.domain.in_(KEYS))
_MEANT = select(outlet_hosts).where(outlet_hosts.c.host.in_(KEYS))
_HOSTS = select(outlet_hosts.c.host).where(outlet_hosts.c.host.in_(KEYS))


def next_id(connection: Connection, table: Table) -> int:
    """The first free number of a table. There is one writer at a time, so nobody else takes it."""
    number: Column[int] = table.c.id
    return (connection.execute(select(func.max(number))).scalar() or 0) + 1


def plain(text: str) -> str:
    """Text that any database takes: what it cannot hold (NUL, half a surrogate pair as in a file name that is not
    UTF-8) becomes a backslash escape."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8").replace("\0", "\\x00")


def origin_number(connection: Connection, name: str, format_name: str) -> int:
    """The number of what something came from. A name over MAX_NAME ends in a hash of the whole."""
    name = plain(name)
    if len(name) > MAX_NAME:
        name = f"{name[: MAX_NAME - 17]}…{hashlib.blake2b(name.encode(), digest_size=8).hexdigest()}"
    known: int | None = connection.execute(select(origins.c.id).where(origins.c.name == name)).scalar()
    if known is not None:
        return known
    number = next_id(connection, origins)
    connection.execute(insert(origins).values(id=number, name=name, format=plain(format_name)))
    return number


def outlet_numbers(
    connection: Connection, domains: Iterable[str], told: Mapping[str, Outlet]
) -> tuple[dict[str, int], bool]:
    """Domain -> number, and whether a reader could see a difference. New ones are entered; what is `told` of an outlet
    that so far was only a domain fills in its name and the rest, and never changes what is there. A domain that editors
    made a host of another outlet, or merged into it, means that one."""
    wanted = sorted(set(domains))
    stored = {row.domain: row for row in ask(connection, _OUTLETS, wanted)}
    numbers = {domain: row.merged_into or row.id for domain, row in stored.items()}
    unknown = [domain for domain in wanted if domain not in numbers]
    numbers |= {row.host: row.outlet_id for row in ask(connection, _MEANT, unknown)}
    missing = [domain for domain in unknown if domain not in numbers]
    if missing:
        first = next_id(connection, outlets)
        numbers |= {domain: first + n for n, domain in enumerate(missing)}
        connection.execute(insert(outlets), [_row(told.get(d) or Outlet(d, d, d), numbers[d]) for d in missing])
    bare = [
        d
        for d, row in stored.items()
        if row.merged_into is None and _is_bare(row) and d in told and not _is_bare(told[d])
    ]
    for domain in bare:
        row = _row(told[domain], numbers[domain])
        connection.execute(update(outlets).where(outlets.c.id == row["id"]).values(**row))
    _enter_hosts(connection, [told[d] for d in wanted if d in told], numbers)
    return numbers, bool(missing or bare)


def _is_bare(outlet: Any) -> bool:
    return bool(outlet.name_en == outlet.domain and outlet.name_mn == outlet.domain)


def _row(outlet: Outlet, number: int) -> dict[str, Any]:
    return {
        "id": number,
        "domain": outlet.domain,
        "name_en": outlet.name_en,
        "name_mn": outlet.name_mn,
        "kind": outlet.kind,
        "country": outlet.country,
        "languages": " ".join(outlet.languages),
    }


def _enter_hosts(connection: Connection, told: Iterable[Outlet], numbers: Mapping[str, int]) -> None:
    wanted = {host: numbers[outlet.domain] for outlet in told for host in outlet.hosts}
    taken = {row[0] for row in ask(connection, _HOSTS, sorted(wanted))}
    rows = [{"host": host, "outlet_id": number} for host, number in wanted.items() if host not in taken]
    if rows:
        connection.execute(insert(outlet_hosts), rows)


def known_outlets(connection: Connection) -> tuple[Outlet, ...]:
    """Every outlet, by domain."""
    hosts: dict[int, list[str]] = {}
    for host, outlet_id in connection.execute(select(outlet_hosts).order_by(outlet_hosts.c.host)):
        hosts.setdefault(outlet_id, []).append(host)
    made = (
        Outlet(
            row.domain,
            row.name_en,
            row.name_mn,
            row.kind,
            row.country,
            tuple(row.languages.split()),
            tuple(hosts.get(row.id, ())),
        )
        for row in connection.execute(select(outlets).where(outlets.c.merged_into.is_(None)))
    )
    return tuple(sorted(made, key=lambda outlet: outlet.domain))
