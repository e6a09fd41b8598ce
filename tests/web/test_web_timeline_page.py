"""The timeline as a reader sees it: headlines, controls, chips, the empty state; and as htmx swaps it."""

from xml.etree.ElementTree import Element

import pytest

from app.store import Store
from tests.builders import DAY, batch, headline
from tests.web.asking import Asker, Client
from tests.web.dom import Dom, text

HTMX = {"HX-Request": "true"}


def page(client: Client, address: str, headers: dict[str, str] | None = None) -> Dom:
    response = client.get(address, headers=headers)
    assert response.status_code == 200
    return Dom(response.text)


def chosen(dom: Dom) -> list[str | None]:
    return [e.get("value") for e in dom.all("input") if e.get("name") and e.get("checked") is not None]


def columns(dom: Dom) -> list[list[str]]:
    return [[text(h) for h in dom.within(rows, "h3")] for rows in dom.all("ol", "rows")]


def test_days_and_columns(each_client: Client) -> None:
    dom = page(each_client, "/mn/")
    assert [e.get("datetime") for d in dom.all("h2", "day__h") for e in d.iter("time")] == [
        "2026-01-15",
        "2026-01-14",
        "2024-12-19",
    ]
    assert [text(e) for e in dom.all("h2", "day__h")] == [
        "Нэгдүгээр сарын 15, пүрэв гараг",
        "Нэгдүгээр сарын 14, лхагва гараг",
        "2024 оны арван хоёрдугаар сарын 19, пүрэв гараг",
    ]
    assert text(dom.all("p", "day__alt")[0]) == "Thursday 15 January"
    mongolian, english = columns(dom)[:2]
    assert mongolian[2] == "Маргааш ихэнх нутгаар цас орно", "the digest first"
    assert len(english) == 4
    assert text(dom.by_id("count")) == "10 мэдээ, 3 өдөр"


def test_a_headline_and_what_stands_by_it(client: Client) -> None:
    dom = page(client, "/en/")
    (row,) = [e for e in dom.all("li", "row") if "reading room" in text(e)]
    (link,) = dom.within(row, "h3")[0].iter("a")
    assert link.get("href") == "https://montsame.mn/en/read/1"
    assert link.get("rel") == "noopener external"
    assert link.get("title") is None
    assert dom.within(row, "h3")[0].get("lang") == "en"
    (time,) = row.iter("time")
    assert (time.get("datetime"), text(time)) == (None, "09:20"), "the day stands above"
    (outlet,) = dom.within(row, "a", "meta__outlet")
    assert (outlet.get("href"), text(outlet)) == ("/en/outlets/montsame.mn", "Montsame")


def test_a_digest_entry_has_its_number_its_own_date_and_no_time(client: Client) -> None:
    dom = page(client, "/en/")
    row = next(e for e in dom.all("li", "row") if "INVESTOR" in text(e))
    assert text(dom.within(row, "a", "row__t")[0]) == "3"
    assert [text(e) for e in row.iter("time")] == ["14 Jan"]
    (heading,) = dom.within(row, "h3")
    assert "caps" in str(heading.get("class"))
    (link,) = heading.iter("a")
    assert link.get("href") == "https://montsame.mn/"
    assert link.get("title") == "No address came with this headline; this opens montsame.mn."


def test_a_time_is_shown_only_where_the_source_gave_one(client: Client) -> None:
    dom = page(client, "/en/?lang=und")
    (row,) = dom.all("li", "row")
    assert list(row.iter("time")) == []
    assert dom.within(row, "h3")[0].get("lang") == ""


@pytest.mark.parametrize(
    ("query", "values"),
    [
        ("", [""]),
        ("?lang=mn", ["mn"]),
        ("?lang=kk", ["kk"]),
        ("?lang=en&lang=kk", ["en", "kk"]),
        ("?lang=en&outlet=gogo.mn&outlet=montsame.mn", ["en", "montsame.mn", "gogo.mn"]),
    ],
)
def test_the_controls_say_what_was_asked(client: Client, query: str, values: list[str]) -> None:
    assert sorted(map(str, chosen(page(client, f"/en/{query}")))) == sorted(["", *values])  # "": of any coverage


def test_a_plain_form_asks_the_same(client: Client) -> None:
    """What a browser without script would send leads, by way of the canonical address, to the same state."""
    dom = page(client, "/en/?lang=mn&q=%D0%B2%D0%B8%D0%B7&from=2026-01-01")
    form = dom.by_id("filters")
    assert (form.get("action"), form.get("method")) == ("/en/", "get")
    assert len(dom.within(form, "button")) == 1
    fields: list[Element] = [*dom.within(form, "input"), *(e for e in dom.all("input") if e.get("form") == "filters")]
    sent = {
        (str(e.get("name")), str(e.get("value")))
        for e in fields
        if e.get("type") not in ("radio", "checkbox") or e.get("checked") is not None
    }
    assert sent == {("lang", "mn"), ("q", "виз"), ("coverage", ""), ("from", "2026-01-01"), ("to", "")}


