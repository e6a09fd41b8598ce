"""Reading without a connection, and Örtöö among a device's programs: `/sw.js`, `/{ui}/offline`, `/{ui}/kept.json`,
`/{ui}/manifest.webmanifest`. Which days are kept is decided here; how, in `static/sw.js`.
"""

import json
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.model.filters import FILTERS, TimelineFilter
from app.model.language import UI_LANGUAGES
from app.model.timeline import Document
from app.render.metadata import NAMES
from app.render.pages import OfflinePage
from app.timeline.links import Links
from app.web.answer import READ, deliver, fixed, redirect
from app.web.assets import SCRIPT
from app.web.negotiate import preferred_ui
from app.web.paths import EDITION
from app.web.visit import Site, Visit

router = APIRouter()

KEPT_DAYS = 7

SHELL = ("css/", SCRIPT, "js/theme.js", "vendor/htmx@2.0.11/htmx.min.js", "favicon", "wordmark", "fonts/ortoo-")
"""What every page needs, by the beginnings of paths below `static/`…"""

SELDOM = ("-more.woff2", "-italic.woff2")
"""…but for fonts with rare letters, which are kept when a page has asked for them."""

PAPER, INK = "#fcfcfa", "#15171b"


@router.api_route(f"{EDITION}/offline", methods=READ)
def offline(request: Request, ui: str) -> Response:
    """What stands in for a page that is not kept."""
    return fixed(Visit.of(request, ui), Links.offline, OfflinePage(), index=False)


@router.api_route(f"{EDITION}/kept.json", methods=READ)
def kept(request: Request, ui: str) -> Response:
    """The newest days, each with its address and its name in the edition."""
    visit = Visit.of(request, ui)
    with visit.reading() as reader:
        found = reader.days(TimelineFilter(until=visit.today), (), KEPT_DAYS)
    days = [{"href": visit.links.day(day), "label": visit.t.dated(day, "full")} for day, _ in found]
    return _json(request, {"days": days}, "application/json")


@router.api_route(f"{EDITION}/manifest.webmanifest", methods=READ)
def manifest(request: Request, ui: str) -> Response:
    """Örtöö as a program of its own, in one edition."""
    visit = Visit.of(request, ui)
    icon = visit.site.assets.address
    told = {
        "id": visit.links.timeline(),
        "name": NAMES[ui],
        "short_name": NAMES[ui],
        "description": visit.t.text("brand.tagline"),
        "lang": ui,
        "dir": "ltr",
        "start_url": visit.links.timeline(),
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": PAPER,
        "categories": ["news"],
        "icons": [
            _icon(icon("icons/icon-192.png"), 192),
            _icon(icon("icons/icon-512.png"), 512),
            {**_icon(icon("icons/maskable-512.png"), 512), "purpose": "maskable"},
        ],
        "shortcuts": [
            {"name": visit.t.text("nav.today"), "url": visit.links.today()},
            {"name": visit.t.text("nav.archive"), "url": visit.links.archive()},
        ],
    }
    return _json(request, told, "application/manifest+json")


@router.api_route("/manifest.webmanifest", methods=READ)
def any_manifest(request: Request) -> Response:
    """To the manifest of the reader's edition."""
    ui = preferred_ui(request.headers.get("accept-language", ""))
    return redirect(Links(ui).manifest(), vary="Accept-Language")


@router.api_route("/sw.js", methods=READ)
def worker(request: Request) -> Response:
    """The service worker. It changes with any file that pages are made of, and browsers ask for it anew each time."""
    site: Site = request.app.state.site
    assets = site.assets
    shell = [a.address for name, a in assets.files.items() if name.startswith(SHELL) and not name.endswith(SELDOM)]
    told = {
        "version": site.version,
        "shell": sorted(shell),
        "filters": [row.name for row in FILTERS],
        "editions": {ui: _edition(Links(ui)) for ui in UI_LANGUAGES},
    }
    body = f"const KEPT = {json.dumps(told)};\n".encode() + assets.files["sw.js"].body
    return deliver(request, Document(body, "text/javascript; charset=utf-8", 0), vary="Accept-Encoding")


def _edition(links: Links) -> dict[str, str]:
    return {"home": links.timeline(), "offline": links.offline(), "kept": links.kept()}


def _icon(address: str, size: int) -> dict[str, str]:
    return {"src": address, "sizes": f"{size}x{size}", "type": "image/png"}


def _json(request: Request, told: dict[str, Any], media_type: str) -> Response:
    body = (json.dumps(told, ensure_ascii=False) + "\n").encode()
    return deliver(request, Document(body, media_type, 0), vary="Accept-Encoding")
