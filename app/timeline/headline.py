"""One headline's page: its history in words that may be shown, and where else the same text stands."""

from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import PurePosixPath, PureWindowsPath
from urllib.parse import urlsplit

from app.dedupe import near
from app.model.day import parse_day
from app.model.timeline import HeadlineRow
from app.store import Reader
from app.timeline.difference import difference
from app.timeline.telling import marked_rows
from app.timeline.views import HeadlineView, ShownEdit

MOST_NEAR = 50
"""Near-duplicates that a page lists."""

_KEYS = partial(near.keys, fresh=True)


def headline(reader: Reader, headline_id: int) -> HeadlineView:
    """One headline. NotFound."""
    found = reader.history(headline_id)
    return HeadlineView(
        row=marked_rows(reader, (found.row,))[0],
        canonical_url=found.canonical_url if found.canonical_url != found.row.url else None,
        title_given=found.title_given,
        stated=stated_of(found.stated),
        first_seen_at=found.first_seen_at,
        edits=tuple(
            ShownEdit(edit.at, origin_shown(edit.origin), difference(edit.before, edit.after)) for edit in found.edits
        ),
        sightings=tuple(replace(sighting, origin=origin_shown(sighting.origin)) for sighting in found.sightings),
        near=near_rows(reader, headline_id),
        revision=reader.revision(),
        title_published=found.title_published,
        note=found.note,
    )


def near_rows(reader: Reader, headline_id: int) -> tuple[HeadlineRow, ...]:
    """The headlines that say the same in the same words, the most alike first. NotFound."""
    own, candidates = reader.near(headline_id, _KEYS)
    chosen = [one.id for one in near.near(own, candidates)][:MOST_NEAR]
    rows = {row.id: row for row in reader.rows(chosen)}
    return tuple(rows[number] for number in chosen)


def stated_of(text: str | None) -> date | datetime | None:
    """A date that is not believed, as the store keeps it (ISO 8601)."""
    return (parse_day(text) or datetime.fromisoformat(text)) if text else None


def origin_shown(name: str) -> str:
    """What readers may see of an origin: of an address the host and path (a query may hold a key, the rest a password),
    of a file its own name (its folders are nobody's business)."""
    try:
        parts = urlsplit(name)
        host = parts.hostname if parts.scheme in ("http", "https") else None
    except ValueError:
        return ""
    if host:
        return host + parts.path.rstrip("/")
    return PurePosixPath(PureWindowsPath(name).as_posix()).name
