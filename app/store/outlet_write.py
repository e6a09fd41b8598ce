"""Outlets in editors' hands: their names and hosts, and two that are one."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from app.errors import DeskRefused, NotFound
from app.model.outlet import Outlet
from app.store import counts
from app.store.counts import Counts
from app.store.registry import plain
from app.store.schema import articles, day_counts, headlines, outlet_hosts, outlets

_o, _x, _c = outlets.c, outlet_hosts.c, day_counts.c


class OutletWriter:
    """What a write transaction may do to outlets (`Writer.outlets`); `show` is called when a reader could see a
    difference."""

    def __init__(self, connection: Connection, show: Callable[[], None]) -> None:
        self._connection = connection
        self._show = show

    def get(self, domain: str) -> Outlet:
        """One outlet. NotFound; one that was merged is none any more."""
        row = self._row(domain)
        hosts = select(_x.host).where(_x.outlet_id == row.id).order_by(_x.host)
        return Outlet(
            row.domain,
            row.name_en,
            row.name_mn,
            row.kind,
            row.country,
            tuple(row.languages.split()),
            tuple(self._connection.execute(hosts).scalars()),
        )

    def change(self, outlet: Outlet) -> None:
        """Set everything but the domain. DeskRefused when a host is another outlet's, NotFound."""
        number = self._row(outlet.domain).id
        for host in outlet.hosts:
            theirs = self._connection.execute(select(_x.outlet_id).where(_x.host == host)).scalar()
            other = self._connection.execute(select(_o.id).where(_o.domain == host, _o.id != number)).scalar()
            if theirs not in (None, number) or other is not None:
                raise DeskRefused(f"{host} belongs to another outlet.", reason="host-taken")
        values = {
            "name_en": plain(outlet.name_en),
            "name_mn": plain(outlet.name_mn),
            "kind": plain(outlet.kind),
            "country": plain(outlet.country),
            "languages": " ".join(outlet.languages),
        }
        self._connection.execute(update(outlets).where(_o.id == number).values(**values))
        self._connection.execute(delete(outlet_hosts).where(_x.outlet_id == number))
        if outlet.hosts:
            rows = [{"host": host, "outlet_id": number} for host in dict.fromkeys(outlet.hosts)]
            self._connection.execute(insert(outlet_hosts), rows)
        self._show()

    def merge(self, domain: str, into: str) -> int:
        """What is from `domain` is from `into` from now on, and so is what will come; how many headlines moved.
        DeskRefused for one and the same, NotFound."""
        gone, kept = self._row(domain), self._row(into)
        if gone.id == kept.id:
            raise DeskRefused("One and the same outlet.", reason="same-outlet")
        self._move_counts(gone.id, kept.id)
        moved = self._connection.execute(
            update(headlines).where(headlines.c.outlet_id == gone.id).values(outlet_id=kept.id)
        ).rowcount
        self._connection.execute(update(articles).where(articles.c.outlet_id == gone.id).values(outlet_id=kept.id))
        self._connection.execute(update(outlet_hosts).where(_x.outlet_id == gone.id).values(outlet_id=kept.id))
        self._connection.execute(update(outlets).where(_o.merged_into == gone.id).values(merged_into=kept.id))
        self._connection.execute(update(outlets).where(_o.id == gone.id).values(merged_into=kept.id))
        self._show()
        return int(moved)

    def _move_counts(self, gone: int, kept: int) -> None:
        difference: Counts = Counts()
        for day, language, n in self._connection.execute(
            select(_c.day, _c.language, _c.n).where(_c.outlet_id == gone)
        ).all():
            difference[day, language, gone] -= n
            difference[day, language, kept] += n
        counts.add(self._connection, difference)

    def _row(self, domain: str) -> Any:
        row = self._connection.execute(select(outlets).where(_o.domain == domain, _o.merged_into.is_(None))).first()
        if row is None:
            raise NotFound(f"There is no outlet {domain[:80]}.", kind="outlet", key=domain[:80])
        return row
