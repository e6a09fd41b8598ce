"""`/api/v1/stories`, `/api/v1/stories/{id}`."""

from datetime import UTC, date, datetime

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.errors import NotFound
from app.model.story import StoryPlace
from app.store import Reader
from app.timeline.story_items import part, whole, window
from app.web.api import examples_stories, told
from app.web.api.answers import answer, given, visit_of
from app.web.api.cursors import read, refused, written
from app.web.api.headlines import MAX_ID_DIGITS
from app.web.api.operations import ROOT, Operation, Parameter, serve
from app.web.api.parameters import DAY, FROM, PAGING, TO, Asked, filter_of, limit_of
from app.web.api.schema_stories import StoryList, WholeStory
from app.web.api.told_stories import story as story_told
from app.web.api.told_stories import whole_story

router = APIRouter()

LIST = Operation(
    id="listStories",
    path=f"{ROOT}/stories",
    tag="Stories",
    summary="Stories, the most told first",
    about="Events that several headlines tell, from several outlets or in both languages: those that most outlets tell "
    "first, then by headlines, then the latest. Without days the seven up to the newest are meant; with one end, the "
    "seven that begin or end there. A story is there when any of its headlines is of these days. A cursor keeps the "
    "days with which it began.",
    parameters=(FROM, TO, DAY, *PAGING),
    answer=StoryList,
    example=examples_stories.STORIES,
    query="from=2026-01-09&to=2026-01-15",
    problems=(400,),
)
ONE = Operation(
    id="getStory",
    path=f"{ROOT}/stories/{{id}}",
    tag="Stories",
    summary="One story with all its headlines, and why they belong to it",
    about="By the number of a story that was merged into another one, that other one is answered: its `id` then is "
    "another than the one asked for.",
    parameters=(Parameter("id", {"type": "integer", "minimum": 1}, "Its number.", 4, place="path"),),
    answer=WholeStory,
    example=examples_stories.WHOLE_STORY,
    problems=(400, 404),
)
OPERATIONS = (LIST, ONE)

Days = tuple[date, date]


@serve(router, LIST)
def stories(request: Request) -> Response:
    """The list."""
    visit = visit_of(request)
    asked = given(visit, LIST)
    limit, f, origin = limit_of(asked), filter_of(asked), visit.origin()
    kept, after = _read(asked)

    def made(reader: Reader) -> told.Told:
        days = kept or window(reader, f.since, f.until)
        found = part(reader, days, limit, after)
        following = _written(days, found.next) if found.next else None
        return told.listed([story_told(one, origin) for one in found.items], following)

    return answer(visit, made)


@serve(router, ONE)
def story(request: Request) -> Response:
    """One by its number."""
    visit = visit_of(request)
    given(visit, ONE)
    key = request.path_params["id"]
    if not (key.isascii() and key.isdigit() and len(key) <= MAX_ID_DIGITS):
        raise NotFound("There is no such story: its number is its id in a list.", kind="story", key=key[:40])
    return answer(visit, lambda reader: whole_story(whole(reader, int(key)), visit.origin()))


def _written(days: Days, place: StoryPlace) -> str:
    at = int(place.last_at.timestamp())
    told = (place.outlets, place.headlines, at, place.last_at.microsecond, place.id)
    return written("t", *(day.isoformat() for day in days), *map(str, told))


def _read(asked: Asked) -> tuple[Days | None, StoryPlace | None]:
    """The days and the place of a cursor. BadFilter."""
    if "cursor" not in asked:
        return None, None
    (text,) = asked["cursor"]
    first, last, *numbers = read("t", text, 7)
    try:
        outlets, headlines, at, micro, number = map(int, numbers)
        moment = datetime.fromtimestamp(at, UTC).replace(microsecond=micro)
        return (date.fromisoformat(first), date.fromisoformat(last)), StoryPlace(outlets, headlines, moment, number)
    except (ValueError, OverflowError, OSError) as error:
        raise refused(text) from error
