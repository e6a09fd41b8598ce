"""The day page: the digest in rank order, the other headlines, what stands beside them."""

import gzip

import pytest

from app.store import Store
from tests.builders import DAY, batch, entry, headline
from tests.web.asking import Asker, Client
from tests.web.dom import Dom, text
from tests.web.paper import ENGLISH, MONGOLIAN


def page(client: Client, address: str) -> Dom:
    response = client.get(address)
    assert response.status_code == 200
    return Dom(response.text)


def test_the_digest_in_its_order(each_client: Client) -> None:
    dom = page(each_client, "/en/2026-01-15")
    assert text(dom.one("h1")) == "Thursday, 15 January 2026"
    assert text(dom.one("p", "dayhead__alt")) == "2026 оны нэгдүгээр сарын 15, пүрэв гараг"
    columns = [dom.within(column, "li", "item") for column in dom.all("section", "col")]
    for items, titles in zip(columns, ([t for t, _, _ in ENGLISH], [t for t, _ in MONGOLIAN]), strict=True):
        assert [text(dom.within(item, "h3")[0]) for item in items] == titles
        assert [text(dom.within(item, "a", "item__no")[0]) for item in items] == [
            str(i) for i in range(1, len(titles) + 1)
        ]
    assert [text(e) for e in dom.within(columns[0][2], "time")] == ["14 Jan"]
    assert "item--lead" in str(columns[0][0].get("class"))


def test_the_edition_decides_which_column_is_first(client: Client) -> None:
    assert [e.get("id") for e in page(client, "/mn/2026-01-15").all("section", "col")] == ["mn", "en"]
    assert [e.get("id") for e in page(client, "/mn/2026-01-15?lang=en").all("section", "col")] == ["en"]


def test_the_other_headlines_follow_by_time(client: Client) -> None:
    dom = page(client, "/mn/2026-01-15")
    others = dom.one("section", "others")
    assert text(dom.within(others, "h2")[0]) == "Өдрийн бусад мэдээ"
    assert [text(e) for e in dom.within(others, "h3")] == [
        "Маргааш ихэнх нутгаар цас орно",
        "Central post office restores its reading room",
    ]


def test_a_day_without_a_digest_is_its_list(client: Client) -> None:
    dom = page(client, "/en/2026-01-14")
    assert not dom.all("li", "item")
    assert not dom.all("section", "others")
    assert [text(e) for e in dom.all("h3")] == [
        "Khuvsgul ice festival moves its opening",
        "INVESTOR PROTECTION CENTER LAUNCHED IN MONGOLIA",
    ]
    assert text(dom.one("p", "rows__none")) == "No headlines in Mongolian on this day."


def test_days_before_and_after(client: Client) -> None:
    newest = page(client, "/en/2026-01-15")
    assert newest.one("a", rel="prev").get("href") == "/en/2026-01-14"
    assert text(newest.one("span", "off")) == "Fri 16 Jan not printed yet"
    middle = page(client, "/en/2026-01-14?lang=mn&q=виз")
    assert middle.one("a", rel="prev").get("href") == "/en/2024-12-19?lang=mn", "the language stays, the words do not"
    assert text(middle.one("a", rel="prev")) == "19 Dec 2024"
    assert middle.one("a", rel="next").get("href") == "/en/2026-01-15?lang=mn"


def test_the_calendar_marks_the_day_and_links_days_with_headlines_only(client: Client) -> None:
    dom = page(client, "/en/2026-01-15")
    cells = dom.within(dom.one("table", "cal"), "td")
    links = {text(a): a.get("href") for cell in cells for a in cell.iter("a")}
    assert links == {"14, 2 headlines": "/en/2026-01-14", "15, 7 headlines": "/en/2026-01-15"}
    assert text(dom.one("a", aria_current="date")) == "15, 7 headlines"
    assert "16" in [text(cell) for cell in cells]


def test_outlets_of_the_day_narrow_it(client: Client) -> None:
    dom = page(client, "/en/2026-01-15")
    tally = dom.one("ul", "tally")
    assert [text(e) for e in dom.within(tally, "li")] == ["GoGo 3", "Montsame 3", "AKIpress 1"]
    address = str(dom.within(tally, "a")[0].get("href"))
    narrowed = page(client, address)
    assert {text(e) for e in narrowed.all("a", "meta__outlet")} == {"GoGo", "AKIpress"}, "AKIpress wrote the article"
    assert len(narrowed.all("li", "item")) == 2
    assert narrowed.one("a", aria_current="true", href="/en/2026-01-15") is not None


