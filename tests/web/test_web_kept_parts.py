"""Pieces of pages that are kept between renderings: a page is the same with what was kept for others and without."""

from app.store import Store
from tests.web.asking import Asker
from tests.web.paper import SLUG, print_paper

PAGES = (
    "/",
    "/?lang=mn",
    "/?q=visa",
    "/2026-01-15",
    "/2026-01-15?lang=en",
    "/2026-01-15?outlet=montsame.mn",
    "/2026-01-14",
    "/archive",
    "/archive/2026",
    "/archive/2026-01",
    "/stories",
    "/outlets",
    "/outlets/montsame.mn",
    "/headlines/1",
    "/search",
    "/search?q=visa",
    "/analysis",
    f"/analysis/{SLUG}",
    "/about",
    "/2020-02-02",
)


def test_a_page_is_the_same_with_what_was_kept_for_others_and_without(sqlite_store: Store, ask: Asker) -> None:
    print_paper(sqlite_store)
    warm = ask(sqlite_store)
    pages = [f"/{ui}{page}" for page in PAGES for ui in ("en", "mn")]
    for page in pages:
        warm.get(page)
        warm.get(page, {"hx-request": "true"})
    for page in reversed(pages):
        fresh = ask(sqlite_store)
        assert warm.get(page).text == fresh.get(page).text, page


def test_what_is_kept_for_one_host_is_not_shown_at_another(sqlite_store: Store, ask: Asker) -> None:
    print_paper(sqlite_store)
    client = ask(sqlite_store)
    first = client.get("/en/2026-01-15", {"host": "one.test"}).text
    other = client.get("/en/2026-01-15", {"host": "two.test"}).text
    assert "one.test" in first
    assert other == first.replace("one.test", "two.test")
