"""What questions about sources cost: the same few, by indexes, whatever the number of sources, fetches or headlines."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, insert

from app.model.fetch import FetchState
from app.model.source import FetchRecord, Settled, Source, SourceState
from app.store import Store
from app.store.source_rows import record_values
from app.store.source_tables import fetches
from tests.builders import DAY, NOW


@pytest.fixture
def busy(sqlite_store: Store) -> Store:
    """Thirty sources with fifty fetches each."""
    record = record_values(FetchRecord(NOW, FetchState.OK))
    with sqlite_store.writing() as writer:
        for n in range(30):
            writer.sources.add(Source(f"https://a.mn/{n}"), NOW)
        rows = [{"id": n + 1, "source_id": n % 30 + 1, **record} for n in range(1500)]
        writer._connection.execute(insert(fetches), rows)
    return sqlite_store


def test_health_of_all_takes_four_questions_that_never_walk(busy: Store) -> None:
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked.append((statement, parameters))

    with busy.reading() as reader:
        event.listen(reader._connection, "before_cursor_execute", note)
        assert len(reader.sources.facts(DAY)) == 30
        assert len(asked) == 4
        event.remove(reader._connection, "before_cursor_execute", note)
        plans = [
            row.detail
            for statement, parameters in asked
            for row in reader._connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        ]
    assert not [line for line in plans if "headlines" in line or line.startswith("SCAN fetches")]
    assert any("ix_fetches_source_id" in line for line in plans)


def test_quiet_fetches_take_the_same_few_statements_however_many(busy: Store) -> None:
    def cost(limit: int) -> int:
        claimed = busy.claim(NOW, "w", 60, limit)
        settled = Settled(SourceState(next_at=NOW + timedelta(hours=1)), FetchRecord(NOW, FetchState.NOT_MODIFIED))
        n = 0

        def note(*_: Any) -> None:
            nonlocal n
            n += 1

        with busy.writing() as writer:
            event.listen(writer._connection, "before_cursor_execute", note)
            assert writer.sources.finish_all("w", NOW, {one.source.id: settled for one in claimed}) == frozenset()
        return n

    assert cost(1) == cost(25)
