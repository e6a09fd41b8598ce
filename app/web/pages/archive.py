"""`/{ui}/archive`, `/{ui}/archive/2026`, `/{ui}/archive/2026-01`: calendars."""

from datetime import date

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.errors import NotFound
from app.model.day import FIRST_DAY, LAST_DAY, parse_day
from app.render.pages import ArchivePage, MonthPage
from app.timeline import archive as calendars
from app.timeline.calendar import month_bounds
from app.timeline.links import Links
from app.web.answer import READ, page
from app.web.caching import lasting
from app.web.paths import DAYISH, EDITION
from app.web.visit import Visit

router = APIRouter()


@router.api_route(f"{EDITION}/archive", methods=READ)
def archive(request: Request, ui: str) -> Response:
    """The newest year."""
    return page(Visit.of(request, ui), Links.archive, lambda reader: calendars.of_year(reader, None), ArchivePage)


@router.api_route(f"{EDITION}/archive/{DAYISH}", methods=READ)
def calendar(request: Request, ui: str, key: str) -> Response:
    """A year or a month."""
    visit = Visit.of(request, ui)
    if len(key) == 4 and key.isascii() and key.isdigit() and FIRST_DAY.year <= int(key) <= LAST_DAY.year:
        number = int(key)
        return page(
            visit,
            lambda links: links.year(number),
            lambda reader: calendars.of_year(reader, number),
            ArchivePage,
            cache=lasting(date(number, 12, 31), visit.today),
        )
    month = _month(key)
    return page(
        visit,
        lambda links: links.month(month),
        lambda reader: calendars.of_month(reader, month),
        MonthPage,
        cache=lasting(month_bounds(month)[1], visit.today),
    )


def _month(key: str) -> date:
    """The first day of the month `2026-01`. NotFound."""
    first = parse_day(f"{key}-01")
    if first is None:
        raise NotFound(f"There is no month {key[:40]}.", kind="month", key=key[:40])
    return first