def test_the_article_of_the_day(client: Client) -> None:
    dom = page(client, "/mn/2026-01-15")
    article = dom.one("section", "analysis")
    assert text(dom.within(article, "h3")[0]) == "Yongusil 100: Mongolia and the Korean Security Crisis"
    assert "Архиваас" in text(article)
    assert [text(e) for e in dom.within(article, "sup")] == ["1)"]
    (more,) = dom.within(article, "p", "more")
    assert "англи хэлээр" in text(more)


def test_sharing_works_without_script(client: Client) -> None:
    dom = page(client, "/mn/2026-01-15?lang=mn")
    assert dom.by_id("permalink").get("value") == "http://ortoo.test/mn/2026-01-15"
    panel = dom.one("div", "menu__panel")
    targets = [e for e in dom.within(panel, "a") if e.get("rel")]
    assert [text(e) for e in targets] == ["Facebook", "X", "Telegram"]
    for link in targets:
        assert "http%3A%2F%2Fortoo.test%2Fmn%2F2026-01-15" in str(link.get("href"))


def test_a_filter_without_a_match_leads_back_to_the_day(client: Client) -> None:
    dom = page(client, "/en/2026-01-15?q=nothing")
    empty = dom.one("div", "empty")
    assert [e.get("href") for e in dom.within(empty, "a")] == ["/en/2026-01-15"]


def test_a_title_is_shown_as_text_whatever_it_holds(sqlite_store: Store, ask: Asker) -> None:
    title = '<script>alert(1)</script> & "quotes" 2-нд \' {{ 7*7 }}'
    with sqlite_store.writing() as writer:
        writer.put(batch([headline(title), entry(title + "!", 1, outlet="gogo.mn")]))
    client = ask(sqlite_store)
    for address in ("/en/", "/en/2026-01-15", "/en/headlines/1"):
        dom = page(client, address)
        assert title in [text(e) for e in dom.all() if e.tag in ("h1", "h3")]
        data = [e for e in dom.all("script") if e.get("type") == "application/ld+json"]
        assert all(e.get("src") for e in dom.all("script") if e not in data)
        assert not any("<" in text(e) for e in data), "data about a page closes no element"


@pytest.mark.parametrize("ui", ["en", "mn"])
def test_a_day_of_a_hundred_headlines_is_light(sqlite_store: Store, ask: Asker, ui: str) -> None:
    """Under 30 KB compressed, with a digest and long titles in capitals."""
    words = [
        "монгол",
        "улсын",
        "засгийн",
        "газар",
        "хуралдаан",
        "шийдвэр",
        "уул",
        "уурхай",
        "тогтоол",
        "өвөл",
        "хүйтэн",
        "зам",
        "нүүрс",
        "экспорт",
        "хувь",
    ]
    made = [entry(f"ДУЛААНЫ {i} СТАНЦЫН БАРИЛГА УГСРАЛТЫН АЖИЛ {words[i]}", i, language="mn") for i in range(1, 11)]
    made += [entry(f"MONGOLIA REPORTS POSITIVE TRADE BALANCE NUMBER {i} OF 2026", i) for i in range(1, 11)]
    for i in range(80):
        title = " ".join(words[(i * k) % len(words)] for k in range(3, 13)) + f" {i}"
        url = f"https://montsame.mn/mn/read/{i * 7919}"
        made.append(headline(title, url, language="mn" if i % 3 else "en", outlet=["montsame.mn", "gogo.mn"][i % 2]))
    with sqlite_store.writing() as writer:
        writer.put(batch(made))
    response = ask(sqlite_store).get(f"/{ui}/2026-01-15", headers={"Accept-Encoding": "gzip"})
    assert len(Dom(response.text).all("h3")) == 100
    assert gzip.decompress(response.body) == response.content
    assert len(response.body) < 30_000


def test_the_day_is_always_the_day_of_ulaanbaatar(client: Client) -> None:
    dom = page(client, "/en/2026-01-15")
    times = [text(e) for link in dom.all("a", "row__t") for e in dom.within(link, "time")]
    assert times == ["09:20", "12:05"]
    assert [e.get("datetime") for e in dom.one("h1").iter("time")] == [DAY.isoformat()]
