"""`/{ui}/headlines/{id}.bib`, `/{ui}/2026-01-15.ris`: how to cite, as files for reference managers."""

from datetime import date
from urllib.parse import parse_qs

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.errors import BadFilter, NotFound
from app.model.day import parse_day
from app.model.timeline import Document
from app.render.citations import Citation, of_day, of_headline
from app.timeline import query
from app.timeline.links import EVERYTHING, in_format
from app.web.answer import OPEN, READ, deliver, redirect
from app.web.pages.headline import MAX_ID_DIGITS
from app.web.paths import CITED, DAYISH, EDITION
from app.web.visit import Visit

router = APIRouter()

TYPES = {".bib": "application/x-bibtex; charset=utf-8", ".ris": "application/x-research-info-systems; charset=utf-8"}


@router.api_route(f"{EDITION}/headlines/{{key}}{CITED}", methods=READ)
def headline(request: Request, ui: str, key: str, cited: str) -> Response:
    """A headline by its number; `?accessed=2026-01-16` is the day on which the reader looked at it."""
    if not (key.isascii() and key.isdigit() and len(key) <= MAX_ID_DIGITS):
        raise NotFound("There is no such headline.", kind="headline", key=key[:40])
    visit = Visit.of(request, ui)
    accessed = _accessed(visit)
    with visit.reading() as reader:
        row, revision = reader.headline(int(key)), reader.revision()
    made = of_headline(row, visit.t, visit.links, visit.origin(), accessed)
    return _file(visit, made, visit.links.headline(row.id), cited, revision)


@router.api_route(f"{EDITION}/{DAYISH}{CITED}", methods=READ)
def day(request: Request, ui: str, key: str, cited: str) -> Response:
    """A day. NotFound for what is none, or has nothing."""
    visit = Visit.of(request, ui)
    wanted = parse_day(key)
    if wanted is None:
        raise NotFound(f"There is no day {key[:40]}.", kind="day", key=key[:40])
    accessed = _accessed(visit)
    with visit.reading() as reader:
        revision = query.day(reader, wanted, EVERYTHING, ui).revision
    made = of_day(wanted, visit.t, visit.links, visit.origin(), accessed)
    return _file(visit, made, visit.links.day(wanted), cited, revision)


def _accessed(visit: Visit) -> date | None:
    """The reader's day. BadFilter for what is none."""
    given = parse_qs(visit.query(), max_num_fields=200).get("accessed", [])
    if not given:
        return None
    found = parse_day(given[-1])
    if found is None:
        bad = given[-1][:80]
        raise BadFilter(
            f"accessed={bad}: expected a day.", name="accessed", value=bad, expected="a day such as 2026-01-15"
        )
    return found


def _file(visit: Visit, made: Citation, page: str, cited: str, revision: int) -> Response:
    own = in_format(page, cited) + (f"?accessed={made.accessed}" if made.accessed else "")
    if not visit.is_at(own):
        return redirect(own)
    text = made.bibtex if cited == ".bib" else made.ris
    response = deliver(visit.request, Document(text.encode("utf-8"), TYPES[cited], revision), vary="Accept-Encoding")
    response.headers.update(OPEN)
    response.headers["content-disposition"] = f'inline; filename="{made.key}{cited}"'
    return response
