"""`/{ui}/2026-01-15`: one day."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.errors import NotFound
from app.model.day import parse_day
from app.render.pages import DayPage
from app.timeline import query
from app.timeline.chips import chips
from app.timeline.views import DayAnswer
from app.web.answer import READ, page
from app.web.caching import lasting
from app.web.paths import DAYISH, EDITION
from app.web.visit import Visit

router = APIRouter()


@router.api_route(f"{EDITION}/{DAYISH}", methods=READ)
def day(request: Request, ui: str, key: str) -> Response:
    """The page of a day; whatever begins with a digit is taken for a day, and may turn out to be none."""
    visit = Visit.of(request, ui)
    wanted = parse_day(key)
    if wanted is None:
        raise NotFound(f"There is no day {key[:40]}.", kind="day", key=key[:40])
    f = replace(visit.filter(), since=None, until=None, before=None)

    def made(answer: DayAnswer) -> DayPage:
        names = [count.outlet for count in answer.view.outlets]
        after = None if answer.view.next else wanted + timedelta(days=1)
        return DayPage(answer, chips(f, names, partial(visit.links.day, wanted)), after)

    return page(
        visit,
        lambda links: links.day(wanted, f),
        lambda reader: query.day(reader, wanted, f, ui),
        made,
        index=not f.narrows,
        cache=lasting(wanted, visit.today),
    )
