"""`/{ui}/analysis`, `/{ui}/analysis/{slug}`: long reads."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.errors import NotFound
from app.render.pages import AnalysisPage, ArticlePage
from app.timeline import browse
from app.timeline.links import Links
from app.web.answer import READ, page
from app.web.paths import EDITION
from app.web.visit import Visit

router = APIRouter()

MAX_SLUG_CHARS = 200


@router.api_route(f"{EDITION}/analysis", methods=READ)
def analysis(request: Request, ui: str) -> Response:
    """The newest articles."""
    return page(Visit.of(request, ui), Links.analysis, browse.analysis, AnalysisPage)


@router.api_route(f"{EDITION}/analysis/{{slug}}", methods=READ)
def article(request: Request, ui: str, slug: str) -> Response:
    """One article."""
    if len(slug) > MAX_SLUG_CHARS or not slug.isprintable():
        raise NotFound("There is no such article.", kind="article", key=slug[:40])
    visit = Visit.of(request, ui)
    return page(visit, lambda links: links.article(slug), lambda reader: browse.article(reader, slug), ArticlePage)
