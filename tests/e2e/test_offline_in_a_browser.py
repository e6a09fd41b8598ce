"""Reading without a connection, in a real browser: what is kept, what stands in, what a new version clears away."""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, BrowserContext, Page, expect

from app.settings import Settings
from app.store import Store
from app.web.app import create_app
from tests.builders import DAY, NOW, headline, put
from tests.web.paper import print_paper

pytestmark = pytest.mark.e2e

UI = pytest.mark.parametrize("ui", ["en", "mn"])
ALONE = {"en": "No connection", "mn": "Холболт алга"}
FULL = {"en": "Thursday, 15 January 2026", "mn": "2026 оны нэгдүгээр сарын 15, пүрэв гараг"}

KEPT = "async ui => Boolean(await caches.match(`/${ui}/kept.json`, { ignoreVary: true }))"
"""An edition's list is kept last, after its pages."""

EVERYTHING = """async () => {
  const found = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      found.push([name, new URL(request.url).pathname, (await cache.match(request)).status]);
    }
  }
  return found;
}"""


@dataclass(frozen=True, slots=True)
class Paper:
    """A server of this test's own, with its store and its application."""

    address: str
    app: FastAPI
    store: Store

    def deploy(self, version: str) -> None:
        """As if files had changed: the service worker is another one now."""
        self.app.state.site = replace(self.app.state.site, version=version)


@pytest.fixture
def paper(sqlite_store: Store) -> Iterator[Paper]:
    """The sample paper with nine more days, served."""
    print_paper(sqlite_store)
    put(sqlite_store, *(headline(f"Of day {i}", day=DAY - timedelta(days=1 + i)) for i in range(1, 10)))
    app = create_app(Settings(), sqlite_store, lambda: NOW)
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    (listener,) = server.servers[0].sockets
    yield Paper(f"http://127.0.0.1:{listener.getsockname()[1]}", app, sqlite_store)
    server.should_exit = True
    thread.join()


@pytest.fixture
def context(browser: Browser, paper: Paper) -> Iterator[BrowserContext]:
    """A window that lets the service worker work."""
    opened = browser.new_context(base_url=paper.address, service_workers="allow")
    opened.set_default_timeout(20_000)
    yield opened
    opened.close()


def reading(context: BrowserContext, ui: str) -> Page:
    """A page of an edition whose days are kept by now."""
    page = context.new_page()
    page.goto(f"/{ui}/")
    wait_for(page, KEPT, ui)
    return page


def wait_for(page: Page, script: str, argument: object = None) -> None:
    """Wait until a script answers yes."""
    for _ in range(400):
        if page.evaluate(script, argument):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never true: {script}")


@UI
def test_a_kept_day_opens_without_a_connection(context: BrowserContext, ui: str) -> None:
    page = reading(context, ui)
    context.set_offline(True)
    for address in (f"/{ui}/2026-01-15", f"/{ui}/2026-01-15?fbclid=x", f"/{ui}/2026-01-15#mn"):
        page.goto(address)
        expect(page.locator("h1")).to_have_text(FULL[ui])
    border = page.evaluate("getComputedStyle(document.querySelector('.strip')).borderTopWidth")
    assert border == "3px", "the style sheet is kept too"
    assert page.evaluate("typeof htmx") == "object"
    page.goto(f"/{ui}/")
    expect(page.locator("#feed .day").first).to_be_visible()


@UI
def test_a_day_that_is_not_kept_leads_to_those_that_are(context: BrowserContext, ui: str) -> None:
    page = reading(context, ui)
    context.set_offline(True)
    page.goto(f"/{ui}/2024-12-19")
    expect(page.locator("h1")).to_have_text(ALONE[ui])
    expect(page).to_have_url(f"{page.url.split('/', 3)[0]}//{page.url.split('/', 3)[2]}/{ui}/2024-12-19")
    days = page.locator("#kept a")
    expect(days).to_have_count(7)
    expect(days.first).to_have_text(FULL[ui])
    expect(page.locator("#none-kept")).to_be_hidden()
    days.first.click()
    expect(page.locator("h1")).to_have_text(FULL[ui])


