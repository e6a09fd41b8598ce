"""Tokens and kept answers: who may send, and what was answered to a request that comes again."""

import hmac
import zlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, insert, or_, select, update

from app.errors import BadFilter, NotFound
from app.model.token import SHOWN_CHARS, KeptAnswer, Scope, Token, hash_of, minute_of
from app.store.access_tables import kept_answers, tokens
from app.store.registry import next_id, plain

ANSWERS_KEPT = timedelta(hours=24)
"""How long a request may be repeated with its key."""

USED_EVERY = timedelta(minutes=1)
"""`last_used_at` is written when it is older than this."""

_t, _k = tokens.c, kept_answers.c


class AccessReader:
    """What a read transaction knows of tokens (made by `Reader.access`)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def tokens(self) -> tuple[Token, ...]:
        """All of them, dead ones too, in the order in which they were made."""
        rows = self._connection.execute(select(tokens).order_by(_t.id))
        return tuple(map(_token, rows))

    def token(self, secret: str) -> Token | None:
        """The token with this secret, dead or alive. It is found by its hash, and the hash compared again in constant
        time: how long an index takes says nothing about a secret, since nobody can aim at a hash."""
        wanted = hash_of(secret)
        row = self._connection.execute(select(tokens).where(_t.hash == wanted)).first()
        return _token(row) if row is not None and hmac.compare_digest(row.hash, wanted) else None

    def answer(self, token_id: int, key: str, now: datetime) -> KeptAnswer | None:
        """What was answered to a request of this token with this key in the last ANSWERS_KEPT."""
        return answer(self._connection, token_id, key, now)


class AccessWriter:
    """What a write transaction may do to tokens (made by `Writer.access`)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self, name: str, scopes: Iterable[Scope], secret: str, now: datetime, expires_at: datetime | None = None
    ) -> Token:
        """Enter a token. BadFilter when a live one is called so; the name of a dead one is free again."""
        rows = self._connection.execute(select(tokens).where(_t.name == name))
        if any(_token(row).is_live(now) for row in rows):
            raise BadFilter(f"There is a token {name} already: revoke it first, or take another name.", name="name")
        made = Token(
            id=next_id(self._connection, tokens),
            name=name,
            scopes=tuple(dict.fromkeys(scopes)),
            prefix=secret[:SHOWN_CHARS],
            created_at=now,
            expires_at=expires_at,
        )
        row = {name: getattr(made, name) for name in ("id", "name", "prefix", "created_at", "expires_at")}
        told = row | {"scopes": " ".join(made.scopes), "hash": hash_of(secret), "posts": 0}
        self._connection.execute(insert(tokens).values(**told))
        return made

    def revoke(self, named: str, now: datetime) -> Token:
        """End a token that is still live, by its name, its number or the beginning of its secret as lists show it.
        NotFound."""
        number = int(named) if named.isascii() and named.isdigit() and len(named) < 19 else 0
        known = or_(_t.name == named, _t.prefix == named, _t.id == number)
        rows = self._connection.execute(select(tokens).where(known).order_by(_t.name != named, _t.id))
        token = next((token for token in map(_token, rows) if token.revoked_at is None), None)
        if token is None:
            raise NotFound(f"There is no token {named} that could be revoked.", kind="token", key=named)
        self._connection.execute(update(tokens).where(_t.id == token.id).values(revoked_at=now))
        return token

    def use(self, token_id: int, now: datetime, most: int) -> int | None:
        """Count a post of a token; how many it has posted in this minute, this one included. None, and nothing counted,
        for a token that is dead by now. Above `most` nothing is counted either: the number is then `most` + 1.

        There is one writer at a time, so the count is right however many processes serve."""
        row = self._connection.execute(select(tokens).where(_t.id == token_id)).first()
        token = _token(row) if row else None
        if token is None or not token.is_live(now):
            return None
        posts = token.posted(now) + 1
        if posts > most:
            return posts
        values: dict[str, Any] = {"minute": minute_of(now), "posts": posts}
        if token.last_used_at is None or now - token.last_used_at >= USED_EVERY:
            values["last_used_at"] = now
        self._connection.execute(update(tokens).where(_t.id == token_id).values(**values))
        return posts

    def answer(self, token_id: int, key: str, now: datetime) -> KeptAnswer | None:
        """As `AccessReader.answer`; in a write transaction nobody else can be about to keep one."""
        return answer(self._connection, token_id, key, now)

    def keep(self, token_id: int, key: str, answered: KeptAnswer, now: datetime) -> None:
        """Keep an answer in the transaction of what it tells, and forget those that are too old."""
        self._connection.execute(delete(kept_answers).where(_k.created_at <= now - ANSWERS_KEPT))
        self._connection.execute(
            insert(kept_answers).values(
                token_id=token_id,
                key=plain(key),
                fingerprint=answered.fingerprint,
                status=answered.status,
                body=zlib.compress(answered.body, 3),
                created_at=now,
            )
        )


def answer(connection: Connection, token_id: int, key: str, now: datetime) -> KeptAnswer | None:
    """The kept answer of a token for a key, unless it is too old."""
    asked: Select[Any] = select(_k.fingerprint, _k.status, _k.body).where(
        _k.token_id == token_id, _k.key == plain(key), _k.created_at > now - ANSWERS_KEPT
    )
    row = connection.execute(asked).first()
    return KeptAnswer(row.fingerprint, row.status, zlib.decompress(row.body)) if row else None


def _token(row: Row[Any]) -> Token:
    return Token(
        id=row.id,
        name=row.name,
        scopes=tuple(Scope(word) for word in row.scopes.split()),
        prefix=row.prefix,
        created_at=row.created_at,
        expires_at=row.expires_at,
        last_used_at=row.last_used_at,
        revoked_at=row.revoked_at,
        minute=row.minute,
        posts=row.posts,
    )
