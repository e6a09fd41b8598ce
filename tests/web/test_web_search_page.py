"""The search page: hits with their words marked, numbers that narrow it, states that say what to do."""

from datetime import timedelta

import pytest

from app.store import Store
from app.timeline.build import MOST_DAYS
from tests.builders import DAY, headline, put
from tests.web.asking import Asker, Client
from tests.web.dom import Dom, text


def page(client: Client, address: str) -> Dom:
    response = client.get(address)
    assert response.status_code == 200
    return Dom(response.text)


def test_hits_with_their_words_marked(each_client: Client) -> None:
    dom = page(each_client, "/en/search?q=visa+immigrant")
    assert [text(e) for e in dom.all("mark")] == ["IMMIGRANT", "VISA"]
    assert text(dom.one("p", "hits__n")) == "1 headline"
    assert text(dom.one("title")) == "“visa immigrant” | Search | Өртөө"
    assert dom.by_id("q").get("value") == "visa immigrant"
    assert dom.one("meta", name="robots").get("content") == "noindex, follow"


def test_numbers_lead_to_narrower_searches(client: Client) -> None:
    dom = page(client, "/mn/search?q=mongolia")
    (month,) = dom.within(dom.one("ul", "facet"), "a")
    assert text(month) == "2026 оны нэгдүгээр сар 3"
    narrowed = page(client, str(month.get("href")))
    assert narrowed.one("ul", "facet").find(".//a[@aria-current]") is not None
    assert [text(e) for e in narrowed.all("a", "chip")] != []
    hidden = {
        e.get("name"): e.get("value") for e in narrowed.within(narrowed.one("form", "bigfind"), "input", type="hidden")
    }
    assert hidden == {"from": "2026-01-01", "to": "2026-01-31"}, "a new question keeps the limits"


@pytest.mark.parametrize(
    ("query", "heading"),
    [("", "Та юу хайж байна вэ?"), ("?q=-visa", "Хайх үг алга"), ("?q=%3F%3F", "Хайх үг алга")],
)
def test_a_question_that_cannot_be_answered_says_how_to_ask(client: Client, query: str, heading: str) -> None:
    dom = page(client, f"/mn/search{query}")
    empty = dom.one("div", "empty")
    assert text(dom.within(empty, "h2")[0]) == heading
    assert [e.get("href") for e in dom.within(empty, "a")] == ["/mn/", "/mn/archive"]
    assert not dom.all("aside")


def test_a_search_that_finds_nothing_offers_others_that_do(client: Client) -> None:
    dom = page(client, "/en/search?lang=en&q=виз")
    assert [(text(e), e.get("href")) for e in dom.within(dom.one("div", "empty"), "a")] == [
        ("Look in both languages", "/en/search?q=%D0%B2%D0%B8%D0%B7")
    ]
    dom = page(client, "/en/search?q=visa+unicorn")
    assert text(dom.within(dom.one("div", "empty"), "li")[0]) == "Search for “visa” alone 1"


def test_the_order_of_relevance_leads_to_no_older_days(sqlite_store: Store, ask: Asker) -> None:
    put(sqlite_store, *(headline(f"Mine {n}", day=DAY - timedelta(days=n)) for n in range(2 * MOST_DAYS)))
    reader = ask(sqlite_store)
    assert page(reader, "/en/search?q=mine").all("p", "older")
    assert not page(reader, "/en/search?q=mine&order=relevance").all("p", "older")


def test_every_page_leads_to_the_search(client: Client) -> None:
    for address in ("/en/outlets", "/en/nowhere"):
        dom = Dom(client.get(address).text)
        assert [e.get("action") for e in dom.all("form", role="search")] == ["/en/search"]
    assert (
        client.get("/search?q=виз", {"Accept-Language": "mn"}).headers["location"] == "/mn/search?q=%D0%B2%D0%B8%D0%B7"
    )


def test_words_are_shown_as_text_whatever_they_hold(client: Client) -> None:
    dom = page(client, "/en/search?q=%3Cscript%3Ealert(1)%3C/script%3E+visa")
    assert dom.by_id("q").get("value") == "<script>alert(1)</script> visa"
    assert all(e.get("src") for e in dom.all("script") if e.get("type") != "application/ld+json")
