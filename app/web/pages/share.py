"""`/share/2026-01-15.en.png`, `/share/headline-17.en.png`: the picture of a day or a headline in one edition."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.errors import NotFound
from app.i18n import Translator
from app.model.day import parse_day
from app.model.language import UI_LANGUAGES
from app.model.timeline import Document
from app.render.share_image import MEDIA_TYPE, Poster, draw, headline_poster, poster
from app.timeline import query
from app.timeline.links import EVERYTHING
from app.web.answer import READ, deliver
from app.web.pages.headline import MAX_ID_DIGITS
from app.web.visit import Visit

router = APIRouter()

HEADLINE = "headline-"

HOUR = "public, max-age=3600"
"""Networks that show previews ask often, and a day's first headlines seldom change; then they are asked again."""


@router.api_route("/share/{name}.png", methods=READ)
def share(request: Request, name: str) -> Response:
    """The picture. NotFound for a day without headlines, with the days beside it."""
    key, _, ui = name.rpartition(".")
    wanted, number = parse_day(key), key.removeprefix(HEADLINE)
    if ui not in UI_LANGUAGES:
        raise _none(name)
    visit = Visit.of(request, ui)
    if key.startswith(HEADLINE) and number.isascii() and number.isdigit() and len(number) <= MAX_ID_DIGITS:
        return _headline(visit, int(number), name)
    if wanted is None:
        raise _none(name)
    with visit.reading() as reader:
        answer = query.day(reader, wanted, EVERYTHING, ui)
    view = answer.view
    if not view.day.total:
        raise NotFound(f"Nothing was printed on {wanted}.", kind="day", key=key, previous=view.previous, next=view.next)
    return _drawn(visit, poster(view.day, visit.t, _others(visit)), answer.revision)


def _headline(visit: Visit, number: int, name: str) -> Response:
    """NotFound for a headline that there is not, or whose letters are in no font of ours."""
    with visit.reading() as reader:
        row, revision = reader.headline(number), reader.revision()
    made = headline_poster(row, visit.t, _others(visit))
    if made is None:
        raise _none(name)
    return _drawn(visit, made, revision)


def _others(visit: Visit) -> tuple[Translator, ...]:
    return tuple(t for ui, t in visit.site.translators.items() if ui != visit.ui)


def _drawn(visit: Visit, made: Poster, revision: int) -> Response:
    response = deliver(visit.request, Document(draw(made), MEDIA_TYPE, revision), cache=HOUR, vary="")
    response.headers["cross-origin-resource-policy"] = "cross-origin"  # made to be shown elsewhere
    return response


def _none(name: str) -> NotFound:
    return NotFound("There is no such picture.", kind="picture", key=name[:40])
