"""`/api/v1/outlets`, `/api/v1/outlets/{domain}`."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.errors import NotFound
from app.store import Reader
from app.timeline.browse import outlet_of
from app.timeline.outlets import recent
from app.web.api import examples, told
from app.web.api.answers import answer, given, visit_of
from app.web.api.cursors import read, written
from app.web.api.operations import ROOT, Operation, Parameter, serve
from app.web.api.parameters import PAGING, limit_of
from app.web.api.schema import OutletList, WholeOutlet

router = APIRouter()

MAX_HOST_CHARS = 253
"""RFC 1035 section 2.3.4, as it is written."""

LIST = Operation(
    id="listOutlets",
    path=f"{ROOT}/outlets",
    tag="Outlets",
    summary="Outlets, by domain",
    parameters=PAGING,
    answer=OutletList,
    example=examples.OUTLETS,
    problems=(400,),
)
ONE = Operation(
    id="getOutlet",
    path=f"{ROOT}/outlets/{{domain}}",
    tag="Outlets",
    summary="One outlet with what it printed in each language",
    parameters=(
        Parameter(
            "domain",
            {"type": "string", "minLength": 1, "maxLength": MAX_HOST_CHARS},
            "Its domain, or another host of its.",
            "montsame.mn",
            place="path",
        ),
    ),
    answer=WholeOutlet,
    example=examples.WHOLE_OUTLET,
    problems=(400, 404),
)
OPERATIONS = (LIST, ONE)


@serve(router, LIST)
def outlets(request: Request) -> Response:
    """The registry."""
    visit = visit_of(request)
    asked = given(visit, LIST)
    limit, origin = limit_of(asked), visit.origin()
    after = read("o", asked["cursor"][0], 1)[0] if "cursor" in asked else ""

    def made(reader: Reader) -> told.Told:
        _, counted = recent(reader)
        found = [known for known in reader.outlets() if known.domain > after]
        shown = found[:limit]
        following = written("o", shown[-1].domain) if len(found) > limit else None
        return told.listed([told.outlet(known, counted.get(known.domain, 0), origin) for known in shown], following)

    return answer(visit, made)


@serve(router, ONE)
def outlet(request: Request) -> Response:
    """One of them."""
    visit = visit_of(request)
    given(visit, ONE)
    host = request.path_params["domain"].lower()
    if not host.isprintable() or len(host) > MAX_HOST_CHARS:
        raise NotFound("There is no such outlet: /api/v1/outlets lists all.", kind="outlet", key=host[:80])

    def made(reader: Reader) -> told.Told:
        known = outlet_of(reader, host)
        _, counted = recent(reader)
        return told.whole_outlet(known, counted.get(known.domain, 0), reader.shares(known.domain), visit.origin())

    return answer(visit, made)
