"""What an export says of a headline or an article: one record, one line."""

from dataclasses import dataclass
from datetime import date, datetime

from app.model.headline import DigestPlace, Honesty
from app.model.history import TitleEdit


@dataclass(frozen=True, slots=True)
class ExportRecord:
    """One headline (or analysis article, then `article` is true).

    `day` is the earliest digest day that carries it, else its own day; `rank` is the number printed in that digest,
    None where it prints none. `outlet` is the registrable domain, `host` the host as printed. `published` is an aware
    UTC instant where one is known, else the headline's own day; an article has its own date. `digests` are all its
    places, earliest first (an article's position counts articles only). `paragraphs` are an article's text. `stated` is
    a date that is not believed (see `model.Draft`). With its history a headline also has `first_seen_at` (aware UTC),
    when it first came in, and the changes of its title, `edits`, earliest first.
    """

    id: int
    day: date
    language: str
    rank: int | None
    title: str
    url: str | None
    outlet: str
    host: str
    published: date | datetime
    honesty: Honesty
    digests: tuple[DigestPlace, ...] = ()
    article: bool = False
    paragraphs: tuple[str, ...] = ()
    stated: str | None = None
    first_seen_at: datetime | None = None
    edits: tuple[TitleEdit, ...] = ()
