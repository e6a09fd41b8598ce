"""Stories: vectors, a queue, stories with their members, what people say of them.

Headlines that are there come into the queue with `ortoo stories backfill`.

Going back: drop the seven tables; the numbers of stories, which are public addresses, are lost with them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")  # seconds since 1970 on SQLite


def _number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, ID, autoincrement=False, nullable=nullable)


def _headline(column: str, table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["headlines.id"], name=f"fk_{table}_{column}")


def upgrade() -> None:
    op.create_table(
        "story_models",
        _number("id"),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_story_models"),
        sa.UniqueConstraint("name", name="uq_story_models_name"),
    )
    op.create_table(
        "story_vectors",
        _number("headline_id"),
        _number("model_id"),
        sa.Column("text_key", sa.LargeBinary(16), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=True),
        _headline("headline_id", "story_vectors"),
        sa.ForeignKeyConstraint(["model_id"], ["story_models.id"], name="fk_story_vectors_model_id"),
        sa.PrimaryKeyConstraint("headline_id", name="pk_story_vectors"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "story_queue",
        _number("headline_id"),
        sa.Column("backlog", sa.Boolean(), nullable=False),
        sa.Column("taken_until", MOMENT, nullable=True),
        _headline("headline_id", "story_queue"),
        sa.PrimaryKeyConstraint("headline_id", name="pk_story_queue"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_story_queue_backlog", "story_queue", ["backlog", "headline_id"])
    _stories()
    _people()


def _stories() -> None:
    op.create_table(
        "stories",
        _number("id"),
        _number("merged_into", nullable=True),
        sa.Column("first_at", MOMENT, nullable=False),
        sa.Column("last_at", MOMENT, nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("outlets", sa.Integer(), nullable=False),
        sa.Column("en", sa.Integer(), nullable=False),
        sa.Column("mn", sa.Integer(), nullable=False),
        _number("lead_en", nullable=True),
        _number("lead_mn", nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["merged_into"], ["stories.id"], name="fk_stories_merged_into"),
        _headline("lead_en", "stories"),
        _headline("lead_mn", "stories"),
        sa.PrimaryKeyConstraint("id", name="pk_stories"),
    )
    op.create_index("ix_stories_merged_into", "stories", ["merged_into"])
    op.create_index("ix_stories_last_day", "stories", ["last_day", "first_day"])
    op.create_table(
        "story_members",
        _number("headline_id"),
        _number("story_id"),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("evidence", sa.JSON(), nullable=True),
        sa.Column("linked_at", MOMENT, nullable=False),
        sa.Column("both", sa.Boolean(), nullable=False),
        _headline("headline_id", "story_members"),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name="fk_story_members_story_id"),
        sa.PrimaryKeyConstraint("headline_id", name="pk_story_members"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_story_members_story_id", "story_members", ["story_id"])


def _people() -> None:
    op.create_table(
        "story_judgements",
        _number("first_id"),
        _number("second_id"),
        sa.Column("judge", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        _headline("first_id", "story_judgements"),
        _headline("second_id", "story_judgements"),
        sa.PrimaryKeyConstraint("first_id", "second_id", "judge", "by", name="pk_story_judgements"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_story_judgements_second_id", "story_judgements", ["second_id"])
    op.create_index("ix_story_judgements_by", "story_judgements", ["by", "at"])
    op.create_table(
        "story_linkage",
        _number("id"),
        sa.Column("n", ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_story_linkage"),
    )


def downgrade() -> None:
    for table in ("linkage", "judgements", "members"):
        op.drop_table(f"story_{table}")
    op.drop_table("stories")
    for table in ("queue", "vectors", "models"):
        op.drop_table(f"story_{table}")
