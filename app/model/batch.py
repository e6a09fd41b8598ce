"""What the pipeline hands to the store in one go."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from app.model.headline import Article, Headline, Rejection
from app.model.outlet import Outlet
from app.model.search import PLAIN, Spelling


@dataclass(frozen=True, slots=True)
class Batch:
    """Everything that came from one origin at one moment, or a bounded part of it; written in one transaction.

    A batch says the whole of each digest column it touches: the headlines whose `draft.place` names a (day, language)
    replace what the store has there, so the entries of one column must never be spread over several batches. The same
    holds for the articles of one `digest_day`.

    `origin` is what it came from (a file name, an address, `-`), `format` the ingest format, `at` the aware UTC instant
    of receipt. `outlets` maps registrable domains to outlets, for every outlet of the batch; one that is missing is
    created with its domain as its name. `spelling` says by which words and keys titles are found. `newest_first`: of
    headlines of one time the first is the newest, as in feeds; else the last is.
    """

    origin: str
    format: str
    at: datetime
    headlines: tuple[Headline, ...] = ()
    articles: tuple[Article, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    outlets: Mapping[str, Outlet] = field(default_factory=dict)
    spelling: Spelling = PLAIN
    newest_first: bool = False
