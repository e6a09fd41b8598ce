"""The desk in a real browser, in both languages, with scripts and without."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.e2e.watching import Opened

DAY = "days/2026-01-15"
DIGEST = """1 A HEADLINE THAT WAS PASTED WWW.MONTSAME.MN PUBLISHED:2026/01/15
2 ANOTHER THAT WAS PASTED WWW.MONTSAME.MN PUBLISHED:2026/01/15

1 БУУЛГАСАН ГАРЧИГ WWW.GOGO.MN НИЙТЭЛСЭН:2026/01/15
"""
WORDS = {
    "en": {
        "sign": "Sign in",
        "out": "Sign out",
        "down": "Down",
        "undo": "Undo",
        "saved": "Saved.",
        "pin": "Pin",
        "pinned": "Pinned",
        "withdraw": "Withdraw",
        "publish": "Publish",
        "hide": "Hide",
        "show": "Show again",
        "save": "Save",
        "add": "Add",
        "look": "Look what it would do",
        "apply": "Do it",
        "preview": "As readers would see it",
        "wrong": "The name, the password or the code is not right.",
        "again": "Make my change to this",
        "retry": "Try again",
    },
    "mn": {
        "sign": "Нэвтрэх",
        "out": "Гарах",
        "down": "Доош",
        "undo": "Буцаах",
        "saved": "Хадгаллаа.",
        "pin": "Тогтоох",
        "pinned": "Тогтоосон",
        "withdraw": "Нийтлэхээ болих",
        "publish": "Нийтлэх",
        "hide": "Нуух",
        "show": "Дахин харуулах",
        "save": "Хадгалах",
        "add": "Нэмэх",
        "look": "Юу өөрчлөгдөхийг харах",
        "apply": "Хэрэгжүүлэх",
        "preview": "Уншигчдад харагдах байдал",
        "wrong": "Нэр, нууц үг эсвэл код буруу байна.",
        "again": "Миний өөрчлөлтийг үүн дээр хийх",
        "retry": "Дахин оролдох",
    },
}
both = pytest.mark.parametrize("ui", ["en", "mn"])


def titles(page: Page, column: str = "en") -> list[str]:
    return page.locator(f"section[aria-labelledby='col-{column}'] .entry .hl").all_inner_texts()


@both
@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_the_day_is_ordered_pinned_withdrawn_and_put_back(opened: Opened, ui: str, script: bool) -> None:
    page, words = opened("editor", ui, DAY, java_script_enabled=script), WORDS[ui]
    before = titles(page)
    first = page.locator("section[aria-labelledby='col-en'] .entry").first
    first.get_by_role("button", name=words["down"]).click()
    expect(page.get_by_text(words["saved"])).to_be_visible()
    assert titles(page) == [before[1], before[0], before[2]]
    page.locator("section[aria-labelledby='col-en'] .entry").nth(2).get_by_role("button", name=words["pin"]).click()
    assert titles(page) == [before[2], before[1], before[0]]
    expect(page.get_by_text(words["pinned"], exact=True)).to_be_visible()
    page.get_by_role("button", name=words["undo"]).click()
    page.get_by_role("button", name=words["undo"]).click()
    assert titles(page) == before
    page.get_by_role("button", name=words["withdraw"]).click()
    page.get_by_role("button", name=words["publish"], exact=True).click()
    assert titles(page) == before
    page.get_by_role("button", name=words["out"]).click()
    page.goto(f"/desk/{ui}/{DAY}")
    expect(page.locator("#password")).to_be_visible()


def test_entries_are_dragged_where_there_is_a_pointer(opened: Opened) -> None:
    page = opened("editor", "en", DAY)
    before = titles(page)
    entries = page.locator("section[aria-labelledby='col-en'] .entry")
    with page.expect_navigation():
        entries.nth(2).drag_to(entries.nth(0))
    assert titles(page) == [before[2], before[0], before[1]]


@both
def test_two_editors_at_once(opened: Opened, ui: str) -> None:
    words = WORDS[ui]
    one, other = opened("editor", ui, DAY), opened("admin", ui, DAY)
    before = titles(one)
    one.locator("section[aria-labelledby='col-en'] .entry").first.get_by_role("button", name=words["down"]).click()
    other.locator("section[aria-labelledby='col-mn'] .entry").first.get_by_role("button", name=words["down"]).click()
    alert = other.get_by_role("alert")
    expect(alert).to_contain_text("editor")
    assert titles(other) == [before[1], before[0], before[2]], "the second sees what the first did"
    mongolian = titles(other, "mn")
    other.get_by_role("button", name=words["again"]).click()
    assert titles(other) == [before[1], before[0], before[2]]
    assert titles(other, "mn") == mongolian[::-1], "and nothing is lost"


@both
def test_a_headline_is_corrected_hidden_and_shown(opened: Opened, ui: str) -> None:
    page, words = opened("editor", ui, "headlines/6"), WORDS[ui]
    shown = page.locator("#title").input_value()
    page.locator("#title").fill("A title that an editor has put right")
    page.locator("#note").fill("A slip.")
    page.get_by_role("button", name=words["save"]).click()
    page.goto(f"/{ui}/headlines/6")
    expect(page.locator("h1")).to_have_text("A title that an editor has put right")
    expect(page.get_by_text(shown)).to_be_visible()
    page.goto(f"/desk/{ui}/headlines/6")
    page.locator("#reason").fill("Twice")
    page.get_by_role("button", name=words["hide"], exact=True).click()
    expect(page.get_by_text("Twice").first).to_be_visible()
    page.get_by_role("button", name=words["show"]).click()
    expect(page.locator("#reason")).to_be_visible()


@both
def test_headlines_and_digests_are_brought_in(opened: Opened, ui: str) -> None:
    page, words = opened("editor", ui, f"{DAY}/add"), WORDS[ui]
    page.locator("#title").fill("Хөвсгөлд цас оров")
    page.locator("#outlet").fill("gogo.mn")
    page.get_by_role("button", name=words["add"], exact=True).click()
    assert "Хөвсгөлд цас оров" in titles(page, "mn")
    page.goto(f"/desk/{ui}/{DAY}/paste")
    page.locator("#text").fill(DIGEST)
    page.get_by_role("button", name=words["look"]).click()
    expect(page.locator("#lines")).to_be_visible()
    page.get_by_role("button", name=words["apply"]).click()
    assert titles(page) == ["A HEADLINE THAT WAS PASTED", "ANOTHER THAT WAS PASTED"]
    page.get_by_role("button", name=words["undo"]).click()
    assert len(titles(page)) == 3
    assert "Хөвсгөлд цас оров" in titles(page, "mn")


@both
def test_a_long_read_from_draft_to_readers(opened: Opened, ui: str) -> None:
    page, words = opened("editor", ui, "analysis/new"), WORDS[ui]
    page.locator("#title_en").fill("Why rails matter")
    page.locator("#body_en").fill("First *words*. <script>alert(1)</script>\n\n## A part")
    page.locator("#host").fill("montsame.mn")
    page.get_by_role("button", name=words["preview"]).click()
    expect(page.locator(".essay h2")).to_have_text("A part")
    page.get_by_role("button", name=words["publish"], exact=True).click()
    page.goto("/en/analysis/why-rails-matter")
    expect(page.locator(".longread__body em")).to_have_text("words")
    expect(page.locator(".longread__body script")).to_have_count(0)


@both
def test_an_operator_runs_the_sources(opened: Opened, ui: str) -> None:
    page = opened("operator", ui, "sources")
    rows = page.locator(".ledger tbody tr .acts")
    assert rows.count() > 0
    rows.first.get_by_role("button").first.click()
    expect(page.get_by_role("status").first).to_be_visible()
    page.goto(f"/desk/{ui}/quarantine")
    page.locator(".ledger tbody a").first.click()
    page.locator("#text").fill('{"title": "Mended", "outlet": "gogo.mn"}')
    page.get_by_role("button", name=WORDS[ui]["retry"]).click()
    expect(page.locator(".ledger tbody a")).to_have_count(0)


@both
def test_a_wrong_password_says_so_and_no_more(browser: Browser, place: str, ui: str) -> None:
    context = browser.new_context(base_url=place, service_workers="block")
    page = context.new_page()
    page.goto(f"/desk/{ui}/login")
    page.locator("#name").fill("nobody")
    page.locator("#password").fill("something else entirely")
    page.get_by_role("button", name=WORDS[ui]["sign"]).click()
    expect(page.get_by_role("alert")).to_contain_text(WORDS[ui]["wrong"])
    context.close()


PAGES = (
    *("", DAY, f"{DAY}/add", f"{DAY}/paste", "headlines/1", "outlets", "outlets/gogo.mn", "analysis", "analysis/new"),
    *("sources", "quarantine", "quarantine/1", "people", "tokens", "audit", "account"),
)


@both
def test_every_page_of_the_desk_is_accessible_and_in_its_language(opened: Opened, ui: str) -> None:
    page = opened("admin", ui)
    for path in PAGES:
        page.goto(f"/desk/{ui}/{path}".rstrip("/"))
        assert page.locator("html").get_attribute("lang") == ui
        found = Axe().run(page).response["violations"]
        assert [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found] == [], path
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, path
