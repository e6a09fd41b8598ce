"""Stories over the API, and what headlines and feeds say of them."""

from datetime import timedelta
from typing import Any

import pytest
from lxml import etree

from app.model.linking import Link
from app.store import Store
from tests.builders import DAY, NOW, headline, results
from tests.web.asking import Asker, Client
from tests.web.feed_rules import faults
from tests.web.paper import ENGLISH, MONGOLIAN
from tests.web.told import print_told_paper

LIST = "/api/v1/stories"
SITE = "http://ortoo.test"
ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture
def numbers(store: Store) -> dict[str, int]:
    """The sample with two stories; title -> number."""
    return print_told_paper(store)


@pytest.fixture
def reader(store: Store, numbers: dict[str, int], ask: Asker) -> Client:
    assert numbers
    return ask(store)


def item(client: Client, query: str) -> dict[str, Any]:
    (told,) = client.get(f"/api/v1/headlines?{query}").json()["items"]
    assert isinstance(told, dict)
    return told


def test_the_week_by_how_many_tell_it(reader: Client) -> None:
    told = reader.get(LIST).json()
    assert told["next"] is None
    both, english = told["items"]
    if both["coverage"] != "both":
        both, english = english, both
    assert (both["headlines"], [outlet["domain"] for outlet in both["outlets"]]) == (2, ["akipress.com", "gogo.mn"])
    assert [lead["title"] for lead in both["leads"]] == [ENGLISH[0][0], MONGOLIAN[0][0]]
    assert (english["coverage"], [lead["language"] for lead in english["leads"]]) == ("en", ["en"])
    assert both["permalinks"]["mn"] == f"{SITE}/mn/stories/{both['id']}"
    assert reader.get(both["permalinks"]["en"].removeprefix(SITE)).status_code == 200


@pytest.mark.parametrize(
    ("days", "n"),
    [
        ("day=2026-01-15", 2),
        ("from=2026-01-09", 2),
        ("to=2026-01-15", 2),
        ("to=2026-01-14", 0),
        ("from=2026-01-16", 0),
        ("from=2000-01-01&to=2100-01-01", 2),
        ("to=0001-01-01", None),
    ],
)
def test_days(reader: Client, days: str, n: int | None) -> None:
    answer = reader.get(f"{LIST}?{days}")
    if n is None:
        assert answer.status_code == 400
    else:
        assert len(answer.json()["items"]) == n


def test_one_story_with_its_reasons(reader: Client, numbers: dict[str, int]) -> None:
    number = item(reader, "q=immigrant")["story"]["id"]
    told = reader.get(f"{LIST}/{number}").json()
    by_id = {one["headline"]["id"]: one for one in told["members"]}
    english, mongolian = numbers[ENGLISH[0][0]], numbers[MONGOLIAN[0][0]]
    assert by_id[english]["evidence"] is None
    assert by_id[mongolian]["evidence"] == {
        "other": english,
        "similarity": 0.91,
        "numbers": [75.0],
        "months": [1],
        "names": [["trump", "трамп"]],
        "words": [["visa", "виз"]],
    }
    possible = by_id[numbers["Visa halt worries students"]]
    assert (possible["level"], possible["decided_by"], possible["score"]) == ("possible", "machine", 0.4)
    assert told["headlines"] == 2


def test_what_a_headline_says_of_its_story(reader: Client, numbers: dict[str, int]) -> None:
    told = reader.get(f"/api/v1/headlines/{numbers[MONGOLIAN[0][0]]}").json()
    assert told["coverage"] == "both"
    assert (told["story"]["headlines"], told["story"]["outlets"]) == (2, 2)
    assert told["story"]["permalinks"]["en"] == f"{SITE}/en/stories/{told['story']['id']}"
    possible = item(reader, "q=worries")
    assert (possible["coverage"], possible["story"]) == ("en", None)
    assert item(reader, "lang=kk")["coverage"] is None
    day = reader.get("/api/v1/days/2026-01-15").json()
    assert {one["coverage"] for column in day["columns"] for one in column["digest"]} == {"both", "en", "mn"}
    assert reader.get("/api/v1/headlines?fields=story&limit=1").json()["items"][0].keys() == {"id", "story"}


@pytest.mark.parametrize("coverage", ["both", "mn", "en"])
def test_headlines_by_where_they_are_told(reader: Client, coverage: str) -> None:
    everything = reader.get("/api/v1/headlines?limit=200").json()["items"]
    told = reader.get(f"/api/v1/headlines?limit=200&coverage={coverage}").json()["items"]
    assert told == [one for one in everything if one["coverage"] == coverage]
    assert told


@pytest.mark.parametrize("value", ["all", "BOTH", "both&coverage=en"])
def test_a_coverage_that_there_is_not(reader: Client, value: str) -> None:
    answer = reader.get(f"/api/v1/headlines?coverage={value}")
    assert (answer.status_code, answer.json()["name"]) == (400, "coverage")