def test_a_filter_is_not_answered_with_the_whole(context: BrowserContext) -> None:
    page = reading(context, "en")
    context.set_offline(True)
    page.goto("/en/2026-01-15?outlet=gogo.mn")
    expect(page.locator("h1")).to_have_text(ALONE["en"])


def test_the_edition_that_was_not_read_lists_the_days_of_the_other(context: BrowserContext) -> None:
    page = reading(context, "en")
    context.set_offline(True)
    page.goto("/mn/2026-01-15")
    expect(page.locator("h1")).to_have_text(ALONE["mn"])
    expect(page.locator('#kept a[lang="en"]')).to_have_count(7)


def test_an_address_without_an_edition_finds_the_kept_day(context: BrowserContext) -> None:
    page = reading(context, "mn")
    context.set_offline(True)
    page.goto("/2026-01-15")
    expect(page.locator("h1")).to_have_text(FULL["mn"])


def test_with_a_connection_nothing_old_is_shown_and_what_is_shown_is_kept(
    context: BrowserContext, paper: Paper
) -> None:
    page = reading(context, "en")
    put(paper.store, headline("Printed a minute ago", "https://montsame.mn/new", day=DAY))
    page.goto("/en/2026-01-15")
    page.reload()  # within seconds of a visit the browser may answer by itself, as Cache-Control allows it
    fresh = page.get_by_role("heading", name="Printed a minute ago")
    expect(fresh).to_be_visible()
    wait_for(page, "async () => (await (await caches.match('/en/2026-01-15')).text()).includes('Printed a minute ago')")
    context.set_offline(True)
    page.goto("/en/2026-01-15")
    expect(fresh).to_be_visible()


def test_only_whole_pages_and_our_own_files_are_kept(context: BrowserContext) -> None:
    page = reading(context, "en")
    for address in ("/en/nowhere", "/desk", "/en/search?q=visa", "/en/2024-12-19", "/en/2026-01-15?outlet=gogo.mn"):
        page.goto(address)
    kept = page.evaluate(EVERYTHING)
    assert {status for _, _, status in kept} == {200}
    pages = {path for _, path, _ in kept if not path.startswith("/static/")}
    days = {f"/en/{DAY - timedelta(days=i)}" for i in range(7)}
    assert pages == {"/en/", "/en/kept.json", "/en/offline", "/mn/offline", *days}


def test_a_new_version_clears_away_what_the_old_one_kept(context: BrowserContext, paper: Paper) -> None:
    page = reading(context, "en")
    old = set(page.evaluate("caches.keys()"))
    paper.deploy("second")
    page.goto("/en/archive")
    wanted = ["ortoo-days-second", "ortoo-shell-second"]
    wait_for(page, "async names => (await caches.keys()).sort().join() === names.join()", wanted)
    assert not old & set(wanted)
    wait_for(page, KEPT, "en")
    context.set_offline(True)
    page.goto("/en/2026-01-15")
    expect(page.locator("h1")).to_have_text(FULL["en"])


def test_days_that_have_grown_old_are_no_longer_kept(context: BrowserContext, paper: Paper) -> None:
    page = reading(context, "en")
    tomorrow = DAY + timedelta(days=1)
    put(paper.store, headline("Printed the next day", day=tomorrow))
    paper.app.state.site = replace(paper.app.state.site, clock=lambda: NOW + timedelta(days=1))
    paper.deploy("next-day")
    page.goto("/en/")
    wait_for(page, "async path => Boolean(await caches.match(path, { ignoreVary: true }))", f"/en/{tomorrow}")
    wait_for(page, "async path => !(await caches.match(path, { ignoreVary: true }))", f"/en/{DAY - timedelta(days=6)}")
