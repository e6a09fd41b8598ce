"""Stories on the pages: the mark beside a headline, the story's page, the week, a day's coverage, readers' words."""

import pytest

from app.store import Store
from tests.builders import NOW
from tests.web.asking import Asker, Client
from tests.web.paper import ENGLISH, MONGOLIAN
from tests.web.told import print_told_paper

VISA_EN, VISA_MN = ENGLISH[0][0], MONGOLIAN[0][0]
DAY = "/en/2026-01-15"


@pytest.fixture
def told(store: Store, ask: Asker) -> tuple[Client, dict[str, int]]:
    numbers = print_told_paper(store)
    return ask(store), numbers


Told = tuple[Client, dict[str, int]]


def test_a_day_leads_from_a_headline_to_the_other_language(told: Told) -> None:
    client, numbers = told
    page = client.get(DAY).text
    assert f'class="pair" href="#h{numbers[VISA_MN]}"' in page
    assert "Same story in Mongolian, No. 1" in page
    assert "Same story in English, No. 1" in page
    page = client.get("/mn/2026-01-15").text
    assert "Энэ мэдээ монголоор, № 1" in page
    assert "Энэ мэдээ англиар, № 1" in page


def test_in_one_language_the_mark_leads_to_the_story(told: Told) -> None:
    client, numbers = told
    assert 'class="pair" href="/en/stories/1"' in client.get(f"{DAY}?lang=en").text
    assert 'class="pair" href="/en/stories/1"' in client.get("/en/search?q=immigrant").text
    assert 'class="pair" href="/en/stories/1"' in client.get("/en/search?q=immigrant&order=relevance").text
    assert 'class="pair" href="/en/stories/1"' in client.get(f"/en/headlines/{numbers[VISA_EN]}").text


def test_only_headlines_of_a_story_are_marked(told: Told) -> None:
    client, _ = told
    assert client.get(DAY).text.count('class="pair"') == 4
    assert client.get("/en/2024-12-19").text.count('class="pair"') == 0


@pytest.mark.parametrize(("ui", "words"), [("en", "Possibly the same story"), ("mn", "Нэг үйл явдал байж магадгүй")])
def test_a_story_says_who_tells_it_and_why_it_is_one(told: Told, ui: str, words: str) -> None:
    client, _ = told
    page = client.get(f"/{ui}/stories/1").text
    assert page.count(VISA_EN) >= 2
    assert page.count(VISA_MN) >= 2
    assert words in page
    assert "Visa halt worries students" in page
    assert "trump – трамп" in page
    assert "visa – виз" in page
    assert "91 %" in page
    assert page.count("<form action=") >= 2
    assert "gogo.mn" in page


def test_a_story_has_files(told: Told) -> None:
    client, _ = told
    for suffix in (".atom", ".rss", ".json", ".csv", ".ndjson", ".txt", ".md"):
        body = client.get(f"/en/stories/1{suffix}").text
        assert "75" in body, suffix
        assert "Visa halt" not in body, suffix
        assert "75" in client.get(f"/en/stories{suffix}").text, suffix


def test_the_week_begins_with_what_most_outlets_tell(told: Told) -> None:
    client, _ = told
    page = client.get("/en/stories").text
    assert 'href="/en/stories/1"' in page
    assert 'href="/en/stories/2"' in page
    assert "2 headlines of this story" in page
    assert "2 outlets" in page
    earlier = client.get("/en/stories?before=2020-01-01")
    assert earlier.status_code == 200
    assert "/en/stories/1" not in earlier.text
    assert "?before=" not in page


def test_nothing_is_said_of_an_empty_paper(blank: Client) -> None:
    assert "No event was told" in blank.get("/en/stories").text
    assert blank.get("/en/stories/1").status_code == 404


@pytest.mark.parametrize("key", ["0", "7", "99999999999999999999999"])
def test_no_such_story(told: Told, key: str) -> None:
    client, _ = told
    answer = client.get(f"/en/stories/{key}")
    assert answer.status_code == 404
    assert 'href="/en/stories"' in answer.text
    assert client.get(f"/en/stories/{key}.atom").status_code == 404


