"""Reading with the keyboard alone, in both editions."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.watching import Opened

pytestmark = pytest.mark.e2e

UI = pytest.mark.parametrize("ui", ["en", "mn"])
FOCUSED = "document.activeElement.textContent"


def press(page: Page, code: str, key: str) -> None:
    """A key of another layout: its place says `code`, its letter `key`."""
    page.evaluate(
        "([code, key]) => document.activeElement.dispatchEvent("
        "new KeyboardEvent('keydown', { code, key, bubbles: true }))",
        [code, key],
    )


@UI
def test_from_headline_to_headline(open_page: Opened, ui: str) -> None:
    page = open_page(f"/{ui}/")
    titles = page.locator("#feed .hl a").all_text_contents()
    page.keyboard.press("j")
    assert page.evaluate(FOCUSED) == titles[0]
    press(page, "KeyJ", "о")
    assert page.evaluate(FOCUSED) == titles[1], "the place of the key counts, not its letter"
    page.keyboard.press("k")
    page.keyboard.press("k")
    assert page.evaluate(FOCUSED) == titles[0], "before the first there is nothing"
    page.evaluate(
        "document.querySelector('#feed .hl a')"
        ".addEventListener('click', (e) => { e.preventDefault(); window.opened = 1 })"
    )
    page.keyboard.press("o")
    assert page.evaluate("window.opened") == 1


@UI
def test_days_today_language_and_search(open_page: Opened, ui: str) -> None:
    page = open_page(f"/{ui}/2026-01-15")
    page.keyboard.press("[")
    expect(page).to_have_url(re.compile(rf"/{ui}/2026-01-14$"))
    expect(page.locator("h1")).to_be_focused()
    page.keyboard.press("]")
    expect(page).to_have_url(re.compile(rf"/{ui}/2026-01-15$"))
    expect(page.locator("h1 time")).to_have_attribute("datetime", "2026-01-15")
    page.keyboard.press("l")
    expect(page).to_have_url(re.compile(rf"/{ui}/2026-01-15\?lang=en$"))
    page.keyboard.press("/")
    expect(page.locator("#find")).to_be_focused()
    page.goto(f"/{ui}/")
    page.keyboard.press("l")
    expect(page.locator('#filters [name="lang"]').nth(1)).to_be_checked()
    expect(page.locator(".chip")).to_have_count(1)
    page.keyboard.press("t")
    expect(page).to_have_url(re.compile(rf"/{ui}/2026-01-15$"))


def test_not_while_typing_and_not_with_a_modifier(open_page: Opened) -> None:
    page = open_page("/en/")
    page.keyboard.press("/")
    page.keyboard.type("jot")
    expect(page.locator("#q")).to_have_value("jot")
    expect(page.locator("#q")).to_be_focused()
    page.goto("/en/")
    page.keyboard.press("Control+j")
    page.keyboard.press("Alt+j")
    assert page.evaluate("document.activeElement === document.body")


@UI
def test_the_help_keeps_the_focus_and_gives_it_back(open_page: Opened, ui: str) -> None:
    page = open_page(f"/{ui}/")
    page.keyboard.press("j")
    before = page.evaluate(FOCUSED)
    page.keyboard.press("Shift+Slash")
    expect(page.locator("#keys")).to_be_visible()
    expect(page.locator("#keys-h")).to_have_text({"en": "Keyboard shortcuts", "mn": "Гарын товчлол"}[ui])
    for _ in range(5):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('#keys')")
    page.keyboard.press("j")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()
    assert page.evaluate(FOCUSED) == before
    page.locator('.colophon a[href="#keys"]').click()
    page.keyboard.press("Shift+Slash")
    expect(page.locator("#keys")).to_be_hidden()


def test_shortcuts_can_be_switched_off_for_good(open_page: Opened) -> None:
    page = open_page("/mn/")
    page.keyboard.press("Shift+Slash")
    page.locator(".js-keys").uncheck()
    page.locator(".js-close").click()
    page.reload()
    page.keyboard.press("j")
    page.keyboard.press("Shift+Slash")
    expect(page.locator("#keys")).to_be_hidden()
    assert page.evaluate("document.activeElement === document.body")
    page.locator('.colophon a[href="#keys"]').click()
    expect(page.locator(".js-keys")).not_to_be_checked()
    page.locator(".js-keys").check()
    page.keyboard.press("Escape")
    page.goto("/mn/")
    page.keyboard.press("j")
    expect(page.locator("#feed .hl a").first).to_be_focused()


def test_the_help_opens_without_script(open_page: Opened) -> None:
    page = open_page("/mn/", java_script_enabled=False)
    expect(page.locator("#keys")).to_be_hidden()
    page.locator('.colophon a[href="#keys"]').click()
    expect(page.locator("#keys")).to_be_visible()
    page.locator(".js-close").click()
    expect(page.locator("#keys")).to_be_hidden()
