"""What machines ask for: health, robots, the icon in its old place."""

import json

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.model.timeline import Document
from app.web.answer import READ, deliver
from app.web.caching import NEVER
from app.web.visit import Site

router = APIRouter()

ROBOTS = """User-agent: *
Allow: /
Disallow: /*?outlet=
Disallow: /*&outlet=
"""
"""Every page is open; combinations of outlets are endless and show nothing that other pages do not."""


@router.api_route("/healthz", methods=READ)
def alive(request: Request) -> Response:
    """Whether the process answers; asks nobody else."""
    return _status(request, {"status": "ok"})


@router.api_route("/readyz", methods=READ)
def ready(request: Request) -> Response:
    """Whether pages can be served: the database answers and has this program's schema. 503 otherwise."""
    site: Site = request.app.state.site
    site.store.check_schema()
    return _status(request, {"status": "ready", "revision": site.store.revision()})


@router.api_route("/robots.txt", methods=READ)
def robots(request: Request) -> Response:
    """Rules for crawlers."""
    return deliver(request, Document(ROBOTS.encode(), "text/plain; charset=utf-8", 0), vary="Accept-Encoding")


@router.api_route("/favicon.ico", methods=READ)
def favicon(request: Request) -> Response:
    """Browsers that do not read the page's links still look here."""
    site: Site = request.app.state.site
    icon = site.assets.files["favicon.svg"]
    return deliver(request, Document(icon.body, icon.media_type, 0), vary="Accept-Encoding")


def _status(request: Request, facts: dict[str, object]) -> Response:
    document = Document((json.dumps(facts) + "\n").encode(), "application/json", 0)
    return deliver(request, document, cache=NEVER, vary="Accept-Encoding")
