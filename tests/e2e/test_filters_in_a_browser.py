"""Dates, the box over the outlets, the calendar, places on a page, and requests that are slow, aborted or offline."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.watching import Opened, Watch

pytestmark = pytest.mark.e2e

UI = pytest.mark.parametrize("ui", ["en", "mn"])
SLOW = {"en": "This is taking longer than usual.", "mn": "Хүсэлт удааширч байна. Түр хүлээнэ үү."}
OFFLINE = {
    "en": "You are offline. What you see stays as it was.",
    "mn": "Интернэт холболт тасарчээ. Хуудас өмнөх хэвээрээ байна.",
}
GOGO = 'input[name="outlet"][value="gogo.mn"]'


def stands_at(page: Page, y: int) -> None:
    """Wait until the page is scrolled to `y`; a function of the page may not be made from a string here."""
    for _ in range(150):
        if page.evaluate("Math.round(scrollY)") == y:
            return
        page.wait_for_timeout(20)
    raise AssertionError(f"scrolled to {page.evaluate('scrollY')}, not to {y}")


@UI
def test_dates_narrow_the_list_and_become_chips(open_page: Opened, ui: str) -> None:
    page = open_page(f"/{ui}/")
    page.locator(".dates summary").click()
    page.fill("#from", "2026-01-10")
    page.fill("#to", "2026-01-14")
    page.locator("#to").press("Tab")
    expect(page).to_have_url(re.compile(rf"/{ui}/\?from=2026-01-10&to=2026-01-14$"))
    expect(page.locator(".chip")).to_have_count(2)
    page.fill("#from", "2026-01-15")
    page.locator("#from").press("Tab")
    expect(page.locator("#to")).to_have_value("")
    expect(page).to_have_url(re.compile(rf"/{ui}/\?from=2026-01-15$"))
    page.keyboard.press("Escape")
    expect(page.locator(".dates summary")).to_be_focused()
    page.locator(".chip").click()
    expect(page.locator("#from")).to_have_value("")
    expect(page).to_have_url(re.compile(rf"/{ui}/$"))


@UI
def test_days_are_picked_in_the_month_of_the_page(open_page: Opened, ui: str) -> None:
    page = open_page(f"/{ui}/")
    page.locator(".dates summary").click()
    month = page.locator(".dates .cal")
    month.locator('td a[href$="-13"]').click()
    expect(page).to_have_url(re.compile(rf"/{ui}/\?from=2026-01-13$"))
    month.locator('td a[href$="-15"]').click()
    expect(page).to_have_url(re.compile(rf"/{ui}/\?from=2026-01-13&to=2026-01-15$"))
    expect(month.locator("[aria-current]")).to_have_count(2)
    month.locator(".cal__leaf").first.click()
    expect(month).to_have_attribute("data-month", re.compile("2024"))
    expect(month.locator(".cal__leaf")).to_be_focused()
    expect(page.locator(".rail__cal .cal")).to_have_attribute("data-month", re.compile("2026"))


@UI
def test_days_are_typed_as_one_likes_in_any_browsers_language(open_page: Opened, ui: str) -> None:
    page = open_page(f"/{ui}/", locale="en-US")
    page.locator(".dates summary").click()
    for typed in ("2026.1.14", "20260114", "2026/01/14", "2026 оны 1-р сарын 14"):
        page.fill("#from", typed)
        page.locator("#from").press("Enter")
        expect(page.locator("#from")).to_have_value("2026-01-14")
        expect(page).to_have_url(re.compile(rf"/{ui}/\?from=2026-01-14$"))
        page.fill("#from", "")
        page.locator("#from").press("Enter")
        expect(page).to_have_url(re.compile(rf"/{ui}/$"))
    page.fill("#to", "2026-02-31")
    page.locator("#to").press("Enter")
    wrong = page.locator("#to:invalid")
    expect(wrong).to_be_visible()
    assert "2026-01-15" in wrong.evaluate("(field) => field.validationMessage")
    expect(page).to_have_url(re.compile(rf"/{ui}/$"))


def test_dates_without_script(open_page: Opened) -> None:
    page = open_page("/mn/", java_script_enabled=False)
    page.locator(".dates summary").click()
    page.fill("#from", "2026-01-15")
    page.locator("#filters > button").click()
    expect(page).to_have_url(re.compile(r"/mn/\?from=2026-01-15$"))


@UI
def test_the_calendar_is_leafed_through_in_place(open_page: Opened, ui: str) -> None:
    page = open_page(f"/{ui}/2026-01-15")
    page.locator(".cal__leaf").first.click()
    expect(page.locator(".cal")).to_have_attribute("data-month", re.compile("2024"))
    expect(page.locator(".cal__leaf")).to_be_focused()
    expect(page.locator("#status")).to_contain_text("2024")
    expect(page).to_have_url(re.compile(rf"/{ui}/2026-01-15$"))
    page.locator(".cal__leaf").click()
    expect(page.locator('.cal [aria-current="date"]')).to_contain_text("15")


def test_back_finds_the_place_on_the_page(open_page: Opened) -> None:
    page = open_page("/en/2026-01-15", viewport={"width": 390, "height": 500})
    page.evaluate("scrollTo({ top: 400, behavior: 'instant' })")
    stands_at(page, 400)
    page.evaluate("new Promise(requestAnimationFrame)")
    page.evaluate("document.querySelector('.daynav [rel=prev]').click()")
    expect(page).to_have_url(re.compile("2026-01-14$"))
    stands_at(page, 0)
    page.go_back()
    expect(page.locator("h1 time")).to_have_attribute("datetime", "2026-01-15")
    stands_at(page, 400)


@UI
def test_older_days_take_the_focus(open_page: Opened, ui: str) -> None:
    page = open_page(f"/{ui}/")
    page.locator(".older a").press("Enter")
    expect(page.locator("#feed > .day")).to_have_count(14)
    expect(page.locator("#feed > .day").nth(7).locator("h2 a")).to_be_focused()


@UI
def test_a_slow_request_says_so(open_page: Opened, ui: str) -> None:
    page = open_page(f"/{ui}/")
    page.clock.install()
    page.reload()
    held: list[Route] = []
    page.context.route("**/*outlet=gogo.mn*", lambda route: held.append(route))
    page.check(GOGO)
    expect(page.locator("#feed")).to_have_class(re.compile("htmx-request"))
    expect(page.locator("#failed")).to_be_hidden()
    page.clock.fast_forward(4_500)
    expect(page.locator("#failed span")).to_have_text(SLOW[ui])
    expect(page.locator(".js-again")).to_be_hidden()
    held[0].continue_()
    expect(page.locator("#feed .row")).to_have_count(3)
    expect(page.locator("#failed")).to_be_hidden()


def test_an_aborted_request_is_no_failure(open_page: Opened) -> None:
    page = open_page("/en/")
    held: list[Route] = []
    page.context.route("**/en/?outlet=gogo.mn", lambda route: held.append(route))
    page.check(GOGO)
    page.check('input[name="outlet"][value="montsame.mn"]')
    expect(page.locator(".chip")).to_have_count(2)
    expect(page.locator("#failed")).to_be_hidden()


@UI
def test_offline_is_said_and_the_request_made_up_for(open_page: Opened, watch: Watch, ui: str) -> None:
    watch.expected = ["ERR_INTERNET_DISCONNECTED", "htmx:sendError", "htmx:afterRequest"]
    page = open_page(f"/{ui}/")
    page.context.set_offline(True)
    expect(page.locator("#failed span")).to_have_text(OFFLINE[ui])
    page.check(GOGO)
    expect(page.locator("#failed span")).to_have_text(OFFLINE[ui])
    page.context.set_offline(False)
    expect(page.locator("#feed .row")).to_have_count(3)
    expect(page.locator("#failed")).to_be_hidden()
