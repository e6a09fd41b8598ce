"""Whatever is asked of the API, what is wrong with it is said in a problem document: precisely, and never as a page."""

from pathlib import Path
from typing import Any

import pytest

from app.clock import Clock
from app.settings import Settings
from app.store import Store
from app.web.api.schema import Problem
from app.web.app import create_app
from tests.web.asking import Answer, Client

LIST = "/api/v1/headlines"


def problem(answer: Answer, status: int) -> dict[str, Any]:
    """The problem document that an answer is."""
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["content-language"] == "en"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["content-security-policy"]
    told: dict[str, Any] = answer.json()
    assert Problem.model_validate(told).model_dump(exclude_unset=True) == told
    assert told["status"] == status
    assert told["type"].startswith("urn:ortoo:problem:")
    return told


WRONG = [
    ("limit=0", "limit", "limit=0: it cannot be a limit; expected a whole number from 1 to 200."),
    ("limit=201", "limit", "limit=201: it cannot be a limit; expected a whole number from 1 to 200."),
    ("limit=-1", "limit", "limit=-1: it cannot be a limit; expected a whole number from 1 to 200."),
    ("limit=1e3", "limit", "limit=1e3: it cannot be a limit; expected a whole number from 1 to 200."),
    ("limit=%D9%A1", "limit", "limit=١: it cannot be a limit; expected a whole number from 1 to 200."),
    ("limit=5&limit=5", "limit", "limit=5, 5: it is there 2 times; expected one value."),
    ("limit=" + "9" * 500, "limit", f"limit={'9' * 80}: it cannot be a limit; expected a whole number from 1 to 200."),
    ("page=2", "page", "page=2: there is no such parameter here; expected one of lang, outlet, q, coverage, from, "),
    ("before=2026-01-15", "before", "before=2026-01-15: there is no such parameter here"),
    ("%00=%00", "\\x00", "\\x00=\\x00: there is no such parameter here"),
    ("lang=english", "lang", "lang=english: expected language codes such as mn or en, at most 10."),
    ("lang=%00", "lang", "expected language codes"),
    ("outlet=%3Cscript%3E", "outlet", "outlet=<script>: expected domains such as montsame.mn, at most 30."),
    ("outlet=" + "&outlet=".join(f"a{n}.mn" for n in range(31)), "outlet", "at most 30"),
    ("q=a&q=b", "q", "q=a, b: it is there 2 times; expected one value."),
    ("from=2026-02-30", "from", "from=2026-02-30: expected a day such as 2026-01-15."),
    ("from=2026-01-15&to=2026-01-14", "to", "to is earlier than from."),
    ("from=2026-01-15&from=2026-01-15", "from", "it is there 2 times"),
    ("day=today", "day", "day=today: it is no day; expected a day such as 2026-01-15, from 1990-01-01 to 2199-12-31."),
    ("day=2026-01-15&to=2026-01-15", "day", "from or to is there too"),
    ("fields=title,secret", "fields", "fields=secret: there is no such member; expected names separated by commas"),
    ("fields=,", "fields", "there is no such member"),
    ("cursor=x", "cursor", "cursor is not one of this list"),
    ("cursor=" + "A" * 9000, "cursor", "cursor is not one of this list"),
    ("cursor=%00", "cursor", "cursor is not one of this list"),
    ("cursor=%D0%96", "cursor", "cursor is not one of this list"),
    ("q=%ff", "query", "query"),
    ("q=\udcff", "query", "query"),  # a bare byte, not percent-encoded
    ("&".join(f"lang=a{chr(97 + n % 26)}" for n in range(300)), "query", "query"),
]


@pytest.mark.parametrize(("query", "name", "said"), WRONG, ids=[ascii(query[:30]) for query, _, _ in WRONG])
def test_a_wrong_parameter_is_named_with_what_it_takes(client: Client, query: str, name: str, said: str) -> None:
    told = problem(client.get(f"{LIST}?{query}"), 400)
    assert told["name"] == name
    assert said in told["detail"]
    assert told["expected"]
    assert len(told["value"]) <= 80


@pytest.mark.parametrize("where", ["/days", "/outlets", "/analysis", "/sources", "/headlines/1", "/outlets/gogo.mn"])
def test_every_address_knows_its_own_parameters(client: Client, where: str) -> None:
    assert problem(client.get(f"/api/v1{where}?colour=red"), 400)["name"] == "colour"


def test_a_cursor_of_another_list_is_refused(client: Client) -> None:
    cursors = {
        where: client.get(f"/api/v1/{where}?limit=1").json()["next"] for where in ("headlines", "days", "outlets")
    }
    assert all(cursors.values())
    for where in ("headlines", "days", "outlets", "analysis", "sources"):
        for origin, cursor in cursors.items():
            answer = client.get(f"/api/v1/{where}?cursor={cursor}")
            assert answer.status_code == (200 if where == origin else 400), (where, origin)


