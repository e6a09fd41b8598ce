"""`/{ui}/sources`, `/{ui}/sources/{id}`: how the places are doing that headlines are read from."""

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.errors import NotFound
from app.model.outlet import OutletName
from app.model.source import FetchRecord, HeldBatch, SourceHealth
from app.render.health import added_by_day, grouped, line
from app.render.pages import SourcePage, SourcesPage
from app.store import Reader
from app.web.answer import READ, page
from app.web.caching import MOMENT
from app.web.paths import EDITION
from app.web.visit import Visit
from app.worker.health import first_day, health
from app.worker.schedule import Pace

router = APIRouter()

MAX_ID_DIGITS = 18
"""Ids are 64-bit numbers: up to nineteen digits, all of eighteen fit."""

SHOWN_FETCHES = 30
"""The last fetches of a source that its page lists."""


@dataclass(frozen=True, slots=True)
class _Found:
    healths: tuple[SourceHealth, ...]
    names: dict[str, OutletName]
    revision: int
    fetches: tuple[FetchRecord, ...] = ()
    held: tuple[HeldBatch, ...] = ()


@router.api_route(f"{EDITION}/sources", methods=READ)
def sources(request: Request, ui: str) -> Response:
    """All sources, those that need somebody first. What fetching changes is not part of the store's revision, so the
    page may be kept for a while instead."""
    visit = Visit.of(request, ui)

    def made(found: _Found) -> SourcesPage:
        lines = [line(one, found.names, visit.t) for one in found.healths]
        return SourcesPage(grouped(lines, visit.t), added_by_day(lines))

    return page(visit, lambda links: links.sources(), lambda reader: _read(reader, visit), made, cache=MOMENT)


@router.api_route(f"{EDITION}/sources/{{key}}", methods=READ)
def source(request: Request, ui: str, key: str) -> Response:
    """One source by its number, with its last fetches."""
    visit = Visit.of(request, ui)
    if not (key.isascii() and key.isdigit() and len(key) <= MAX_ID_DIGITS):
        raise NotFound("There is no such source.", kind="source", key=key[:40])
    number = int(key)

    def made(found: _Found) -> SourcePage:
        return SourcePage(line(found.healths[0], found.names, visit.t), found.fetches, found.held)

    return page(
        visit, lambda links: links.source(number), lambda reader: _read(reader, visit, number), made, cache=MOMENT
    )


def _read(reader: Reader, visit: Visit, number: int | None = None) -> _Found:
    """Every source, or the one of that number with its fetches. NotFound."""
    now, pace = visit.site.clock(), Pace.of(visit.site.settings)
    facts = [one for one in reader.sources.facts(first_day(now)) if number is None or one.source.id == number]
    if number is not None and not facts:
        raise NotFound(f"There is no source {number}.", kind="source", key=number)
    names = reader.names({one.source.outlet for one in facts if one.source.outlet})
    healths = tuple(health(one, now, pace) for one in facts)
    if number is None:
        return _Found(healths, names, reader.revision())
    fetches = reader.sources.fetches(number, SHOWN_FETCHES)
    return _Found(healths, names, reader.revision(), fetches, reader.sources.held(number))
