"""People, tokens, one's own account, outlets and stories at the desk in a real browser."""

import re

import pyotp
import pytest
from playwright.sync_api import Page, expect

from tests.builders import NOW
from tests.e2e.watching import Opened
from tests.web.seated import PASSWORD

both = pytest.mark.parametrize("ui", ["en", "mn"])
scripts = pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
ANOTHER = "an entirely different yurt"


def deed(page: Page, name: str) -> None:
    """Press the button of the form that does `name`."""
    page.locator(f'form:has(input[name="do"][value="{name}"]) button').first.click()


def of(page: Page, person: str, name: str) -> None:
    """Press the button of the form that does `name` with a person."""
    page.locator(f'form:has(input[value="{name}"]):has(input[name="name"][value="{person}"]) button').click()


@both
@scripts
def test_an_admin_lets_somebody_in_and_out_again(opened: Opened, ui: str, script: bool) -> None:
    page = opened("admin", ui, "people", java_script_enabled=script)
    page.fill("#new-name", "khulan")
    page.select_option("#new-role", "editor")
    page.fill("#new-password", PASSWORD)
    deed(page, "add")
    expect(page.locator(".said")).to_be_visible()
    hers = opened("khulan", ui, "days/2026-01-15", java_script_enabled=script)
    expect(hers.locator(".entry").first).to_be_visible()
    page.select_option('tr:has-text("khulan") select', "operator")
    of(page, "khulan", "role")
    hers.goto(f"/desk/{ui}/outlets")
    expect(hers.locator("h1")).to_have_text({"en": "This is not for your role", "mn": "Танд энэ эрх алга"}[ui])
    of(page, "khulan", "disable")
    hers.goto(f"/desk/{ui}")
    expect(hers).to_have_url(re.compile(f"/desk/{ui}/login"))
    page.goto(f"/desk/{ui}/audit?kind=editor&key=khulan")
    expect(page.locator("tbody tr")).to_have_count(4)


@both
def test_a_token_is_shown_once_and_revoked(opened: Opened, ui: str) -> None:
    page = opened("admin", ui, "tokens")
    page.fill("#token-name", "relay")
    deed(page, "add")
    expect(page.locator("#secret")).to_have_text(re.compile("^ortoo_"))
    page.goto(f"/desk/{ui}/tokens")
    expect(page.locator("tbody th")).to_have_text(re.compile("relay"))
    expect(page.locator("#secret")).to_have_count(0)
    deed(page, "revoke")
    expect(page.locator("tbody button")).to_have_count(0)


@both
@scripts
def test_a_password_and_a_second_factor_of_ones_own(opened: Opened, ui: str, script: bool) -> None:
    page = opened("editor", ui, "account", java_script_enabled=script)
    page.fill("#present", PASSWORD)
    page.fill("#wanted", ANOTHER)
    deed(page, "password")
    deed(page, "totp-begin")
    code = pyotp.TOTP(page.locator(".secret code").inner_text()).at(NOW)
    page.fill("#totp-code", code)
    page.fill("#totp-p", ANOTHER)
    deed(page, "totp-on")
    expect(page.locator("#off-p")).to_be_visible()
    page.locator('form[action$="/logout"] button').click()
    page.fill("#name", "editor")
    page.fill("#password", ANOTHER)
    page.locator("main form button").click()
    expect(page.get_by_role("alert")).to_be_visible()  # without the code, and it was used already


@both
def test_outlets_are_named_and_merged(opened: Opened, ui: str) -> None:
    page = opened("editor", ui, "outlets/gogo.mn")
    page.fill("#name_mn", "Гоогоо")
    deed(page, "save")
    page.goto("/mn/outlets/gogo.mn")
    expect(page.locator("h1")).to_contain_text("Гоогоо")
    page.goto(f"/desk/{ui}/outlets/gogo.mn")
    page.select_option("#into", "montsame.mn")
    deed(page, "merge")
    page.goto(f"/{ui}/outlets")
    expect(page.locator('.tally a[href$="gogo.mn"]')).to_have_count(0)


@both
def test_stories_are_joined_and_split(opened: Opened, ui: str) -> None:
    page = opened("editor", ui, "days/2026-01-15")
    places = page.locator(".entry a[href*='/headlines/']").evaluate_all("links => links.map(link => link.pathname)")
    first, second = list(dict.fromkeys(places))[:2]
    other = second.rpartition("/")[2]
    page.goto(first)
    page.fill("#headlines", other)
    deed(page, "merge")
    expect(page.locator('input[name="leaving"]')).to_have_count(2)
    page.locator(f'input[name="leaving"][value="{other}"]').check()
    deed(page, "split")
    expect(page.locator(f'input[name="leaving"][value="{other}"]')).to_have_count(0)
