"""What is sent to `POST /api/v1/headlines` is stored, in every format, and each item is answered for."""

import json
from collections.abc import Iterator

import pytest

from app.model.headline import Reason
from app.store import Store
from app.web.api.ingest_told import POST
from app.web.api.kinds import NAMES, TYPES
from app.web.api.posts import EXAMPLE, REMEDIES, SENT, PostedItems
from tests.web.answered import ATOM, FEED, RSS, SNOW, VISA, good, outcomes
from tests.web.sending import NDJSON, Poster, add_token, posting, titles

POSTS = [{"title": {"rendered": VISA["title"]}, "link": VISA["url"], "date_gmt": "2026-01-14T01:00:00"}]
GDELT = {"articles": [{"title": VISA["title"], "url": VISA["url"], "seendate": "20260114T010000Z"}]}
CSV = "title,url\nVisa rules are eased,https://montsame.mn/en/read/2\n"
DIGEST = (
    "1 Visa rules are eased WWW.MONTSAME.MN PUBLISHED:2026/01/14\n2 A second one WWW.GOGO.MN PUBLISHED:2026/01/15\n"
)


@pytest.fixture
def poster(store: Store) -> Iterator[Poster]:
    add_token(store)
    with posting(store) as opened:
        yield opened


@pytest.fixture
def lone(sqlite_store: Store) -> Iterator[Poster]:
    """For what is not about the database."""
    add_token(sqlite_store)
    with posting(sqlite_store) as opened:
        yield opened


def test_each_item_is_answered_for(poster: Poster, store: Store) -> None:
    told = good(poster.post(json.dumps([SNOW, {"url": "https://a.mn/1"}, VISA, 7, VISA])))
    assert [item["outcome"] for item in told["items"]] == ["added", "rejected", "added", "rejected", "duplicate"]
    first, second, third, _, last = told["items"]
    assert first["language"] == "mn"
    assert (third["day"], third["id"]) == ("2026-01-14", last["id"])
    assert third["permalinks"]["mn"] == f"http://ortoo.test/mn/headlines/{third['id']}"
    assert (second["reason"], second["remedy"]) == ("no-title", REMEDIES[Reason.NO_TITLE])
    assert titles(store) == [VISA["title"], SNOW["title"]]
    page = poster.get(third["permalinks"]["en"].removeprefix("http://ortoo.test"))
    assert page.status_code == 200
    assert VISA["title"] in page.text


def test_what_is_rejected_is_kept_and_can_be_read_again(poster: Poster, store: Store) -> None:
    good(poster.post('[{"url":\n"https://a.mn/1"}]', "origin=wire"))
    with store.reading() as reader:
        (kept,) = reader.quarantined(0, 9)
    assert (kept.origin, kept.rejection.format) == ("api:newsroom wire", "ndjson")
    assert json.loads(kept.rejection.raw) == {"url": "https://a.mn/1"}
    assert b"\n" not in kept.rejection.raw.strip()


@pytest.mark.parametrize(
    "body",
    [
        json.dumps(VISA),
        json.dumps(VISA, indent=2),
        json.dumps([VISA]),
        "\ufeff" + json.dumps({"next": None, "items": [VISA]}, indent=1) + "\n\n",
    ],
    ids=["one", "one on several lines", "a list", "an object with items"],
)
def test_shapes_of_json(lone: Poster, sqlite_store: Store, body: str) -> None:
    assert good(lone.post(body))["added"] == 1
    assert titles(sqlite_store) == [VISA["title"]]


@pytest.mark.parametrize(
    ("body", "media", "name"),
    [
        (json.dumps(VISA) + "\n", NDJSON, "ndjson"),
        (json.dumps(VISA), "application/jsonl; charset=utf-8", "ndjson"),
        (json.dumps(FEED), "application/feed+json", "jsonfeed"),
        (json.dumps(FEED), "application/json", "jsonfeed"),
        (json.dumps(POSTS), "application/json", "wordpress"),
        (json.dumps(GDELT), "Application/JSON", "gdelt"),
        (RSS, "application/rss+xml", "rss"),
        (RSS, "text/xml", "rss"),
        (ATOM, "application/xml", "atom"),
        (CSV, "text/csv", "table"),
        (CSV, "application/x-www-form-urlencoded", "table"),
        (DIGEST, "text/plain", "digest"),
    ],
    ids=lambda value: value if len(value) < 40 else "",
)
def test_every_format_by_its_type(lone: Poster, sqlite_store: Store, body: str, media: str, name: str) -> None:
    asked = "format=table" if "urlencoded" in media else ""
    told = good(lone.post(body, asked, type=media))
    assert (told["format"], told["rejected"]) == (name, 0)
    assert VISA["title"] in titles(sqlite_store)


