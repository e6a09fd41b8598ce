"""What machines ask for: health, rules for crawlers, search descriptions, a contact, the icon in its old place."""

import json
from datetime import UTC, datetime
from urllib.parse import quote
from xml.sax.saxutils import escape

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.errors import NotFound, Unavailable
from app.model.language import UI_LANGUAGES
from app.model.timeline import Document
from app.render.metadata import NAMES
from app.timeline.links import Links, in_format
from app.web.answer import READ, deliver, redirect
from app.web.caching import NEVER
from app.web.negotiate import preferred_ui
from app.web.paths import EDITION
from app.web.visit import Site, Visit

router = APIRouter()

ROBOTS = """User-agent: *
Disallow: /desk
Disallow: /api/v1/export
Disallow: /*/search
Disallow: /*?outlet=
Disallow: /*&outlet=

Sitemap: {origin}/sitemap.xml
"""
"""Every page is open; combinations of outlets are endless and show nothing that other pages do not. There is no line
that allows everything: crawlers that take the first rule that fits would look no further."""

OPENSEARCH_TYPE = "application/opensearchdescription+xml"

OPENSEARCH = """<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
<ShortName>{name}</ShortName>
<Description>{about}</Description>
<Language>{ui}</Language>
<InputEncoding>UTF-8</InputEncoding>
<Image height="64" width="64" type="image/svg+xml">{icon}</Image>
<Url type="text/html" template="{pages}"/>
<Url type="application/atom+xml" template="{feed}"/>
<Url type="application/opensearchdescription+xml" rel="self" template="{own}"/>
<Query role="example" searchTerms="{example}"/>
</OpenSearchDescription>
"""

EXAMPLES = {"en": "visa", "mn": "виз"}
"""A search that finds something in the sample (OpenSearch 1.1, role "example")."""

SECURITY_MONTHS = 6
"""How long security.txt holds at least (RFC 9116 section 2.5.5 recommends less than a year)."""


@router.api_route("/healthz", methods=READ)
def alive(request: Request) -> Response:
    """Whether the process answers; asks nobody else."""
    return _status(request, {"status": "ok"})


@router.api_route("/readyz", methods=READ)
def ready(request: Request) -> Response:
    """Whether pages can be served: the database answers and has this program's schema, or it is away and a replica
    answers ("reading": nothing can be written). 503 otherwise."""
    site: Site = request.app.state.site
    store = site.store
    try:
        store.check_schema()
        facts: dict[str, object] = {"status": "ready", "revision": store.revision()}
    except Unavailable:
        if not any(one.answers for one in store.replicas()):
            raise
        facts = {"status": "reading", "revision": store.revision_in_view()}
    copies = [{"answers": one.answers, "fresh": one.fresh, "lag": one.lag} for one in store.replicas()]
    return _status(request, {**facts, **({"replicas": copies} if copies else {})})


@router.api_route("/robots.txt", methods=READ)
def robots(request: Request) -> Response:
    """Rules for crawlers."""
    return _text(request, ROBOTS.format(origin=Visit.of(request, UI_LANGUAGES[0]).origin()))


@router.api_route("/.well-known/security.txt", methods=READ)
def security(request: Request) -> Response:
    """Who hears of security problems (RFC 9116). NotFound where nobody was named."""
    visit = Visit.of(request, UI_LANGUAGES[0])
    contact = visit.site.settings.security_contact
    if not contact:
        raise NotFound("There is no security contact.", kind="security", key="security.txt")
    lines = (
        f"Contact: {contact}",
        f"Expires: {_months_later(visit.site.clock()):%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(UI_LANGUAGES)}",
        f"Canonical: {visit.origin()}/.well-known/security.txt",
    )
    return _text(request, "\n".join(lines) + "\n")


@router.api_route("/opensearch.xml", methods=READ)
def any_opensearch(request: Request) -> Response:
    """To the description of the reader's edition."""
    ui = preferred_ui(request.headers.get("accept-language", ""))
    return redirect(Links(ui).opensearch(), vary="Accept-Language")


@router.api_route(f"{EDITION}/opensearch.xml", methods=READ)
def opensearch(request: Request, ui: str) -> Response:
    """How browsers search one edition from their own search field (OpenSearch 1.1)."""
    visit = Visit.of(request, ui)
    origin = visit.origin()
    told = {
        "name": NAMES[ui],
        "about": visit.t.text("brand.tagline"),
        "ui": ui,
        "icon": origin + visit.site.assets.address("favicon.svg"),
        "pages": f"{origin}{visit.links.search()}?q={{searchTerms}}",
        "feed": f"{origin}{in_format(visit.links.search(), '.atom')}?q={{searchTerms}}",
        "own": origin + visit.links.opensearch(),
        "example": quote(EXAMPLES[ui]),
    }
    body = OPENSEARCH.format(**{name: escape(value, {'"': "&quot;"}) for name, value in told.items()})
    return deliver(request, Document(body.encode(), OPENSEARCH_TYPE, 0), vary="Accept-Encoding")


@router.api_route("/favicon.ico", methods=READ)
def favicon(request: Request) -> Response:
    """Browsers that do not read the page's links still look here."""
    site: Site = request.app.state.site
    icon = site.assets.files["favicon.svg"]
    return deliver(request, Document(icon.body, icon.media_type, 0), vary="Accept-Encoding")


def _status(request: Request, facts: dict[str, object]) -> Response:
    document = Document((json.dumps(facts) + "\n").encode(), "application/json", 0)
    return deliver(request, document, cache=NEVER, vary="Accept-Encoding")


def _text(request: Request, text: str) -> Response:
    return deliver(request, Document(text.encode(), "text/plain; charset=utf-8", 0), vary="Accept-Encoding")


def _months_later(now: datetime) -> datetime:
    """The first instant of the month that begins after SECURITY_MONTHS whole months: the same for a month on end."""
    months = now.year * 12 + now.month + SECURITY_MONTHS
    return datetime(months // 12, months % 12 + 1, 1, tzinfo=UTC)
