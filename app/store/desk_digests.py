"""A day's digest in editors' hands: every change is a version, asked for on the state that was seen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from app.errors import Conflict, NotFound
from app.model.desk import Columns, DeskDigest, DeskRow, DigestVersion, Slot, ordered
from app.model.language import COLUMNS
from app.model.search import Spelling
from app.store import desk_rows, digests
from app.store.desk_tables import desk_digests, digest_versions
from app.store.registry import origin_number
from app.store.relist import relisted
from app.store.schema import digest_entries, headlines

ORIGIN = "desk"
"""What a digest comes from that editors made."""

_d, _v, _e, _h = desk_digests.c, digest_versions.c, digest_entries.c, headlines.c


class DeskDigestReader:
    """Digests in one read transaction (`Reader.desk_digests`)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def digest(self, day: date) -> DeskDigest:
        """A day's digest; of a day that nobody has touched, what was ingested."""
        row = self._connection.execute(select(desk_digests).where(_d.day == day)).first()
        if row is not None:
            return _digest(row)
        found: dict[str, list[Slot]] = {}
        entries = select(_e.language, _e.headline_id).where(_e.day == day).order_by(_e.language, _e.position)
        for language, number in self._connection.execute(entries):
            found.setdefault(language, []).append(Slot(number))
        columns = {language: tuple(found.get(language, ())) for language in sorted({*COLUMNS, *found})}
        return DeskDigest(day, 0, True, columns)

    def rows(self, numbers: Sequence[int]) -> dict[int, DeskRow]:
        """Headlines by number, hidden ones too."""
        return desk_rows.rows(self._connection, numbers)

    def row(self, number: int) -> DeskRow:
        """One of them. NotFound."""
        return desk_rows.one(self._connection, number)

    def of_day(self, day: date) -> tuple[DeskRow, ...]:
        """Every headline of a day, newest first, hidden ones too."""
        return desk_rows.of_day(self._connection, day)

    def versions(self, day: date, limit: int = 20) -> tuple[DigestVersion, ...]:
        """The last versions, newest first."""
        wanted = select(digest_versions).where(_v.day == day).order_by(_v.version.desc()).limit(limit)
        return tuple(map(_version, self._connection.execute(wanted)))

    def version(self, day: date, number: int) -> DigestVersion:
        """One version. NotFound."""
        row = self._connection.execute(select(digest_versions).where(_v.day == day, _v.version == number)).first()
        if row is None:
            raise NotFound(f"The digest of {day} has no version {number}.", kind="day", key=day.isoformat())
        return _version(row)

    def unpublished(self) -> tuple[DeskDigest, ...]:
        """Digests that readers do not see yet, latest day first."""
        wanted = select(desk_digests).where(_d.published.is_(False)).order_by(_d.day.desc())
        return tuple(map(_digest, self._connection.execute(wanted)))

    def due(self, now: datetime) -> tuple[date, ...]:
        """Days whose digest is to be published by now."""
        wanted = select(_d.day).where(_d.published.is_(False), _d.publish_at <= now).order_by(_d.day)
        return tuple(self._connection.execute(wanted).scalars())


