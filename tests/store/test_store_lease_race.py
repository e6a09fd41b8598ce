"""Many workers at once: every due source goes to exactly one of them, and nobody waits for another's claim."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

from app.model.source import Source
from app.store import Store, lease
from tests.builders import NOW


def test_workers_never_share_a_source(store: Store) -> None:
    with store.writing() as writer:
        for n in range(60):
            writer.sources.add(Source(f"https://a.mn/{n}"), NOW)
    start = Barrier(6)

    def work(owner: str) -> list[int]:
        start.wait()
        mine: list[int] = []
        while got := store.claim(NOW, owner, 60, 4):
            mine += [claimed.source.id for claimed in got]
        return mine

    with ThreadPoolExecutor(6) as pool:
        taken = [source_id for mine in pool.map(work, "abcdef") for source_id in mine]
    assert sorted(taken) == list(range(1, 61))


def test_a_claim_steps_over_rows_that_another_is_taking(store: Store) -> None:
    """PostgreSQL only: SQLite lets one writer in at a time."""
    with store.writing() as writer:
        for n in range(4):
            writer.sources.add(Source(f"https://a.mn/{n}"), NOW)
    if store.dialect == "sqlite":
        first = store.claim(NOW, "one", 60, 2, None)
        assert [c.source.id for c in store.claim(NOW, "two", 60, 9)] == [3, 4]
    else:
        with store._engine.connect() as connection:
            first = lease.claim(connection, NOW, "one", 60, 2, None)
            assert [c.source.id for c in store.claim(NOW, "two", 60, 9)] == [3, 4]
            connection.commit()
    assert [c.source.id for c in first] == [1, 2]
    assert store.claim(NOW + timedelta(seconds=59), "three", 60, 9) == ()