def test_a_number_that_was_given_up_leads_on(told: Told, store: Store) -> None:
    client, numbers = told
    with store.writing() as writer:
        writer.stories.merge([numbers[VISA_EN], numbers["Central post office restores its reading room"]], "Ану", NOW)
    answer = client.get("/en/stories/2")
    assert (answer.status_code, answer.headers["location"]) == (301, "/en/stories/1")
    assert "An editor put this headline here" in client.get("/en/stories/1").text


@pytest.mark.parametrize(
    ("coverage", "has", "lacks"),
    [
        ("both", [VISA_EN, VISA_MN], ["READING ROOM", "Маргааш"]),
        ("mn", ["Маргааш"], [VISA_MN, "reading room"]),
        ("en", ["reading room"], [VISA_EN, "Маргааш"]),
    ],
)
def test_a_list_of_what_is_told_in_which_languages(told: Told, coverage: str, has: list[str], lacks: list[str]) -> None:
    client, _ = told
    for address in (f"/en/?coverage={coverage}", f"{DAY}?coverage={coverage}", f"/en.md?coverage={coverage}"):
        page = client.get(address).text
        listed = page.split('id="feed"')[-1].split("<aside")[0] if "<html" in page and "?" in address else page
        assert all(title in listed for title in has), address
        assert not any(title in listed for title in lacks), address
    items = client.get(f"/api/v1/headlines?coverage={coverage}&limit=200").json()["items"]
    titles = [item["title"] for item in items]
    assert all(any(title in one for one in titles) for title in has)
    assert not any(title in one for title in lacks for one in titles)


def test_a_day_counts_what_is_told_in_which_languages(told: Told) -> None:
    client, _ = told
    page = client.get(DAY).text
    assert '<a href="/en/2026-01-15?coverage=both">In both languages</a> <span class="n">2</span>' in page
    page = client.get(f"{DAY}?coverage=both").text
    assert 'href="/en/2026-01-15" aria-current="true">In both languages' in page


def test_a_wrong_coverage_is_said(told: Told) -> None:
    client, _ = told
    answer = client.get("/en/?coverage=all")
    assert answer.status_code == 400
    assert "one of both, mn, en" in answer.text


def test_a_reader_says_that_it_is_another_story(told: Told, store: Store) -> None:
    client, numbers = told
    for _ in range(2):
        answer = client.send_form("/en/stories/1/apart", {"headline": str(numbers[VISA_MN])})
        assert (answer.status_code, answer.headers["location"]) == (303, "/en/stories/1/said")
    assert "Thank you" in client.get("/en/stories/1/said").text
    with store.reading() as reader:
        assert reader.stories.reported(10) == ((1, 1),)
        assert VISA_MN in client.get("/en/stories/1").text


@pytest.mark.parametrize(
    ("form", "status"), [({}, 400), ({"headline": "x"}, 400), ({"headline": "1"}, 400), ({"headline": "9" * 1000}, 413)]
)
def test_a_wrong_word_is_refused(told: Told, store: Store, form: dict[str, str], status: int) -> None:
    client, _ = told
    assert client.send_form("/en/stories/1/apart", form).status_code == status
    with store.reading() as reader:
        assert reader.stories.reported(10) == ()


def test_another_site_cannot_say_it(told: Told) -> None:
    client, numbers = told
    answer = client.send_form(
        "/en/stories/1/apart", {"headline": str(numbers[VISA_MN])}, headers={"sec-fetch-site": "cross-site"}
    )
    assert answer.status_code == 403


def test_not_so_many_in_a_minute(told: Told) -> None:
    client, numbers = told
    said = [client.send_form("/en/stories/1/apart", {"headline": str(numbers[VISA_MN])}).status_code for _ in range(15)]
    assert said[-1] == 429
