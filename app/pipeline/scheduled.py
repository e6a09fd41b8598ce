"""Digests whose time has come: an editor has said when readers may see them, a worker lets them."""

from dataclasses import replace
from datetime import date, datetime

from app.errors import Conflict
from app.search.expand import SPELLING
from app.store import Store

CLOCK = "clock"
"""Who does it, in the audit."""


def publish_due(store: Store, now: datetime) -> tuple[date, ...]:
    """Publish what is due; the days. Several workers may call it at once: each day is published once."""
    with store.reading() as reader:
        due = reader.desk_digests.due(now)
    return tuple(day for day in due if _published(store, day, now))


def _published(store: Store, day: date, now: datetime) -> bool:
    try:
        with store.writing() as writer:
            digest = writer.desk_digests.digest(day)
            if digest.published or digest.publish_at is None or digest.publish_at > now:
                return False
            wanted = replace(digest, published=True, publish_at=None)
            writer.desk_digests.save(wanted, digest.token, "publish", CLOCK, now, SPELLING)
            before = {"published": False, "publish_at": digest.publish_at.isoformat()}
            writer.audit.add(CLOCK, "publish", "day", day, now, before=before, after={"published": True})
    except Conflict:  # an editor was there in the same moment
        return False
    return True
