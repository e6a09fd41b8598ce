"""Headlines of the same event, in both languages, from every outlet: who embeds them, what is compared, how they are
linked. Pure but for the embedding process; what the store does with it is in `app.worker.link`.

`cluster` and `similar` answer without a database, with the default embedder where it can run, else by words."""

from collections.abc import Sequence
from datetime import date, datetime

Rows = Sequence[tuple[str, datetime | date | str, str, str, str]]
"""(id, published_at, outlet, language, title); `published_at` as `app.stories.offline.Row` says."""


def cluster(rows: Rows) -> dict[str, str]:
    """Id of each headline -> id of its story, which is the id of the story's first headline. `rows` in time order."""
    from app.stories import default, offline

    return default.answered(lambda embedder: offline.cluster(rows, embedder))


def similar(query: str, rows: Rows, language: str) -> list[str]:
    """Ids of the headlines, nearest to `query` first. With a `language` other than the query's own those in that
    language, with the query's own all of them."""
    from app.stories import default, offline

    return default.answered(lambda embedder: offline.similar(query, rows, language, embedder))
