"""From a headline to the same story in the other language, and to what tells why."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.watching import Opened

pytestmark = pytest.mark.e2e

WORDS = {
    "en": ("Same story in Mongolian, No. 1", "Why is it here?", "This is not the same story", "Thank you"),
    "mn": ("Энэ мэдээ монголоор, № 1", "Яагаад энд байна вэ?", "Энэ бол өөр үйл явдал", "Баярлалаа"),
}
UI = pytest.mark.parametrize("ui", ["en", "mn"])


@UI
def test_on_a_day_the_pair_is_one_click_apart(open_page: Opened, ui: str) -> None:
    page = open_page(f"/{ui}/2026-01-15")
    mark = page.get_by_role("link", name=WORDS[ui][0])
    target = mark.get_attribute("href")
    mark.click()
    expect(page).to_have_url(re.compile(rf"/{ui}/2026-01-15{target}$"))
    partner = page.locator(f"{target}")
    expect(partner).to_be_in_viewport()
    expect(partner).to_contain_text("ТРАМПЫН ЗАСАГ ЗАХИРГАА")


@UI
def test_the_key_s_goes_to_the_other_language(open_page: Opened, ui: str) -> None:
    page = open_page(f"/{ui}/2026-01-15")
    page.locator(".pair").first.evaluate("mark => mark.closest('.item').querySelector('.hl a').focus()")
    page.keyboard.press("s")
    expect(page).to_have_url(re.compile(r"#h\d+$"))


@UI
@pytest.mark.parametrize("scripts", [True, False])
def test_a_reader_asks_why_and_disagrees(open_page: Opened, ui: str, scripts: bool) -> None:
    _, why, apart, thanks = WORDS[ui]
    page = open_page(f"/{ui}/stories/1", java_script_enabled=scripts)
    page.get_by_text(why).click()
    expect(page.get_by_text("trump – трамп")).to_be_visible()
    page.get_by_role("button", name=apart).click()
    expect(page).to_have_url(re.compile(rf"/{ui}/stories/1/said$"))
    expect(page.get_by_role("heading", level=1)).to_have_text(thanks)
    page.locator("main a").click()
    expect(page).to_have_url(re.compile(rf"/{ui}/stories/1$"))


@UI
def test_the_timeline_narrows_to_what_is_told_in_both_languages(open_page: Opened, ui: str) -> None:
    page = open_page(f"/{ui}/")
    page.locator(".coverage summary").click()
    page.locator('.coverage input[value="both"]').check()
    expect(page).to_have_url(re.compile(rf"/{ui}/\?coverage=both$"))
    expect(page.locator("#feed .row")).to_have_count(2)
    page.locator("#feed .chip").click()
    expect(page).to_have_url(re.compile(rf"/{ui}/$"))
    expect(page.locator('.coverage input[value=""]')).to_be_checked()
