"""`/{ui}/outlets.csv` and its other formats, `/{ui}/sources.opml`: whom Örtöö lists, and whom it reads."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.ingest import opml
from app.ingest.publishable import publishable
from app.model.timeline import Document
from app.render.formats.outlets import OPML_TYPE, REGISTER_FORMATS, Register
from app.render.metadata import NAMES
from app.store import Reader
from app.timeline import outlets as publishers
from app.timeline.links import in_format
from app.web.answer import OPEN, READ, deliver, redirect
from app.web.caching import MOMENT
from app.web.paths import EDITION, REGISTER
from app.web.visit import Visit

router = APIRouter()

_VARY = "Accept-Encoding"
_BY_SUFFIX = {row.suffix: row for row in REGISTER_FORMATS}


@router.api_route(f"{EDITION}/outlets{REGISTER}", methods=READ)
def outlets(request: Request, ui: str, suffix: str) -> Response:
    """All outlets by name."""
    visit, chosen = Visit.of(request, ui), _BY_SUFFIX[suffix]
    own = in_format(visit.links.outlets(), suffix)
    if not visit.is_at(own):
        return redirect(own)
    with visit.reading() as reader:
        register = _register(visit, own, reader)
    body = "".join(chosen.write(register)).encode("utf-8")
    return _open(deliver(request, Document(body, chosen.media_type, register.view.revision), vary=_VARY))


@router.api_route(f"{EDITION}/sources.opml", methods=READ)
def sources(request: Request, ui: str) -> Response:
    """The sources whose addresses may be named. What fetching changes is not part of the store's revision."""
    visit = Visit.of(request, ui)
    with visit.reading() as reader:
        told = [found for source in reader.sources.all() if (found := publishable(source))]
    title = f"{NAMES[ui]} | {visit.t.text('nav.sources')}"
    return _open(deliver(request, Document(opml.write(told, title), OPML_TYPE, 0), cache=MOMENT, vary=_VARY))


def _register(visit: Visit, own: str, reader: Reader) -> Register:
    view = publishers.index(reader)
    counted = {count.outlet.domain: count.n for count in view.outlets}
    known = visit.t.in_order(reader.outlets(), lambda one: one.name_mn if visit.ui == "mn" else one.name_en)
    listed = tuple((one, counted[one.domain]) for one in known)
    return Register(visit.t, visit.links, visit.origin(), own, view, listed)


def _open(response: Response) -> Response:
    response.headers.update(OPEN)
    return response
