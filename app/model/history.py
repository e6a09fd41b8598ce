"""What is known of one headline besides what a list shows: where it was seen, and what it was called before."""

from dataclasses import dataclass
from datetime import datetime

from app.model.timeline import HeadlineRow


@dataclass(frozen=True, slots=True)
class Sighting:
    """Where a headline was seen (`origin`: an address, a file's name, `-`), from when to when (aware UTC)."""

    origin: str
    format: str
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True)
class TitleEdit:
    """A changed title: `origin` was the first to have the new one, at this instant (aware UTC)."""

    at: datetime
    before: str
    after: str
    origin: str


@dataclass(frozen=True, slots=True)
class HeadlineHistory:
    """A headline with all its edits, newest first, and its sightings, earliest first. `title_given` is the title as it
    came, where signs were taken out of it; `stated` a date that is not believed (see `model.Draft`). `title_published`
    is what the outlet says where an editor shows another title, `note` what the editor says of it."""

    row: HeadlineRow
    canonical_url: str | None
    title_given: str | None
    stated: str | None
    first_seen_at: datetime
    edits: tuple[TitleEdit, ...]
    sightings: tuple[Sighting, ...]
    title_published: str | None = None
    note: str = ""
