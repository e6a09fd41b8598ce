"""Addresses without an edition, and `today`: they lead on to a page."""

from urllib.parse import quote

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.timeline.browse import today
from app.timeline.links import Links
from app.web.answer import READ, redirect
from app.web.negotiate import preferred_ui
from app.web.paths import DAYISH, EDITION
from app.web.visit import Visit

router = APIRouter()

BARE = ("archive", "outlets", "analysis", "search", "about")
"""Pages that may be asked for without an edition."""


def _reader(request: Request) -> Visit:
    return Visit.of(request, preferred_ui(request.headers.get("accept-language", "")))


def _lead(request: Request, address: str) -> Response:
    """To a page in the reader's language; for this once, as another reader has another one."""
    query: bytes = request.scope["query_string"]
    asked = f"?{quote(query, safe='%=&+!$()*,-./:;?@_~')}" if query else ""
    return redirect(address + asked, vary="Accept-Language")


@router.api_route("/", methods=READ)
def home(request: Request) -> Response:
    """To the timeline."""
    return _lead(request, _reader(request).links.timeline())


@router.api_route("/today", methods=READ)
def bare_today(request: Request) -> Response:
    """To the newest day that is not in the future."""
    visit = _reader(request)
    return redirect(_today(visit), vary="Accept-Language")


@router.api_route(f"/{DAYISH}", methods=READ)
def permalink(request: Request, key: str) -> Response:
    """To a day: its page says so if it is none."""
    return _lead(request, f"/{_reader(request).ui}/{quote(key, safe='')}")


@router.api_route(EDITION, methods=READ)
def edition(ui: str) -> Response:
    """To the edition's timeline, which ends in a slash."""
    return redirect(Links(ui).timeline(), status=308)


@router.api_route(f"{EDITION}/today", methods=READ)
def ui_today(request: Request, ui: str) -> Response:
    """To the newest day that is not in the future, in this edition."""
    return redirect(_today(Visit.of(request, ui)))


def _today(visit: Visit) -> str:
    with visit.reading() as reader:
        return visit.links.day(today(reader, visit.today))


def _bare(name: str) -> None:
    @router.api_route(f"/{name}", methods=READ, name=f"bare_{name}")
    def lead(request: Request) -> Response:
        return _lead(request, f"/{_reader(request).ui}/{name}")


for _name in BARE:
    _bare(_name)
