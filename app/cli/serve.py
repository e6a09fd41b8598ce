"""`ortoo serve`: run the web server."""

import argparse
import os
from collections.abc import Callable
from contextlib import ExitStack
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import uvicorn

from app.cli.arguments import port, positive
from app.cli.console import Console
from app.cli.editor import NOBODY
from app.cli.embedding import embedding
from app.cli.garbage import settled, uncollected
from app.cli.keeper import Keeper
from app.cli.logs import config, without_secrets
from app.cli.protocol import Protocol
from app.cli.sample import load_sample
from app.model.headline import IngestReport
from app.settings import Settings
from app.store import Store
from app.stories.choice import chosen
from app.tracing import Tracing
from app.web.app import create_app
from app.web.tally import FOLDER
from app.worker.similar import SimilarHeadlines

if TYPE_CHECKING:
    from app.cli.arguments import Commands


def register(commands: "Commands") -> None:
    """Add the command."""
    command = commands.add_parser("serve", help="run the web server", description=__doc__)
    command.add_argument("--host", help="address to listen on (ORTOO_HOST)")
    command.add_argument("--port", type=port, help="port to listen on (ORTOO_PORT)")
    command.add_argument("--workers", type=positive, help="processes (ORTOO_WORKERS)")
    command.add_argument("--no-worker", action="store_true", help="do not fetch the sources (ORTOO_WORKER=off)")
    command.add_argument("--sample", action="store_true", help="load the sample digest if there is no headline yet")
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Migrate, load the sample where that is wanted, serve until stopped, with a worker beside the server."""
    settings = console.load_settings()
    with console.spans():
        pass  # a missing extra is said here, and not by each process
    store = Store.open(settings.database_url)
    try:
        store.migrate()
        with store.reading() as reader:
            nobody = not reader.editors.all()
        loaded = _sample(store, console) if arguments.sample else None
    finally:
        store.close()
    if nobody:
        console.warn(NOBODY)
    if loaded:
        console.warn(f"Loaded the sample digest: {loaded.added} items.")
    level = settings.log_level
    with ExitStack() as stack:
        if settings.worker and not arguments.no_worker:
            stack.enter_context(Keeper(trouble=console.warn))
        stack.callback(os.environ.pop, FOLDER, None)
        os.environ[FOLDER] = stack.enter_context(TemporaryDirectory(prefix="ortoo-"))
        uvicorn.run(
            "app.cli.serve:application",
            factory=True,
            http=Protocol,
            host=arguments.host or settings.host,
            port=settings.port if arguments.port is None else arguments.port,
            workers=arguments.workers or settings.workers,
            log_config=config(settings.log_format, level),
            log_level=level,
            access_log=settings.access_log,
            server_header=False,
            proxy_headers=False,  # app.web.proxies understands them, by ORTOO_TRUSTED_PROXIES
        )
    return 0


def _sample(store: Store, console: Console) -> IngestReport | None:
    with embedding(console) as embedder:
        return load_sample(store, console.clock(), embedder)


def application() -> Callable[..., Any]:
    """The application of one server process, on its own connections. SchemaOutOfDate if the database is not ready."""
    with uncollected():
        made = _application(Settings.load())
    settled()
    return made


def _application(settings: Settings) -> Callable[..., Any]:
    store = Store.open(settings.database_url, settings.replicas, settings.read_lag_seconds)
    store.check_schema()
    model = settings.stories and settings.stories_megabytes > 0
    similar = SimilarHeadlines(store, lambda: chosen(settings.stories_model), settings.stories_megabytes)
    tracing = Tracing.open(without_secrets) if settings.otel else None
    return create_app(settings, store, similar=similar if model else None, tracing=tracing)
