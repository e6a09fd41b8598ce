"""`/sitemap.xml` and a part for every month: each day's page in every edition (sitemaps.org 0.9)."""

from collections.abc import Iterable
from datetime import date
from xml.sax.saxutils import quoteattr

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.errors import NotFound
from app.model.day import FIRST_DAY, LAST_DAY, parse_day
from app.model.language import UI_LANGUAGES
from app.model.timeline import Document
from app.timeline.calendar import month_bounds
from app.timeline.links import Links, permalink
from app.web.answer import READ, deliver
from app.web.visit import Visit

router = APIRouter()

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_XHTML = 'xmlns:xhtml="http://www.w3.org/1999/xhtml"'


@router.api_route("/sitemap.xml", methods=READ)
def index(request: Request) -> Response:
    """The months that have headlines, newest first, each with its last such day."""
    visit = Visit.of(request, UI_LANGUAGES[0])
    with visit.site.store.reading() as reader:
        days = reader.month_counts(FIRST_DAY, LAST_DAY)
    newest: dict[str, date] = {}
    for day in sorted(days, reverse=True):
        newest.setdefault(f"{day:%Y-%m}", day)
    parts = (
        f"<sitemap><loc>{visit.origin()}/sitemap-{month}.xml</loc>{_modified(day, visit.today)}</sitemap>\n"
        for month, day in newest.items()
    )
    return _xml(request, f"<sitemapindex {_NAMES}>\n{''.join(parts)}</sitemapindex>\n")


@router.api_route("/sitemap-{key}.xml", methods=READ)
def month(request: Request, key: str) -> Response:
    """The days of a month. NotFound for one without a headline."""
    visit = Visit.of(request, UI_LANGUAGES[0])
    first = parse_day(f"{key}-01")
    with visit.site.store.reading() as reader:
        days = reader.month_counts(*month_bounds(first)) if first else {}
    if not days:
        raise NotFound(f"There is no month {key[:40]}.", kind="month", key=key[:40])
    urls = "".join(_urls(visit, sorted(days, reverse=True)))
    return _xml(request, f"<urlset {_NAMES} {_XHTML}>\n{urls}</urlset>\n")


def _urls(visit: Visit, days: Iterable[date]) -> Iterable[str]:
    origin = visit.origin()
    for day in days:
        pages = {ui: origin + Links(ui).day(day) for ui in UI_LANGUAGES}
        others = {**pages, "x-default": origin + permalink(day)}
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{ui}" href={quoteattr(page)}/>' for ui, page in others.items()
        )
        for page in pages.values():
            yield f"<url><loc>{page}</loc>{_modified(day, visit.today)}{links}</url>\n"


def _modified(day: date, today: date) -> str:
    """A day's page is finished when the day is over; nothing is modified in the future."""
    return f"<lastmod>{min(day, today)}</lastmod>"


def _xml(request: Request, body: str) -> Response:
    return deliver(request, Document((_HEAD + body).encode(), "application/xml", 0), vary="Accept-Encoding")
