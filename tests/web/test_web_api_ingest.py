"""What is sent to `POST /api/v1/headlines` is stored, in every format, and each item is answered for."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from app.model.headline import Reason
from app.store import Store
from app.web.api.ingest_told import POST
from app.web.api.kinds import NAMES, TYPES
from app.web.api.posts import EXAMPLE, REMEDIES, SENT, PostedItems
from app.web.api.schema import Problem
from tests.web.asking import Answer
from tests.web.sending import NDJSON, Poster, add_token, posting, titles

SNOW = {"title": "Маргааш ихэнх нутгаар цас орно", "url": "https://gogo.mn/r/1"}
VISA = {"title": "Visa rules are eased", "url": "https://montsame.mn/en/read/2", "published": "2026-01-14"}
RSS = (
    "<rss version='2.0'><channel><title>t</title><item><title>Visa rules are eased</title>"
    "<link>https://montsame.mn/en/read/2</link></item></channel></rss>"
)
ATOM = (
    "<feed xmlns='http://www.w3.org/2005/Atom'><title>t</title><entry><title>Visa rules are eased</title>"
    "<link href='https://montsame.mn/en/read/2'/><id>x:1</id></entry></feed>"
)
FEED = {"version": "https://jsonfeed.org/version/1.1", "title": "t", "items": [VISA]}
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


def good(answer: Answer) -> dict[str, Any]:
    """The answer, which is what its model says."""
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "no-store"
    assert "access-control-allow-origin" not in answer.headers
    told: dict[str, Any] = answer.json()
    assert PostedItems.model_validate_json(answer.body).model_dump(mode="json") == told
    assert told["received"] == len(told["items"])
    assert [item["index"] for item in told["items"]] == list(range(told["received"]))
    for outcome in ("added", "updated", "duplicate", "rejected"):
        assert told[outcome] == sum(item["outcome"] == outcome for item in told["items"])
    return told


def bad(answer: Answer, status: int, code: str) -> dict[str, Any]:
    """The problem document."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert "access-control-allow-origin" not in answer.headers
    told: dict[str, Any] = answer.json()
    assert Problem.model_validate(told).model_dump(exclude_unset=True) == told
    assert (told["status"], told["type"]) == (status, f"urn:ortoo:problem:{code}")
    return told


def outcomes(answer: Answer) -> list[str]:
    return [item["outcome"] for item in good(answer)["items"]]


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


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("zone=Mars/Olympus", "zone"),
        ("zone=../../etc/passwd", "zone"),
        ("outlet=not+a+host", "outlet"),
        ("outlet=127.0.0.1", "outlet"),
        ("origin=" + "x" * 101, "origin"),
        ("origin=a%1bb", "origin"),
        ("origin=../a", "origin"),
        ("format=html", "format"),
        ("format=nonsense", "format"),
        ("day=2026-02-30", "day"),
        ("format=ndjson&format=json", "format"),
        ("unknown=1", "unknown"),
    ],
)
def test_wrong_parameters(lone: Poster, sqlite_store: Store, query: str, name: str) -> None:
    assert bad(lone.post(json.dumps(VISA), query), 400, "bad-filter")["name"] == name
    assert titles(sqlite_store) == []


@pytest.mark.parametrize("media", [None, "", "application/octet-stream", "text/html", "image/png", "x" * 300, ";"])
def test_other_types_are_refused_with_those_that_are_read(lone: Poster, media: str | None) -> None:
    answer = lone.post(json.dumps(VISA), type=media)
    bad(answer, 415, "unsupported-type")
    assert answer.headers["accept"] == ", ".join(TYPES)


def test_packed_bodies_are_refused(lone: Poster) -> None:
    answer = lone.post(b"\x1f\x8b", headers={"content-encoding": "gzip"})
    bad(answer, 415, "packed")
    assert answer.headers["accept-encoding"] == "identity"
    bad(lone.post(b"\x1f\x8b\x08\x00rest", "format=sitemap"), 400, "binary")


@pytest.mark.parametrize(
    ("body", "line", "column"),
    [
        (b'[{"title": "A"},\n {"title": ]', 2, 12),
        ('[{"title": "Ү"},]'.encode(), 1, 17),
        (b'{"title": "A"} {"title": "B"}', 1, 16),
        (b"[NaN]", 1, 2),
        (b'["\xff"]', 1, 3),
        (b'["a\nb"]', 1, 4),
        (b"nonsense", 1, 1),
    ],
)
def test_wrong_json_is_told_by_line_and_column(lone: Poster, body: bytes, line: int, column: int) -> None:
    told = bad(lone.post(body), 400, "encoding" if b"\xff" in body else "malformed")
    assert (told["line"], told["column"]) == (line, column)


@pytest.mark.parametrize("depth", [1_000, 100_000])
def test_deep_json(lone: Poster, depth: int) -> None:
    bad(lone.post(b'[{"a":' * depth), 400, "malformed")


HALVES = {
    "application/json": json.dumps([SNOW, VISA]),
    "application/json; one": json.dumps({"items": [SNOW, VISA]}),
    NDJSON: json.dumps(SNOW) + "\n" + json.dumps(VISA),
    "application/rss+xml": RSS.replace("</channel>", "<item><title>B</title></item></channel>"),
    "application/atom+xml": ATOM,
    "application/feed+json": json.dumps(FEED),
}


@pytest.mark.parametrize("media", HALVES)
def test_a_body_that_was_cut_off_before_it_was_sent(lone: Poster, sqlite_store: Store, media: str) -> None:
    whole = HALVES[media].encode()
    first = whole.index(b"\n") + 1 if media == NDJSON else 1
    for end in range(first + 1, len(whole), 7):
        answer = lone.post(whole[:end], type=media)
        told = bad(answer, 400, "unknown-format" if b"unknown-format" in answer.body else "malformed")
        assert "Nothing was taken in" in told["detail"]
    assert titles(sqlite_store) == []
    good(lone.post(whole, type=media))


def test_a_bad_line_in_the_middle_stops_nothing(lone: Poster) -> None:
    lines = [json.dumps(SNOW), "{broken", "", json.dumps(VISA), "[]"]
    assert outcomes(lone.post("\n".join(lines) + "\n", type=NDJSON)) == ["added", "rejected", "added", "rejected"]


@pytest.mark.parametrize("media", ["application/json", NDJSON, "text/csv", "application/rss+xml", "text/plain"])
def test_an_empty_body(lone: Poster, media: str) -> None:
    bad(lone.post(b"", type=media), 400, "empty")


def test_binary_and_strangers(lone: Poster) -> None:
    bad(lone.post(bytes(range(256)) * 9, type="text/plain"), 400, "binary")
    bad(lone.post("Just some words.", type="application/xml"), 400, "unknown-format")


def test_html_in_a_title_stays_text(lone: Poster) -> None:
    (item,) = good(lone.post(json.dumps({"title": "<script>alert(1)</script> & co", "outlet": "gogo.mn"})))["items"]
    page = lone.get(f"/en/headlines/{item['id']}").text
    assert "<script>alert" not in page


def test_half_a_surrogate_is_answered(lone: Poster) -> None:
    good(lone.post('[{"title": "\\ud800 x", "outlet": "gogo.mn"}, {"title": "\\u0000", "outlet": "gogo.mn"}]'))


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
