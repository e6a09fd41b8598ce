"""axe-core, which knows the rules of WCAG 2.2 AA and good practice, finds nothing: on every page, in what opens on it,
in both editions and themes, at three widths. Controls are large enough for a thumb."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.e2e.watching import Opened, Watch
from tests.web.paper import SLUG

pytestmark = pytest.mark.e2e

UI = pytest.mark.parametrize("ui", ["en", "mn"])
WIDTHS = (390, 820, 1440)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERYTHING = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": TAGS}}
COLOURS = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
}
"""What depends on the theme."""

PAGES = (
    "/",
    "/?lang=mn&outlet=gogo.mn&from=2026-01-10",
    "/?q=nothing&lang=mn",
    "/?before=2026-01-15",
    "/2026-01-15",
    "/2026-01-15?lang=en&outlet=montsame.mn",
    "/2024-12-19",
    "/archive",
    "/archive/2026-01",
    "/outlets",
    "/outlets/montsame.mn",
    "/search",
    "/search?q=visa",
    "/search?q=nothing",
    "/headlines/1",
    "/stories",
    "/stories/1",
    "/stories/1/said",
    "/2026-01-15?coverage=both",
    "/analysis",
    f"/analysis/{SLUG}",
    "/sources",
    "/sources/2",
    "/about",
    "/offline",
    "/nowhere",
    "/?outlet=%3C",
)

Act = Callable[[Page], Any]
NEWS = """async () => {
  const slot = document.getElementById("news");
  slot.innerHTML = await (await fetch(slot.dataset.address.replace(/after=\\d+/, "after=1"))).text();
}"""
OPENED: dict[str, tuple[str, Act, str | None]] = {
    "dates": ("/", lambda page: page.click(".dates summary"), None),
    "new headlines": ("/", lambda page: page.evaluate(NEWS), None),
    "keys": ("/", lambda page: page.keyboard.press("Shift+Slash"), None),
    "sharing": ("/2026-01-15", lambda page: page.click(".actions .menu summary"), ".actions"),
    "offline": ("/", lambda page: page.context.set_offline(True), None),
}
"""What opens on a page: where, how, and the part to look at where it lies over others, which are smaller then."""

SMALL = """() => [...document.querySelectorAll("a, button, summary, input, label, select")]
  .filter((e) => e.checkVisibility() && !e.closest(".vh, .hl, .note, p:not(.meta), .longread__body, .citation, h1, dd"))
  .filter((e) => !e.matches(".skip, input[type=checkbox], input[type=radio]"))
  .map((e) => [e.getBoundingClientRect(), e])
  .filter(([box]) => box.height > 0 && box.height < 43.5)
  .map(([box, e]) => `${Math.round(box.height)} px: ${e.outerHTML.slice(0, 120)}`)"""
"""Controls that are no words in running text and yet lower than 44 px."""


def faults(page: Page, options: dict[str, Any], where: str, part: str | None = None) -> list[str]:
    """What axe objects to on a page, or in a part of it."""
    found = Axe().run(page, part, options).response["violations"]
    return [f"{where}: {rule['id']} ({rule['help']}): {node['html'][:200]}" for rule in found for node in rule["nodes"]]


def inspected(page: Page, where: str, part: str | None = None) -> list[str]:
    """What axe objects to at every width, in both themes."""
    wrong: list[str] = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme="light")
        wrong += faults(page, EVERYTHING, f"{where} {width}", part)
        page.emulate_media(color_scheme="dark")
        wrong += faults(page, COLOURS, f"{where} {width} dark", part)
    return wrong


def quiet(open_page: Opened, watch: Watch, address: str, **options: object) -> Page:
    """A page on which nothing moves, for an inspector that is a script from elsewhere."""
    watch.expected = ["Bad Request", "Not Found", "ERR_INTERNET_DISCONNECTED"]
    return open_page(address, bypass_csp=True, reduced_motion="reduce", **options)


@UI
@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing_on_any_page(open_page: Opened, watch: Watch, ui: str, address: str) -> None:
    page = quiet(open_page, watch, f"/{ui}{address}")
    for summary in page.locator(".astable summary").all():
        summary.click()
    assert not inspected(page, f"/{ui}{address}")


@UI
@pytest.mark.parametrize("name", OPENED)
def test_axe_finds_nothing_in_what_opens(open_page: Opened, watch: Watch, ui: str, name: str) -> None:
    address, act, part = OPENED[name]
    page = quiet(open_page, watch, f"/{ui}{address}")
    act(page)
    assert not inspected(page, f"/{ui}{address} {name}", part)


def test_the_inspector_sees_faults(open_page: Opened, watch: Watch) -> None:
    page = quiet(open_page, watch, "/en/about")
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"/favicon.ico\">')")
    assert any("image-alt" in fault for fault in faults(page, EVERYTHING, ""))


@UI
@pytest.mark.parametrize("address", PAGES)
def test_thumbs_find_their_controls(open_page: Opened, watch: Watch, ui: str, address: str) -> None:
    page = quiet(open_page, watch, f"/{ui}{address}", viewport={"width": 390, "height": 844}, has_touch=True)
    for summary in page.locator("summary").all():
        summary.click()
        assert not page.evaluate(SMALL)
        summary.click()  # what is open may lie over the next one
