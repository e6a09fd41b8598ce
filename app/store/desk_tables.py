"""The tables of the desk: people and their sessions, the audit, what editors say of headlines, days and articles.

They belong to the same schema as `app.store.schema`, which imports them.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
)

from app.store.metadata import metadata
from app.store.types import Id, Key, Moment

FACTS = JSON(none_as_null=True)

editors = Table(
    "editors",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False, unique=True),
    Column("role", Text, nullable=False),
    Column("password", Text, nullable=False),  # Argon2id, with its parameters and salt
    Column("totp", Text),  # base32; NULL: no second factor
    Column("totp_step", BigInteger),  # the last step whose code was taken
    Column("created_at", Moment, nullable=False),
    Column("password_at", Moment, nullable=False),
    Column("disabled_at", Moment),
)

editor_sessions = Table(
    "editor_sessions",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("hash", LargeBinary(32), nullable=False, unique=True),  # SHA-256 of the secret in the cookie
    Column("editor_id", Id, ForeignKey("editors.id"), nullable=False, index=True),
    Column("created_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),  # written at most once a minute
    Column("ended_at", Moment),
    Column("address", Text, nullable=False),
    Column("agent", Text, nullable=False),
)

# One row a failed try to sign in and key (account, address); old ones are forgotten.
login_failures = Table(
    "login_failures",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("key", Key, nullable=False),
    Column("at", Moment, nullable=False, index=True),
)
Index("ix_login_failures_key", login_failures.c.key, login_failures.c.at)

# Triggers of the database refuse UPDATE and DELETE here.
audit = Table(
    "audit",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False, index=True),
    Column("who", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("before", FACTS),
    Column("after", FACTS),
    Column("note", Text, nullable=False),
)
Index("ix_audit_kind", audit.c.kind, audit.c.key, audit.c.id)
Index("ix_audit_who", audit.c.who, audit.c.id)

# What an editor says of a headline; what it changes stands in `headlines` itself.
headline_notes = Table(
    "headline_notes",
    metadata,
    Column("headline_id", Id, ForeignKey("headlines.id"), primary_key=True),
    Column("note", Text, nullable=False),  # for readers
    Column("hidden_reason", Text, nullable=False),  # for editors
    Column("who", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

# A day that an editor has taken in hand: digests that arrive no longer change its columns.
desk_digests = Table(
    "desk_digests",
    metadata,
    Column("day", Date, primary_key=True),
    Column("version", Integer, nullable=False),  # from 1, rises with every change
    Column("published", Boolean, nullable=False),
    Column("publish_at", Moment, index=True),  # not published yet, but then
    Column("columns", JSON, nullable=False),  # language -> [[number, pinned], …] in order
    Column("arrived", FACTS),  # language -> [number, …] of a digest text that came since
    Column("who", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

digest_versions = Table(
    "digest_versions",
    metadata,
    Column("day", Date, primary_key=True),
    Column("version", Integer, primary_key=True),  # 0 is what was there before the first change
    Column("published", Boolean, nullable=False),
    Column("columns", JSON, nullable=False),
    Column("action", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

# Long reads as they are written at the desk; the published ones stand in `articles` too.
analyses = Table(
    "analyses",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("slug", Text, nullable=False, unique=True),
    Column("host", Text, nullable=False),  # of the outlet that it is from
    Column("source_url", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("licence", Text, nullable=False),
    Column("published_on", Date, nullable=False),
    Column("digest_day", Date),
    Column("title_en", Text, nullable=False),
    Column("title_mn", Text, nullable=False),
    Column("body_en", Text, nullable=False),  # Markdown
    Column("body_mn", Text, nullable=False),
    Column("published", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", Moment, nullable=False),
)
