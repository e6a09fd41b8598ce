"""`/share/2026-01-15.en.png`: the picture of a day in one edition."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.errors import NotFound
from app.model.day import parse_day
from app.model.language import UI_LANGUAGES
from app.model.timeline import Document
from app.render.share_image import MEDIA_TYPE, draw, poster
from app.timeline import query
from app.timeline.links import EVERYTHING
from app.web.answer import READ, deliver
from app.web.visit import Visit

router = APIRouter()

HOUR = "public, max-age=3600"
"""Networks that show previews ask often, and a day's first headlines seldom change; then they are asked again."""


@router.api_route("/share/{name}.png", methods=READ)
def share(request: Request, name: str) -> Response:
    """The picture. NotFound for a day without headlines, with the days beside it."""
    key, _, ui = name.rpartition(".")
    wanted = parse_day(key)
    if wanted is None or ui not in UI_LANGUAGES:
        raise NotFound("There is no such picture.", kind="picture", key=name[:40])
    visit = Visit.of(request, ui)
    with visit.site.store.reading() as reader:
        answer = query.day(reader, wanted, EVERYTHING, ui)
    view = answer.view
    if not view.day.total:
        raise NotFound(f"Nothing was printed on {wanted}.", kind="day", key=key, previous=view.previous, next=view.next)
    others = tuple(t for other, t in visit.site.translators.items() if other != ui)
    document = Document(draw(poster(view.day, visit.t, others)), MEDIA_TYPE, answer.revision)
    response = deliver(request, document, cache=HOUR, vary="")
    response.headers["cross-origin-resource-policy"] = "cross-origin"  # made to be shown elsewhere
    return response
