"""What a batch of headlines means for stories: new ones, and old ones with another title or language, wait to be looked
at; stories of those whose day or language changed are counted anew. No headline waits for a model here."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from app.model.story import LANGUAGES
from app.store import story_queue
from app.store.identity import Known
from app.store.story_kept import renew, stories_of


def keep(connection: Connection, fresh: Sequence[Known], old: Sequence[Known], at: datetime) -> None:
    """`fresh` are numbered by now; `old` tell what changed."""
    retold = [known for known in old if known.edits or (known.was and known.was[1] != known.language)]
    news = story_queue.first_day_of_news(at)
    story_queue.enqueue(
        connection, [(k.id, k.day < news) for part in (fresh, retold) for k in part if k.language in LANGUAGES]
    )
    changed = [known.id for known in old if known.changes]
    if changed and (touched := stories_of(connection, changed)):
        renew(connection, touched, at)
