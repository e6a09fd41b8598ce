"""Filters, history, older days and days, as a reader meets them in a real browser, in both editions."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.watching import Opened, Watch

pytestmark = pytest.mark.e2e

UI = pytest.mark.parametrize("ui", ["en", "mn"])
COUNTS = {"en": "3 headlines, 1 day", "mn": "3 мэдээ, 1 өдөр"}


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def mark(page: Page, selector: str) -> None:
    """Leave a mark on an element of the living page: it is gone when the element is replaced."""
    page.evaluate("s => { document.querySelector(s).dataset.mark = 'kept' }", selector)


def is_marked(page: Page, selector: str) -> bool:
    return bool(page.evaluate("s => document.querySelector(s).dataset.mark === 'kept'", selector))


def box(page: Page, domain: str) -> str:
    return f'input[name="outlet"][value="{domain}"]'


@UI
def test_a_filter_swaps_the_results_only(open_page: Opened, ui: str) -> None:
    page = open_page(f"/{ui}/")
    for selector in (".masthead", "#filters", "#rail .cal", "#feed"):
        mark(page, selector)
    page.check(box(page, "gogo.mn"))
    expect(page.locator("#count")).to_have_text(COUNTS[ui])
    expect(page.locator("#feed .row")).to_have_count(3)
    assert query(page) == {"outlet": ["gogo.mn"]}
    kept = {s: is_marked(page, s) for s in (".masthead", "#filters", "#rail .cal", "#feed")}
    assert kept == {".masthead": True, "#filters": True, "#rail .cal": True, "#feed": False}
    expect(page.locator("#status")).to_have_text(COUNTS[ui].split(",")[0])
    expect(page.locator(".chip")).to_have_count(1)
    expect(page.locator(f"#edition a[lang={'mn' if ui == 'en' else 'en'}]")).to_have_attribute(
        "href", re.compile(r"/\?outlet=gogo\.mn$")
    )
    assert page.evaluate("document.activeElement.value") == "gogo.mn", "the box that was ticked keeps the focus"


@UI
def test_back_forward_and_reload_show_what_the_address_says(open_page: Opened, ui: str) -> None:
    page = open_page(f"/{ui}/")
    all_rows = page.locator("#feed .row").count()
    page.check(box(page, "gogo.mn"))
    expect(page.locator("#feed .row")).to_have_count(3)
    page.check(f'#filters input[name="lang"][value="{ui}"]', force=True)
    expect(page).to_have_url(re.compile(rf"/{ui}/\?lang={ui}&outlet=gogo\.mn$"))

    page.go_back()
    expect(page).to_have_url(re.compile(rf"/{ui}/\?outlet=gogo\.mn$"))
    expect(page.locator("#feed .row")).to_have_count(3)
    expect(page.locator(box(page, "gogo.mn"))).to_be_checked()
    expect(page.locator('#filters input[name="lang"][value=""]')).to_be_checked()

    page.go_back()
    expect(page).to_have_url(re.compile(rf"/{ui}/$"))
    expect(page.locator("#feed .row")).to_have_count(all_rows)
    expect(page.locator(box(page, "gogo.mn"))).not_to_be_checked()
    expect(page.locator(".masthead")).to_have_count(1)

    page.go_forward()
    expect(page.locator(box(page, "gogo.mn"))).to_be_checked()
    expect(page.locator("#feed .row")).to_have_count(3)
    page.reload()
    expect(page.locator(box(page, "gogo.mn"))).to_be_checked()
    expect(page.locator("#feed .row")).to_have_count(3)

    page.check(box(page, "montsame.mn"))  # the controls still work after all that
    expect(page.locator(".chip")).to_have_count(2)


def test_coming_back_from_elsewhere_shows_a_whole_page(open_page: Opened) -> None:
    page = open_page("/en/")
    page.check(box(page, "gogo.mn"))
    expect(page.locator("#feed .row")).to_have_count(3)
    page.click('#sections a[href="/en/archive"]')
    expect(page.locator("h1")).to_have_text("2026")
    page.go_back()
    expect(page.locator(".masthead")).to_be_visible()
    expect(page.locator("#feed .row")).to_have_count(3)
    expect(page.locator(box(page, "gogo.mn"))).to_be_checked()


@UI
def test_typing_filters_and_is_one_step_in_the_history(open_page: Opened, ui: str) -> None:
    page = open_page(f"/{ui}/")
    rows = page.locator("#feed .row").count()
    page.locator("#q").press_sequentially("ви", delay=20)
    expect(page.locator("#feed .row")).to_have_count(1)
    assert query(page)["q"] == ["ви"]
    page.locator("#q").press_sequentially("з", delay=20)
    expect(page).to_have_url(re.compile("q=%D0%B2%D0%B8%D0%B7"))
    expect(page.locator("#q")).to_be_focused()
    page.go_back()
    expect(page.locator("#feed .row")).to_have_count(rows)
    expect(page.locator("#q")).to_have_value("")


@UI
def test_a_chip_takes_its_filter_away_everywhere(open_page: Opened, ui: str) -> None:
    page = open_page(f"/{ui}/?lang=mn&outlet=gogo.mn&q=виз")
    page.locator(".chip", has_text="виз").click()
    expect(page.locator("#q")).to_have_value("")
    page.locator(".chip", has_text="GoGo").click()
    expect(page.locator(box(page, "gogo.mn"))).not_to_be_checked()
    expect(page.locator('#filters input[name="lang"][value="mn"]')).to_be_checked()
    assert query(page) == {"lang": ["mn"]}
    page.check(box(page, "gogo.mn"))  # the form that was swapped in is alive
    expect(page.locator(".chip")).to_have_count(2)
    page.locator(".chips__clear").click()
    expect(page.locator(".chip")).to_have_count(0)
    assert query(page) == {}
    expect(page.locator('#filters input[name="lang"][value=""]')).to_be_checked()


@UI
def test_older_days_come_in_below(open_page: Opened, ui: str) -> None:
    page = open_page(f"/{ui}/")
    mark(page, "#feed")
    expect(page.locator("#feed > .day")).to_have_count(7)
    page.locator(".older a").click()
    expect(page.locator("#feed > .day")).to_have_count(14)
    assert is_marked(page, "#feed")
    days = page.locator("#feed .day__h time").evaluate_all("all => all.map(e => e.dateTime)")
    assert days == sorted(set(days), reverse=True)
    assert query(page).keys() == {"before"}
    shown = page.locator("#count").inner_text()
    assert "14" in shown
    page.locator(".older a").click()
    expect(page.locator(".older")).to_have_count(0)
    expect(page.locator("#feed > .day")).to_have_count(15)


@UI
def test_from_day_to_day(open_page: Opened, ui: str) -> None:
    page = open_page(f"/{ui}/2026-01-15")
    mark(page, ".masthead")
    page.evaluate("scrollTo(0, 600)")
    page.locator('.daynav [rel="prev"]').click()
    expect(page).to_have_url(re.compile(rf"/{ui}/2026-01-14$"))
    expect(page.locator("h1")).to_be_focused()
    assert is_marked(page, ".masthead")
    expect(page).to_have_title(re.compile({"en": "Wednesday, 14 January 2026", "mn": "сарын 14, лхагва"}[ui]))
    page.wait_for_function("scrollY === 0")
    expect(page.locator("#status")).to_contain_text("14")
    other = "mn" if ui == "en" else "en"
    expect(page.locator(f"#edition a[lang={other}]")).to_have_attribute("href", f"/{other}/2026-01-14")
    page.locator(".cal a", has_text="15").click()
    expect(page.locator('.cal [aria-current="date"]')).to_contain_text("15")
    page.go_back()
    expect(page.locator("h1 time")).to_have_attribute("datetime", "2026-01-14")
    expect(page.locator(".masthead")).to_have_count(1)
    expect(page.locator("main")).to_have_count(1)


def test_the_other_edition_shows_the_same_page(open_page: Opened) -> None:
    page = open_page("/en/?outlet=gogo.mn")
    page.locator("#edition a[lang=mn]").click()
    expect(page).to_have_url(re.compile(r"/mn/\?outlet=gogo\.mn$"))
    expect(page.locator("html")).to_have_attribute("lang", "mn")
    expect(page.locator(box(page, "gogo.mn"))).to_be_checked()


def test_a_failed_request_says_so_and_offers_another_try(open_page: Opened, watch: Watch) -> None:
    watch.expected = ["ERR_FAILED", "htmx:sendError", "htmx:afterRequest"]
    page = open_page("/mn/")
    page.context.route("**/*outlet=gogo.mn*", lambda route: route.abort())
    page.check(box(page, "gogo.mn"))
    expect(page.locator("#failed")).to_be_visible()
    expect(page.locator("#failed")).to_contain_text("Жагсаалтыг шинэчилж чадсангүй.")
    page.context.unroute("**/*outlet=gogo.mn*")
    page.locator(".js-again").click()
    expect(page.locator("#feed .row")).to_have_count(3)
    expect(page.locator("#failed")).to_be_hidden()


def test_a_refused_request_shows_its_page(open_page: Opened, watch: Watch) -> None:
    watch.expected = ["400 (Bad Request)", "htmx:responseError", "Response Status Error Code 400"]
    page = open_page("/en/")
    page.locator(box(page, "gogo.mn")).evaluate("(box) => { box.value = 'no domain' }")
    page.check(box(page, "no domain"))
    expect(page.locator("h1")).to_have_text("This address asks for something that cannot be")


@UI
def test_everything_works_without_script(open_page: Opened, ui: str) -> None:
    page = open_page(f"/{ui}/", java_script_enabled=False)
    page.check(box(page, "gogo.mn"))
    page.check('#filters input[name="lang"][value="mn"]', force=True)
    page.fill("#q", "виз")
    page.locator("#filters button").click()
    expect(page.locator("#feed .row")).to_have_count(1)
    assert query(page) == {"lang": ["mn"], "outlet": ["gogo.mn"], "q": ["виз"]}
    expect(page.locator(box(page, "gogo.mn"))).to_be_checked()
    page.locator(".chips__clear").click()
    page.locator(".older a").click()
    expect(page.locator(".newer")).to_be_visible()
    assert query(page).keys() == {"before"}
    page.locator(".day__h a").first.click()
    expect(page.locator("h1 time")).to_be_visible()
    page.locator('.daynav [rel="next"]').click()
    page.locator(".menu summary").click()
    expect(page.locator("#permalink")).to_have_value(re.compile(re.escape(urlsplit(page.url).path) + "$"))
    expect(page.locator(".js-theme")).to_be_hidden()
    expect(page.locator(".js-print")).to_be_hidden()


def test_the_theme_is_kept_and_set_before_the_first_paint(open_page: Opened) -> None:
    page = open_page("/mn/", color_scheme="light")
    button = page.locator(".js-theme")
    assert button.get_attribute("aria-label") == "Өнгөний горим: автомат. Бараан болгох"
    button.click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert button.get_attribute("aria-label") == "Өнгөний горим: бараан. Цайвар болгох"
    page.context.add_init_script(
        "new MutationObserver(() => { if (document.body) window.atBody ??= document.documentElement.dataset.theme })"
        ".observe(document, { childList: true, subtree: true })"
    )
    page.goto("/mn/2026-01-15")
    assert page.evaluate("window.atBody") == "dark"
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(18, 20, 25)"


def test_the_link_of_a_day_can_be_copied(open_page: Opened) -> None:
    page = open_page("/en/2026-01-15", permissions=["clipboard-read", "clipboard-write"])
    page.locator(".menu summary").click()
    page.locator(".menu .js-copy").click()
    expect(page.locator(".menu .js-copy")).to_have_text("Copied")
    expect(page.locator("#status")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    page.keyboard.press("Escape")
    expect(page.locator("details.menu")).not_to_have_attribute("open", "")
    expect(page.locator(".menu summary")).to_be_focused()
    page.locator(".menu summary").click()
    page.mouse.click(5, 5)
    expect(page.locator("details.menu")).not_to_have_attribute("open", "")


@pytest.mark.parametrize("width", [320, 390, 820, 1440])
@pytest.mark.parametrize(
    "address",
    [
        "/mn/",
        "/en/2026-01-15",
        "/mn/outlets/montsame.mn",
        "/en/archive",
        "/mn/?outlet=%3C",
        "/mn/sources",
        "/mn/sources/2",
    ],
)
def test_no_page_scrolls_sideways(open_page: Opened, watch: Watch, width: int, address: str) -> None:
    watch.expected = ["400 (Bad Request)"] if "%3C" in address else []
    page = open_page(address, viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
