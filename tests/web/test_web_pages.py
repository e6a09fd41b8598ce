"""Every page: valid HTML, whole and in part, in both editions, on both databases, with the same frame around it."""

from itertools import product

import pytest

from app.clock import Clock
from app.model.language import UI_LANGUAGES
from app.settings import Settings
from app.store import Store
from app.web.app import create_app
from tests.builders import article, batch
from tests.web.asking import Asker, Client
from tests.web.dom import Dom, text
from tests.web.paper import SLUG, print_paper

PAGES = (
    "/",
    "/?lang=mn&outlet=gogo.mn",
    "/?lang=kk",
    "/?lang=en&lang=kk",
    "/?lang=und",
    "/?outlet=gogo.mn&q=nothing",
    "/?before=2026-01-15",
    "/?before=2000-01-01",
    "/?from=2026-01-01&to=2026-01-31",
    "/2026-01-15",
    "/2026-01-15?lang=mn",
    "/2026-01-15?outlet=gogo.mn&q=nothing",
    "/2026-01-14",
    "/2024-12-19",
    "/archive",
    "/archive/2024",
    "/archive/2026-01",
    "/outlets",
    "/outlets/montsame.mn",
    "/outlets/montsame.mn?q=nothing",
    "/outlets/gogo.mn?lang=mn",
    "/outlets?sort=volume",
    "/search",
    "/search?q=visa",
    "/search?lang=mn&q=visa",
    "/search?q=виз&from=2026-01-01&to=2026-01-31",
    "/search?q=nothing",
    "/search?q=visa&before=2000-01-01",
    "/headlines/1",
    "/analysis",
    f"/analysis/{SLUG}",
    "/sources",
    "/sources/1",
    "/about",
)
HTMX = {"HX-Request": "true"}


EVERY = [f"/{ui}{page}" for ui, page in product(UI_LANGUAGES, PAGES)]


@pytest.mark.parametrize("address", EVERY)
def test_a_page_is_valid_whole_and_in_part(client: Client, address: str) -> None:
    whole = client.get(address)
    assert whole.status_code == 200
    assert whole.headers["content-type"] == "text/html; charset=utf-8"
    page = Dom(whole.text)
    assert page.one("html").get("lang") == address[1:3]
    assert len(page.all("h1")) == 1
    assert text(page.one("title")).endswith("Өртөө") or text(page.one("title")).startswith("Өртөө | ")
    ids = [element.get("id") for element in page.all() if element.get("id")]
    assert len(ids) == len(set(ids))

    part = Dom(client.get(address, headers=HTMX).text)
    assert not part.all("html")
    assert text(part.one("title")) == text(page.one("title"))
    assert text(part.by_id("main")) == text(page.by_id("main")), "the same template makes both"
    assert {e.get("id") for e in part.all() if e.get("data-hx-swap-oob")} == {"edition", "sections", "status"}


@pytest.mark.parametrize("ui", UI_LANGUAGES)
def test_the_main_pages_on_each_database(each_client: Client, ui: str) -> None:
    for page in (
        "/",
        "/?lang=mn&outlet=gogo.mn&q=виз",
        "/2026-01-15",
        "/outlets/gogo.mn",
        "/archive",
        f"/analysis/{SLUG}",
    ):
        for headers in ({}, HTMX):
            response = each_client.get(f"/{ui}{page}", headers=headers)
            assert response.status_code == 200, response.text
            Dom(response.text)


@pytest.mark.parametrize(
    "address", ["/en/", "/mn/", "/en/archive", "/mn/outlets", "/en/analysis", "/mn/about", "/mn/sources"]
)
def test_pages_of_an_empty_paper(blank: Client, address: str) -> None:
    response = blank.get(address)
    assert response.status_code == 200
    Dom(response.text)


@pytest.mark.parametrize("address", EVERY)
def test_the_frame_leads_to_the_same_page_in_the_other_edition(client: Client, address: str) -> None:
    page = Dom(client.get(address).text)
    other = {"en": "mn", "mn": "en"}[address[1:3]]
    (link,) = page.within(page.by_id("edition"), "a", lang=other)
    wanted = f"/{other}{address[3:]}"
    assert client.get(str(link.get("href"))).status_code == 200
    assert str(link.get("href")).split("?")[0] == wanted.split("?")[0]


def test_what_search_engines_and_previews_are_told(client: Client) -> None:
    page = Dom(client.get("/mn/2026-01-15").text)
    alternates = {e.get("hreflang"): e.get("href") for e in page.all("link", rel="alternate") if not e.get("type")}
    assert page.one("link", rel="canonical").get("href") == "http://ortoo.test/mn/2026-01-15"
    assert alternates == {
        "en": "http://ortoo.test/en/2026-01-15",
        "mn": "http://ortoo.test/mn/2026-01-15",
        "x-default": "http://ortoo.test/2026-01-15",
    }
    told = {e.get("property"): e.get("content") for e in page.all("meta") if e.get("property")}
    assert told["og:title"] == "2026 оны нэгдүгээр сарын 15, пүрэв гараг | Өртөө"
    assert told["og:url"] == "http://ortoo.test/mn/2026-01-15"
    assert told["og:locale"] == "mn_MN"


def test_filtered_lists_are_not_for_search_engines(client: Client) -> None:
    page = Dom(client.get("/en/?outlet=gogo.mn").text)
    assert page.one("meta", name="robots").get("content") == "noindex, follow"
    assert not page.all("link", rel="canonical")


def test_a_forged_host_is_not_repeated(client: Client) -> None:
    response = client.get("/en/", headers={"Host": 'evil.test"><script>'})
    assert response.status_code == 200
    assert "evil" not in response.text
    assert Dom(response.text).one("link", rel="canonical").get("href") == "/en/"


def test_a_public_address_that_is_set_stands_in_absolute_links(sqlite_store: Store, clock: Clock) -> None:
    print_paper(sqlite_store)
    with Client(create_app(Settings(base_url="https://ortoo.mn/"), sqlite_store, clock), "internal:8000") as client:
        page = Dom(client.get("/mn/2026-01-15").text)
    assert page.one("link", rel="canonical").get("href") == "https://ortoo.mn/mn/2026-01-15"
    assert page.by_id("permalink").get("value") == "https://ortoo.mn/mn/2026-01-15"


def test_an_outlet_of_an_article_only(sqlite_store: Store, ask: Asker) -> None:
    with sqlite_store.writing() as writer:
        writer.put(batch(articles=[article()]))
    response = ask(sqlite_store).get("/en/outlets/montsame.mn")
    assert text(Dom(response.text).one("h2", "empty__h")) == "No headlines in English or Mongolian"


def test_head_answers_like_get_without_a_body(client: Client) -> None:
    got, head = client.get("/en/2026-01-15"), client.head("/en/2026-01-15")
    assert head.content == b""
    assert head.headers == got.headers