def test_chips_lead_to_the_list_without_their_condition(client: Client) -> None:
    dom = page(client, "/mn/?lang=mn&outlet=gogo.mn&q=%D0%B2%D0%B8%D0%B7")
    found = {text(chip): chip.get("href") for chip in dom.all("a", "chip")}
    assert found == {
        "Шүүлтүүр арилгах: Монгол": "/mn/?outlet=gogo.mn&q=%D0%B2%D0%B8%D0%B7",
        "Шүүлтүүр арилгах: GoGo": "/mn/?lang=mn&q=%D0%B2%D0%B8%D0%B7",
        "Шүүлтүүр арилгах: “виз”": "/mn/?lang=mn&outlet=gogo.mn",
    }
    assert dom.one("a", "chips__clear").get("href") == "/mn/"
    assert not page(client, "/mn/?lang=mn").all("a", "chips__clear"), "with one filter its own chip is enough"


def test_outlets_with_their_counts(client: Client) -> None:
    dom = page(client, "/mn/?lang=mn&outlet=gogo.mn")
    listed = [(text(e), "zero" in str(e.get("class"))) for e in dom.within(dom.by_id("outlets"), "li")]
    assert listed == [("GoGo 3", False), ("МОНЦАМЭ 0", True), ("АКИпресс 0", True)]


def test_the_empty_state_names_the_filters_and_what_is_wider(client: Client) -> None:
    dom = page(client, "/en/?lang=mn&outlet=montsame.mn&q=festival")
    assert text(dom.one("h2", "empty__h")) == "No headlines match"
    assert "Mongolian, Montsame and “festival”" in text(dom.one("div", "empty"))
    offers = {text(e): client.get(str(e.get("href"))) for e in dom.within(dom.one("div", "empty"), "a")}
    assert list(offers) == ["Look in both languages"]
    for offer in offers.values():
        assert len(Dom(offer.text).all("li", "row")) == 1


def test_nothing_printed_yet(blank: Client) -> None:
    dom = page(blank, "/mn/")
    assert text(dom.one("h2", "empty__h")) == "Одоогоор мэдээ алга"
    assert not dom.all("table")


def test_older_days_replace_the_button(sqlite_store: Store, ask: Asker) -> None:
    with sqlite_store.writing() as writer:
        writer.put(batch(headline(f"Headline of day {d}", day=DAY.replace(day=d)) for d in range(1, 16)))
    client = ask(sqlite_store)
    dom = page(client, "/en/?lang=en")
    (button,) = dom.within(dom.one("p", "older"), "a")
    assert text(button) == "Older: Thursday 8 January"
    assert button.get("href") == button.get("data-hx-get") == "/en/?lang=en&before=2026-01-09"
    part = page(client, str(button.get("data-hx-get")), HTMX)
    days = [e.get("aria-labelledby") for e in part.all("section", "day")]
    assert days == [f"d2026-01-{d:02d}" for d in range(8, 1, -1)]
    alone = page(client, str(button.get("href")))
    assert text(alone.one("p", "newer")) == "To the newest days"


def test_a_long_day_leads_to_its_page(sqlite_store: Store, ask: Asker) -> None:
    with sqlite_store.writing() as writer:
        writer.put(batch(headline(f"Headline number {i}", day=DAY) for i in range(145)))
    client = ask(sqlite_store)
    more = page(client, "/en/?outlet=montsame.mn").one("li", "row--more")
    (link,) = more.iter("a")
    assert text(more) == "105 more headlines"
    assert link.get("href") == "/en/2026-01-15?lang=en&outlet=montsame.mn"
    assert len(page(client, str(link.get("href"))).all("li", "row")) == 145
    assert text(page(client, "/en/2026-01-15").one("li", "row--more")) == "45 more headlines"


@pytest.mark.parametrize("n", [1, 2])
def test_the_status_line_says_what_came_of_a_change(client: Client, n: int) -> None:
    query = {1: "q=festival", 2: "outlet=akipress.com&q=us"}[n]
    part = page(client, f"/en/?{query}", HTMX)
    status = part.by_id("status")
    assert status.get("data-hx-swap-oob") == "innerHTML"
    assert text(status) == "1 headline"


def test_other_languages_have_their_place(store: Store, ask: Asker) -> None:
    with store.writing() as writer:
        writer.put(
            batch(
                [
                    headline("Мектеп ашылды", "https://kaz.mn/1", language="kk"),
                    headline("Сургууль", "https://gogo.mn/1"),
                ]
            )
        )
    client = ask(store)
    (link,) = [e for e in page(client, "/mn/").all("a") if text(e) == "Казах"]
    assert link.get("href") == "/mn/?lang=kk"
    assert columns(page(client, "/mn/?lang=kk")) == [["Мектеп ашылды"]]
