"""A disk that is full, a database that can only be read: readers go on, writers hear it, and nothing is half there."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event

from app.store import Store
from tests.web.answered import bad, good
from tests.web.sending import NDJSON, Poster, add_token, posting, titles

MANY = "".join(json.dumps({"title": f"Headline {n} " * 9, "url": f"https://gogo.mn/{n}"}) + "\n" for n in range(400))
ONE = json.dumps({"title": "The first one", "url": "https://gogo.mn/first"})


def refused_and_served(poster: Poster, store: Store) -> None:
    """Who sends is told so; who reads is not concerned."""
    answer = poster.post(MANY, type=NDJSON)
    bad(answer, 503, "store-unavailable")
    assert int(answer.headers["retry-after"]) > 0
    assert "/" not in answer.json().get("detail", ""), "where the database is, is nobody's business"
    for address in ("/en/", "/mn/archive", "/readyz"):
        assert poster.get(address).status_code == 200, address
    assert titles(store) == ["The first one"]


Set = Callable[[str], Callable[[], None]]


@pytest.fixture
def every_connection(store: Store) -> Set:
    """Makes every connection of the store begin with a statement; gives what undoes it."""

    def make(statement: str) -> Callable[[], None]:
        def begin(connection: Any, _: Any) -> None:
            connection.execute(statement)
            if store.dialect == "postgresql":
                connection.commit()  # else it is undone with the transaction

        event.listen(store._engine, "connect", begin)
        store._engine.dispose()

        def undo() -> None:
            event.remove(store._engine, "connect", begin)
            store._engine.dispose()

        return undo

    return make


FULL = "PRAGMA max_page_count = 1"
"""SQLite takes a limit below its size for its size: it cannot grow by a page, as on a full disk."""
READ_ONLY = {"sqlite": "PRAGMA query_only = ON", "postgresql": "SET default_transaction_read_only = on"}


@pytest.mark.parametrize("fault", ["full", "read-only"])
def test_a_full_disk_and_a_database_that_can_only_be_read(store: Store, every_connection: Set, fault: str) -> None:
    if fault == "full" and store.dialect == "postgresql":
        pytest.skip("PostgreSQL knows no such limit; the fault run of benchmarks/load fills a real disk")
    add_token(store)
    with posting(store) as poster:
        good(poster.post(ONE))
        undo = every_connection(FULL if fault == "full" else READ_ONLY[store.dialect])
        refused_and_served(poster, store)
        undo()  # somebody has made room; nothing is started again
        good(poster.post(MANY, type=NDJSON))
    assert len(titles(store)) == 401
