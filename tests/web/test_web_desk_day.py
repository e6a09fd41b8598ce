"""The day at the desk, over HTTP: order, publication, adding, pasting, hiding, undo; two editors at once."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest

from app.model.fetch import Fetched, FetchState
from app.pipeline.scheduled import publish_due
from app.settings import Settings
from app.store import Store
from app.store.counts import kept, recount
from app.web.app import create_app
from tests.builders import DAY, NOW, rows
from tests.web.asking import Client
from tests.web.dom import Dom
from tests.web.paper import print_paper
from tests.web.seated import Browser, add_people, backstage

PAGE = "/desk/en/days/2026-01-15"
PAPER = "/en/2026-01-15"


class Page:
    """What stands at an address, for the guarded fetcher's place."""

    def __init__(self) -> None:
        self.html = b"<title>Train &amp; bus fares rise</title>"
        self.asked: list[str] = []

    def fetch(self, url: str, **_: Any) -> Fetched:
        self.asked.append(url)
        if "down" in url:
            return Fetched(FetchState.TIMEOUT, url, url, NOW, error="It did not answer.")
        return Fetched(FetchState.OK, url, url, NOW, 200, self.html, "text/html; charset=utf-8")


@pytest.fixture
def page() -> Page:
    return Page()


@pytest.fixture
def client(sqlite_store: Store, page: Page) -> Iterator[Client]:
    @contextmanager
    def fetching() -> Iterator[Page]:
        yield page

    add_people(sqlite_store)
    print_paper(sqlite_store)
    with Client(create_app(Settings(), sqlite_store, lambda: NOW, backstage(fetching=fetching))) as opened:
        yield opened


@pytest.fixture
def editor(client: Client) -> Browser:
    browser = Browser(client)
    browser.sign_in("editor")
    return browser


def seen(browser: Browser, page: str = PAGE) -> str:
    found = re.search(r'name="seen" value="([^"]+)"', browser.get(page).text)
    assert found
    return found[1]


def act(browser: Browser, do: str, headline: int = 0, language: str = "en", **more: str) -> Any:
    fields = {"do": do, "headline": headline, "language": language, "seen": more.pop("seen", "") or seen(browser)}
    return browser.submit(PAGE, {**fields, **more})


def order(store: Store, language: str = "en") -> list[int]:
    with store.reading() as reader:
        return [slot.id for slot in reader.desk_digests.digest(DAY).columns[language]]


def numbers(store: Store, *beginnings: str) -> list[int]:
    found = {row["title"]: row["id"] for row in rows(store, "headlines")}
    return [next(n for title, n in found.items() if title.startswith(b)) for b in beginnings]


@pytest.mark.parametrize("ui", ["en", "mn"])
@pytest.mark.parametrize(
    "rest", ["", "/days/2026-01-15", "/days/2026-01-15/add", "/days/2026-01-15/paste", "/headlines/1"]
)
def test_pages_are_valid_in_both_languages(editor: Browser, ui: str, rest: str) -> None:
    answer = editor.get(f"/desk/{ui}{rest}")
    assert answer.status_code == 200
    Dom(answer.text)


def test_buttons_order_the_digest_as_readers_see_it(editor: Browser, sqlite_store: Store) -> None:
    one, two, last = order(sqlite_store)
    act(editor, "down", one)
    assert order(sqlite_store) == [two, one, last]
    act(editor, "first", last)
    act(editor, "to", two, place="3")
    assert order(sqlite_store) == [last, one, two]
    paper = editor.get(PAPER).text
    assert paper.index("INVESTOR PROTECTION") < paper.index("US PAUSES") < paper.index("GOVERNMENT TO UPDATE")


def test_what_is_pinned_stays_on_top(editor: Browser, sqlite_store: Store) -> None:
    one, two, last = order(sqlite_store)
    act(editor, "pin", last)
    assert order(sqlite_store) == [last, one, two]
    act(editor, "first", two)
    assert order(sqlite_store) == [last, two, one]
    act(editor, "unpin", last)
    act(editor, "first", one)
    assert order(sqlite_store) == [one, last, two]


def test_headlines_come_into_the_digest_and_go_out_of_it(editor: Browser, sqlite_store: Store) -> None:
    one, two, last = order(sqlite_store)
    (office,) = numbers(sqlite_store, "Central post")
    act(editor, "in", office)
    act(editor, "out", two)
    assert order(sqlite_store) == [one, last, office]
    assert "not-there" in act(editor, "out", two).headers["location"]
    assert "not-there" in act(editor, "explode", one).headers["location"]
    with sqlite_store.reading() as reader:
        assert kept(reader._connection) == recount(reader._connection)


def test_undo_goes_back_step_by_step(editor: Browser, sqlite_store: Store) -> None:
    before = order(sqlite_store)
    act(editor, "down", before[0])
    act(editor, "out", before[2])
    act(editor, "undo")
    assert len(order(sqlite_store)) == 3
    act(editor, "undo")
    assert order(sqlite_store) == before
    assert "nothing-to-undo" in act(editor, "undo").headers["location"]