@pytest.mark.parametrize("place", range(0, 40, 3))
def test_a_cursor_with_a_wrong_letter_is_refused(client: Client, place: int) -> None:
    cursor = client.get(f"{LIST}?limit=1").json()["next"]
    wrong = cursor[:place] + ("A" if cursor[place] != "A" else "B") + cursor[place + 1 :]
    problem(client.get(f"{LIST}?cursor={wrong}"), 400)
    problem(client.get(f"{LIST}?cursor={cursor[:place]}." if place else f"{LIST}?cursor=."), 400)


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1",
        "/api/v2/headlines",
        "/api/v1/headline",
        "/api/v1/headlines/",
        "/api/v1/headlines/0",
        "/api/v1/headlines/x",
        "/api/v1/headlines/%D9%A1",
        "/api/v1/headlines/" + "9" * 18,
        "/api/v1/headlines/" + "9" * 400,
        "/api/v1/headlines/1/2",
        "/api/v1/days/2026-02-30",
        "/api/v1/days/today",
        "/api/v1/days/2025-06-01",
        "/api/v1/days/%00",
        "/api/v1/outlets/nowhere.mn",
        "/api/v1/outlets/%00",
        "/api/v1/outlets/" + "a" * 5000,
        "/api/v1/analysis/nothing",
        "/api/v1/analysis/x%00y",
        "/api/v1/analysis/" + "a" * 5000,
        "/api/v1/sources/1",
        "/api/v1/%ff",
        "/api/v1//headlines",
    ],
)
def test_what_is_not_there(each_client: Client, address: str) -> None:
    told = problem(each_client.get(address, {"accept": "text/html"} if address == "/api/v1" else {}), 404)
    assert told["detail"].endswith((".", "?"))
    assert told["kind"]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "FOO"])
@pytest.mark.parametrize("where", ["/v1/days", "/v1/days/2026-01-15", "/v1/outlets/gogo.mn", "/openapi.json", "/docs"])
def test_a_method_that_an_address_does_not_have(client: Client, method: str, where: str) -> None:
    answer = client.ask(method, f"/api{where}")
    told = problem(answer, 405)
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"
    assert told["detail"] == "This address takes GET, HEAD, OPTIONS."


@pytest.mark.parametrize("accept", ["text/html", "application/json;q=0", "application/json;q=0, */*", "image/*"])
def test_a_client_that_takes_no_json(client: Client, accept: str) -> None:
    assert "Accept" in problem(client.get(LIST, {"accept": accept}), 406)["detail"]


@pytest.mark.parametrize(
    "accept", ["", "*/*", "application/*", "text/html, */*;q=0.1", "application/json; charset=utf-8"]
)
def test_a_client_that_does(client: Client, accept: str) -> None:
    assert client.get(LIST, {"accept": accept}).status_code == 200


def test_errors_have_no_body_for_head(client: Client) -> None:
    answer = client.head(f"{LIST}?limit=0")
    assert (answer.status_code, answer.body) == (400, b"")
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("address", [LIST, "/api/v1/days", "/api/v1/sources", "/api/v1/headlines/1"])
def test_a_database_that_is_not_there(clock: Clock, tmp_path: Path, address: str) -> None:
    store = Store.open(f"sqlite:///{tmp_path}/nowhere/store.db")
    with Client(create_app(Settings(), store, clock)) as client:
        answer = client.get(address)
    told = problem(answer, 503)
    assert answer.headers["retry-after"]
    assert answer.headers["cache-control"] == "no-store"
    assert str(tmp_path) not in told["detail"]


def test_a_mistake_in_the_program_is_a_problem_too(sqlite_store: Store, clock: Clock) -> None:
    class Broken(Store):
        def reading(self) -> Any:
            raise RuntimeError("secret")

    app = create_app(Settings(), sqlite_store, clock)
    sqlite_store.__class__ = Broken
    try:
        with Client(app) as client:
            answer = client.get(LIST)
    finally:
        sqlite_store.__class__ = Store
    assert "secret" not in answer.text
    problem(answer, 500)


def test_preflights_of_browsers(client: Client) -> None:
    asked = {"origin": "https://elsewhere.test", "access-control-request-method": "GET"}
    answer = client.ask("OPTIONS", LIST, asked)
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "GET" in answer.headers["access-control-allow-methods"]
    assert "If-None-Match" in answer.headers["access-control-allow-headers"]
    assert "GET" in answer.headers["allow"]
    assert client.ask("OPTIONS", "/api/v1/nowhere", asked).status_code == 404
