"""What has come in since: the answer that every open page asks for once a minute; and the calendar of another month."""

import pytest

from app.store import Store
from tests.builders import DAY, batch, headline
from tests.web.asking import Asker, Client
from tests.web.dom import Dom, text


def put(store: Store, *titles: str, outlet: str = "montsame.mn") -> None:
    with store.writing() as writer:
        writer.put(batch(headline(title, outlet=outlet, day=DAY) for title in titles))


def cursor(client: Client, address: str) -> str:
    return str(Dom(client.get(address).text).by_id("news").get("data-address"))


@pytest.mark.parametrize(("ui", "said"), [("en", "2 new headlines Show"), ("mn", "2 шинэ мэдээ Харах")])
def test_a_list_learns_how_many_have_come_in(store: Store, ask: Asker, ui: str, said: str) -> None:
    put(store, "An old one")
    client = ask(store)
    asked = cursor(client, f"/{ui}/")
    assert client.get(asked).status_code == 204
    put(store, "A new one", "Another new one")
    answer = client.get(asked)
    assert answer.status_code == 200
    line = Dom(answer.text).one("a", "newpill")
    assert text(line) == said
    assert line.get("href") == line.get("data-hx-get") == f"/{ui}/"
    assert client.get(cursor(client, f"/{ui}/")).status_code == 204, "whoever has seen them is not told again"


def test_only_what_the_list_would_show_is_news(store: Store, ask: Asker) -> None:
    put(store, "An old one")
    client = ask(store)
    asked = {q: cursor(client, f"/en/{q}") for q in ("?outlet=gogo.mn", "?q=visa", "?lang=mn", "?to=2026-01-14", "")}
    put(store, "Visa rules", outlet="gogo.mn")
    answers = {q: client.get(address).status_code for q, address in asked.items()}
    assert answers == {"?outlet=gogo.mn": 200, "?q=visa": 200, "?lang=mn": 204, "?to=2026-01-14": 204, "": 200}
    assert "outlet=gogo.mn" in client.get(asked["?outlet=gogo.mn"]).text


def test_while_nothing_changes_the_answer_is_not_modified(store: Store, ask: Asker) -> None:
    put(store, "An old one")
    client = ask(store)
    asked = cursor(client, "/en/")
    tag = client.get(asked).headers["etag"]
    assert client.get(asked, {"If-None-Match": tag}).status_code == 304
    put(store, "A new one")
    assert client.get(asked, {"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("query", ["", "?after=", "?after=x", "?after=-1", "?after=1e3", "?after=" + "9" * 19])
def test_a_cursor_that_is_none_is_refused(client: Client, query: str) -> None:
    assert client.get(f"/en/new{query}").status_code == 400


def test_a_page_of_older_days_waits_for_nothing(client: Client) -> None:
    assert not Dom(client.get("/en/?before=2026-01-15").text).all(id="news")


def test_a_calendar_to_leaf_through(client: Client) -> None:
    (back,) = Dom(client.get("/mn/2026-01-15").text).all("a", "cal__leaf")
    assert (back.get("href"), back.get("data-hx-get")) == ("/mn/archive/2024-12", "/mn/calendar/2024-12")
    assert back.get("aria-label") == "Өмнөх сар: 2024 оны арван хоёрдугаар сар"
    month = Dom(client.get("/mn/calendar/2024-12").text)
    (on,) = month.all("a", "cal__leaf")
    assert on.get("data-hx-get") == "/mn/calendar/2026-01"
    assert [text(a) for a in month.within(month.one("tbody"), "a")] == ["19, 1 мэдээ"]


@pytest.mark.parametrize("key", ["2025-12", "2026-13", "2026-01-15", "0000-01"])
def test_a_month_without_headlines_has_no_calendar(client: Client, key: str) -> None:
    assert client.get(f"/en/calendar/{key}").status_code == 404
