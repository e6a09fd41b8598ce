"""People, tokens and the audit, over HTTP and on both databases."""

import json
from collections.abc import Iterator

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.model.editor import Role
from app.model.token import Scope
from app.settings import Settings
from app.store import Store
from app.web.app import create_app
from tests.builders import NOW, rows
from tests.web.asking import Client
from tests.web.dom import Dom
from tests.web.seated import Browser, add_people, backstage

PEOPLE, TOKENS, AUDIT = "/desk/en/people", "/desk/en/tokens", "/desk/en/audit"


@pytest.fixture
def client(sqlite_store: Store) -> Iterator[Client]:
    add_people(sqlite_store)
    with Client(create_app(Settings(), sqlite_store, lambda: NOW, backstage())) as opened:
        yield opened


@pytest.fixture
def admin(client: Client) -> Browser:
    browser = Browser(client)
    browser.sign_in("admin")
    return browser


@pytest.mark.parametrize("ui", ["en", "mn"])
@pytest.mark.parametrize("page", ["people", "tokens", "audit", "account", "login"])
def test_pages_are_valid_in_both_languages(admin: Browser, client: Client, ui: str, page: str) -> None:
    browser = Browser(client) if page == "login" else admin
    answer = browser.get(f"/desk/{ui}/{page}")
    assert answer.status_code == 200
    Dom(answer.text)


def test_an_admin_adds_changes_and_switches_off(admin: Browser, client: Client, sqlite_store: Store) -> None:
    fields = {"do": "add", "name": "Saran", "role": "operator", "password": "the winter camp is far"}
    assert "said=added" in admin.submit(PEOPLE, fields).headers["location"]
    assert "name-taken" in admin.submit(PEOPLE, fields).headers["location"]
    assert "password-weak" in admin.submit(PEOPLE, fields | {"name": "tuya", "password": "a" * 20}).headers["location"]
    assert "said=name" in admin.submit(PEOPLE, fields | {"name": "<b>"}).headers["location"]
    saran = Browser(client)
    assert saran.sign_in("saran", "the winter camp is far").status_code == 303
    admin.submit(PEOPLE, {"do": "role", "name": "saran", "role": "editor"})
    with sqlite_store.reading() as reader:
        known = reader.editors.named("saran")
    assert known is not None
    assert known.editor.role is Role.EDITOR
    admin.submit(PEOPLE, {"do": "disable", "name": "saran"})
    assert saran.get("/desk/en/account").status_code == 303
    assert "last-admin" in admin.submit(PEOPLE, {"do": "disable", "name": "admin"}).headers["location"]
    assert "last-admin" in admin.submit(PEOPLE, {"do": "role", "name": "admin", "role": "editor"}).headers["location"]
    assert "not-there" in admin.submit(PEOPLE, {"do": "disable", "name": "ghost"}).headers["location"]


def test_a_tokens_secret_is_shown_once(admin: Browser, sqlite_store: Store) -> None:
    answer = admin.submit(TOKENS, {"do": "add", "name": "robot", "scope": ["ingest", "read"], "days": "30"})
    secret = answer.text.split('id="secret">')[1].split("<")[0]
    with sqlite_store.reading() as reader:
        token = reader.access.token(secret)
    assert token is not None
    assert token.scopes == (Scope.INGEST, Scope.READ)
    assert token.expires_at is not None
    assert secret not in admin.get(TOKENS).text
    assert secret not in json.dumps([dict(row, at=str(row["at"])) for row in rows(sqlite_store, "audit")])
    assert "token-taken" in admin.submit(TOKENS, {"do": "add", "name": "robot", "scope": "read"}).headers["location"]
    assert "said=scope" in admin.submit(TOKENS, {"do": "add", "name": "other"}).headers["location"]
    admin.submit(TOKENS, {"do": "revoke", "token": str(token.id)})
    with sqlite_store.reading() as reader:
        ended = reader.access.token(secret)
    assert ended is not None
    assert not ended.is_live(NOW)


def test_the_audit_tells_who_did_what_and_comes_as_a_file(admin: Browser) -> None:
    admin.submit(PEOPLE, {"do": "role", "name": "editor", "role": "operator"})
    page = admin.get(f"{AUDIT}?kind=editor&key=editor&action=role")
    assert page.text.count("<tr>") == 2
    assert "operator" in page.text
    lines = admin.get(f"{AUDIT}.ndjson?kind=editor&key=editor&action=role").text.splitlines()
    (entry,) = map(json.loads, lines)
    assert (entry["who"], entry["before"], entry["after"]) == ("admin", {"role": "editor"}, {"role": "operator"})
    table = admin.get(f"{AUDIT}.csv?who=cli").text.splitlines()
    assert len(table) == 4
    assert table[0].startswith("id,at,who,action")
    assert "Nothing was done" in admin.get(f"{AUDIT}?from=2027-01-01").text


def test_what_a_spreadsheet_would_run_is_made_inert(admin: Browser, sqlite_store: Store) -> None:
    with sqlite_store.writing() as writer:
        writer.audit.add("admin", "add", "day", "x", NOW, note="=HYPERLINK(1)")
    assert "'=HYPERLINK(1)" in admin.get(f"{AUDIT}.csv").text


@pytest.mark.parametrize("statement", ["UPDATE audit SET who = 'nobody'", "DELETE FROM audit"])
def test_the_database_itself_refuses_to_change_the_audit(store: Store, statement: str) -> None:
    with store.writing() as writer:
        writer.audit.add("anna", "hide", "headline", 1, NOW, after={"reason": "Монгол"})

    def change() -> None:
        with store.writing() as writer:
            writer._connection.execute(text(statement))

    with pytest.raises((DBAPIError, Exception), match="append-only"):
        change()
    (kept,) = rows(store, "audit")
    assert (kept["who"], kept["after"]) == ("anna", {"reason": "Монгол"})
