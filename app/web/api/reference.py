"""`/api/openapi.json`, and `/api/docs`: the same for people, as a page of ours that needs no script."""

import json
from dataclasses import replace
from functools import lru_cache

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.model.timeline import Document
from app.render.pages import ReferencePage
from app.render.reference import reference
from app.timeline.links import Links
from app.web.answer import OPEN, READ, deliver, redirect
from app.web.api.answers import VARY, visit_of
from app.web.api.openapi import Spec, document
from app.web.api.operations import JSON, Operation

DOCS, SPEC = Links("en").api(), Links("en").openapi()
PATHS = (DOCS, SPEC, "/api/")

MOST_ORIGINS = 8
"""Documents kept, one for each name under which the server is asked."""


def routes(operations: tuple[Operation, ...]) -> APIRouter:
    """Both endpoints, for these operations."""
    router = APIRouter()

    @lru_cache(maxsize=MOST_ORIGINS)
    def spec(origin: str) -> Spec:
        return document(operations, origin)

    @router.api_route(SPEC, methods=READ)
    def openapi(request: Request) -> Response:
        """The OpenAPI document."""
        body = json.dumps(spec(visit_of(request).origin()), ensure_ascii=False) + "\n"
        response = deliver(request, Document(body.encode(), JSON, 0), vary=VARY)
        response.headers.update(OPEN)
        return response

    @router.api_route(DOCS, methods=READ)
    def docs(request: Request) -> Response:
        """The page. It is there in English only, so it has no other edition."""
        visit = visit_of(request)
        frame = replace(visit.frame(Links.api), alternates=(("en", DOCS),))
        page = ReferencePage(reference(spec(visit.origin())))
        return deliver(request, visit.site.renderer.render(page, frame, 0, part=visit.part))

    @router.api_route("/api", methods=READ)
    @router.api_route("/api/", methods=READ)
    def door() -> Response:
        """To the page, for those who try the address."""
        return redirect(DOCS)

    return router
