"""Search: the words of titles with their keys, and an index of which titles have them.

Headlines that are there enter it by `ortoo migrate`, right after this, part by part.

Going back: drop the tables `title_word_keys`, `title_words`, `title_index_build` and (SQLite) `title_fts`, and the
column `headlines.terms` with its index.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ORDERED = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
TERMS = sa.ARRAY(sa.Integer).with_variant(sa.LargeBinary(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "title_words",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("word", ORDERED, nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_title_words"),
        sa.UniqueConstraint("word", name="uq_title_words_word"),
    )
    op.create_table(
        "title_word_keys",
        sa.Column("key", ORDERED, nullable=False),
        sa.Column("word_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["word_id"], ["title_words.id"], name="fk_title_word_keys_word_id"),
        sa.PrimaryKeyConstraint("key", "word_id", name="pk_title_word_keys"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "title_index_build",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("done", ID, nullable=False),
        sa.Column("upto", ID, nullable=False),
        sa.CheckConstraint("id = 1", name="single"),
        sa.PrimaryKeyConstraint("id", name="pk_title_index_build"),
    )
    op.add_column("headlines", sa.Column("terms", TERMS, nullable=True))
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE title_fts USING fts5("
            "terms, content='', columnsize=0, detail=none, tokenize=\"ascii\")"
        )
    else:
        op.create_index("ix_headlines_terms", "headlines", ["terms"], postgresql_using="gin")
    op.execute("INSERT INTO title_index_build SELECT 1, 0, max(id) FROM headlines HAVING count(*) > 0")
    op.execute("INSERT INTO key_versions SELECT 'words', 3 WHERE NOT EXISTS (SELECT 1 FROM headlines)")


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE title_fts")
    else:
        op.drop_index("ix_headlines_terms", "headlines")
    op.drop_table("title_index_build")
    op.drop_table("title_word_keys")
    op.drop_table("title_words")
    with op.batch_alter_table("headlines") as headlines:
        headlines.drop_column("terms")
