"""`/{ui}/headlines/{id}`: one headline."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.errors import NotFound
from app.render.pages import HeadlinePage
from app.timeline.headline import headline as view_of
from app.web.answer import READ, page
from app.web.paths import EDITION
from app.web.visit import Visit

router = APIRouter()

MAX_ID_DIGITS = 18
"""Ids are 64-bit numbers: up to nineteen digits, all of eighteen fit."""


@router.api_route(f"{EDITION}/headlines/{{key}}", methods=READ)
def headline(request: Request, ui: str, key: str) -> Response:
    """One headline by its number."""
    if not (key.isascii() and key.isdigit() and len(key) <= MAX_ID_DIGITS):
        raise NotFound("There is no such headline.", kind="headline", key=key[:40])
    number = int(key)
    return page(
        Visit.of(request, ui),
        lambda links: links.headline(number),
        lambda reader: view_of(reader, number),
        HeadlinePage,
    )