def test_a_digest_takes_its_places(poster: Poster) -> None:
    assert outcomes(poster.post(DIGEST, type="text/plain")) == ["added", "added"]
    assert outcomes(poster.post(DIGEST, type="text/plain")) == ["duplicate", "duplicate"]
    (column,) = [c for c in poster.get("/api/v1/days/2026-01-15").json()["columns"] if c["language"] == "en"]
    assert [(item["rank"], item["title"]) for item in column["digest"]] == [(1, VISA["title"]), (2, "A second one")]


def test_what_the_api_lists_can_be_sent_back(poster: Poster) -> None:
    good(poster.post(DIGEST, type="text/plain"))
    good(poster.post(json.dumps([SNOW])))
    listed = poster.get("/api/v1/headlines")
    told = good(poster.post(listed.body))
    assert told["duplicate"] == told["received"] == 3


def test_a_line_with_several_places_is_one_item(poster: Poster) -> None:
    places = [{"day": f"2026-01-1{n}", "language": "en", "position": 1, "rank": 1} for n in (4, 5)]
    told = good(poster.post(json.dumps([VISA | {"digests": places}, SNOW])))
    assert [item["outcome"] for item in told["items"]] == ["added", "added"]
    (record,) = poster.get("/api/v1/headlines?lang=en").json()["items"]
    assert [place["day"] for place in record["digests"]] == ["2026-01-14", "2026-01-15"]


def test_an_article_has_an_address_of_its_own(poster: Poster) -> None:
    article = {"title": "Long read", "outlet": "gogo.mn", "published": "2026-01-10", "article": True}
    body = json.dumps(article | {"paragraphs": ["One.", "Two."]}) + "\n"
    for outcome in ("added", "duplicate"):
        (item,) = good(poster.post(body, type=NDJSON))["items"]
        assert (item["outcome"], item["kind"], item["id"], item["slug"]) == (outcome, "article", None, "long-read")
        assert poster.get(item["permalinks"]["en"].removeprefix("http://ortoo.test")).status_code == 200


def test_the_sender_names_outlet_and_zone(lone: Poster) -> None:
    body = json.dumps({"title": "No link", "published": "2026-01-14 23:30"})
    assert outcomes(lone.post(body)) == ["rejected"]
    good(lone.post(body, "outlet=www.gogo.mn&zone=UTC&origin=desk"))
    (item,) = lone.get("/api/v1/headlines").json()["items"]
    assert (item["outlet"]["domain"], item["published_at"]) == ("gogo.mn", "2026-01-14T23:30:00Z")
    (seen,) = lone.get(f"/api/v1/headlines/{item['id']}").json()["sightings"]
    assert seen["origin"] == "api:newsroom desk"


def test_an_empty_list_is_no_mistake(lone: Poster) -> None:
    assert good(lone.post("[]"))["received"] == 0


def test_html_in_a_title_stays_text(lone: Poster) -> None:
    (item,) = good(lone.post(json.dumps({"title": "<script>alert(1)</script> & co", "outlet": "gogo.mn"})))["items"]
    page = lone.get(f"/en/headlines/{item['id']}").text
    assert "<script>alert" not in page


def test_what_no_database_holds_is_answered(poster: Poster) -> None:
    good(poster.post('[{"title": "\\ud800 x", "outlet": "gogo.mn"}, {"title": "\\u0000", "outlet": "gogo.mn"}]'))


def test_the_description_is_true(lone: Poster) -> None:
    assert set(REMEDIES) == set(Reason)
    assert PostedItems.model_validate(EXAMPLE).model_dump(mode="json") == EXAMPLE
    told = good(lone.post(json.dumps(SENT)))
    assert [item.keys() for item in told["items"]] == [item.keys() for item in EXAMPLE["items"]]
    assert [item["outcome"] for item in told["items"]] == [item["outcome"] for item in EXAMPLE["items"]]
    assert set(POST.more["requestBody"]["content"]) == set(TYPES)
    assert POST.parameters[0].schema["enum"] == list(NAMES)
    described = lone.get("/api/openapi.json").json()["paths"]["/api/v1/headlines"]
    assert described["post"]["security"] == [{"token": []}]
    assert set(described["post"]["responses"]) >= {"200", "400", "401", "403", "408", "413", "415", "422", "429"}
    assert "POST" in lone.ask("DELETE", "/api/v1/headlines").headers["allow"]


def test_scripts_of_other_sites_may_not_send(lone: Poster) -> None:
    preflight = lone.ask("OPTIONS", "/api/v1/headlines", {"origin": "https://evil.test"})
    assert "POST" not in preflight.headers["access-control-allow-methods"]
    assert "authorization" not in preflight.headers["access-control-allow-headers"].lower()
