"""`/api/openapi.json`, and `/api/docs`: the same for people, as a page of ours that needs no script."""

import json
from functools import lru_cache

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.model.timeline import Document
from app.web.answer import OPEN, READ, deliver
from app.web.api.answers import VARY, visit_of
from app.web.api.openapi import document
from app.web.api.operations import Operation

SPEC = "/api/openapi.json"
PATHS = (SPEC,)


def routes(operations: tuple[Operation, ...]) -> APIRouter:
    """Both endpoints, for these operations."""
    router = APIRouter()

    @lru_cache(maxsize=8)
    def spec(origin: str) -> bytes:
        return (json.dumps(document(operations, origin), ensure_ascii=False) + "\n").encode()

    @router.api_route(SPEC, methods=READ)
    def openapi(request: Request) -> Response:
        """The OpenAPI document."""
        response = deliver(request, Document(spec(visit_of(request).origin()), "application/json", 0), vary=VARY)
        response.headers.update(OPEN)
        return response

    return router
