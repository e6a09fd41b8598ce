"""The application: routes, error handlers, middleware. `ortoo serve` runs it; tests call it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.exceptions import HTTPException

from app.clock import Clock, system_clock
from app.errors import OrtooError
from app.i18n import translators
from app.render.formats.html import HtmlRenderer
from app.settings import Settings, resource_dir
from app.store import Store
from app.web import api, machines, metrics, sitemap
from app.web.api.gate import Gate
from app.web.assets import Assets, AssetsFirst, fingerprint
from app.web.pages import (
    about,
    analysis,
    archive,
    citations,
    day,
    doors,
    files,
    headline,
    news,
    offline,
    outlets,
    problem,
    registers,
    search,
    share,
    sources,
    timeline,
)
from app.web.security import SecurityHeaders
from app.web.visit import Site

ROUTERS = (
    api,
    machines,
    metrics,
    sitemap,
    share,
    offline,
    citations,
    files,
    registers,
    doors,
    timeline,
    news,
    archive,
    outlets,
    search,
    analysis,
    headline,
    sources,
    about,
    day,
)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    yield
    app.state.gate.close()


def create_app(settings: Settings, store: Store, clock: Clock = system_clock) -> FastAPI:
    """The web application on an open store. CatalogueError when the words of an edition cannot be read."""
    app = FastAPI(
        title="Örtöö", openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False, lifespan=_lifespan
    )
    assets = Assets.load(resource_dir("static"))
    app.state.site = Site(
        settings=settings,
        store=store,
        clock=clock,
        renderer=HtmlRenderer.open(resource_dir("templates")),
        translators=translators(resource_dir("locale")),
        assets=assets,
        version=fingerprint(assets.version, resource_dir("templates"), resource_dir("locale")),
    )
    app.state.gate = Gate()
    for module in ROUTERS:
        app.include_router(module.router)
    app.add_exception_handler(OrtooError, problem.known_error)
    app.add_exception_handler(HTTPException, problem.refused)
    app.add_exception_handler(Exception, problem.unknown_error)
    app.add_middleware(AssetsFirst, assets=assets)
    app.add_middleware(SecurityHeaders)
    return app
