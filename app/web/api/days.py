"""`/api/v1/days`, `/api/v1/days/{date}`."""

from dataclasses import replace

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.errors import NotFound
from app.model.day import parse_day
from app.store import Reader
from app.timeline.items import day_counts, whole_day
from app.web.api import examples, told
from app.web.api.answers import answer, given, visit_of
from app.web.api.cursors import day_read, written
from app.web.api.operations import ROOT, Operation, Parameter, serve
from app.web.api.parameters import FILTERS, FROM, PAGING, TO, filter_of, limit_of
from app.web.api.schema import DayList, WholeDay

router = APIRouter()

LIST = Operation(
    id="listDays",
    path=f"{ROOT}/days",
    tag="Days",
    summary="Days that have headlines, with their numbers, newest first",
    about="A headline counts under its own day and under each day whose digest carries it.",
    parameters=(*FILTERS, FROM, TO, *PAGING),
    answer=DayList,
    example=examples.DAYS,
    problems=(400,),
)
ONE = Operation(
    id="getDay",
    path=f"{ROOT}/days/{{date}}",
    tag="Days",
    summary="One day: its digest by language, its other headlines, its articles",
    about="`others` is cut at 200 a language; `/api/v1/headlines?day=` has them all.",
    parameters=(
        Parameter("date", {"type": "string", "format": "date"}, "The day.", "2026-01-15", place="path"),
        *FILTERS,
    ),
    answer=WholeDay,
    example=examples.WHOLE_DAY,
    problems=(400, 404),
)
OPERATIONS = (LIST, ONE)


@serve(router, LIST)
def days(request: Request) -> Response:
    """The days that match a filter."""
    visit = visit_of(request)
    asked = given(visit, LIST)
    f, limit, origin = filter_of(asked), limit_of(asked), visit.origin()
    if "cursor" in asked:
        f = replace(f, before=day_read("d", asked["cursor"][0])[0])

    def made(reader: Reader) -> told.Told:
        found, last = day_counts(reader, f, limit)
        following = written("d", last.isoformat()) if last else None
        return told.listed([told.day_counts(one, origin) for one in found], following)

    return answer(visit, made)


@serve(router, ONE)
def day(request: Request) -> Response:
    """One day."""
    visit = visit_of(request)
    f = filter_of(given(visit, ONE))
    key = request.path_params["date"]
    wanted = parse_day(key)
    if wanted is None:
        raise NotFound("There is no such day: one looks like 2026-01-15.", kind="day", key=key[:40])
    return answer(visit, lambda reader: told.whole_day(whole_day(reader, wanted, f), visit.origin()))