def many(store: Store, n: int = 9) -> None:
    """So many stories on one day, told by one to three outlets."""
    for k in range(n):
        outlets = ("montsame.mn", "gogo.mn", "ikon.mn")[: k % 3 + 1]
        made = [headline(f"Event {k} by {o}", f"https://{o}/{k}", outlet=o) for o in outlets]
        made.append(headline(f"Event {k} again", f"https://montsame.mn/again/{k}"))
        first, *others = [result.headline_id or 0 for result in results(store, *made)]
        with store.writing() as writer:
            writer.stories.link([Link(other, first) for other in others], NOW)


@pytest.mark.parametrize("limit", [1, 2, 4, 9, 10])
def test_pages_join_to_the_whole(store: Store, ask: Asker, limit: int) -> None:
    many(store)
    client = ask(store)
    whole = client.get(f"{LIST}?limit=200").json()["items"]
    keys = [(len(one["outlets"]), one["headlines"], one["last_at"], one["id"]) for one in whole]
    assert keys == sorted(keys, reverse=True)
    assert len(whole) == 9
    found, cursor = [], ""
    while True:
        told = client.get(f"{LIST}?limit={limit}{cursor}").json()
        found += told["items"]
        if told["next"] is None:
            break
        cursor = f"&cursor={told['next']}"
    assert found == whole


def test_a_list_keeps_its_days_while_the_next_day_begins(store: Store, ask: Asker) -> None:
    many(store)
    client = ask(store)
    first = client.get(f"{LIST}?limit=5").json()
    results(store, headline("Weeks later", "https://gogo.mn/later", day=DAY + timedelta(days=30)))
    rest = client.get(f"{LIST}?limit=50&cursor={first['next']}").json()
    assert len(rest["items"]) == 4
    assert client.get(LIST).json()["items"] == []


@pytest.mark.parametrize("address", ["/0", "/99", "/x", "/1x", "/" + "9" * 19, "/-1", "/%D9%A1"])
def test_no_such_story(reader: Client, address: str) -> None:
    answer = reader.get(LIST + address)
    assert (answer.status_code, answer.json()["kind"]) == (404, "story")


@pytest.mark.parametrize("query", ["cursor=x", "limit=0", "from=2026-02-30", "from=2026-01-02&to=2026-01-01", "q=visa"])
def test_wrong_parameters(reader: Client, query: str) -> None:
    assert reader.get(f"{LIST}?{query}").status_code == 400


def test_the_cursor_of_another_list_is_refused(store: Store, ask: Asker) -> None:
    many(store, 3)
    client = ask(store)
    cursor = client.get("/api/v1/headlines?limit=1").json()["next"]
    assert client.get(f"{LIST}?cursor={cursor}").status_code == 400


def test_a_merged_story_leads_to_the_one_it_is_part_of(store: Store, numbers: dict[str, int], ask: Asker) -> None:
    english, room = numbers[ENGLISH[0][0]], numbers["Central post office restores its reading room"]
    with store.writing() as writer:
        kept = writer.stories.merge([room, english], "editor", NOW)
    client = ask(store)
    told = [client.get(f"{LIST}/{number}").json() for number in (1, 2)]
    assert told[0] == told[1]
    assert (told[0]["id"], told[0]["headlines"]) == (kept, 4)


def test_feeds_name_the_story(reader: Client, numbers: dict[str, int]) -> None:
    number = numbers[ENGLISH[0][0]]
    story = f"{SITE}/mn/stories/1"
    for page in ("/mn", "/mn/2026-01-15"):
        feed = etree.fromstring(reader.get(f"{page}.atom").content)
        (entry,) = [
            e for e in feed.findall("a:entry", ATOM) if str(e.findtext("a:id", "", ATOM)).endswith(f"/{number}")
        ]
        assert story in [link.get("href") for link in entry.findall("a:link[@rel='related']", ATOM)]
        terms = [(c.get("scheme"), c.get("term")) for c in entry.findall("a:category", ATOM)]
        assert (f"{SITE}/mn/stories", "1") in terms
        rss = etree.fromstring(reader.get(f"{page}.rss").content)
        (first,) = [i for i in rss.iter("item") if str(i.findtext("guid")).endswith(f"/{number}")]
        assert [c.text for c in first.findall("category") if c.get("domain") == story] == ["1"]
        told = reader.get(f"{page}.json").json()
        assert faults(told) == []
        by_id = {one["id"].rpartition("/")[2]: one["_ortoo"].get("story") for one in told["items"]}
        assert by_id[str(number)] == {"id": 1, "page": story, "headlines": 2, "outlets": 2, "coverage": "both"}
        assert by_id[str(numbers["Visa halt worries students"])] is None


def test_the_files_of_a_day_without_a_digest_have_the_order_of_its_page(store: Store, ask: Asker) -> None:
    many(store)
    client = ask(store)
    page = client.get(f"/en/{DAY}").text
    titles = [one["title"] for one in client.get(f"/en/{DAY}.json").json()["items"]]
    assert titles == sorted(titles, key=lambda title: page.index(f">{title}<"))
    assert {one["_ortoo"]["rank"] for one in client.get(f"/en/{DAY}.json").json()["items"]} == {None}
    assert "DIGEST" not in client.get(f"/en/{DAY}.txt").text
