"""Column types that read the same on both databases."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, Integer, LargeBinary
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

Id = BigInteger().with_variant(Integer(), "sqlite")
"""64 bits on both; SQLite makes only a column of the very type INTEGER the row's own number."""


KEY_BYTES = 16


class Key(LargeBinary):
    """KEY_BYTES bytes that identify something. Both drivers take bytes as they are; SQLAlchemy would wrap each in a
    memoryview, which costs more than looking it up."""

    def __init__(self) -> None:
        super().__init__(KEY_BYTES)

    def bind_processor(self, dialect: Dialect) -> None:
        """Nothing to do on the way in."""


class Moment(TypeDecorator[datetime]):
    """An instant, whole seconds: aware UTC in, aware UTC out; fractions are cut off, ValueError for a naive time.

    SQLite has no such type: there it is the number of seconds since 1970, which sorts, compares and indexes as an
    integer (4 bytes against 26 of text). PostgreSQL keeps TIMESTAMPTZ.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """BIGINT on SQLite, TIMESTAMPTZ elsewhere."""
        return dialect.type_descriptor(BigInteger() if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Python -> database."""
        return self.plain(value, sqlite=dialect.name == "sqlite")

    @staticmethod
    def plain(value: datetime | None, *, sqlite: bool) -> Any:
        """What the driver is handed."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no zone: the store keeps instants only")
        return int(value.timestamp() // 1) if sqlite else value.astimezone(UTC).replace(microsecond=0)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Database -> Python."""
        if value is None:
            return None
        return datetime.fromtimestamp(value, UTC) if dialect.name == "sqlite" else value.astimezone(UTC)
