"""`/{ui}/search`: headlines by their words."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.model.filters import TimelineFilter
from app.render.pages import SearchPage
from app.timeline.chips import chips
from app.timeline.search import search as look_for
from app.timeline.views import SearchView
from app.web.answer import READ, page
from app.web.paths import EDITION
from app.web.visit import Visit

router = APIRouter()


@router.api_route(f"{EDITION}/search", methods=READ)
def search(request: Request, ui: str) -> Response:
    """What the filter of the query string finds; without words, the way to ask. Not for search engines."""
    visit = Visit.of(request, ui)
    f = visit.filter()

    def at(narrowed: TimelineFilter) -> str:
        return visit.links.search(narrowed.but(text=f.text))

    def made(view: SearchView) -> SearchPage:
        names = [count.outlet for count in view.outlets]
        return SearchPage(view, chips(f.but(text=""), names, at))

    return page(visit, lambda links: links.search(f), lambda reader: look_for(reader, f, ui), made, index=False)
