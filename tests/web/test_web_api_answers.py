"""Answers are what the OpenAPI document says they are, in both directions; and they can be kept and asked for again."""

import json
from typing import Any

import pytest
from pydantic import BaseModel
from sqlalchemy import event
from sqlalchemy.engine import Engine

from app.store import Store
from app.web.api import OPERATIONS, router
from app.web.api.operations import Operation
from tests.builders import DAY, headline, put
from tests.web.asking import Asker, Client
from tests.web.paper import SLUG
from tests.web.relays import SECRET, add_sources
from tests.web.told import print_told_paper

READS = {
    "listHeadlines": [
        "/headlines",
        "/headlines?q=visa",
        "/headlines?limit=1",
        "/headlines?lang=kk",
        "/headlines?q=xyzzy",
    ],
    "getHeadline": [f"/headlines/{number}" for number in range(1, 12)],
    "listDays": ["/days", "/days?lang=mn&q=snow", "/days?limit=1"],
    "getDay": ["/days/2026-01-15", "/days/2026-01-14?lang=en", "/days/2026-01-15?q=xyzzy", "/days/2026-01-15?lang=kk"],
    "listOutlets": ["/outlets", "/outlets?limit=1"],
    "getOutlet": ["/outlets/gogo.mn", "/outlets/montsame.gov.mn", "/outlets/MONTSAME.mn"],
    "listStories": ["/stories", "/stories?limit=1", "/stories?day=2026-01-15", "/stories?to=2020-01-01"],
    "getStory": ["/stories/1", "/stories/2"],
    "listAnalysis": ["/analysis"],
    "getAnalysis": [f"/analysis/{SLUG}"],
    "listSources": ["/sources", "/sources?limit=3"],
}
"""Addresses of every reading operation that has a model."""

BY_ID = {operation.id: operation for operation in OPERATIONS}
ADDRESSES = [(BY_ID[id_], address) for id_, addresses in READS.items() for address in addresses]

BUDGETS = {
    "/headlines": 6,
    "/headlines?q=visa": 6,
    "/headlines?outlet=gogo.mn&lang=mn&from=2026-01-01": 8,
    "/headlines?fields=id,title": 4,
    "/headlines/1": 10,
    "/stories": 8,
    "/stories/1": 7,
    "/days": 3,
    "/days?q=visa": 4,
    "/days/2026-01-15": 7,
    "/outlets": 5,
    "/outlets/gogo.mn": 6,
    "/analysis": 2,
    f"/analysis/{SLUG}": 2,
    "/sources": 5,
}
"""The most statements of an answer."""


def full(store: Store) -> None:
    """Something of everything."""
    print_told_paper(store)
    add_sources(store)


def matches(model: type[BaseModel], told: Any) -> None:
    """`told` is what the model says: nothing is missing, of another type, or not described."""
    assert model.model_validate(told).model_dump(mode="json", exclude_unset=True) == told


def test_every_endpoint_is_described_and_every_operation_served() -> None:
    served = {
        (route.path, method)
        for route in iterated(router.routes)
        for method in route.methods or ()
        if method != "HEAD" and route.path.startswith("/api/v1/")
    }
    assert served == {(one.path, one.method) for one in OPERATIONS}
    assert len(BY_ID) == len(OPERATIONS), "two operations have one id"


def iterated(routes: Any) -> Any:
    """Routes, those of included routers too."""
    for route in routes:
        inner = getattr(route, "original_router", None)
        if inner is not None:
            yield from iterated(inner.routes)
        elif hasattr(route, "path"):
            yield route


def test_every_reading_operation_is_tried_here() -> None:
    assert {one.id for one in OPERATIONS if one.method == "GET" and one.answer} == READS.keys()


