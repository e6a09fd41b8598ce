"""`/{ui}/outlets`, `/{ui}/outlets/{domain}`: who publishes."""

from dataclasses import replace
from functools import partial
from urllib.parse import parse_qsl

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.errors import BadFilter, NotFound
from app.model.filters import TimelineFilter
from app.render.pages import OutletPage, OutletsPage
from app.timeline import browse
from app.timeline import outlets as publishers
from app.timeline.chips import chips
from app.timeline.views import OutletsView
from app.web.answer import READ, page, redirect, shown
from app.web.paths import EDITION
from app.web.visit import Visit

router = APIRouter()


@router.api_route(f"{EDITION}/outlets", methods=READ)
def outlets(request: Request, ui: str) -> Response:
    """All outlets by name, or with `?sort=volume` those with most headlines first."""
    visit = Visit.of(request, ui)
    by_volume = ("sort", "volume") in parse_qsl(visit.query())

    def made(view: OutletsView) -> OutletsPage:
        ordered = visit.t.in_order(view.outlets, lambda count: count.outlet.name(ui))
        if by_volume:
            ordered.sort(key=lambda count: -count.n)
        return OutletsPage(tuple(ordered), view.window, by_volume)

    return page(visit, lambda links: links.outlets(by_volume), publishers.index, made, index=not by_volume)


@router.api_route(f"{EDITION}/outlets/{{domain}}", methods=READ)
def outlet(request: Request, ui: str, domain: str) -> Response:
    """One outlet; another host of its leads to it."""
    visit = Visit.of(request, ui)
    wanted = _domain(domain)
    f = replace(visit.filter(), outlets=())
    with visit.reading() as reader:
        known = browse.outlet_domain(reader, wanted)
        address = visit.links.outlet(known, f)
        there = visit.part or visit.is_at(address)
        view = publishers.outlet(reader, known, f, ui) if known == domain and there else None
    if view is None:
        return redirect(address, status=302 if known == domain else 308)
    made = OutletPage(view, chips(f, (), partial(visit.links.outlet, known)))
    index = not f.narrows and f.before is None
    return shown(visit, lambda links: links.outlet(known, f), made, view.revision, index=index)


def _domain(text: str) -> str:
    """A domain as the filter takes it. NotFound for anything else."""
    try:
        (domain,) = TimelineFilter.from_query(TimelineFilter(outlets=(text,)).to_query()).outlets
    except (BadFilter, ValueError) as error:
        raise NotFound("There is no such outlet.", kind="outlet", key=text[:80]) from error
    return domain
