"""A real server on loopback and a real browser. Whatever a page does wrong in it fails the test that looked at it."""

import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from app.ingest.payload import Payload
from app.pipeline.run import ingest
from app.settings import Settings
from app.store import Store
from app.web.app import create_app
from tests.builders import DAY, NOW, batch, headline
from tests.e2e.watching import Opened, Watch
from tests.web.paper import print_paper
from tests.web.relays import add_sources
from tests.web.seated import PASSWORD, add_people
from tests.web.told import tell_visas

CHROMIUM = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
OLD_DAYS = 12


def _server(store: Store) -> uvicorn.Server:
    app = create_app(Settings(), store, lambda: NOW)
    return uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", lifespan="off"))


@contextmanager
def running(store: Store) -> Iterator[str]:
    """A server on a store, at the address given; both are closed at the end."""
    server = _server(store)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    (listener,) = server.servers[0].sockets
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join()
    store.close()


@pytest.fixture(scope="session")
def site(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running server with the sample paper and a dozen older days."""
    path = shutil.copy(sqlite_template, tmp_path_factory.mktemp("e2e") / "e2e.db")
    store = Store.open(f"sqlite:///{path}")
    print_paper(store)
    tell_visas(store)
    add_sources(store)
    older = [DAY - timedelta(days=2 + i) for i in range(OLD_DAYS)]
    with store.writing() as writer:
        writer.put(batch(headline(f"Older headline of {day}", day=day) for day in older))
    with running(store) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found is None:
        absent = pytest.fail if os.environ.get("ORTOO_REQUIRE_BROWSER") else pytest.skip
        absent(f"no browser: none of {', '.join(CHROMIUM)} is installed")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def watch(site: str) -> Iterator[Watch]:
    """Fails the test for whatever went wrong in its pages."""
    watching = Watch(site)
    yield watching
    assert not watching.unexpected()


BREACHES = """
addEventListener("securitypolicyviolation", (event) => console.error("content policy: " + event.violatedDirective));
"""


@pytest.fixture
def open_page(browser: Browser, site: str, watch: Watch) -> Iterator[Opened]:
    """Opens an address of the site in a window of its own; options are those of a browser context."""
    contexts: list[BrowserContext] = []

    def opened(address: str, **options: object) -> Page:
        options = {"service_workers": "block", **options}  # a test sees the requests of pages, not of a worker
        context = browser.new_context(base_url=site, **options)  # type: ignore[arg-type]
        contexts.append(context)
        context.add_init_script(BREACHES)
        page = context.new_page()
        page.set_default_timeout(10_000)
        watch.follow(page)
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def place(sqlite_template: Path, tmp_path: Path) -> Iterator[str]:
    """A server of its own: what editors do changes it."""
    store = Store.open(f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'desk.db')}")
    add_people(store)
    print_paper(store)
    add_sources(store)
    ingest(Payload.of(b'{"title": "", "outlet": "gogo.mn"}\n', name="lines.ndjson"), store, now=NOW)
    with running(store) as address:
        yield address


@pytest.fixture
def opened(browser: Browser, place: str) -> Iterator[Opened]:
    """Opens the desk in a browser of its own for somebody, whom it signs in."""
    contexts: list[BrowserContext] = []
    watch = Watch(place)

    def sign_in(name: str, ui: str, path: str = "", **options: object) -> Page:
        context = browser.new_context(base_url=place, service_workers="block", **options)  # type: ignore[arg-type]
        contexts.append(context)
        if options.get("java_script_enabled", True):
            context.add_init_script(BREACHES)
        page = context.new_page()
        page.set_default_timeout(10_000)
        watch.follow(page)
        page.goto(f"/desk/{ui}/{path}".rstrip("/"))
        page.locator("#name").fill(name)
        page.locator("#password").fill(PASSWORD)
        page.locator("main form button").click()
        return page

    yield sign_in
    for context in contexts:
        context.close()
    watch.expected += ["status of 403", "status of 409", "status of 422"]
    assert not watch.unexpected()
