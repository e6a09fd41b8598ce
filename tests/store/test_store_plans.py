"""How SQLite answers the questions of the pages: by indexes, and in few questions."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from app.model.filters import TimelineFilter
from app.model.item import Position
from app.store import Reader, Store
from tests.asking import sought
from tests.builders import DAY, NOW, article, batch, entry, headline

ALL = TimelineFilter()
NARROW = TimelineFilter(languages=("mn",), outlets=("gogo.mn",), since=DAY - timedelta(days=30), until=DAY)
PLACE = Position(DAY - timedelta(days=50), NOW - timedelta(days=50), 500)
DAYS = [DAY - timedelta(days=n) for n in range(7)]


@pytest.fixture
def full(sqlite_store: Store) -> Store:
    """A thousand headlines over a hundred days, a digest each week, and what the planner learns from them."""
    told = [
        headline(f"Headline {n}", f"https://a.mn/{n}", at=NOW - timedelta(hours=2.4 * n), language=("en", "mn")[n % 2])
        for n in range(1000)
    ]
    with sqlite_store.writing() as writer:
        writer.put(batch(told, articles=[article()]))
        for n in range(0, 100, 7):
            day = DAY - timedelta(days=n)
            writer.put(batch([entry(f"Entry {n}", 1, digest=day), entry(f"Бичлэг {n}", 1, language="mn", digest=day)]))
    return sqlite_store


def asked(store: Store, question: Callable[[Reader], object]) -> list[tuple[str, Any]]:
    """The statements, with parameters, that `question` costs; consuming an iterator is part of it."""
    said: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        said.append((statement, parameters))

    with store.reading() as reader:
        event.listen(reader._connection, "before_cursor_execute", note)
        answer = question(reader)
        assert answer is not None
        if isinstance(answer, Iterator):
            list(answer)
    return said


def plan(store: Store, statement: str, parameters: Any) -> str:
    with store.reading() as reader:
        rows = reader._connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        return "\n".join(row.detail for row in rows)


QUESTIONS: dict[str, tuple[Callable[[Reader], object], int]] = {
    "days": (lambda r: r.days(ALL, (), 10), 1),
    "days, narrowed": (lambda r: r.days(NARROW, (), 10), 1),
    "days with a common word": (lambda r: r.days(ALL, sought(r, "headline"), 10), 5),
    "a day": (lambda r: r.listed(ALL, (), [DAY], 200), 3),
    "a week": (lambda r: r.listed(ALL, (), DAYS, 50), 2),
    "a day, narrowed, with words": (lambda r: r.listed(NARROW, sought(r, "headline"), [DAY], 200), 4),
    "column totals": (lambda r: r.column_totals(ALL, (), DAYS), 1),
    "column totals with words": (lambda r: r.column_totals(NARROW, sought(r, "headline"), DAYS), 4),
    "outlet counts": (lambda r: r.outlet_counts(ALL, (), DAYS[-1], DAY), 2),
    "month counts": (lambda r: r.month_counts(DAYS[-1], DAY), 1),
    "volumes": (lambda r: r.volumes(DAYS[-1], DAY), 1),
    "volumes of an outlet": (lambda r: r.volumes(DAYS[-1], DAY, "montsame.mn"), 1),
    "shares of an outlet": (lambda r: r.shares("montsame.mn"), 1),
    "where words are found": (lambda r: r.found(sought(r, "headline"), 20), 7),
    "neighbours": (lambda r: r.neighbours(DAY), 1),
    "articles of a day": (lambda r: r.articles_of(DAY), 2),
    "an article": (lambda r: r.article(article().slug), 1),
    "newest articles": (lambda r: r.articles(10), 1),
    "a headline": (lambda r: r.headline(7), 1),
    "items": (lambda r: r.items(ALL, (), None, 50), 4),
    "items, narrowed": (lambda r: r.items(NARROW, (), None, 50), 4),
    "items behind one": (lambda r: r.items(ALL, (), PLACE, 50), 4),
    "places": (lambda r: r.places([1, 2, 3]), 1),
    "articles behind one": (lambda r: r.articles(10, (DAY, article().slug)), 1),
    "names": (lambda r: r.names(["a.mn"]), 1),
    "export of a week": (lambda r: r.export(DAYS[-1], DAY), 7),
}


@pytest.mark.parametrize(("question", "budget"), QUESTIONS.values(), ids=QUESTIONS)
def test_few_questions_and_none_walks_over_the_headlines(
    full: Store, question: Callable[[Reader], object], budget: int
) -> None:
    said = asked(full, question)
    assert 1 <= len(said) <= budget, [statement for statement, _ in said]
    for statement, parameters in said:
        steps = plan(full, statement, parameters).splitlines()
        if any(step.startswith(("SCAN headlines", "SCAN day_counts")) for step in steps):
            stops_early = "LIMIT" in statement and not any("TEMP B-TREE" in step for step in steps)
            assert stops_early, f"{statement}\n" + "\n".join(steps)


def test_the_rows_of_a_day_come_from_the_index_of_days(full: Store) -> None:
    statement, parameters = asked(full, lambda r: r.listed(ALL, (), [DAY], 200))[-1]
    assert "ix_headlines_day (day=? AND language=?)" in plan(full, statement, parameters)


def test_look_ups_of_a_batch_use_their_keys(full: Store) -> None:
    said: list[tuple[str, Any]] = []
    told = batch([headline("Headline 1", "https://a.mn/1"), headline("New"), headline("Undated", "https://a.mn/n")])
    with full.writing() as writer:
        event.listen(
            writer._connection, "before_cursor_execute", lambda c, u, statement, p, *_: said.append((statement, p))
        )
        writer.put(told)
    questions = [
        (statement, p)
        for statement, p in said
        if statement.startswith(("SELECT", "WITH")) and "FROM headlines" in statement
    ]
    assert len(questions) >= 3
    for statement, parameters in questions:
        if "max(headlines.id)" not in statement:  # the end of the primary key
            assert "SCAN headlines" not in plan(full, statement, parameters), statement


def test_the_cost_of_a_batch_does_not_grow_with_its_rows(sqlite_store: Store) -> None:
    def statements(n: int) -> int:
        said: list[str] = []
        told = batch([headline(f"Headline with number {i} of {n}", f"https://a.mn/{n}/{i}") for i in range(n)])
        with sqlite_store.writing() as writer:
            event.listen(writer._connection, "before_cursor_execute", lambda c, u, s, *_: said.append(s))
            writer.put(told)
        return len(said)

    statements(1)  # enters the outlet and the origin
    assert statements(2) == statements(500)


def test_what_comes_is_looked_up_by_indexes(full: Store) -> None:
    """By the index of what is asked for: that of addresses would be one of all headlines without an address too."""
    said: list[tuple[str, Any]] = []
    with full.writing() as writer:
        event.listen(writer._connection, "before_cursor_execute", lambda _, __, s, p, *___: said.append((s, p)))
        writer.put(batch([headline("Rail link opens", "https://a.mn/new")]))
    looked = [(s, p) for s, p in said if "FROM headlines" in s and "places" in s]
    found = [plan(full, *one).splitlines()[0] for one in looked]
    assert [one.rpartition("USING INDEX ")[2] for one in found] == [
        "sqlite_autoindex_headlines_1 (url_key=?)",
        "uq_headlines_without_url (title_key=?)",
    ]
