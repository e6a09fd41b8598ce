"""A headline corrected: what an editor types becomes what the store keeps."""

from datetime import datetime

from app.dedupe import near
from app.dedupe.fingerprint import title_key, url_key
from app.errors import DeskRefused
from app.model.day import parse_day
from app.model.desk import DeskRow, Typed
from app.model.language import is_language_code
from app.normalise.items import MAX_TITLE_CHARS
from app.normalise.outlet import host_of, outlet_of
from app.normalise.text import clean
from app.normalise.url import link_and_identity
from app.search.expand import SPELLING
from app.search.folding import fold
from app.store import Store
from app.store.corrections import Wanted

MAX_NOTE_CHARS = 2_000


def correct(store: Store, headline_id: int, typed: Typed, seen: datetime | None, who: str, now: datetime) -> bool:
    """Make a headline say what was typed, if it is as it was `seen` (when it last changed); whether that changed
    anything. DeskRefused for what cannot be, NotFound."""
    with store.writing() as writer:
        present = writer.desk_digests.row(headline_id)
        wanted = _wanted(typed, present, now)
        before, after = writer.corrections.correct(headline_id, wanted, seen, who, now, SPELLING)
        was, is_now = told(before), told(after)
        if was == is_now:
            return False
        differing = [name for name in was if was[name] != is_now[name]]
        writer.audit.add(
            who,
            "correct",
            "headline",
            headline_id,
            now,
            before={name: was[name] for name in differing},
            after={name: is_now[name] for name in differing},
            note=typed.note[:MAX_NOTE_CHARS],
        )
    return True


def told(row: DeskRow) -> dict[str, object]:
    """A headline as the audit keeps it."""
    own = row.row
    return {
        "title": own.title,
        "title_published": row.title_published,
        "language": own.language,
        "outlet": own.outlet.domain,
        "day": own.day.isoformat(),
        "url": own.url,
        "note": row.note,
    }


def _wanted(typed: Typed, present: DeskRow, now: datetime) -> Wanted:
    title, own = clean(typed.title[: MAX_TITLE_CHARS + 1]).text, present.row
    if not title or len(title) > MAX_TITLE_CHARS:
        raise DeskRefused("A title is needed.", reason="title")
    day = parse_day(typed.day)
    if day is None:
        raise DeskRefused("No day.", reason="day")
    if not is_language_code(typed.language):
        raise DeskRefused("No language code.", reason="language")
    host = host_of(typed.outlet)
    if host is None:
        raise DeskRefused("No host of an outlet.", reason="outlet")
    if len(typed.note) > MAX_NOTE_CHARS:
        raise DeskRefused("The note is too long.", reason="too-long")
    url, canonical = link_and_identity(typed.url or None)
    if typed.url and typed.url != own.url and url is None:
        raise DeskRefused("No address.", reason="url")
    folded = fold(title)
    keys = near.keys(folded, fresh=near.is_fresh(day, now))
    return Wanted(
        title=title,
        folded=folded,
        near_key=keys[0] if keys else None,
        language=typed.language,
        outlet=outlet_of(host),
        title_key=title_key(outlet_of(host).domain, present.title_published or own.title),
        day=day,
        url=own.url if typed.url == (own.url or "") else url,
        canonical_url=canonical,
        url_key=url_key(canonical) if canonical else None,
        note=clean(typed.note).text,
    )
