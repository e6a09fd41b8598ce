"""How the sources are doing, as readers are told."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from app.model.fetch import FetchState
from app.model.language import UI_LANGUAGES
from app.model.source import HISTORY_DAYS, FetchRecord, Settled
from app.store import Store
from tests.builders import NOW
from tests.web.asking import Asker, Client
from tests.web.dom import Dom, text
from tests.web.paper import print_paper
from tests.web.relays import HELD, NEVER_FETCHED, SECRET, SOURCES, SWITCHED_OFF, add_sources

HTMX = {"HX-Request": "true"}
UI = pytest.mark.parametrize("ui", UI_LANGUAGES)


@pytest.fixture
def reader(store: Store, ask: Asker) -> Client:
    """A reader of a paper with sources, on each kind of database."""
    print_paper(store)
    add_sources(store)
    return ask(store)


def page(reader: Client, address: str = "/en/sources") -> Dom:
    answer = reader.get(address)
    assert answer.status_code == 200
    return Dom(answer.text)


def groups(dom: Dom) -> dict[str, list[str]]:
    """The names of sources under each heading of the table."""
    found: dict[str, list[str]] = {}
    for part in dom.all("tbody")[: len(dom.all("th", scope="rowgroup"))]:
        (heading,) = dom.within(part, "th", scope="rowgroup")
        found[text(heading).rpartition(" ")[0]] = [text(th) for th in dom.within(part, "th", scope="row")]
    return found


def test_sources_stand_under_what_is_the_matter_with_them(reader: Client) -> None:
    assert groups(page(reader)) == {
        "Not working": ["GoGo Улс төр"],
        "Blocked by the outlet": ["AKIpress"],
        "On hold": ["held.mn"],
        "Silent": ["quiet.mn"],
        "Not read in time": ["Unuudur"],
        "New": ["fresh.mn"],
        "Working": ["A source without a name", "Montsame", "News.mn"],
        "Switched off": ["closed.mn"],
    }


@UI
def test_the_first_line_sums_up(reader: Client, ui: str) -> None:
    told = text(page(reader, f"/{ui}/sources").one("p", "lede"))
    assert told.startswith(
        {
            "en": "3 of 9 sources work as usual: 1 not working, 1 blocked by the outlet, 1 on hold, 1 silent, "
            "1 not read in time, 1 not read yet, 1 switched off.",
            "mn": "9 эх сурвалжийн 3 нь хэвийн ажиллаж байна: 1 нь ажиллахгүй байна, 1 нь хандалтыг хориглосон",
        }[ui]
    )


def reasons(dom: Dom) -> list[str]:
    return [text(row) for row in dom.all("tr", "why")]


def test_what_is_not_as_usual_is_explained(reader: Client) -> None:
    broken, blocked, held, silent, *_, off = reasons(page(reader))
    assert broken == "The server had a fault of its own. Not working since 13 Jan, 17:00; 3 tries in a row."
    assert blocked.startswith("The outlet refused us. This is respected")
    assert held == "1 reading since 16:00 looks unusual and waits for a person to decide."
    assert silent == "Nothing new for 9 days; usually no longer than 3 days."
    assert off == "The outlet took this address away for good."


def test_it_is_explained_in_mongolian(reader: Client) -> None:
    broken, _, held, silent, *_ = reasons(page(reader, "/mn/sources"))
    assert broken == "Сервер дээр алдаа гарсан. Ажиллахгүй болсон нь: 1-р сарын 13, 17:00; дараалан 3 удаа оролдсон."
    assert held == "16:00 цагаас хойших 1 уншилт ердийнхөөс өөр байсан тул хүний шийдвэрийг хүлээж байна."
    assert silent == "9 хоног шинэ мэдээ ирсэнгүй; ихэвчлэн 3 хоногоос хэтэрдэггүй."


def test_a_row_says_when_and_how_much(reader: Client) -> None:
    dom = page(reader)
    (row,) = [r for r in dom.all("tr") if any(text(th) == "Montsame" for th in dom.within(r, "th"))]
    assert [text(cell) for cell in dom.within(row, "td")] == ["Working", "16:00", "18:00", "16:00", "3.4", ""]
    (chart,) = dom.within(row, role="img")
    assert chart.get("aria-label") == f"5 new items in {HISTORY_DAYS} days"


def test_the_chart_is_a_table_too(reader: Client) -> None:
    dom = page(reader)
    rows = dom.within(dom.one("table", "figures"), "tr")[1:]
    numbers = {text(dom.within(r, "th")[0]): text(dom.within(r, "td")[0]) for r in rows}
    assert len(numbers) == HISTORY_DAYS
    assert numbers["15 Jan"] == "6"
    assert set(numbers.values()) == {"0", "6"}


@UI
@pytest.mark.parametrize("number", range(1, len(SOURCES) + 1))
def test_a_source_has_a_page_with_its_last_fetches(reader: Client, ui: str, number: int) -> None:
    address = f"/{ui}/sources/{number}"
    dom = page(reader, address)
    part = Dom(reader.get(address, headers=HTMX).text)
    assert text(part.by_id("main")) == text(dom.by_id("main"))
    fetches = dom.all("table", "ledger--fetches")
    assert len(fetches) == (number != NEVER_FETCHED)
    for table in fetches:
        (row,) = dom.within(dom.within(table, "tbody")[0], "tr")
        when, *_ = dom.within(row, "th")
        assert text(when) == "16:00"
        result, status, seconds, size, added = (text(cell) for cell in dom.within(row, "td"))
        assert (status, seconds, size) == ("200", *{"en": ("0.4 sec", "12 kB"), "mn": ("0.4 сек", "12 кБ")}[ui])
        assert added == str(SOURCES[number - 1][2].get("added", 0))
        assert re.search({"en": "[a-z]", "mn": "[а-яөү]"}[ui], result)


def test_what_is_held_says_why_and_how_much(reader: Client) -> None:
    dom = page(reader, f"/en/sources/{HELD}")
    assert text(dom.one("ul", "held")) == "16:00: 99 headlines. Many more than usual."
    assert text(dom.one("table", "ledger--fetches")).endswith("Read, kept for a person to look at 200 0.4 sec 12 kB 0")


@UI
def test_nothing_that_was_meant_for_operators_is_shown(reader: Client, ui: str) -> None:
    for address in (f"/{ui}/sources", *(f"/{ui}/sources/{n}" for n in range(1, len(SOURCES) + 1))):
        shown = reader.get(address).text
        for secret in (SECRET, "rsshub", ":1200", "?key", "paid for", "GET https"):
            assert secret not in shown, address
    assert "montsame.mn/rss" in reader.get(f"/{ui}/sources/1").text
    assert "akipress.com/…/news" in reader.get(f"/{ui}/sources/3").text
    assert "410" not in text(page(reader, f"/{ui}/sources/{SWITCHED_OFF}").one("p", "lede"))


@pytest.mark.parametrize("key", ["0", "99", "-1", "x", "1.5", "9" * 18, "9" * 19, "9" * 400, "१", "%00", "1%2F2", "1 "])
def test_no_page_of_what_is_no_source(reader: Client, key: str) -> None:
    answer = reader.get(f"/en/sources/{key}".replace(" ", "%20"))
    assert answer.status_code == 404
    Dom(answer.text)


def test_a_missing_source_leads_to_the_others(reader: Client) -> None:
    dom = Dom(reader.get("/mn/sources/99").text)
    assert "/mn/sources" in {a.get("href") for a in dom.within(dom.by_id("main"), "a")}


def test_a_number_has_one_address(reader: Client) -> None:
    answer = reader.get("/en/sources/007")
    assert (answer.status_code, answer.headers["location"]) == (302, "/en/sources/7")


@pytest.mark.parametrize("query", ["?outlet=%3Cscript%3E", "?sort=x", "?q=%27--", "?" + "a" * 3000])
def test_parameters_change_nothing(reader: Client, query: str) -> None:
    answer = reader.get(f"/en/sources{query}")
    assert answer.status_code in (200, 302, 400)
    assert "%3Cscript" not in answer.text
    assert "<script>" not in answer.text


def test_the_page_may_be_kept_for_a_minute_and_knows_itself(reader: Client) -> None:
    first = reader.get("/en/sources")
    assert first.headers["cache-control"] == "public, max-age=60"
    again = reader.get("/en/sources", {"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.headers["cache-control"]) == (304, "public, max-age=60")


def test_a_fetch_shows_although_the_revision_stays(sqlite_store: Store, ask: Asker) -> None:
    add_sources(sqlite_store)
    reader, before = ask(sqlite_store), sqlite_store.revision()
    first = reader.get("/en/sources/6")
    (again,) = sqlite_store.claim(NOW + timedelta(hours=2), "w", 60, 1, ids=[6])
    state = replace(again.state, next_at=NOW + timedelta(hours=5), good_at=NOW + timedelta(hours=2))
    told = FetchRecord(NOW + timedelta(hours=2), FetchState.NOT_MODIFIED, 304)
    with sqlite_store.writing() as writer:
        writer.sources.finish(6, "w", NOW + timedelta(hours=2), Settled(state, told))
    assert sqlite_store.revision() == before
    assert reader.get("/en/sources/6").headers["etag"] != first.headers["etag"]


@UI
def test_without_sources_the_page_says_what_to_do(blank: Client, ui: str) -> None:
    dom = page(blank, f"/{ui}/sources")
    assert text(dom.one("code")) == "ortoo sources import --starter"
    assert not dom.all("table", "ledger")


@UI
@pytest.mark.parametrize("from_", ["/", "/about"])
def test_the_page_is_linked_from_every_foot_and_from_about(client: Client, ui: str, from_: str) -> None:
    dom = page(client, f"/{ui}{from_}")
    places = [dom.one("footer")] + ([dom.by_id("main")] if from_ == "/about" else [])
    for place in places:
        assert f"/{ui}/sources" in {a.get("href") for a in dom.within(place, "a")}
