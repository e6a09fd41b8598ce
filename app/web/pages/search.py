"""`/{ui}/search`: headlines by their words."""

from urllib.parse import parse_qs

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.model.filters import TimelineFilter
from app.render.pages import SearchPage, SuggestionsPage
from app.store import Reader
from app.timeline.chips import chips
from app.timeline.search import across
from app.timeline.search import search as look_for
from app.timeline.suggest import suggestions
from app.timeline.views import AcrossView, SearchView
from app.web.answer import READ, deliver, page
from app.web.caching import MOMENT
from app.web.paths import EDITION
from app.web.visit import Visit
from app.worker.similar import SimilarHeadlines

router = APIRouter()

MOST_ACROSS = 8
"""Headlines in the other language that a page offers."""

MAX_FIELDS = 200
"""Parameters of one address, as for every filter."""


@router.api_route(f"{EDITION}/search", methods=READ)
def search(request: Request, ui: str) -> Response:
    """What the filter of the query string finds; without words, the way to ask. Not for search engines."""
    visit = Visit.of(request, ui)
    f = visit.filter().but(coverage="", before=visit.filter().before)

    def at(narrowed: TimelineFilter) -> str:
        return visit.links.search(narrowed.but(text=f.text))

    def made(view: SearchView) -> SearchPage:
        names = [count.outlet for count in view.outlets]
        return SearchPage(view, by_relevance, chips(f.but(text=""), names, at), _across(visit, view))

    def found(reader: Reader) -> SearchView:
        return look_for(reader, f, ui, by_relevance=by_relevance)

    by_relevance = parse_qs(visit.query(), max_num_fields=MAX_FIELDS).get("order", [""])[-1] == "relevance"
    return page(visit, lambda links: links.search(f, by_relevance=by_relevance), found, made, index=False)


def _across(visit: Visit, view: SearchView) -> AcrossView | None:
    """What the first page of a search may be about in the other language, unless it asks for one language only."""
    if not view.question or view.filter.before or view.filter.languages:
        return None
    similar: SimilarHeadlines = visit.request.app.state.similar
    found = similar.ask(view.question, MOST_ACROSS)
    with visit.reading() as reader:
        return across(reader, view, found.language, found.headlines)


@router.api_route(f"{EDITION}/search/words", methods=READ)
def words(request: Request, ui: str) -> Response:
    """How the question in `q` may go on, for the list beside the field. The same for a minute."""
    visit = Visit.of(request, ui)
    with visit.reading() as reader:
        found = suggestions(reader, visit.filter().text)
    frame = visit.frame(lambda links: links.suggestions(), index=False)
    document = visit.site.renderer.render(SuggestionsPage(found.texts), frame, found.revision, part=True)
    return deliver(visit.request, document, cache=MOMENT)