@pytest.mark.parametrize(("operation", "address"), ADDRESSES, ids=[address for _, address in ADDRESSES])
def test_answers_are_as_described(store: Store, ask: Asker, operation: Operation, address: str) -> None:
    full(store)
    answer = ask(store).get(f"/api/v1{address}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert operation.answer
    matches(operation.answer, answer.json())


@pytest.mark.parametrize("operation", [one for one in OPERATIONS if one.answer], ids=lambda one: one.id)
def test_examples_are_as_described(operation: Operation) -> None:
    assert operation.answer
    assert operation.example is not None
    matches(operation.answer, operation.example)


@pytest.mark.parametrize("address", [addresses[0] for addresses in READS.values()])
def test_answers_can_be_kept_and_asked_for_again(sqlite_store: Store, ask: Asker, address: str) -> None:
    full(sqlite_store)
    client = ask(sqlite_store)
    first = client.get(f"/api/v1{address}")
    again = client.get(f"/api/v1{address}", {"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.body) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert again.headers["cache-control"] == first.headers["cache-control"]
    assert again.headers["access-control-allow-origin"] == "*"
    head = client.head(f"/api/v1{address}")
    assert (head.status_code, head.body) == (200, b"")
    assert head.headers == first.headers
    packed = client.get(f"/api/v1{address}", {"accept-encoding": "gzip"})
    assert packed.content == first.content


def test_an_answer_changes_its_tag_with_the_store(sqlite_store: Store, ask: Asker) -> None:
    full(sqlite_store)
    client = ask(sqlite_store)
    tag = client.get("/api/v1/headlines").headers["etag"]
    put(sqlite_store, headline("Something new", "https://gogo.mn/new"))
    assert client.get("/api/v1/headlines", {"if-none-match": tag}).status_code == 200


def test_any_tag_will_do_only_where_there_is_something(client: Client) -> None:
    assert client.get("/api/v1/headlines/1", {"if-none-match": "*"}).status_code == 304
    assert client.get("/api/v1/headlines/999", {"if-none-match": "*"}).status_code == 404


def test_sources_tell_no_secrets(sqlite_store: Store, ask: Asker) -> None:
    full(sqlite_store)
    text = ask(sqlite_store).get("/api/v1/sources").text
    assert SECRET not in text
    assert "rsshub" not in text, "a host inside the operator's network"
    told = {item["id"]: item for item in json.loads(text)["items"]}
    assert told[1]["address"] == "montsame.mn/rss"
    assert told[7]["address"] is None
    assert [told[n]["status"] for n in (1, 2, 3, 8, 9, 10)] == ["working", "broken", "blocked", "off", "held", "new"]


@pytest.mark.parametrize(("what", "n"), [("days", 3), ("outlets", 3), ("analysis", 1), ("sources", 10)])
def test_other_lists_go_on_too(store: Store, ask: Asker, what: str, n: int) -> None:
    full(store)
    client = ask(store)
    whole = client.get(f"/api/v1/{what}").json()
    assert whole["next"] is None
    assert len(whole["items"]) >= n
    found: list[Any] = []
    cursor: str | None = ""
    while cursor is not None:
        part = client.get(f"/api/v1/{what}?limit=2" + (f"&cursor={cursor}" if cursor else "")).json()
        found += part["items"]
        cursor = part["next"]
    assert found == whole["items"]


def test_a_day_has_its_digest_in_order(client: Client) -> None:
    told = client.get("/api/v1/days/2026-01-15").json()
    english, mongolian = told["columns"]
    assert (english["language"], mongolian["language"]) == ("en", "mn")
    assert [item["position"] for item in english["digest"]] == [1, 2, 3]
    assert [item["rank"] for item in mongolian["digest"]] == [None, None]
    assert [item["title"] for item in english["others"]] == ["Central post office restores its reading room"]
    assert told["headlines"] == 7
    assert (told["previous"], told["next"]) == ("2026-01-14", None)
    assert [article["slug"] for article in told["articles"]] == [SLUG]
    assert told["permalink"] == "http://ortoo.test/2026-01-15"


def test_a_day_of_nothing_in_a_language_is_still_a_day(client: Client) -> None:
    told = client.get("/api/v1/days/2024-12-19?lang=mn").json()
    assert [column["headlines"] for column in told["columns"]] == [0]


@pytest.mark.parametrize(("address", "most"), BUDGETS.items(), ids=str)
def test_few_questions(sqlite_store: Store, ask: Asker, address: str, most: int) -> None:
    full(sqlite_store)
    put(sqlite_store, *(headline(f"Visa number {n}", f"https://gogo.mn/{n}", day=DAY) for n in range(300)))
    client, said = ask(sqlite_store), []
    client.get(f"/en/{DAY}")  # what is the same for all readers of a revision has been asked

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith(("SELECT", "WITH")):
            said.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        assert client.get(f"/api/v1{address}").status_code == 200
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert len(said) <= most, said
