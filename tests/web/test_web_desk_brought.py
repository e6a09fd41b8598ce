"""What is brought to a day at the desk: a headline by its address or by hand, a pasted digest."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from app.model.fetch import Fetched, FetchState
from app.settings import Settings
from app.store import Store
from app.web.app import create_app
from tests.builders import DAY, NOW, rows
from tests.web.asking import Client
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


def test_a_headline_is_added_by_its_address_after_a_look(editor: Browser, sqlite_store: Store, page: Page) -> None:
    add = f"{PAGE}/add"
    looked = editor.submit(add, {"do": "look", "url": "https://ikon.mn/n/1", "day": "2026-01-15"})
    assert page.asked == ["https://ikon.mn/n/1"]
    assert 'value="Train &amp; bus fares rise"' in looked.text
    fields = {"do": "add", "url": "https://ikon.mn/n/1", "title": "Fares rise", "day": "2026-01-15", "into": "1"}
    assert "added" in editor.submit(add, fields).headers["location"]
    (number,) = numbers(sqlite_store, "Fares rise")
    assert order(sqlite_store)[-1] == number
    assert "added" in editor.submit(add, fields).headers["location"]
    assert order(sqlite_store).count(number) == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"do": "look", "url": "https://ikon.mn/down"}, "could not be read"),
        ({"do": "look", "url": "file:///etc/passwd"}, "no address"),
        ({"do": "add", "title": "", "outlet": "ikon.mn"}, "A title is needed"),
        ({"do": "add", "title": "Fares rise"}, "not the host of an outlet"),
        ({"do": "add", "title": "Fares rise", "outlet": "ikon.mn", "day": "yesterday"}, "no day"),
    ],
)
def test_what_cannot_be_a_headline_is_said(editor: Browser, fields: dict[str, str], words: str) -> None:
    answer = editor.submit(f"{PAGE}/add", {"day": "2026-01-15", **fields})
    assert answer.status_code == 422
    assert words in answer.text


def test_a_headline_by_hand_in_mongolian(editor: Browser, sqlite_store: Store) -> None:
    fields = {"do": "add", "title": "Хөвсгөлд цас оров", "outlet": "gogo.mn", "language": "mn", "day": "2026-01-15"}
    editor.submit(f"{PAGE}/add", fields | {"into": "1"})
    (number,) = numbers(sqlite_store, "Хөвсгөлд")
    assert order(sqlite_store, "mn")[-1] == number


EARLIER = """1 ONE THAT GOES WWW.MONTSAME.MN PUBLISHED:2026/01/15
2 GOVERNMENT TO UPDATE NATIONAL E-SERVICES REGISTRY NEXT MONTH WWW.MONTSAME.MN PUBLISHED:2026/01/15
"""
TEXT = """1 GOVERNMENT TO UPDATE NATIONAL E-SERVICES REGISTRY NEXT MONTH WWW.MONTSAME.MN PUBLISHED:2026/01/15
2 A BRAND NEW HEADLINE WWW.MONTSAME.MN PUBLISHED:2026/01/15
3 ONE WITH A BAD DATE WWW.MONTSAME.MN PUBLISHED:2026/13/45
"""


def test_a_pasted_digest_is_shown_line_by_line_with_its_differences_then_applied_and_undone(
    editor: Browser, sqlite_store: Store
) -> None:
    paste = f"{PAGE}/paste"
    first = editor.submit(paste, {"do": "preview", "text": EARLIER})
    token = re.search(r'name="seen" value="([^"]+)"', first.text)
    assert token
    editor.submit(paste, {"do": "apply", "text": EARLIER, "seen": token[1]})
    before = order(sqlite_store)
    shown = editor.submit(paste, {"do": "preview", "text": TEXT})
    assert shown.status_code == 200
    assert "not understood" in shown.text
    assert "goes out" in shown.text
    assert "from place 2" in shown.text
    assert order(sqlite_store) == before, "a preview keeps nothing"
    assert len(rows(sqlite_store, "rejections")) == 0
    token = re.search(r'name="seen" value="([^"]+)"', shown.text)
    assert token
    editor.submit(paste, {"do": "apply", "text": TEXT, "seen": token[1]})
    update, new = before[1], numbers(sqlite_store, "A BRAND NEW")[0]
    assert order(sqlite_store) == [update, new]
    assert len(rows(sqlite_store, "rejections")) == 1, "what was not understood is kept"
    stale = editor.submit(paste, {"do": "apply", "text": TEXT, "seen": token[1]})
    assert stale.status_code == 409
    assert "A BRAND NEW HEADLINE" in stale.text, "the text is not lost"
    act(editor, "undo")
    assert order(sqlite_store) == before
    assert "Nothing of this text" in editor.submit(paste, {"do": "preview", "text": "hello"}).text
