"""Stories for programs: those of some days, page by page, and one whole."""

from dataclasses import dataclass
from datetime import date

from app.model.item import PlacedItem
from app.model.story import Member, Story, StoryPlace
from app.store import Reader
from app.timeline.items import placed_rows
from app.timeline.query import newest_day
from app.timeline.stories import WEEK


@dataclass(frozen=True, slots=True)
class StoryItem:
    """A story with its first headline in each language."""

    story: Story
    leads: tuple[PlacedItem, ...]


@dataclass(frozen=True, slots=True)
class StoriesPart:
    """A part of a list of stories, the most told first. `next` is where it goes on, None at its end."""

    items: tuple[StoryItem, ...]
    next: StoryPlace | None


@dataclass(frozen=True, slots=True)
class WholeStory:
    """A story with all its headlines, oldest first; `members` and `placed` go together."""

    item: StoryItem
    members: tuple[tuple[Member, PlacedItem], ...]


def window(reader: Reader, since: date | None, until: date | None) -> tuple[date, date]:
    """The days of a list of stories: those asked for; seven where one end is open, up to the newest where both are."""
    last = until or (since + WEEK if since else newest_day(reader))
    if last is None:
        return date.max, date.max
    return since or date.fromordinal(max(last.toordinal() - WEEK.days, 1)), last


def part(reader: Reader, days: tuple[date, date], limit: int, after: StoryPlace | None) -> StoriesPart:
    """The first `limit` stories of these days (first, last; inclusive) behind `after`."""
    found = reader.stories.top(*days, limit + 1, after)
    shown = found[:limit]
    placed = {one.item.row.id: one for one in placed_rows(reader, [row for story in shown for row in story.leads])}
    items = tuple(StoryItem(story, tuple(placed[row.id] for row in story.leads)) for story in shown)
    return StoriesPart(items, shown[-1].place if len(found) > limit else None)


def whole(reader: Reader, number: int) -> WholeStory:
    """One story; by the number of one that was merged, that which it is part of. NotFound."""
    story = reader.stories.story(number)
    placed = placed_rows(reader, [member.row for member in story.members])
    by_number = {one.item.row.id: one for one in placed}
    leads = tuple(by_number[row.id] for row in story.leads)
    return WholeStory(StoryItem(story, leads), tuple(zip(story.members, placed, strict=True)))
