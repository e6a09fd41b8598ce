"""Searching, leafing through the archive and looking an outlet up, as a reader does it."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.watching import Opened

pytestmark = pytest.mark.e2e

UI = pytest.mark.parametrize("ui", ["en", "mn"])


@UI
def test_results_follow_what_is_typed(open_page: Opened, ui: str) -> None:
    page = open_page(f"/{ui}/search")
    page.locator("#q").press_sequentially("вифж", delay=20)
    expect(page.locator(".empty__h")).to_have_text({"en": "No headlines match", "mn": "Тохирох мэдээ олдсонгүй"}[ui])
    page.locator("#q").fill("виз")
    expect(page.locator("mark")).to_have_text(["ВИЗ"])
    expect(page.locator("#q")).to_be_focused()
    expect(page).to_have_url(re.compile(r"/search\?q=%D0%B2%D0%B8%D0%B7$"))
    page.go_back()
    expect(page.locator("#q")).to_have_value("")
    expect(page.locator("mark")).to_have_count(0)


@UI
def test_numbers_narrow_and_chips_widen_again(open_page: Opened, ui: str) -> None:
    page = open_page(f"/{ui}/search?q=headline")
    expect(page.locator("#feed > .day")).to_have_count(7)
    page.locator(".older a").click()
    expect(page.locator("#feed > .day")).to_have_count(12)
    page.locator(".facet a").first.click()
    expect(page).to_have_url(re.compile(r"from=2026-01-01&to=2026-01-31"))
    expect(page.locator(".facet a[aria-current]")).to_have_count(1)
    expect(page.locator(".chip")).to_have_count(2)
    expect(page.locator("h1")).to_be_focused()
    page.locator(".chip").first.click()
    expect(page.locator(".chip")).to_have_count(1)


@UI
def test_search_without_script(open_page: Opened, ui: str) -> None:
    page = open_page(f"/{ui}/outlets", java_script_enabled=False)
    page.fill("#find", "visa")
    page.keyboard.press("Enter")
    expect(page.locator("mark")).to_have_text(["VISA"])
    page.locator(".rail .tally a", has_text="AKIpress" if ui == "en" else "АКИпресс").click()
    expect(page).to_have_url(re.compile(r"outlet=akipress\.com&q=visa"))
    page.fill("#from", "2026-01-15")
    page.locator(".dates button").click()
    expect(page).to_have_url(re.compile(r"outlet=akipress\.com&q=visa&from=2026-01-15"))
    expect(page.locator("mark")).to_have_text(["VISA"])


def test_outlets_in_either_order_and_the_table_of_one(open_page: Opened) -> None:
    page = open_page("/mn/outlets", java_script_enabled=False)
    page.locator(".sort a").nth(1).click()
    expect(page).to_have_url(re.compile(r"\?sort=volume$"))
    expect(page.locator(".sort a").nth(1)).to_have_attribute("aria-current", "true")
    page.locator(".tally--wide a").first.click()
    expect(page.locator(".figures")).to_be_hidden()
    page.locator(".astable summary").click()
    expect(page.locator(".figures tbody tr").first).to_be_visible()


@pytest.mark.parametrize("width", [320, 390, 820, 1440])
@pytest.mark.parametrize(
    "address",
    [
        "/mn/search?q=headline",
        "/en/search",
        "/mn/archive/2026",
        "/mn/archive/2026-01",
        "/mn/outlets?sort=volume",
        "/en/outlets/montsame.mn",
        "/mn/analysis",
        "/mn/analysis/yongusil-100",
        "/mn/about",
        "/en/headlines/1",
    ],
)
def test_no_page_scrolls_sideways(open_page: Opened, width: int, address: str) -> None:
    page = open_page(address, viewport={"width": width, "height": 800})
    for summary in page.locator(".astable summary").all():
        summary.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
