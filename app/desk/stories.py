"""Stories: which headlines tell the same event, said by an editor. No machine takes it back."""

from collections.abc import Iterable
from datetime import datetime

from app.errors import DeskRefused, QueryError
from app.store import Store

MOST = 50
"""Headlines that are named at once."""


def merge(store: Store, headline_ids: Iterable[int], who: str, now: datetime) -> int:
    """These headlines, with all that is in their stories, tell one event; the story's number. DeskRefused for fewer
    than two, or one that is not there."""
    numbers = sorted({n for n in headline_ids if 0 < n < 2**63})[:MOST]
    try:
        with store.writing() as writer:
            story = writer.stories.merge(numbers, who, now)
            writer.audit.add(who, "link", "story", story, now, after={"headlines": numbers})
    except QueryError as error:
        raise DeskRefused(error.message, reason="not-there") from error
    return story


def split(store: Store, headline_id: int, leaving: Iterable[int], who: str, now: datetime) -> int | None:
    """These headlines do not belong to the story of `headline_id`; the number of the story that they make by
    themselves, None for a single one. DeskRefused where they are not in it, or nothing would be left."""
    numbers = sorted(set(leaving))
    with store.reading() as reader:
        story = reader.stories.story_ids([headline_id]).get(headline_id)
    if story is None or not numbers:
        raise DeskRefused("There is no such story.", reason="not-there")
    try:
        with store.writing() as writer:
            made = writer.stories.split(story, numbers, who, now)
            after = {"leaving": numbers, "made": made}
            writer.audit.add(who, "split", "story", story, now, after=after)
    except QueryError as error:
        raise DeskRefused(error.message, reason="not-there") from error
    return made
