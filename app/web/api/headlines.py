"""`/api/v1/headlines`, `/api/v1/headlines/{id}`."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.errors import NotFound
from app.store import Reader
from app.timeline.items import items, whole_headline
from app.web.api import examples, told
from app.web.api.answers import answer, given, visit_of
from app.web.api.cursors import position_read, position_written
from app.web.api.operations import ROOT, Operation, Parameter, serve
from app.web.api.parameters import DAY, FILTERS, FROM, PAGING, TO, fields_of, fields_parameter, filter_of, limit_of
from app.web.api.schema import Headline, HeadlineList, WholeHeadline

router = APIRouter()

MAX_ID_DIGITS = 18
"""Ids are 64-bit numbers: up to nineteen digits, all of eighteen fit."""

MEMBERS = tuple(Headline.model_fields)
IN_DIGESTS = frozenset(("digests", "rank"))
"""Members for which the digests have to be asked."""

IN_STORIES = frozenset(("story", "coverage"))
"""Members for which the stories have to be asked."""

LIST = Operation(
    id="listHeadlines",
    path=f"{ROOT}/headlines",
    tag="Headlines",
    summary="Headlines, newest first",
    about="Each headline once, under the day that lists it, in a total order: by day, then by time, then by number, "
    "all descending. The filters are those of the pages. What comes in while you page moves nothing; read from the "
    "beginning again to see it.",
    parameters=(*FILTERS, FROM, TO, DAY, *PAGING, fields_parameter(MEMBERS)),
    answer=HeadlineList,
    example=examples.HEADLINES,
    query="q=visa&lang=en&limit=2",
    problems=(400,),
)
ONE = Operation(
    id="getHeadline",
    path=f"{ROOT}/headlines/{{id}}",
    tag="Headlines",
    summary="One headline with its history",
    about="Changes of its title, where it was seen, and the headlines that say the same in the same words.",
    parameters=(Parameter("id", {"type": "integer", "minimum": 1}, "Its number.", 17, place="path"),),
    answer=WholeHeadline,
    example=examples.WHOLE_HEADLINE,
    problems=(400, 404),
)
OPERATIONS = (LIST, ONE)


@serve(router, LIST)
def headlines(request: Request) -> Response:
    """The list."""
    visit = visit_of(request)
    asked = given(visit, LIST)
    f, limit, fields = filter_of(asked), limit_of(asked), fields_of(asked, MEMBERS)
    after = position_read(asked["cursor"][0]) if "cursor" in asked else None
    origin = visit.origin()

    def made(reader: Reader) -> told.Told:
        placed, marked = (fields is None or bool(fields & members) for members in (IN_DIGESTS, IN_STORIES))
        found = items(reader, f, after, limit, placed=placed, told=marked)
        following = position_written(found.next) if found.next else None
        return told.listed([told.headline(one, origin, fields) for one in found.items], following)

    return answer(visit, made)


@serve(router, ONE)
def headline(request: Request) -> Response:
    """One by its number."""
    visit = visit_of(request)
    given(visit, ONE)
    key = request.path_params["id"]
    if not (key.isascii() and key.isdigit() and len(key) <= MAX_ID_DIGITS):
        raise NotFound("There is no such headline: its number is its id in a list.", kind="headline", key=key[:40])
    return answer(visit, lambda reader: told.whole_headline(whole_headline(reader, int(key)), visit.origin()))