class DeskDigestWriter(DeskDigestReader):
    """What a write transaction may do to digests (`Writer.desk_digests`); `show` is called when a reader could see a
    difference."""

    def __init__(self, connection: Connection, show: Callable[[], None]) -> None:
        super().__init__(connection)
        self._show = show

    def save(
        self, wanted: DeskDigest, seen: str, action: str, who: str, now: datetime, spelling: Spelling
    ) -> DeskDigest:
        """Make the day's digest as `wanted` says (its columns, whether it is published, when it will be), if it still
        is what was `seen` (a token). Conflict when it is not: then nothing is changed."""
        present = self.digest(wanted.day)
        if present.token != seen:
            raise Conflict(
                f"The digest of {wanted.day} was changed by {present.who or 'an ingest'} meanwhile.",
                version=present.version,
            )
        if present.version == 0:
            self._remember(present, "before", who, now)
        columns = {language: ordered(tuple(column)) for language, column in wanted.columns.items()}
        made = replace(wanted, version=present.version + 1, columns=columns, who=who, at=now)
        self._store(made, known=present.version > 0)
        self._remember(made, action, who, now)
        self._print(made, present, now, spelling)
        return made

    def reprint(self, headline_id: int, now: datetime, spelling: Spelling) -> None:
        """Write the entries of every day in editors' hands anew that has this headline, which was hidden or shown."""
        for row in self._connection.execute(select(desk_digests).where(_d.published.is_(True))).all():
            digest = _digest(row)
            if headline_id in digest.ids:
                self._print(digest, digest, now, spelling)

    def _store(self, made: DeskDigest, *, known: bool) -> None:
        values: dict[str, Any] = {
            "version": made.version,
            "published": made.published,
            "publish_at": made.publish_at,
            "columns": _plain(made.columns),
            "arrived": {k: list(v) for k, v in made.arrived.items()} if made.arrived else None,
            "who": made.who,
            "at": made.at,
        }
        if known:
            self._connection.execute(update(desk_digests).where(_d.day == made.day).values(**values))
        else:
            self._connection.execute(insert(desk_digests).values(day=made.day, **values))

    def _remember(self, digest: DeskDigest, action: str, who: str, now: datetime) -> None:
        self._connection.execute(
            insert(digest_versions).values(
                day=digest.day,
                version=digest.version,
                published=digest.published,
                columns=_plain(digest.columns),
                action=action,
                who=who,
                at=now,
            )
        )

    def _print(self, made: DeskDigest, before: DeskDigest, now: datetime, spelling: Spelling) -> None:
        """What readers see of it: nothing of an unpublished one."""
        numbers = {language: [slot.id for slot in column] for language, column in made.columns.items()}
        entries = printed(self._connection, made.day, numbers if made.published else {})
        with relisted(self._connection, made.ids | before.ids, spelling):
            self._connection.execute(delete(digest_entries).where(_e.day == made.day))
            if entries:
                origin_id = origin_number(self._connection, ORIGIN, ORIGIN)
                digests.ensure(self._connection, [made.day], origin_id, now)
                self._connection.execute(insert(digest_entries), entries)
        self._show()


def printed(connection: Connection, day: date, columns: Mapping[str, Sequence[int]]) -> list[dict[str, Any]]:
    """The rows of `digest_entries` of a day whose columns have these headlines, without hidden ones. English entries
    print their place; Mongolian ones print none, as in the digests that come."""
    numbers = {number for column in columns.values() for number in column}
    hidden = set(connection.execute(select(_h.id).where(_h.id.in_(numbers), _h.hidden.is_(True))).scalars())
    return [
        {
            "day": day,
            "language": language,
            "position": place,
            "rank": place if language == "en" else None,
            "headline_id": number,
        }
        for language, column in columns.items()
        for place, number in enumerate((one for one in column if one not in hidden), 1)
    ]


def _plain(columns: Columns) -> dict[str, list[list[Any]]]:
    return {language: [[slot.id, slot.pinned] for slot in column] for language, column in columns.items()}


def _columns(kept: Mapping[str, Any]) -> Columns:
    return {language: tuple(Slot(number, pinned) for number, pinned in column) for language, column in kept.items()}


def _digest(row: Row[Any]) -> DeskDigest:
    arrived = {language: tuple(numbers) for language, numbers in row.arrived.items()} if row.arrived else None
    told = (row.publish_at, arrived, row.who, row.at)
    return DeskDigest(row.day, row.version, row.published, _columns(row.columns), *told)


def _version(row: Row[Any]) -> DigestVersion:
    return DigestVersion(row.version, row.published, _columns(row.columns), row.action, row.who, row.at)
