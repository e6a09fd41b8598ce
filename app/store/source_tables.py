"""The tables of the sources: what is fetched, what is remembered of it, what every fetch did, what doubt holds.

They belong to the same schema as `app.store.schema`, which imports them. No table here refers to a headline, and no
question about sources walks over the headlines: what is needed of them is kept in `source_state` and `source_days`.
"""

from sqlalchemy import JSON, Boolean, Column, Date, Float, ForeignKey, Index, Integer, LargeBinary, Table, Text

from app.store.metadata import metadata
from app.store.types import Id, Key, Moment

sources = Table(
    "sources",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("url", Text, nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("category", Text, nullable=False),  # "Regional/Agencies": as feed readers nest them
    Column("kind", Text, nullable=False),  # an ingest format, or "auto"
    Column("outlet", Text),  # registrable domain; NULL: an aggregator
    Column("language", Text),
    Column("zone", Text),
    Column("keywords", Text, nullable=False),
    Column("interval", Integer),  # seconds; NULL: from what it publishes
    Column("enabled", Boolean, nullable=False),
    Column("note", Text, nullable=False),
    Column("listing", Text, nullable=False),
    Column("columns", JSON, nullable=False),  # column -> the source's name for it
    Column("worked_on", Date),
    Column("added_at", Moment, nullable=False),
)

# One row a source, made with it. Apart from `sources`, because workers write it all the time and people never do.
source_state = Table(
    "source_state",
    metadata,
    Column("source_id", Id, ForeignKey("sources.id"), primary_key=True, autoincrement=False),
    Column("next_at", Moment, nullable=False, index=True),
    Column("fetched_at", Moment),
    Column("good_at", Moment),
    Column("state", Text),
    Column("error", Text, nullable=False),
    Column("failures", Integer, nullable=False),  # in a row
    Column("failing_since", Moment),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("body_hash", Text),
    Column("moved_to", Text),
    Column("moved_times", Integer, nullable=False),
    Column("moved_since", Moment),
    Column("disabled_reason", Text, nullable=False),
    Column("lease_owner", Text),
    Column("lease_until", Moment),
    Column("habit_fetches", Integer, nullable=False),
    Column("habit_per_day", Float, nullable=False),
    Column("habit_per_fetch", Float, nullable=False),
    Column("habit_gap_days", Float, nullable=False),
    Column("brought_at", Moment),
    Column("languages", Text, nullable=False),  # codes, separated by spaces
)

fetches = Table(
    "fetches",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("source_id", Id, ForeignKey("sources.id"), nullable=False),
    Column("at", Moment, nullable=False, index=True),
    Column("state", Text, nullable=False),
    Column("status", Integer),
    Column("seconds", Float, nullable=False),
    Column("bytes", Integer, nullable=False),
    Column("added", Integer, nullable=False),
    Column("updated", Integer, nullable=False),
    Column("duplicate", Integer, nullable=False),
    Column("rejected", Integer, nullable=False),
    Column("filtered", Integer, nullable=False),
    Column("held", Boolean, nullable=False),
    Column("error", Text, nullable=False),
)
Index("ix_fetches_source_id", fetches.c.source_id, fetches.c.id)

# What a bar chart needs, kept instead of counted.
source_days = Table(
    "source_days",
    metadata,
    Column("source_id", Id, ForeignKey("sources.id"), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("fetches", Integer, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("added", Integer, nullable=False),
    sqlite_with_rowid=False,
)

held_batches = Table(
    "held_batches",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("key", Key, nullable=False, unique=True),  # of source and body: the same body is held once
    Column("source_id", Id, ForeignKey("sources.id"), nullable=False, index=True),
    Column("at", Moment, nullable=False),
    Column("url", Text, nullable=False),
    Column("media_type", Text),
    Column("format", Text, nullable=False),
    Column("items", Integer, nullable=False),
    Column("reasons", JSON, nullable=False),  # a list of [code, sentence]
    Column("body", LargeBinary, nullable=False),
)
