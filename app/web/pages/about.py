"""`/{ui}/about`: what Örtöö is."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.render.pages import AboutPage
from app.settings import Settings
from app.timeline.links import Links
from app.web.answer import READ, fixed
from app.web.paths import EDITION
from app.web.visit import Visit

router = APIRouter()


@router.api_route(f"{EDITION}/about", methods=READ)
def about(request: Request, ui: str) -> Response:
    """The page reads nothing from the store, so it is there when the store is not."""
    visit = Visit.of(request, ui)
    return fixed(visit, Links.about, AboutPage(_contact(visit.site.settings)))


def _contact(settings: Settings) -> str:
    """The operator's address, if it can be a link."""
    given = settings.fetch_contact
    return given if given.startswith(("https://", "http://", "mailto:")) else ""
