"""One headline's page: what is known of it, in plain words, in both editions."""

from datetime import timedelta

import pytest

from app.model.headline import Honesty
from app.store import Store
from tests.builders import DAY, NOW, headline, put
from tests.web.asking import Asker, Client
from tests.web.dom import Dom, text

URL = "https://montsame.mn/mn/read/1"
WIRE = "Монгол Улс Оюутолгойн гэрээний 5 дахь хэлэлцээг үргэлжлүүлж байна"


def told(store: Store, ask: Asker, ui: str = "en") -> Dom:
    put(store, headline(WIRE.replace("5", "4"), URL, at=NOW, language="mn"), origin="https://montsame.mn/rss?token=1")
    put(store, headline(WIRE, URL, at=NOW, language="mn"), origin="feed.xml", at=NOW + timedelta(hours=1))
    put(store, headline(WIRE.upper(), "https://gogo.mn/1", outlet="gogo.mn", at=NOW, language="mn"))
    return Dom(ask(store).get(f"/{ui}/headlines/1").text)


@pytest.mark.parametrize(("ui", "added", "removed"), [("en", "Added:", "Removed:"), ("mn", "Нэмсэн:", "Хассан:")])
def test_an_edit_is_shown_word_by_word(store: Store, ask: Asker, ui: str, added: str, removed: str) -> None:
    dom = told(store, ask, ui)
    assert text(dom.one("del")) == f"{removed} 4"
    assert text(dom.one("ins")) == f"{added} 5"
    whole = dom.one("p", "edit")
    assert whole.get("lang") == "mn"
    (when,) = dom.within(dom.one("ol", "edits"), "time")
    assert when.get("datetime") == "2026-01-15T18:00+08:00"
    assert "feed.xml" in text(dom.one("ol", "edits"))


def test_where_it_was_seen_and_where_else_it_stands(store: Store, ask: Asker) -> None:
    dom = told(store, ask)
    seen = text(dom.one("ul", "seen"))
    assert "montsame.mn/rss" in seen
    assert "token" not in seen, "a query may hold a key"
    (near,) = dom.within(dom.one("ol", "rows"), "h3")
    assert text(near) == WIRE.upper()


def test_how_to_cite_it(store: Store, ask: Asker) -> None:
    dom = told(store, ask)
    assert text(dom.one("p", "citation")) == (
        f"Montsame. “{WIRE}”. 15 January 2026. {URL}. Found through Örtöö: http://ortoo.test/en/headlines/1"
    )


DATES = [
    ({"at": NOW}, "time zone", "цагийн бүстэй нь"),
    ({"at": NOW, "honesty": Honesty.ZONE_ASSUMED}, "Ulaanbaatar time", "Улаанбаатарын цаг"),
    ({}, "the day, but no time", "зөвхөн өдрийг"),
    ({"honesty": Honesty.FIRST_SEEN}, "first seen", "анх харагдсан өдөр"),
    ({"honesty": Honesty.FIRST_SEEN, "stated": "2027-03-04"}, "4 March 2027", "2027"),
]


@pytest.mark.parametrize(("date", "english", "mongolian"), DATES)
def test_how_far_a_date_can_be_trusted(
    store: Store, ask: Asker, date: dict[str, object], english: str, mongolian: str
) -> None:
    put(store, headline("A title", URL, **date))  # type: ignore[arg-type]
    for ui, words in (("en", english), ("mn", mongolian)):
        assert words in text(Dom(ask(store).get(f"/{ui}/headlines/1").text).one("span", "honesty"))


def test_titles_and_addresses_are_text_whatever_they_hold(store: Store, ask: Asker) -> None:
    bad = "<img src=x onerror=alert(1)>"
    put(store, headline(f"Before {bad}", URL), origin=f"{bad}.xml")
    put(store, headline(f"After {bad} <del>", URL, title_given=f"After {bad}\\u202e"), origin="x.xml")
    markup = ask(store).get("/en/headlines/1").text
    assert "<img" not in markup
    Dom(markup)


def test_lists_lead_to_it(client: Client) -> None:
    dom = Dom(client.get("/en/").text)
    links = {link.get("href") for cls in ("row__t", "item__no") for link in dom.all("a", cls)}
    assert links
    assert all(str(link).startswith("/en/headlines/") for link in links)
    assert len(dom.all("h3")) == len(dom.all("a", "row__t")) + len(dom.all("a", "item__no"))
    assert DAY.isoformat() in client.get(sorted(map(str, links))[0]).text
