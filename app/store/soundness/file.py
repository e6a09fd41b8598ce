"""The database's own: pages, indexes."""

from sqlalchemy import Connection, text

from app.store.soundness.part import Look, Rules

_MOST = 100
"""Complaints that are listed."""
_INVALID = """SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = current_schema() AND NOT (i.indisvalid AND i.indisready) ORDER BY 1"""


class File:
    """What the database says of itself: on SQLite `PRAGMA integrity_check`, which reads all of it and compares every
    index; on PostgreSQL whether an index is unusable (its pages have checksums of their own where those are on)."""

    name = "file"

    def look(self, connection: Connection, _: Rules, __: object) -> Look:
        """All of it."""
        if connection.dialect.name == "sqlite":
            told = list(connection.execute(text(f"PRAGMA integrity_check({_MOST})")).scalars())
            faults = tuple(line for line in told if line != "ok")
        else:
            faults = tuple(f"index {name} is unusable" for name in connection.execute(text(_INVALID)).scalars())
        return Look(None, 1, faults)

    def mend(self, connection: Connection, rules: Rules, _: object) -> None:
        """Make the indexes anew: they are derived from the tables. Damaged pages of a table stay damaged."""
        if connection.dialect.name == "sqlite":
            connection.execute(text("REINDEX"))
            return
        for fault in self.look(connection, rules, None).faults:
            connection.execute(text(f'REINDEX INDEX "{fault.split()[1]}"'))
