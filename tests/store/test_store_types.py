"""Instants and faults, as far as they need no whole store."""

import sqlite3
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from sqlalchemy.engine import make_url
from sqlalchemy.exc import IntegrityError, StatementError

from app.store import Store
from app.store.faults import faults
from app.store.types import Moment
from tests.builders import DAY, batch, headline

DIALECTS = [make_url(f"{name}://").get_dialect()() for name in ("sqlite", "postgresql")]
MOMENTS = [
    datetime(2026, 1, 15, 9, 0, 0, 999_999, tzinfo=UTC),
    datetime(2026, 1, 15, 17, 0, tzinfo=timezone(timedelta(hours=8))),
    datetime(1969, 12, 31, 23, 59, 59, 500_000, tzinfo=UTC),
    datetime(1990, 1, 1, tzinfo=UTC),
    datetime(2199, 12, 31, 23, 59, 59, tzinfo=UTC),
]


@pytest.mark.parametrize("moment", MOMENTS, ids=str)
def test_an_instant_is_the_same_on_both(moment: datetime) -> None:
    for dialect in DIALECTS:
        kept = Moment().process_bind_param(moment, dialect)
        back = Moment().process_result_value(kept, dialect)
        assert back == moment.astimezone(UTC).replace(microsecond=0)
        assert back is not None
        assert back.tzinfo is UTC


def test_no_instant_stays_none() -> None:
    for dialect in DIALECTS:
        assert Moment().process_bind_param(None, dialect) is None
        assert Moment().process_result_value(None, dialect) is None


def test_a_time_without_zone_is_refused(store: Store) -> None:
    naive = datetime(2026, 1, 15, 9, 0)  # noqa: DTZ001
    with pytest.raises((ValueError, StatementError), match="no zone"), store.writing() as writer:
        writer.put(batch([headline("A", "https://a.mn/1")], at=naive))


def test_a_mistake_of_this_program_is_not_dressed_up() -> None:
    with pytest.raises(IntegrityError), faults("somewhere"):
        raise IntegrityError("INSERT", {}, sqlite3.IntegrityError("UNIQUE constraint failed"))


def test_the_database_itself_refuses_a_second_one(store: Store) -> None:
    """Should the rules of identity ever fail, the tables still hold."""
    with store.writing() as writer:
        writer.put(
            batch([headline("A", "https://a.mn/1"), headline("B", day=DAY), headline("C", day=date(2026, 1, 1))])
        )
    for forged in (
        "UPDATE headlines SET url_key = (SELECT url_key FROM headlines WHERE title = 'A') WHERE title = 'C'",
        f"UPDATE headlines SET title_key = (SELECT title_key FROM headlines WHERE title = 'B'), day = '{DAY}'",
        "UPDATE headlines SET outlet_id = 99",
        "UPDATE store_state SET id = 2",
    ):
        with pytest.raises(IntegrityError), store.writing() as writer:
            writer._connection.exec_driver_sql(forged)
