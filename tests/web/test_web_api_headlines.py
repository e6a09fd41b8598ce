"""`/api/v1/headlines`: each headline once, newest first, page by page, under the filters of the pages."""

from datetime import timedelta
from itertools import pairwise
from typing import Any
from urllib.parse import quote

import pytest

from app.store import Store
from tests.builders import DAY, entry, headline, put
from tests.web.asking import Asker, Client
from tests.web.dom import Dom
from tests.web.paper import YESTERDAY, at, print_paper

LIST = "/api/v1/headlines"


def walked(client: Client, query: str = "", limit: int = 3) -> list[dict[str, Any]]:
    """Every item of a list, page by page."""
    found: list[dict[str, Any]] = []
    cursor = ""
    for _ in range(100):
        told = client.get(f"{LIST}?limit={limit}{query}{cursor}").json()
        assert len(told["items"]) <= limit
        found += told["items"]
        if told["next"] is None:
            return found
        assert len(told["items"]) == limit, "only the last part may be short"
        cursor = f"&cursor={told['next']}"
    raise AssertionError("the list does not end")


def ids(items: list[dict[str, Any]]) -> list[int]:
    return [item["id"] for item in items]


def test_each_headline_is_there_once_newest_first(each_client: Client) -> None:
    whole = each_client.get(LIST).json()
    assert whole["next"] is None
    assert len(ids(whole["items"])) == len(set(ids(whole["items"]))) == 9, "the two columns, as on the pages"
    keys = [(item["day"], item["published_at"] or "", item["id"]) for item in whole["items"]]
    assert [key[0] for key in keys] == sorted((key[0] for key in keys), reverse=True)
    timed = [item for item in whole["items"] if item["published_at"]]
    assert all(a["day"] > b["day"] or a["published_at"] >= b["published_at"] for a, b in pairwise(timed))


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 8, 9, 10])
def test_pages_join_to_the_whole(each_client: Client, limit: int) -> None:
    assert walked(each_client, limit=limit) == each_client.get(LIST).json()["items"]


def test_what_an_item_says(client: Client) -> None:
    (item,) = client.get(f"{LIST}?q=investor").json()["items"]
    number = item["id"]
    assert item == {
        "id": number,
        "day": "2026-01-15",
        "language": "en",
        "rank": 3,
        "position": 3,
        "title": "INVESTOR PROTECTION CENTER LAUNCHED IN MONGOLIA",
        "url": None,
        "outlet": {"domain": "montsame.mn", "name": "Montsame", "name_mn": "МОНЦАМЭ"},
        "host": "montsame.mn",
        "published": "2026-01-14",
        "published_at": None,
        "honesty": "date-only",
        "updated_at": "2026-01-15T09:00:00Z",
        "digests": [{"day": "2026-01-15", "language": "en", "position": 3, "rank": 3}],
        "coverage": "en",
        "story": None,
        "permalinks": {
            "en": f"http://ortoo.test/en/headlines/{number}",
            "mn": f"http://ortoo.test/mn/headlines/{number}",
        },
    }


def test_a_mongolian_digest_prints_no_rank(client: Client) -> None:
    (item,) = client.get(f"{LIST}?q={quote('тойрог')}").json()["items"]
    assert (item["rank"], item["position"], item["language"]) == (None, 2, "mn")


def test_an_instant_is_utc(client: Client) -> None:
    (item,) = client.get(f"{LIST}?q=khuvsgul").json()["items"]
    assert item["published"] == item["published_at"] == "2026-01-14T09:45:00Z"
    assert item["honesty"] == "declared"


@pytest.mark.parametrize("day", ["2026-01-15", "2026-01-14", "2024-12-19"])
@pytest.mark.parametrize("filters", ["", "lang=mn", "outlet=gogo.mn&outlet=montsame.mn", "q=visa", "lang=kk&lang=und"])
def test_a_day_has_what_its_page_has(each_client: Client, day: str, filters: str) -> None:
    page = Dom(each_client.get(f"/en/{day}?{filters}".rstrip("?")).text)
    linked = {link.get("href") or "" for link in page.all("a")}
    shown = {int(href.rpartition("/")[2]) for href in linked if href.startswith("/en/headlines/")}
    told = each_client.get(f"{LIST}?day={day}&{filters}").json()["items"]
    assert set(ids(told)) == shown
    assert {item["day"] for item in told} <= {day}
    assert each_client.get(f"{LIST}?from={day}&to={day}&{filters}").json()["items"] == told


