"""The tables of who may send what: tokens, and answers that are kept for a repeated request.

They belong to the same schema as `app.store.schema`, which imports them. Nothing here changes a page, so nothing here
raises the store's revision.
"""

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, Table, Text

from app.store.metadata import metadata
from app.store.types import Id, Moment

tokens = Table(
    "tokens",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),  # of the live ones each has its own; the writer sees to it
    Column("scopes", Text, nullable=False),  # words, separated by spaces
    Column("prefix", Text, nullable=False),  # the beginning of the secret, for people
    Column("hash", LargeBinary(32), nullable=False, unique=True),  # SHA-256 of the secret
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment),  # NULL: never
    Column("last_used_at", Moment),  # written at most once a minute
    Column("revoked_at", Moment),
    Column("minute", Moment),  # the last one in which it posted, and how often
    Column("posts", Integer, nullable=False),
)

# What was answered to a request with an Idempotency-Key, written in the transaction of what it did.
kept_answers = Table(
    "kept_answers",
    metadata,
    Column("token_id", Id, ForeignKey("tokens.id"), primary_key=True),
    Column("key", Text, primary_key=True),
    Column("fingerprint", LargeBinary(32), nullable=False),  # of the request
    Column("status", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),  # zlib
    Column("created_at", Moment, nullable=False, index=True),
)
