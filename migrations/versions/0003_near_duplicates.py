"""Near-duplicates: a key of each headline's words, keys of pairs of them; dates that are not believed; key versions.

Headlines that are there get their keys by `ortoo migrate`, right after this.

Going back: drop the two tables, and the columns `near_key` and `stated` with their index.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("headlines", sa.Column("stated", sa.Text(), nullable=True))
    op.add_column("headlines", sa.Column("near_key", sa.BigInteger(), nullable=True))
    op.create_index("ix_headlines_near_key", "headlines", ["near_key", "id"])
    op.create_table(
        "near_pairs",
        sa.Column("key", sa.BigInteger(), nullable=False),
        sa.Column("headline_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["headline_id"], ["headlines.id"], name="fk_near_pairs_headline_id"),
        sa.PrimaryKeyConstraint("key", "headline_id", name="pk_near_pairs"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "key_versions",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_key_versions"),
        sqlite_with_rowid=False,
    )
    # Where there is no headline yet, all keys will be of today.
    op.execute("INSERT INTO key_versions SELECT 'folded', 3 WHERE NOT EXISTS (SELECT 1 FROM headlines)")
    op.execute("INSERT INTO key_versions SELECT 'near', 1 WHERE NOT EXISTS (SELECT 1 FROM headlines)")


def downgrade() -> None:
    op.drop_table("key_versions")
    op.drop_table("near_pairs")
    op.drop_index("ix_headlines_near_key", "headlines")
    with op.batch_alter_table("headlines") as headlines:
        headlines.drop_column("near_key")
        headlines.drop_column("stated")
