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
def every_connection(sqlite_store: Store) -> Set:
    """Makes every connection of the store begin with a statement; gives what undoes it."""

    def make(statement: str) -> Callable[[], None]:
        def begin(connection: Any, _: Any) -> None:
            connection.execute(statement)

        event.listen(sqlite_store._engine, "connect", begin)
        sqlite_store._engine.dispose()

        def undo() -> None:
            event.remove(sqlite_store._engine, "connect", begin)
            sqlite_store._engine.dispose()

        return undo

    return make


@pytest.mark.parametrize("statement", ["PRAGMA max_page_count = 1", "PRAGMA query_only = ON"])
def test_a_full_disk_and_a_file_that_can_only_be_read(
    sqlite_store: Store, every_connection: Set, statement: str
) -> None:
    """SQLite takes a limit below its size for its size: it cannot grow by a page, as on a full disk."""
    add_token(sqlite_store)
    with posting(sqlite_store) as poster:
        good(poster.post(ONE))
        undo = every_connection(statement)
        refused_and_served(poster, sqlite_store)
        undo()  # somebody has made room; nothing is started again
        good(poster.post(MANY, type=NDJSON))
    assert len(titles(sqlite_store)) == 401
