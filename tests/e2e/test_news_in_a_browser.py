"""New headlines while a reader reads: told once, nothing moves, shown when asked for."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app.store import Store
from tests.builders import DAY, batch, headline
from tests.e2e.conftest import running
from tests.e2e.watching import Opened
from tests.web.paper import at, print_paper

pytestmark = pytest.mark.e2e

UI = pytest.mark.parametrize("ui", ["en", "mn"])
MINUTE = 61_000
SAID = {"en": "2 new headlines", "mn": "2 шинэ мэдээ"}


@pytest.fixture
def paper(sqlite_template: Path, tmp_path: Path) -> Store:
    """A store of this test's own, which it may add to."""
    store = Store.open(f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'news.db')}")
    print_paper(store)
    return store


@pytest.fixture
def site(paper: Store) -> Iterator[str]:
    """A server on it."""
    with running(paper) as address:
        yield address


def print_two(paper: Store) -> None:
    told = [
        headline("Late train arrives", "https://gogo.mn/late", outlet="gogo.mn", at=at(16, 0, DAY)),
        headline("Оройн галт тэрэг ирлээ", "https://gogo.mn/orson", outlet="gogo.mn", at=at(16, 1, DAY), language="mn"),
    ]
    with paper.writing() as writer:
        writer.put(batch(told))


def reading(open_page: Opened, address: str) -> Page:
    """A page whose minutes the test can let pass."""
    page = open_page(address)
    page.clock.install()
    page.reload()
    return page


@UI
def test_new_headlines_are_told_and_come_when_asked_for(open_page: Opened, paper: Store, ui: str) -> None:
    page = reading(open_page, f"/{ui}/")
    rows = page.locator("#feed .row").count()
    top = page.evaluate("document.querySelector('.day__h').getBoundingClientRect().top")
    page.clock.fast_forward(MINUTE)
    expect(page.locator(".newpill")).to_have_count(0)
    print_two(paper)
    page.clock.fast_forward(MINUTE)
    expect(page.locator(".newpill span")).to_have_text(SAID[ui])
    expect(page.locator("#status")).to_have_text(SAID[ui])
    assert page.locator("#feed .row").count() == rows
    assert page.evaluate("document.querySelector('.day__h').getBoundingClientRect().top") == top, "nothing moves"

    page.locator(".newpill").click()
    expect(page.locator("#feed .row")).to_have_count(rows + 2)
    first = {"en": "Late train arrives", "mn": "Оройн галт тэрэг ирлээ"}[ui]
    expect(page.locator("#feed .hl a", has_text=first)).to_be_focused()
    expect(page.locator(".newpill")).to_have_count(0)
    assert page.url.endswith(f"/{ui}/")
    page.clock.fast_forward(MINUTE)
    expect(page.locator(".newpill")).to_have_count(0)


def test_nobody_is_asked_while_nobody_looks_and_nothing_is_sent_twice(open_page: Opened) -> None:
    page = reading(open_page, "/en/")
    answers: list[int] = []
    page.on("response", lambda answer: answers.append(answer.status) if "/new?" in answer.url else None)
    for _ in range(2):
        with page.expect_response("**/new?*"):
            page.clock.fast_forward(MINUTE)
    assert answers == [204, 304]
    page.evaluate("Object.defineProperty(document, 'hidden', { value: true, configurable: true })")
    page.clock.fast_forward(MINUTE)
    with page.expect_response("**/new?*"):
        page.evaluate("delete document.hidden; document.dispatchEvent(new Event('visibilitychange'))")
    assert answers == [204, 304, 304]


def test_the_line_is_a_link_without_script(open_page: Opened, paper: Store) -> None:
    page = open_page("/mn/new?after=1&lang=mn", java_script_enabled=False)
    page.locator(".newpill").click()
    expect(page).to_have_url("/mn/?lang=mn")