def test_the_second_of_two_editors_sees_the_firsts_change_and_loses_nothing(
    editor: Browser, client: Client, sqlite_store: Store
) -> None:
    one, two, last = order(sqlite_store)
    other = Browser(client)
    other.sign_in("admin")
    token = seen(other)
    act(editor, "down", one)
    answer = act(other, "out", last, seen=token)
    assert answer.status_code == 409
    assert "editor was faster: changed the order," in answer.text
    assert order(sqlite_store) == [two, one, last], "nothing was changed"
    form = answer.text.split('class="said said--bad"')[1].split("</form>")[0]
    fields = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form))
    assert other.post(PAGE, fields).status_code == 303
    assert order(sqlite_store) == [two, one], "both changes are there"


def test_a_digest_is_withdrawn_published_and_scheduled(editor: Browser, sqlite_store: Store) -> None:
    act(editor, "unpublish")
    assert 'id="h1"' not in editor.get(PAPER).text
    assert "Readers do not see this digest" in editor.get(PAGE).text
    assert "instant" in act(editor, "schedule", at="2020-01-01T00:00").headers["location"]
    assert "instant" in act(editor, "schedule", at="soon").headers["location"]
    assert "scheduled" in act(editor, "schedule", at="2026-01-15T18:00").headers["location"]
    assert "2026-01-15T18:00+08:00" in editor.get("/desk/en").text
    assert publish_due(sqlite_store, NOW + timedelta(minutes=59)) == ()
    assert publish_due(sqlite_store, NOW + timedelta(hours=1)) == (DAY,)
    assert publish_due(sqlite_store, NOW + timedelta(hours=2)) == ()
    assert "Readers see this digest" in editor.get(PAGE).text


def test_an_empty_digest_cannot_be_published(editor: Browser) -> None:
    empty = "/desk/en/days/2026-01-01"
    answer = editor.submit(empty, {"do": "publish", "seen": seen(editor, empty)})
    assert "said=empty" in answer.headers["location"]


def test_a_hidden_headline_is_nowhere_and_comes_back(editor: Browser, sqlite_store: Store) -> None:
    one = order(sqlite_store)[0]
    page = f"/desk/en/headlines/{one}"
    assert "said=reason" in editor.submit(page, {"do": "hide"}).headers["location"]
    editor.submit(page, {"do": "hide", "reason": "An <b>advert</b>"})
    for address in (PAPER, "/en/", "/en.atom", f"{PAPER}.json", "/en/search?q=visa", "/api/v1/headlines?limit=100"):
        assert "US PAUSES" not in editor.get(address).text, address
    assert editor.get(f"/en/headlines/{one}").status_code == 404
    assert editor.get(f"/api/v1/headlines/{one}").status_code == 404
    assert "An &lt;b&gt;advert&lt;/b&gt;" in editor.get(page).text
    editor.submit(page, {"do": "show"})
    assert "US PAUSES" in editor.get(PAPER).text


def test_a_correction_is_shown_with_its_note_and_with_what_was_published(editor: Browser, sqlite_store: Store) -> None:
    (number,) = numbers(sqlite_store, "Central post")
    page = f"/desk/en/headlines/{number}"
    fields = {
        "do": "correct",
        "title": "Central post office opens its reading room",
        "language": "en",
        "outlet": "montsame.mn",
        "day": "2026-01-15",
        "url": "https://montsame.mn/en/read/1",
        "note": "The outlet’s title was <script>wrong</script>.",
    }
    for wrong, reason in (({"title": " "}, "title"), ({"day": "2026-02-31"}, "day"), ({"language": "?"}, "language")):
        assert editor.submit(page, fields | wrong).status_code == 422, reason
    assert editor.submit(page, fields | {"url": "javascript:alert(1)"}).status_code == 422
    assert "saved" in editor.submit(page, fields).headers["location"]
    assert "same" in editor.submit(page, fields).headers["location"]
    told = editor.get(f"/en/headlines/{number}").text
    assert "opens its reading room" in told
    assert "restores its reading room" in told
    assert "<script>wrong" not in told
    assert "wrong" in told
    assert "restores" not in editor.get(PAPER).text
    assert "its reading room" in editor.get("/en/search?q=opens").text
    assert editor.submit(page, fields | {"title": "Older form", "seen": "1000000000"}).status_code == 409


def test_everything_is_in_the_audit(editor: Browser, sqlite_store: Store) -> None:
    one, _, last = order(sqlite_store)
    act(editor, "down", one)
    act(editor, "pin", last)
    act(editor, "undo")
    told = [(row["who"], row["action"]) for row in rows(sqlite_store, "audit") if row["kind"] == "day"]
    assert told == [("editor", "order"), ("editor", "pin"), ("editor", "undo")]
    (entry,) = [row for row in rows(sqlite_store, "audit") if row["action"] == "order"]
    assert entry["before"]["columns"]["en"][0] == one