def test_other_languages_are_there_when_named(client: Client) -> None:
    assert {item["language"] for item in walked(client)} == {"en", "mn"}
    assert [item["language"] for item in walked(client, "&lang=kk")] == ["kk"]


def test_a_list_stands_still_while_headlines_come_in(store: Store, ask: Asker) -> None:
    print_paper(store)
    client = ask(store)
    before = ids(walked(client))
    seen: list[int] = []
    cursor = ""
    for n in range(len(before)):
        told = client.get(f"{LIST}?limit=1{cursor}").json()
        seen += ids(told["items"])
        cursor = f"&cursor={told['next']}"
        put(store, headline(f"Newer {n}", f"https://gogo.mn/{n}", at=at(23, n, DAY)))
    assert seen == before


def test_a_headline_of_two_digests_stands_under_the_first(store: Store, ask: Asker) -> None:
    tomorrow = DAY + timedelta(days=1)
    put(store, entry("Carried on", 1, day=YESTERDAY))
    put(store, entry("Carried on", 2, digest=tomorrow, day=YESTERDAY))
    client = ask(store)
    (item,) = client.get(LIST).json()["items"]
    assert (item["day"], item["position"]) == ("2026-01-15", 1)
    assert [place["day"] for place in item["digests"]] == ["2026-01-15", "2026-01-16"]
    (later,) = client.get(f"{LIST}?from=2026-01-16").json()["items"]
    assert (later["day"], later["position"], later["rank"]) == ("2026-01-16", 2, 2)
    (own,) = client.get(f"{LIST}?to=2026-01-14").json()["items"]
    assert (own["day"], own["position"], own["rank"]) == ("2026-01-14", None, None)


def test_fields_choose_members(client: Client) -> None:
    for item in client.get(f"{LIST}?fields=title,%20digests").json()["items"]:
        assert set(item) == {"id", "title", "digests"}
    whole = client.get(LIST).json()["items"]
    ranks = client.get(f"{LIST}?fields=rank").json()["items"]
    assert ranks == [{"id": item["id"], "rank": item["rank"]} for item in whole]


def test_one_headline_with_its_past(store: Store, ask: Asker) -> None:
    address = "https://montsame.mn/en/read/1"
    first = "Parliament of Mongolia approves the new budget for the coming year after long debate"
    second = "Parliament of Mongolia approves the new state budget for the coming year after long debate"
    put(store, headline(first, address, at=at(9, 0, DAY)), origin="https://montsame.mn/rss?key=hunter2")
    put(store, headline(second, address, at=at(9, 0, DAY)), origin="/var/secret/digest.txt")
    put(store, headline(second, "https://gogo.mn/5", outlet="gogo.mn", at=at(10, 0, DAY)))
    told = ask(store).get(f"{LIST}/1").json()
    assert told["title"] == second
    assert told["canonical_url"] == address
    assert [(edit["before"], edit["after"], edit["origin"]) for edit in told["edits"]] == [
        (first, second, "digest.txt")
    ]
    assert {seen["origin"] for seen in told["sightings"]} == {"montsame.mn/rss", "digest.txt"}
    assert [near["outlet"]["domain"] for near in told["near_duplicates"]] == ["gogo.mn"]
    assert told["first_seen_at"] == "2026-01-15T09:00:00Z"
    assert told["stated"] is None


def test_a_date_that_is_not_believed_is_told(store: Store, ask: Asker) -> None:
    put(store, headline("From the future", "https://gogo.mn/1", outlet="gogo.mn", stated=DAY + timedelta(days=90)))
    assert ask(store).get(f"{LIST}/1").json()["stated"] == "2026-04-15"


def test_signs_without_a_word_are_found_nowhere(client: Client) -> None:
    assert client.get(f"{LIST}?q=%21%3F").json() == {"items": [], "next": None}
