"""What the pages of stories need to know, frozen: the answers of `app.timeline.stories`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.model.story import Member, Story
from app.model.timeline import HeadlineRow, OutletCount


@dataclass(frozen=True, slots=True)
class StoryView:
    """One story: what surely tells it by day, oldest first, what possibly does, who tells it, most first. `titles` name
    the headlines that the others were compared with."""

    story: Story
    days: tuple[tuple[date, tuple[Member, ...]], ...]
    possible: tuple[Member, ...]
    outlets: tuple[OutletCount, ...]
    titles: Mapping[int, HeadlineRow]
    revision: int


@dataclass(frozen=True, slots=True)
class StoriesView:
    """The stories of seven days that most outlets tell. `older` is the day before which there are more, None at the
    end."""

    first: date | None
    last: date | None
    stories: tuple[Story, ...]
    older: date | None
    revision: int


@dataclass(frozen=True, slots=True)
class SaidView:
    """Thanks to a reader who said something about a story."""

    story: int
    revision: int
