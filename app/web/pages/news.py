"""`/{ui}/new?after=`: what a list that is already on a screen does not have yet, and its calendar's other months."""

import re
from urllib.parse import parse_qs

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.errors import BadFilter, NotFound
from app.model.day import parse_day
from app.render.pages import CalendarPage, NewsPage, Page
from app.timeline import query
from app.web.answer import READ, deliver
from app.web.caching import PAGE, matches
from app.web.paths import DAYISH, EDITION
from app.web.visit import Visit

router = APIRouter()

_NUMBER = re.compile(r"\d{1,18}", re.ASCII)


@router.api_route(f"{EDITION}/new", methods=READ)
def news(request: Request, ui: str) -> Response:
    """How many headlines have come in for a list since the headline numbered `after`; 204 for none.

    Every open page asks this once a minute, so the validator is the store's revision: while that stands still the
    answer is 304 and nothing else is looked up."""
    visit = Visit.of(request, ui)
    f, after = visit.filter(), _after(visit.query())
    with visit.reading() as reader:
        headers = {"cache-control": PAGE, "etag": f'W/"r{reader.revision()}"'}
        if matches(request.headers.get("if-none-match"), headers["etag"]):
            return Response(status_code=304, headers=headers)
        found = query.news(reader, f, after)
    if not found.n:
        return Response(status_code=204, headers=headers)
    answer = _part(visit, visit.links.news(f, after), NewsPage(found), found.revision)
    answer.headers.update(headers)
    return answer


@router.api_route(f"{EDITION}/calendar/{DAYISH}", methods=READ)
def calendar(request: Request, ui: str, key: str) -> Response:
    """A month's calendar by itself. NotFound for what is no month, and for one without a headline."""
    visit = Visit.of(request, ui)
    wanted = parse_day(f"{key}-01")
    if wanted is None:
        raise NotFound(f"There is no month {key[:40]}.", kind="month", key=key[:40])
    with visit.reading() as reader:
        found = query.month_calendar(reader, wanted)
    return _part(visit, visit.links.calendar(wanted), CalendarPage(found), found.revision)


def _part(visit: Visit, address: str, made: Page, revision: int) -> Response:
    frame = visit.frame(lambda _: address, index=False)
    return deliver(visit.request, visit.site.renderer.render(made, frame, revision, part=True))


def _after(query_string: str) -> int:
    given = parse_qs(query_string, max_num_fields=200).get("after", [""])[-1]
    if not _NUMBER.fullmatch(given):
        raise BadFilter("after is no number.", name="after", value=given[:80], expected="a headline's number")
    return int(given)
