"""The tables of stories. Which headlines belong together is decided in `app.stories`, and by people.

They belong to the same schema as `app.store.schema`, which imports them.
"""

from sqlalchemy import JSON, Boolean, Column, Date, Float, ForeignKey, Index, Integer, LargeBinary, Table, Text

from app.store.metadata import metadata
from app.store.types import Id, Key, Moment

# Models that made vectors, by name and version; one stands for "no vectors, words only".
story_models = Table(
    "story_models",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False, unique=True),
)

# A row says that a headline has been looked at: what is not here is not linked yet.
story_vectors = Table(
    "story_vectors",
    metadata,
    Column("headline_id", Id, ForeignKey("headlines.id"), primary_key=True, autoincrement=False),
    Column("model_id", Id, ForeignKey("story_models.id"), nullable=False),
    Column("text_key", Key, nullable=False),  # of the text that was embedded
    Column("vector", LargeBinary),  # see app.stories.packing; NULL: the model cannot take it
    sqlite_with_rowid=False,
)

# Headlines that wait to be looked at, the news before the archive.
story_queue = Table(
    "story_queue",
    metadata,
    Column("headline_id", Id, ForeignKey("headlines.id"), primary_key=True, autoincrement=False),
    Column("backlog", Boolean, nullable=False),
    Column("taken_until", Moment),  # nobody else takes it before then
    sqlite_with_rowid=False,
)
Index("ix_story_queue_backlog", story_queue.c.backlog, story_queue.c.headline_id)

# One story each. Numbers are public and for ever; counts and days are of the sure members and kept by `story_write`.
stories = Table(
    "stories",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("merged_into", Id, ForeignKey("stories.id"), index=True),  # then nothing below means anything
    Column("first_at", Moment, nullable=False),
    Column("last_at", Moment, nullable=False),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    Column("outlets", Integer, nullable=False),
    Column("en", Integer, nullable=False),
    Column("mn", Integer, nullable=False),
    Column("lead_en", Id, ForeignKey("headlines.id")),
    Column("lead_mn", Id, ForeignKey("headlines.id")),
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
)
Index("ix_stories_last_day", stories.c.last_day, stories.c.first_day)

story_members = Table(
    "story_members",
    metadata,
    Column("headline_id", Id, ForeignKey("headlines.id"), primary_key=True, autoincrement=False),
    Column("story_id", Id, ForeignKey("stories.id"), nullable=False, index=True),
    Column("level", Text, nullable=False),
    Column("decided_by", Text, nullable=False),
    Column("score", Float),
    Column("evidence", JSON(none_as_null=True)),
    Column("linked_at", Moment, nullable=False),
    Column("both", Boolean, nullable=False),  # sure, and its story is told in both languages: for the filter
    sqlite_with_rowid=False,
)

# What people say of two headlines; the last word of each on a pair.
story_judgements = Table(
    "story_judgements",
    metadata,
    Column("first_id", Id, ForeignKey("headlines.id"), primary_key=True, autoincrement=False),
    Column("second_id", Id, ForeignKey("headlines.id"), primary_key=True, autoincrement=False, index=True),
    Column("judge", Text, primary_key=True),
    Column("by", Text, primary_key=True),
    Column("verdict", Text, nullable=False),
    Column("at", Moment, nullable=False),
    sqlite_with_rowid=False,
)
Index("ix_story_judgements_by", story_judgements.c.by, story_judgements.c.at)

# Rises with every change of who belongs to what: whoever worked out links before has to do it again.
story_linkage = Table(
    "story_linkage",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("n", Id, nullable=False),
)
