"""`/sitemap.xml` and its parts: the days of every month, and the pages that are always there, in every edition
(sitemaps.org 0.9)."""

from collections.abc import Iterable, Mapping
from datetime import date
from operator import methodcaller
from xml.sax.saxutils import escape, quoteattr

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.errors import NotFound
from app.model.day import FIRST_DAY, LAST_DAY, parse_day
from app.model.language import UI_LANGUAGES
from app.model.timeline import Document
from app.timeline.browse import MOST_ARTICLES
from app.timeline.calendar import month_bounds
from app.timeline.links import Links, permalink
from app.web.answer import READ, deliver
from app.web.visit import At, Visit

router = APIRouter()

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_XHTML = 'xmlns:xhtml="http://www.w3.org/1999/xhtml"'


@router.api_route("/sitemap.xml", methods=READ)
def index(request: Request) -> Response:
    """The months that have headlines, newest first, each with its last such day; then the part of all other pages."""
    visit = Visit.of(request, UI_LANGUAGES[0])
    with visit.reading() as reader:
        days = reader.month_counts(FIRST_DAY, LAST_DAY)
    newest: dict[str, date] = {}
    for day in sorted(days, reverse=True):
        newest.setdefault(f"{day:%Y-%m}", day)
    parts = (
        f"<sitemap><loc>{visit.origin()}/sitemap-{month}.xml</loc>{_modified(day, visit.today)}</sitemap>\n"
        for month, day in newest.items()
    )
    others = f"<sitemap><loc>{visit.origin()}/sitemap-pages.xml</loc></sitemap>\n"
    return _xml(request, f"<sitemapindex {_NAMES}>\n{''.join(parts)}{others}</sitemapindex>\n")


@router.api_route("/sitemap-pages.xml", methods=READ)
def pages(request: Request) -> Response:
    """The pages that are no days: lists, outlets, the newest articles. They say no date of change, as what they show
    changes with every headline."""
    visit = Visit.of(request, UI_LANGUAGES[0])
    with visit.reading() as reader:
        domains = sorted(outlet.domain for outlet in reader.outlets())
        slugs = [article.slug for article in reader.articles(MOST_ARTICLES)]
    ways: list[At] = [Links.timeline, Links.archive, Links.outlets, Links.analysis, Links.sources, Links.about]
    ways += [methodcaller("outlet", domain) for domain in domains]
    ways += [methodcaller("article", slug) for slug in slugs]
    origin = visit.origin()
    urls = "".join(_url(origin, {ui: way(Links(ui)) for ui in UI_LANGUAGES}, "", "") for way in ways)
    return _xml(request, f"<urlset {_NAMES} {_XHTML}>\n{urls}</urlset>\n")


@router.api_route("/sitemap-{key}.xml", methods=READ)
def month(request: Request, key: str) -> Response:
    """The days of a month. NotFound for one without a headline."""
    visit = Visit.of(request, UI_LANGUAGES[0])
    first = parse_day(f"{key}-01")
    with visit.reading() as reader:
        days = reader.month_counts(*month_bounds(first)) if first else {}
    if not days:
        raise NotFound(f"There is no month {key[:40]}.", kind="month", key=key[:40])
    urls = "".join(_urls(visit, sorted(days, reverse=True)))
    return _xml(request, f"<urlset {_NAMES} {_XHTML}>\n{urls}</urlset>\n")


def _urls(visit: Visit, days: Iterable[date]) -> Iterable[str]:
    for day in days:
        editions = {ui: Links(ui).day(day) for ui in UI_LANGUAGES}
        yield _url(visit.origin(), editions, permalink(day), _modified(day, visit.today))


def _url(origin: str, editions: Mapping[str, str], neutral: str, modified: str) -> str:
    """One page in each edition (code -> path), with the others beside it."""
    others = {**editions, **({"x-default": neutral} if neutral else {})}
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{ui}" href={quoteattr(origin + path)}/>' for ui, path in others.items()
    )
    return "".join(f"<url><loc>{escape(origin + path)}</loc>{modified}{links}</url>\n" for path in editions.values())


def _modified(day: date, today: date) -> str:
    """A day's page is finished when the day is over; nothing is modified in the future."""
    return f"<lastmod>{min(day, today)}</lastmod>"


def _xml(request: Request, body: str) -> Response:
    return deliver(request, Document((_HEAD + body).encode(), "application/xml", 0), vary="Accept-Encoding")
