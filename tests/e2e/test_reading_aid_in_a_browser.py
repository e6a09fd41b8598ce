"""Headlines in capitals as sentences, as a reader asks for them in a real browser, in both editions."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.watching import Opened

pytestmark = pytest.mark.e2e

UI = pytest.mark.parametrize("ui", ["en", "mn"])
PRINTED = "GOVERNMENT TO UPDATE NATIONAL E-SERVICES REGISTRY NEXT MONTH"
SENTENCE = "Government to update national e-services registry next month"
MONGOLIAN = "Трампын засаг захиргаа Монгол зэрэг 75 улсын иргэдэд цагаачлалын виз олгохыг зогсоолоо"


def titles(page: Page) -> list[str]:
    texts: list[str] = page.locator(".hl a").evaluate_all("all => all.map(a => a.textContent)")
    return texts


def listed(page: Page) -> None:
    """Ask for sentences."""
    page.locator(".js-aid").check()


@UI
def test_it_is_off_until_it_is_asked_for_and_then_remembered(open_page: Opened, ui: str) -> None:
    page = open_page(f"/{ui}/2026-01-15")
    assert PRINTED in titles(page)
    expect(page.locator(".asprinted")).to_have_count(0)
    listed(page)
    assert {SENTENCE, MONGOLIAN} <= set(titles(page))
    assert PRINTED not in titles(page)
    page.goto(f"/{ui}/")
    expect(page.locator(".js-aid")).to_be_checked()
    assert {SENTENCE, MONGOLIAN} <= set(titles(page))
    page.locator(".js-aid").uncheck()
    assert PRINTED in titles(page)
    expect(page.locator(".asprinted")).to_have_count(0)
    page.reload()
    assert PRINTED in titles(page)


@UI
def test_what_was_printed_is_one_press_or_hover_away(open_page: Opened, ui: str) -> None:
    page = open_page(f"/{ui}/2026-01-15")
    listed(page)
    item = page.locator(".item", has_text=SENTENCE)
    heading, button = item.locator(".hl a"), item.locator(".asprinted")
    expect(button).to_have_text({"en": "as printed", "mn": "эх хэлбэр"}[ui])
    button.focus()
    page.keyboard.press("Enter")
    expect(heading).to_have_text(PRINTED)
    expect(button).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Space")
    expect(heading).to_have_text(SENTENCE)
    button.hover()
    expect(heading).to_have_text(PRINTED)
    page.mouse.move(1, 1)
    expect(heading).to_have_text(SENTENCE)


def test_a_tap_shows_it_and_does_not_follow_the_link(open_page: Opened) -> None:
    page = open_page("/mn/2026-01-15", viewport={"width": 390, "height": 800}, has_touch=True)
    listed(page)
    item = page.locator(".item", has_text=MONGOLIAN)
    item.locator(".asprinted").tap()
    expect(item.locator(".hl a")).to_have_text(MONGOLIAN.upper())
    assert page.url.endswith("/mn/2026-01-15")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    box = item.locator(".asprinted").bounding_box()
    assert box is not None
    assert box["height"] >= 44


def test_only_one_text_is_there_for_a_screen_reader(open_page: Opened) -> None:
    page = open_page("/en/2026-01-15")
    listed(page)
    tree = page.locator("#main").aria_snapshot()
    assert SENTENCE in tree
    assert PRINTED not in tree


def test_the_markup_inside_a_headline_stays(open_page: Opened) -> None:
    page = open_page("/en/search?q=services")
    before = page.locator("#main mark").count()
    listed(page)
    assert page.locator("#main mark").all_inner_texts() == ["services"] * before
    assert before == 1


@UI
def test_it_holds_for_what_is_swapped_in(open_page: Opened, ui: str) -> None:
    page = open_page(f"/{ui}/")
    listed(page)
    page.check('input[name="outlet"][value="gogo.mn"]')
    expect(page.locator("#feed .row")).to_have_count(3)
    assert MONGOLIAN in titles(page)
    expect(page.locator(".asprinted")).not_to_have_count(0)


def test_without_script_nobody_hears_of_it(open_page: Opened) -> None:
    page = open_page("/en/2026-01-15", java_script_enabled=False)
    assert PRINTED in titles(page)
    expect(page.locator(".js-aid")).to_be_hidden()
    expect(page.locator(".asprinted")).to_have_count(0)
