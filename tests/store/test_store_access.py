"""Tokens and kept answers, on each kind of database."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.errors import BadFilter, NotFound
from app.model.token import (
    SECRET_BYTES,
    KeptAnswer,
    Scope,
    Token,
    hash_of,
    is_secret,
    is_token_name,
    secret_of,
)
from app.store import Store
from app.store.access import ANSWERS_KEPT
from app.store.access_tables import kept_answers, tokens
from tests.builders import NOW

SECRET = secret_of(bytes(range(SECRET_BYTES)))
OTHER = secret_of(bytes(SECRET_BYTES))
SECOND = timedelta(seconds=1)
ANSWER = KeptAnswer(b"f" * 32, 200, "{“хариу”}".encode())


def add(
    store: Store, name: str = "newsroom", secret: str = SECRET, expires_at: datetime | None = None, at: datetime = NOW
) -> Token:
    with store.writing() as writer:
        return writer.access.add(name, [Scope.INGEST], secret, at, expires_at)


def use(store: Store, token: Token, at: datetime, most: int = 9) -> int | None:
    with store.writing() as writer:
        return writer.access.use(token.id, at, most)


def found(store: Store, secret: str = SECRET) -> Token | None:
    with store.reading() as reader:
        return reader.access.token(secret)


def test_a_secret_is_recognised_and_says_what_it_is() -> None:
    assert is_secret(SECRET)
    assert SECRET.startswith("ortoo_")
    assert not any(
        map(is_secret, ["", "ortoo_", SECRET[:-1], SECRET + "A", SECRET.replace("_", "-", 1), SECRET + "\n"])
    )
    with pytest.raises(ValueError, match="32"):
        secret_of(b"few")


@pytest.mark.parametrize("name", ["newsroom", "а-хэсэг", "n8n.prod_2", "7"])
def test_names(name: str) -> None:
    assert is_token_name(name)


@pytest.mark.parametrize("name", ["", " ", "a b", "-x", "a/b", "a" * 61, "a\n", "a\x1b"])
def test_what_is_no_name(name: str) -> None:
    assert not is_token_name(name)


def test_a_token_is_found_by_its_secret_alone(store: Store) -> None:
    made = add(store, expires_at=NOW + timedelta(days=1))
    assert found(store) == made
    assert found(store, OTHER) is None
    assert found(store, made.prefix) is None
    assert made.prefix == SECRET[:12]


def test_the_secret_is_nowhere_in_the_database(sqlite_store: Store) -> None:
    add(sqlite_store)
    path = sqlite_store._engine.url.database
    assert path is not None
    sqlite_store.close()
    there = b"".join(file.read_bytes() for file in Path(path).parent.glob(f"{Path(path).name}*"))
    assert hash_of(SECRET) in there
    assert SECRET.encode() not in there
    assert SECRET[13:].encode() not in there


def test_tokens_are_no_news(store: Store) -> None:
    before = store.revision()
    token = add(store)
    use(store, token, NOW)
    with store.writing() as writer:
        writer.access.revoke("newsroom", NOW)
    assert store.revision() == before


def test_a_live_name_is_taken_a_dead_one_is_free(store: Store) -> None:
    add(store)
    with pytest.raises(BadFilter, match="newsroom"):
        add(store, secret=OTHER)
    with store.writing() as writer:
        writer.access.revoke("newsroom", NOW)
    again = add(store, secret=OTHER)
    with store.reading() as reader:
        old, new = reader.access.tokens()
    assert (old.revoked_at, new) == (NOW, again)


def test_an_expired_name_is_free(store: Store) -> None:
    add(store, expires_at=NOW + SECOND)
    assert add(store, secret=OTHER, at=NOW + SECOND).id == 2


@pytest.mark.parametrize("named", ["newsroom", SECRET[:12], "1"])
def test_revoked_by_name_prefix_or_number(store: Store, named: str) -> None:
    add(store)
    with store.writing() as writer:
        assert writer.access.revoke(named, NOW).name == "newsroom"
    token = found(store)
    assert token is not None
    assert not token.is_live(NOW)
    with pytest.raises(NotFound), store.writing() as writer:
        writer.access.revoke(named, NOW)


def test_a_name_goes_before_a_number(store: Store) -> None:
    add(store, "first")
    add(store, "1", OTHER)
    with store.writing() as writer:
        assert writer.access.revoke("1", NOW).id == 2


@pytest.mark.parametrize("named", ["nobody", "2", "ortoo_", "9" * 40, "", "%"])
def test_nobody_else_is_revoked(store: Store, named: str) -> None:
    add(store)
    with pytest.raises(NotFound), store.writing() as writer:
        writer.access.revoke(named, NOW)


def test_a_token_dies_to_the_second(store: Store) -> None:
    token = add(store, expires_at=NOW + SECOND)
    assert token.is_live(NOW)
    assert not token.is_live(NOW + SECOND)
    assert use(store, token, NOW) == 1
    assert use(store, token, NOW + SECOND) is None


def test_posts_are_counted_by_the_minute(store: Store) -> None:
    token = add(store)
    times = [NOW, NOW + 59 * SECOND, NOW + 60 * SECOND, NOW + 61 * SECOND]
    assert [use(store, token, at) for at in times] == [1, 2, 1, 2]
    after = found(store)
    assert after is not None
    assert [after.posted(at) for at in times] == [0, 0, 2, 2]


def test_what_is_too_much_is_not_counted(store: Store) -> None:
    token = add(store)
    assert [use(store, token, NOW, most=2) for _ in range(4)] == [1, 2, 3, 3]
    after = found(store)
    assert after is not None
    assert after.posts == 2


def test_the_last_use_is_written_once_a_minute(store: Store) -> None:
    token = add(store)
    seen = []
    for seconds in (0, 30, 59, 60, 100, 121):
        use(store, token, NOW + seconds * SECOND)
        after = found(store)
        assert after is not None
        assert after.last_used_at is not None
        seen.append(int((after.last_used_at - NOW).total_seconds()))
    assert seen == [0, 0, 0, 60, 60, 121]


def test_an_unknown_token_counts_nothing(store: Store) -> None:
    with store.writing() as writer:
        assert writer.access.use(7, NOW, 9) is None


def keep(store: Store, token: Token, key: str, at: datetime = NOW) -> None:
    with store.writing() as writer:
        writer.access.keep(token.id, key, ANSWER, at)


def test_an_answer_is_kept_for_a_day_for_its_token_alone(store: Store) -> None:
    mine, other = add(store), add(store, "other", OTHER)
    keep(store, mine, "k1")
    with store.reading() as reader:
        last = NOW + ANSWERS_KEPT - SECOND
        assert reader.access.answer(mine.id, "k1", last) == ANSWER
        assert reader.access.answer(mine.id, "k1", last + SECOND) is None
        assert reader.access.answer(mine.id, "k2", NOW) is None
        assert reader.access.answer(other.id, "k1", NOW) is None


def test_old_answers_go_when_a_new_one_comes(store: Store) -> None:
    token = add(store)
    keep(store, token, "old")
    keep(store, token, "young", NOW + timedelta(hours=23))
    keep(store, token, "old", NOW + ANSWERS_KEPT)
    with store.reading() as reader:
        rows = reader._connection.execute(kept_answers.select()).all()
    assert sorted(row.key for row in rows) == ["old", "young"]


def test_a_failed_transaction_keeps_no_answer(store: Store) -> None:
    token = add(store)

    def fail() -> None:
        with store.writing() as writer:
            writer.access.use(token.id, NOW, 9)
            writer.access.keep(token.id, "k", ANSWER, NOW)
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    with store.reading() as reader:
        assert reader.access.answer(token.id, "k", NOW) is None
        assert reader._connection.execute(tokens.select()).one().posts == 0
