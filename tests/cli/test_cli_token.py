"""`ortoo token`: made once, shown once, listed without the secret, ended at once."""

import json

import pytest

from app.model.token import hash_of, is_secret
from app.store import Store
from tests.cli.conftest import Ortoo


def test_the_secret_alone_is_the_answer(ortoo: Ortoo, store: Store) -> None:
    said = ortoo("token", "add", "newsroom", "--scope", "ingest", "--days", "30")
    secret = said.out.rstrip("\n")
    assert said.code == 0
    assert is_secret(secret)
    assert "newsroom" in said.err
    assert "2026-02-14 17:00" in said.err
    assert secret not in said.err
    with store.reading() as reader:
        token = reader.access.token(secret)
    assert token is not None
    assert token.scopes == ("ingest",)


def test_every_secret_is_another(ortoo: Ortoo) -> None:
    assert len({ortoo("token", "add", f"n{n}").out for n in range(5)}) == 5


def test_for_machines(ortoo: Ortoo) -> None:
    made = json.loads(ortoo("token", "add", "wire", "--scope", "ingest", "--scope", "read", "--json").out)
    secret = made.pop("secret")
    assert made == {
        "id": 1,
        "name": "wire",
        "scopes": ["ingest", "read"],
        "prefix": secret[:12],
        "state": "live",
        "created_at": "2026-01-15T09:00:00Z",
        "expires_at": None,
        "last_used_at": None,
        "revoked_at": None,
    }
    listed = ortoo("token", "list", "--json").out
    assert json.loads(listed) == [made]
    assert secret[12:] not in listed
    assert hash_of(secret).hex() not in listed
    ended = json.loads(ortoo("token", "revoke", "wire", "--json").out)
    assert ended == {"outcome": "revoked", "id": 1, "name": "wire"}
    assert json.loads(ortoo("token", "list", "--json").out)[0]["state"] == "revoked"


def test_for_people(ortoo: Ortoo) -> None:
    assert "no tokens yet" in ortoo("token", "list").err
    secret = ortoo("token", "add", "wire").out.strip()
    said = ortoo("token", "list")
    assert secret[:12] in said.out
    assert secret not in said.out
    assert "live" in said.out
    assert "never used" in said.out
    assert ortoo("token", "revoke", secret[:12]).out == f"revoked: token 1, wire ({secret[:12]}…)\n"


def test_a_new_database_is_made(bare_ortoo: Ortoo) -> None:
    assert is_secret(bare_ortoo("token", "add", "first").out.strip())


@pytest.mark.parametrize(
    "wrong",
    [
        ["add"],
        ["add", ""],
        ["add", "two words"],
        ["add", "a\x1b[2J"],
        ["add", "x" * 61],
        ["add", "a", "--scope", "everything"],
        ["add", "a", "--days", "0"],
        ["add", "a", "--days", "3651"],
        ["revoke", "nobody"],
        ["revoke"],
        [],
    ],
    ids=str,
)
def test_mistakes_are_usage(ortoo: Ortoo, wrong: list[str]) -> None:
    said = ortoo("token", *wrong)
    assert said.code == 2
    assert said.out == ""
    assert "\x1b" not in said.err


def test_a_name_is_taken_while_it_lives(ortoo: Ortoo) -> None:
    assert ortoo("token", "add", "wire").code == 0
    said = ortoo("token", "add", "wire")
    assert (said.code, said.out) == (2, "")
    assert "wire" in said.err
    assert ortoo("token", "revoke", "wire").code == 0
    assert ortoo("token", "revoke", "wire").code == 2
    assert ortoo("token", "add", "wire").code == 0
