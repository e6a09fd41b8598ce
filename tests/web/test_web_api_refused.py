"""What is refused as a whole: wrong parameters and types, JSON that is none, bodies cut off before they were sent."""

import json
from collections.abc import Iterator

import pytest

from app.store import Store
from app.web.api.kinds import TYPES
from tests.web.answered import ATOM, FEED, RSS, SNOW, VISA, bad, good, outcomes
from tests.web.sending import NDJSON, Poster, add_token, posting, titles


@pytest.fixture
def lone(sqlite_store: Store) -> Iterator[Poster]:
    """For what is not about the database."""
    add_token(sqlite_store)
    with posting(sqlite_store) as opened:
        yield opened


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


def test_two_types_are_refused(lone: Poster, sqlite_store: Store) -> None:
    told = bad(lone.post(json.dumps(VISA), headers=[("content-type", "text/csv")]), 400, "invalid-request")
    assert "Content-Type is there 2 times" in told["detail"]
    bad(lone.post(b"x", headers=[("content-encoding", "identity"), ("content-encoding", "gzip")]), 415, "packed")
    assert titles(sqlite_store) == []


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
