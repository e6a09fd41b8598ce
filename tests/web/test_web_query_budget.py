"""How many questions a page puts to the database: few, and no more when there is more to show."""

from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from app.store import Store
from tests.builders import DAY, batch, headline
from tests.web.asking import Asker
from tests.web.paper import SLUG, print_paper

BUDGETS = {
    "/": 20,
    "/?lang=mn&outlet=montsame.mn": 20,
    "/2026-01-15": 20,
    "/headlines/1": 12,
    "/stories": 8,
    "/archive": 9,
    "/archive/2026-01": 10,
    "/outlets": 6,
    "/outlets?sort=volume": 6,
    "/outlets/montsame.mn": 13,
    "/search": 1,
    "/search?q=visa": 14,
    "/search?q=visa&from=2026-01-01&to=2026-01-31": 17,
    "/search?q=unicorn+visa": 18,
    "/analysis": 3,
    f"/analysis/{SLUG}": 3,
    "/sources": 6,
    "/about": 0,
}
"""The most statements of a whole page; what SQLAlchemy says on its own behalf (BEGIN, PRAGMA) is not among them."""


def questions(store: Store, ask: Asker, address: str) -> list[str]:
    """The statements that one page costs."""
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith(("SELECT", "WITH")):
            said.append(statement)

    client = ask(store)
    client.get("/mn/about")  # the page cache has looked at the revision
    event.listen(Engine, "before_cursor_execute", note)
    try:
        assert client.get(address).status_code == 200
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return said


@pytest.mark.parametrize(("page", "most"), BUDGETS.items(), ids=str)
def test_few_questions(sqlite_store: Store, ask: Asker, page: str, most: int) -> None:
    print_paper(sqlite_store)
    few = questions(sqlite_store, ask, f"/en{page}")
    told = [
        headline(f"Visa number {n}", f"https://montsame.mn/{n}", day=DAY - timedelta(days=n % 20)) for n in range(600)
    ]
    with sqlite_store.writing() as writer:
        writer.put(batch(told))
    many = questions(sqlite_store, ask, f"/en{page}")
    assert len(few) <= most, few
    assert len(many) <= most, many
