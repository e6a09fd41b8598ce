"""The tables. What a column means is said here; what may be in it is decided in `identity` and `counts`.

Instants are aware UTC, whole seconds (`Moment`); days are Ulaanbaatar calendar days. Numbers (`id`) are given out by
the writer, upwards and in order of time inside a batch, so that the newest headlines have the highest numbers.
`REVISION` is the migration that makes exactly these tables (a test compares).
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from app.store import access_tables, desk_tables, source_tables, story_tables  # noqa: F401 - whoever knows the schema knows all its tables
from app.store.metadata import metadata as metadata
from app.store.title_tables import Terms
from app.store.types import Id, Key, Moment

REVISION = "0007"

store_state = Table(
    "store_state",
    metadata,
    Column("id", Id, CheckConstraint("id = 1", name="single"), primary_key=True, autoincrement=False),
    Column("revision", Id, nullable=False),  # rises with every visible change, in its transaction
)

outlets = Table(
    "outlets",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("domain", Text, nullable=False, unique=True),  # registrable domain, lower case
    Column("name_en", Text, nullable=False),
    Column("name_mn", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("country", Text, nullable=False),
    Column("languages", Text, nullable=False),  # codes, separated by spaces
    Column("merged_into", Id),  # the outlet that stands for it since an editor merged the two
)

outlet_hosts = Table(
    "outlet_hosts",
    metadata,
    Column("host", Text, primary_key=True),  # a further host or domain that means the outlet
    Column("outlet_id", Id, ForeignKey("outlets.id"), nullable=False),
    sqlite_with_rowid=False,
)

origins = Table(
    "origins",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False, unique=True),  # a file name, an address, "-"
    Column("format", Text, nullable=False),
)

headlines = Table(
    "headlines",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("url_key", Key, unique=True),  # of the canonical URL; NULL without one
    Column("title_key", Key, nullable=False),  # of outlet and folded title
    Column("outlet_id", Id, ForeignKey("outlets.id"), nullable=False),
    Column("host", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("language_method", Text, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("title", Text, nullable=False),
    Column("title_given", Text),
    Column("folded", Text, nullable=False),  # " word word ", see app.search.folding
    Column("url", Text),
    Column("canonical_url", Text),
    Column("day", Date, nullable=False),
    Column("published_at", Moment),
    Column("sort_at", Moment, nullable=False),  # published_at, else the start of the day: the order inside a day
    Column("honesty", Text, nullable=False),
    Column("bare", Boolean, nullable=False),  # whether a copy without URL was ever taken for this one
    Column("first_seen_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("stated", Text),  # a date, as ISO 8601, that was not believed because it lay ahead
    Column("near_key", BigInteger),  # of the whole folded title, see app.dedupe.near; NULL for one without words
    Column("terms", Terms),  # numbers of its words, see app.store.title_tables; PostgreSQL only
    Column("hidden", Boolean, nullable=False, server_default=false()),  # by an editor: no reader sees it anywhere
    Column("title_published", Text),  # what the outlet says, where an editor shows another title
    Column("day_fixed", Boolean, nullable=False, server_default=false()),  # by an editor: no copy dates it anew
)
Index("ix_headlines_near_key", headlines.c.near_key, headlines.c.id)
Index("ix_headlines_title_key", headlines.c.title_key, headlines.c.day)
Index("ix_headlines_day", headlines.c.day, headlines.c.language, headlines.c.sort_at)
# Without an address the title is the identity: the database itself refuses a second one, and the look-up of these few
# rows never walks over the many that share a title such as "Photo".
Index(
    "uq_headlines_without_url",
    headlines.c.title_key,
    headlines.c.day,
    headlines.c.language,
    unique=True,
    sqlite_where=headlines.c.url_key.is_(None),
    postgresql_where=headlines.c.url_key.is_(None),
)

# Keys of pairs of words, of headlines that were recent when they came: what shares one may be a near-duplicate.
near_pairs = Table(
    "near_pairs",
    metadata,
    Column("key", BigInteger, primary_key=True),
    Column("headline_id", Id, ForeignKey("headlines.id"), primary_key=True),
    sqlite_with_rowid=False,
)

# With which version of the program's rules keys such as headlines.folded were made.
key_versions = Table(
    "key_versions",
    metadata,
    Column("name", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    sqlite_with_rowid=False,
)

title_edits = Table(
    "title_edits",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("headline_id", Id, ForeignKey("headlines.id"), nullable=False, index=True),
    Column("at", Moment, nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("origin_id", Id, ForeignKey("origins.id"), nullable=False),
)

# Titles and days that a headline has given up (an edit, a better date): a copy without URL that still has them, such as
# last week's digest, is recognised by them.
former_names = Table(
    "former_names",
    metadata,
    Column("title_key", Key, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("headline_id", Id, ForeignKey("headlines.id"), primary_key=True),
    sqlite_with_rowid=False,
)

sightings = Table(
    "sightings",
    metadata,
    Column("headline_id", Id, ForeignKey("headlines.id"), primary_key=True),
    Column("origin_id", Id, ForeignKey("origins.id"), primary_key=True),
    Column("first_at", Moment, nullable=False),
    Column("last_at", Moment, nullable=False),
    sqlite_with_rowid=False,
)

digests = Table(
    "digests",
    metadata,
    Column("day", Date, primary_key=True),
    Column("origin_id", Id, ForeignKey("origins.id"), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
)

digest_entries = Table(
    "digest_entries",
    metadata,
    Column("day", Date, ForeignKey("digests.day"), primary_key=True),
    Column("language", Text, primary_key=True),
    Column("position", Integer, primary_key=True),  # from 1
    Column("rank", Integer),  # the number printed, if one is
    Column("headline_id", Id, ForeignKey("headlines.id"), nullable=False),
    UniqueConstraint("headline_id", "day", "language"),
    sqlite_with_rowid=False,
)

articles = Table(
    "articles",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("key", Key, nullable=False, unique=True),
    Column("slug", Text, nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("outlet_id", Id, ForeignKey("outlets.id"), nullable=False),
    Column("host", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("published_on", Date, nullable=False, index=True),
    Column("body", JSON, nullable=False),  # a list of paragraphs
    Column("first_seen_at", Moment, nullable=False),
    Column("markdown", Text),  # of one that was written at the desk, with the three that follow
    Column("author", Text),
    Column("licence", Text),
    Column("source_url", Text),
)

digest_articles = Table(
    "digest_articles",
    metadata,
    Column("day", Date, ForeignKey("digests.day"), primary_key=True),
    Column("position", Integer, primary_key=True),  # from 1
    Column("article_id", Id, ForeignKey("articles.id"), nullable=False),
    UniqueConstraint("article_id", "day"),
    sqlite_with_rowid=False,
)

rejections = Table(
    "rejections",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("key", Key, nullable=False, unique=True),  # of raw bytes, reason and origin
    Column("origin_id", Id, ForeignKey("origins.id"), nullable=False),
    Column("format", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("raw", LargeBinary, nullable=False),
    Column("first_at", Moment, nullable=False),
    Column("last_at", Moment, nullable=False),
)

day_counts = Table(
    "day_counts",
    metadata,
    Column("day", Date, primary_key=True),
    Column("language", Text, primary_key=True),  # the column, not always the headline's own language
    Column("outlet_id", Id, ForeignKey("outlets.id"), primary_key=True),
    Column("n", Integer, nullable=False),  # headlines listed there, always above 0
    sqlite_with_rowid=False,
)
Index("ix_day_counts_outlet_id", day_counts.c.outlet_id, day_counts.c.day)
