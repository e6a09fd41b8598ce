"""The page of a story, and the stories of a week."""

from collections import Counter
from datetime import date, timedelta
from itertools import groupby

from app.model.listing import ListedDay
from app.model.story import Story
from app.model.timeline import HeadlineRow, ListedRow, OutletCount
from app.store import Reader
from app.timeline.build import build_days, column_order
from app.timeline.story_views import SaidView, StoriesView, StoryView

DAY = timedelta(days=1)
WEEK = timedelta(days=6)
"""From the first to the last day of a list of stories."""

MOST_STORIES = 50
"""Stories that a list shows."""


def story(reader: Reader, number: int) -> StoryView:
    """One story by the number under which it stands. NotFound."""
    found = reader.stories.story(number)
    days = tuple((day, tuple(members)) for day, members in groupby(found.sure, key=lambda member: member.row.day))
    told = Counter(member.row.outlet.domain for member in found.sure)
    names = {outlet.domain: outlet for outlet in found.outlets}
    outlets = tuple(OutletCount(names[domain], n) for domain, n in sorted(told.items(), key=lambda one: (-one[1], one)))
    titles = {member.row.id: member.row for member in found.members}
    return StoryView(found, days, found.possible, outlets, titles, reader.revision())


def said(reader: Reader, number: int) -> SaidView:
    """Thanks for what was said of a story. NotFound."""
    return SaidView(reader.stories.standing(number), reader.revision())


def week(reader: Reader, before: date | None) -> StoriesView:
    """The stories that most outlets tell, of the last seven days that have any; of those before `before`."""
    last = reader.stories.newest(before - DAY if before else date.max)
    if last is None:
        return StoriesView(None, None, (), None, reader.revision())
    first = last - WEEK
    older = reader.stories.newest(first - DAY)
    found = reader.stories.top(first, last, MOST_STORIES)
    return StoriesView(first, last, found, older + DAY if older else None, reader.revision())


def listed(found: tuple[Story, ...], ui: str) -> tuple[ListedDay, ...]:
    """The headlines of stories as a list of days, newest first, for files: of one story all that surely tell it, of
    several the first in each language."""
    rows = [member.row for member in found[0].sure] if len(found) == 1 else [row for one in found for row in one.leads]
    days = sorted({row.day for row in rows}, reverse=True)
    return tuple(
        ListedDay(day)
        for day in build_days(
            [_listed(row) for row in {r.id: r for r in rows}.values()], days, column_order((), ui), {}
        )
    )


def _listed(row: HeadlineRow) -> ListedRow:
    return ListedRow(row.day, row.language, None, row)
