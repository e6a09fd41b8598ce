"""The first tables.

Going back: nothing older knows the data, so drop the database (a backup restores it).
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")  # seconds since 1970 on SQLite
KEY = sa.LargeBinary(16)


def upgrade() -> None:
    _state()
    _outlets_and_origins()
    _headlines()
    _history()
    _digests()
    _articles()
    _rejections()
    _counts()


def _state() -> None:
    state = op.create_table(
        "store_state",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("revision", ID, nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_store_state_single")),
        sa.PrimaryKeyConstraint("id", name="pk_store_state"),
    )
    op.bulk_insert(state, [{"id": 1, "revision": 1}])


def _outlets_and_origins() -> None:
    op.create_table(
        "outlets",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("domain", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("name_mn", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("languages", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_outlets"),
        sa.UniqueConstraint("domain", name="uq_outlets_domain"),
    )
    op.create_table(
        "outlet_hosts",
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("outlet_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlets.id"], name="fk_outlet_hosts_outlet_id"),
        sa.PrimaryKeyConstraint("host", name="pk_outlet_hosts"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "origins",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_origins"),
        sa.UniqueConstraint("name", name="uq_origins_name"),
    )


def _headlines() -> None:
    op.create_table(
        "headlines",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("url_key", KEY, nullable=True),
        sa.Column("title_key", KEY, nullable=False),
        sa.Column("outlet_id", ID, nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("language_method", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_given", sa.Text(), nullable=True),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("canonical_url", sa.Text(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("published_at", MOMENT, nullable=True),
        sa.Column("sort_at", MOMENT, nullable=False),
        sa.Column("honesty", sa.Text(), nullable=False),
        sa.Column("bare", sa.Boolean(), nullable=False),
        sa.Column("first_seen_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlets.id"], name="fk_headlines_outlet_id"),
        sa.PrimaryKeyConstraint("id", name="pk_headlines"),
        sa.UniqueConstraint("url_key", name="uq_headlines_url_key"),
    )
    op.create_index("ix_headlines_day", "headlines", ["day", "language", "sort_at"])
    op.create_index("ix_headlines_title_key", "headlines", ["title_key", "day"])
    op.create_index(
        "uq_headlines_without_url",
        "headlines",
        ["title_key", "day", "language"],
        unique=True,
        sqlite_where=sa.text("url_key IS NULL"),
        postgresql_where=sa.text("url_key IS NULL"),
    )


def _history() -> None:
    op.create_table(
        "title_edits",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("headline_id", ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("origin_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["headline_id"], ["headlines.id"], name="fk_title_edits_headline_id"),
        sa.ForeignKeyConstraint(["origin_id"], ["origins.id"], name="fk_title_edits_origin_id"),
        sa.PrimaryKeyConstraint("id", name="pk_title_edits"),
    )
    op.create_index("ix_title_edits_headline_id", "title_edits", ["headline_id"])
    op.create_table(
        "former_names",
        sa.Column("title_key", KEY, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("headline_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["headline_id"], ["headlines.id"], name="fk_former_names_headline_id"),
        sa.PrimaryKeyConstraint("title_key", "day", "headline_id", name="pk_former_names"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sightings",
        sa.Column("headline_id", ID, nullable=False),
        sa.Column("origin_id", ID, nullable=False),
        sa.Column("first_at", MOMENT, nullable=False),
        sa.Column("last_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["headline_id"], ["headlines.id"], name="fk_sightings_headline_id"),
        sa.ForeignKeyConstraint(["origin_id"], ["origins.id"], name="fk_sightings_origin_id"),
        sa.PrimaryKeyConstraint("headline_id", "origin_id", name="pk_sightings"),
        sqlite_with_rowid=False,
    )


def _digests() -> None:
    op.create_table(
        "digests",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("origin_id", ID, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["origin_id"], ["origins.id"], name="fk_digests_origin_id"),
        sa.PrimaryKeyConstraint("day", name="pk_digests"),
    )
    op.create_table(
        "digest_entries",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("headline_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["day"], ["digests.day"], name="fk_digest_entries_day"),
        sa.ForeignKeyConstraint(["headline_id"], ["headlines.id"], name="fk_digest_entries_headline_id"),
        sa.PrimaryKeyConstraint("day", "language", "position", name="pk_digest_entries"),
        sa.UniqueConstraint("headline_id", "day", "language", name="uq_digest_entries_headline_id_day_language"),
        sqlite_with_rowid=False,
    )


def _articles() -> None:
    op.create_table(
        "articles",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("outlet_id", ID, nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("first_seen_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlets.id"], name="fk_articles_outlet_id"),
        sa.PrimaryKeyConstraint("id", name="pk_articles"),
        sa.UniqueConstraint("key", name="uq_articles_key"),
        sa.UniqueConstraint("slug", name="uq_articles_slug"),
    )
    op.create_index("ix_articles_published_on", "articles", ["published_on"])
    op.create_table(
        "digest_articles",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("article_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_digest_articles_article_id"),
        sa.ForeignKeyConstraint(["day"], ["digests.day"], name="fk_digest_articles_day"),
        sa.PrimaryKeyConstraint("day", "position", name="pk_digest_articles"),
        sa.UniqueConstraint("article_id", "day", name="uq_digest_articles_article_id_day"),
        sqlite_with_rowid=False,
    )


def _rejections() -> None:
    op.create_table(
        "rejections",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("origin_id", ID, nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.Column("first_at", MOMENT, nullable=False),
        sa.Column("last_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["origin_id"], ["origins.id"], name="fk_rejections_origin_id"),
        sa.PrimaryKeyConstraint("id", name="pk_rejections"),
        sa.UniqueConstraint("key", name="uq_rejections_key"),
    )


def _counts() -> None:
    op.create_table(
        "day_counts",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("outlet_id", ID, nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlets.id"], name="fk_day_counts_outlet_id"),
        sa.PrimaryKeyConstraint("day", "language", "outlet_id", name="pk_day_counts"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_day_counts_outlet_id", "day_counts", ["outlet_id", "day"])


def downgrade() -> None:
    raise NotImplementedError("there is nothing before the first tables")
