"""Every route of the application with every role and with none: who may, may; nobody else learns or changes
anything."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.routing import BaseRoute, Route

from app.model.editor import RIGHTS, Right, Role
from app.settings import Settings
from app.store import Store
from app.web.app import create_app
from tests.builders import NOW, rows
from tests.web.asking import Client
from tests.web.paper import print_paper
from tests.web.relays import add_sources
from tests.web.seated import Browser, add_people, backstage, token_in

OPEN = {"/desk", "/desk/login", "/desk/{ui:ui}/login"}
"""What anybody may ask for."""

PARTS = {
    "key": "1",
    "domain": "gogo.mn",
    "ui": "en",
    "suffix": ".atom",
    "slug": "yongusil-100",
    "name": "2026-01-15.en",
    "cited": ".bib",
}
ROLES: tuple[Role | None, ...] = (None, *Role)


@pytest.fixture
def app(sqlite_store: Store) -> FastAPI:
    add_people(sqlite_store)
    print_paper(sqlite_store)
    add_sources(sqlite_store)
    return create_app(Settings(), sqlite_store, lambda: NOW, backstage())


@pytest.fixture
def browsers(app: FastAPI) -> Iterator[dict[Role | None, Browser]]:
    with Client(app) as client:
        opened: dict[Role | None, Browser] = {role: Browser(client) for role in ROLES}
        for role in Role:
            assert opened[role].sign_in(role.value).status_code == 303
        yield opened


def routes(app: FastAPI) -> list[Route]:
    """All of them, those of included routers too."""

    def walk(found: list[BaseRoute]) -> Iterator[Route]:
        for one in found:
            if isinstance(one, Route):
                yield one
            elif hasattr(one, "routes"):
                yield from walk(list(one.routes))
            elif hasattr(one, "original_router"):
                yield from walk(list(one.original_router.routes))

    return list(walk(list(app.routes)))


def needs(route: Route) -> Right | None:
    right: Right | None = getattr(route.endpoint, "needs", None)
    return right


def address(route: Route) -> str:
    parts = {**PARTS, "key": "2026-01-15"} if "/days/" in route.path else PARTS
    return re.sub(r"{(\w+)(?::\w+)?}", lambda m: parts.get(m[1], "1"), route.path)


def test_every_route_of_the_desk_says_what_right_it_demands(app: FastAPI) -> None:
    found = [route for route in routes(app) if route.path.startswith("/desk")]
    assert len(found) > 30
    for route in found:
        assert (needs(route) is None) == (route.path in OPEN), route.path


def test_everything_below_the_desk_is_made_by_its_door(app: FastAPI) -> None:
    outside = [route.path for route in routes(app) if needs(route) and not route.path.startswith("/desk/{ui:ui}")]
    assert outside == []


def test_pages_answer_to_who_has_the_right(app: FastAPI, browsers: dict[Role | None, Browser]) -> None:
    for route in routes(app):
        right = needs(route)
        if right is None or "GET" not in (route.methods or ()):
            continue
        for role, browser in browsers.items():
            answer = browser.get(address(route))
            if role is None:
                assert answer.status_code == 303, (route.path, role)
                assert answer.headers["location"].startswith("/desk/en/login"), route.path
                assert answer.body == b""
            elif right in RIGHTS[role]:
                assert answer.status_code in (200, 404), (route.path, role, answer.status_code)
            else:
                assert answer.status_code == 403, (route.path, role)
            assert answer.headers["cache-control"] == "no-store", route.path


CHANGING = (
    "headlines",
    "digest_entries",
    "editors",
    "tokens",
    "outlets",
    "sources",
    "analyses",
    "headline_notes",
    "audit",
)


def state(store: Store) -> list[list[dict[str, Any]]]:
    return [rows(store, table) for table in CHANGING]


@pytest.mark.parametrize(
    "fields",
    [
        {"do": "add", "name": "intruder", "role": "admin", "password": "the winter camp is far"},
        {"do": "hide", "reason": "x"},
    ],
    ids=["add", "hide"],
)
def test_deeds_are_done_for_who_has_the_right_and_sends_our_form(
    app: FastAPI, browsers: dict[Role | None, Browser], sqlite_store: Store, fields: dict[str, str]
) -> None:
    before = state(sqlite_store)
    for route in routes(app):
        right = needs(route)
        if right is None or "POST" not in (route.methods or ()) or route.path.endswith("/logout"):
            continue
        for role, browser in browsers.items():
            token = token_in(browser.get("/desk/en/account" if role else "/desk/en/login"))
            forged = browser.post(address(route), {"csrf": "forged", **fields})
            assert forged.status_code == (303 if role is None else 403), (route.path, role)
            if role is None or right not in RIGHTS[role]:
                answer = browser.post(address(route), {"csrf": token, **fields})
                assert answer.status_code == (303 if role is None else 403), (route.path, role)
    assert state(sqlite_store) == before, "nobody without the right has changed anything"


def test_no_page_of_readers_tells_who_is_signed_in(app: FastAPI, browsers: dict[Role | None, Browser]) -> None:
    for route in routes(app):
        if route.path.startswith(("/desk", "/metrics")) or "GET" not in (route.methods or ()):
            continue  # the metrics count this very request
        stranger, admin = (browsers[role].get(address(route)) for role in (None, Role.ADMIN))
        said = [answer.content.replace(answer.number.encode(), b"number") for answer in (stranger, admin)]
        assert (stranger.status_code, said[0]) == (admin.status_code, said[1]), route.path


def test_every_page_has_every_header_of_protection(app: FastAPI, browsers: dict[Role | None, Browser]) -> None:
    for route in routes(app):
        if "GET" not in (route.methods or ()):
            continue
        headers = browsers[Role.ADMIN].get(address(route)).headers
        policy = headers["content-security-policy"]
        assert "unsafe" not in policy, route.path
        assert "frame-ancestors 'none'" in policy, route.path
        assert headers["x-content-type-options"] == "nosniff", route.path
        assert headers["referrer-policy"], route.path
        assert headers["permissions-policy"], route.path
