"""`/{ui}/`: the newest days, filtered."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.render.pages import TimelinePage
from app.timeline import query
from app.timeline.chips import chips
from app.timeline.views import TimelineView
from app.web.answer import READ, page
from app.web.paths import EDITION
from app.web.visit import Visit

router = APIRouter()


@router.api_route(f"{EDITION}/", methods=READ)
def timeline(request: Request, ui: str) -> Response:
    """The timeline under the filter of the query string."""
    visit = Visit.of(request, ui)
    f = visit.filter()

    def made(view: TimelineView) -> TimelinePage:
        names = [count.outlet for count in view.timeline.outlets]
        return TimelinePage(view, chips(f, names, visit.links.timeline))

    index = not f.narrows and f.before is None
    return page(visit, lambda links: links.timeline(f), lambda reader: query.timeline(reader, f, ui), made, index=index)
