"""The desk: people, sessions, the audit, corrections, digests in an editor's hand, articles written here.

The audit is append-only: triggers refuse UPDATE and DELETE on both databases.

Going back: drop the tables and columns; what editors had hidden is shown again, and who may sign in is forgotten.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")  # seconds since 1970 on SQLite
REFUSAL = "the audit is append-only"


def upgrade() -> None:
    _people()
    _audit()
    _editing()
    op.create_table(
        "analyses",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        *(_text(name) for name in ("slug", "host", "source_url", "author", "licence")),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("digest_day", sa.Date(), nullable=True),
        *(_text(name) for name in ("title_en", "title_mn", "body_en", "body_mn")),
        sa.Column("published", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _text("who"),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_analyses"),
        sa.UniqueConstraint("slug", name="uq_analyses_slug"),
    )
    op.add_column("headlines", sa.Column("hidden", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("headlines", sa.Column("title_published", sa.Text(), nullable=True))
    op.add_column("headlines", sa.Column("day_fixed", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("outlets", sa.Column("merged_into", ID, nullable=True))
    for name in ("markdown", "author", "licence", "source_url"):
        op.add_column("articles", sa.Column(name, sa.Text(), nullable=True))


def _text(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.Text(), nullable=False)


def _people() -> None:
    op.create_table(
        "editors",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        *(_text(name) for name in ("name", "role", "password")),
        sa.Column("totp", sa.Text(), nullable=True),
        sa.Column("totp_step", sa.BigInteger(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("password_at", MOMENT, nullable=False),
        sa.Column("disabled_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_editors"),
        sa.UniqueConstraint("name", name="uq_editors_name"),
    )
    op.create_table(
        "editor_sessions",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
        sa.Column("editor_id", ID, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        _text("address"),
        _text("agent"),
        sa.ForeignKeyConstraint(["editor_id"], ["editors.id"], name="fk_editor_sessions_editor_id"),
        sa.PrimaryKeyConstraint("id", name="pk_editor_sessions"),
        sa.UniqueConstraint("hash", name="uq_editor_sessions_hash"),
    )
    op.create_index("ix_editor_sessions_editor_id", "editor_sessions", ["editor_id"])
    op.create_table(
        "login_failures",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("key", sa.LargeBinary(16), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_login_failures"),
    )
    op.create_index("ix_login_failures_at", "login_failures", ["at"])
    op.create_index("ix_login_failures_key", "login_failures", ["key", "at"])


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        *(_text(name) for name in ("who", "action", "kind", "key")),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("after", sa.JSON(), nullable=True),
        _text("note"),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    op.create_index("ix_audit_at", "audit", ["at"])
    op.create_index("ix_audit_kind", "audit", ["kind", "key", "id"])
    op.create_index("ix_audit_who", "audit", ["who", "id"])
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER audit_no_{verb.lower()} BEFORE {verb} ON audit "
                f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_refuse()"
    )


def _editing() -> None:
    op.create_table(
        "headline_notes",
        sa.Column("headline_id", ID, autoincrement=False, nullable=False),
        *(_text(name) for name in ("note", "hidden_reason", "who")),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["headline_id"], ["headlines.id"], name="fk_headline_notes_headline_id"),
        sa.PrimaryKeyConstraint("headline_id", name="pk_headline_notes"),
    )
    op.create_table(
        "desk_digests",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("published", sa.Boolean(), nullable=False),
        sa.Column("publish_at", MOMENT, nullable=True),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("arrived", sa.JSON(), nullable=True),
        _text("who"),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("day", name="pk_desk_digests"),
    )
    op.create_index("ix_desk_digests_publish_at", "desk_digests", ["publish_at"])
    op.create_table(
        "digest_versions",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("published", sa.Boolean(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        _text("action"),
        _text("who"),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("day", "version", name="pk_digest_versions"),
    )


def downgrade() -> None:
    for name in ("markdown", "author", "licence", "source_url"):
        op.drop_column("articles", name)
    op.drop_column("outlets", "merged_into")
    for name in ("hidden", "title_published", "day_fixed"):
        op.drop_column("headlines", name)
    for table in ("analyses", "digest_versions", "desk_digests", "headline_notes", "audit"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_refuse()")
    for table in ("login_failures", "editor_sessions", "editors"):
        op.drop_table(table)
