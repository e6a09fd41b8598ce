"""The application: routes, error handlers, middleware. `ortoo serve` runs it; tests call it."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Receive, Scope, Send

from app.clock import Clock, system_clock
from app.errors import EmbedderGone, OrtooError
from app.i18n import translators
from app.render.formats.html import HtmlRenderer
from app.settings import Settings, resource_dir
from app.store import Store
from app.stories.embedder import Embedder
from app.tracing import Tracing
from app.web import api, desk, machines, metrics, quick, sitemap
from app.web.again import AskedAgain
from app.web.api.gate import Gate
from app.web.api.quota import PerMinute
from app.web.assets import Assets, AssetsFirst, fingerprint
from app.web.caching import PageCache
from app.web.desk.backstage import Backstage
from app.web.door import Door
from app.web.figures import CACHE
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
    stories,
    timeline,
)
from app.web.proxies import Proxies
from app.web.security import SecurityHeaders
from app.web.tally import FOLDER, Shared, Tally
from app.web.traced import TracedRequests
from app.web.visit import Site
from app.worker.similar import SimilarHeadlines

ROUTERS = (
    api,
    desk,
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
    stories,
    sources,
    about,
    day,
)


class Application(FastAPI):
    """FastAPI, and `front` before it: FastAPI's own middleware stands behind layers that cost more than an answer out
    of memory (4 µs of 6)."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.front: ASGIApp = super().__call__

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        await self.front(scope, receive, send)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    app.state.watch.listen()
    app.state.shared.start()
    yield
    app.state.shared.close()
    app.state.watch.close()
    app.state.gate.close()
    app.state.similar.close()
    if app.state.tracing:
        app.state.tracing.close()


def _collect(app: FastAPI) -> None:
    cache: PageCache | None = app.state.cache
    if cache is not None:
        app.state.tally.events[CACHE, "hit"], app.state.tally.events[CACHE, "miss"] = cache.hits, cache.misses


def _no_model() -> Embedder:
    raise EmbedderGone("No model was given.")


def create_app(
    settings: Settings,
    store: Store,
    clock: Clock = system_clock,
    backstage: Backstage | None = None,
    similar: SimilarHeadlines | None = None,
    tracing: Tracing | None = None,
) -> Application:
    """The web application on an open store; `backstage` is what the desk has besides (tests hand in their own),
    `similar` looks for headlines in the other language (without it by words alone); `tracing` gets a span of every
    request, and is closed at the end.
    CatalogueError when the words of an edition cannot be read."""
    app = Application(
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
    app.state.said = PerMinute[str]()
    app.state.similar = similar or SimilarHeadlines(store, _no_model)
    app.state.backstage = backstage or Backstage.of(settings, clock)
    app.state.watch = store.watch()
    app.state.cache = None
    app.state.tally = Tally()
    app.state.shared = Shared(app.state.tally, os.environ.get(FOLDER), lambda: _collect(app))
    app.state.tracing = tracing
    _add_routes(app)
    _add_layers(app, settings, clock)
    return app


def _add_routes(app: Application) -> None:
    quick.add(app, app.state.site.store.dialect)
    for module in ROUTERS:
        app.include_router(module.router)
    app.add_exception_handler(OrtooError, problem.known_error)
    app.add_exception_handler(HTTPException, problem.refused)
    app.add_exception_handler(Exception, problem.unknown_error)


def _add_layers(app: Application, settings: Settings, clock: Clock) -> None:
    """Around the routes, from the innermost to the outermost."""
    if settings.replicas:
        app.add_middleware(AskedAgain)
    app.add_middleware(AssetsFirst, assets=app.state.site.assets)
    app.add_middleware(SecurityHeaders, tls=settings.base_url.startswith("https://"))
    if room := settings.cache_megabytes * 1_000_000:
        app.front = app.state.cache = PageCache(
            app.front, app.state.watch, clock, room=room, hosts=not settings.base_url
        )
    proxies = Proxies(settings.trusted_proxies)
    app.front = Door(app.front, proxies, app.state.tally)
    if app.state.tracing:
        app.front = TracedRequests(app.front, proxies, app.state.tracing.span)
