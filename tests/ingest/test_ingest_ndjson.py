"""NDJSON, a headline a line."""

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import MalformedPayload
from app.ingest.format import Head, Reading
from app.ingest.formats import ndjson
from app.ingest.formats.ndjson import parse, sniff
from app.ingest.limits import Limits
from app.ingest.payload import Payload
from app.model.headline import RawArticle, RawItem, Reason, Rejection

LINE = {"title": "Rail link opens", "url": "https://montsame.mn/en/read/1", "published": "2026-01-15T01:00:00Z"}


def read(*records: Any, limits: Limits | None = None) -> list[Any]:
    body = "\n".join(r if isinstance(r, str) else json.dumps(r, ensure_ascii=False) for r in records).encode()
    return list(parse(Payload.of(body), Reading(limits or Limits())))


def test_the_keys_of_a_headline() -> None:
    record = {**LINE, "outlet": "montsame.mn", "language": "en", "unknown": [1]}
    (item,) = read(record)
    assert (item.title, item.link, item.outlet) == ("Rail link opens", LINE["url"], "montsame.mn")
    assert (item.published, item.language, item.marker, item.position) == (LINE["published"], "en", None, None)
    assert json.loads(item.raw) == record


def test_the_host_as_printed_comes_before_the_domain() -> None:
    (item,) = read({**LINE, "outlet": "usembassy.gov", "host": "mn.usembassy.gov"})
    assert item.outlet == "mn.usembassy.gov"


def test_a_date_of_first_sight_counts_for_nothing() -> None:
    (item,) = read({**LINE, "honesty": "first-seen"})
    assert item.published is None


@pytest.mark.parametrize(
    ("published", "read_as"),
    [("2026-01-15T05:00:00Z", "2026-01-15 13:00:00"), ("2026-01-15 13:00", "2026-01-15 13:00"), ("soon", "soon")],
)
def test_a_zone_that_was_assumed_is_not_declared_by_the_export(published: str, read_as: str) -> None:
    (item,) = read({**LINE, "published": published, "honesty": "zone-assumed"})
    assert item.published == read_as


def test_every_place_in_a_digest() -> None:
    places = [
        {"day": "2026-01-14", "language": "en", "position": 2, "rank": 2},
        {"day": "2026-01-15", "language": "en", "position": 9, "rank": 9},
    ]
    found = read({**LINE, "digests": places})
    assert [(i.digest_day, i.marker, i.position, i.rank) for i in found] == [
        ("2026-01-14", "en", 2, 2),
        ("2026-01-15", "en", 9, 9),
    ]


def test_a_rank_with_a_day_is_a_place() -> None:
    (item,) = read({**LINE, "language": "en", "day": "2026-01-15", "rank": 3})
    assert (item.digest_day, item.marker, item.position, item.rank) == ("2026-01-15", "en", 3, 3)


def test_mongolian_places_have_no_rank() -> None:
    (item,) = read({**LINE, "language": "mn", "day": "2026-01-15", "rank": 3})
    assert (item.marker, item.position, item.rank) == ("mn", 3, None)


@pytest.mark.parametrize(
    "place",
    [
        {"day": "2026-02-30", "language": "en", "position": 1},
        {"day": "2026-01-15", "language": "tlh", "position": 1},
        {"day": "2026-01-15", "language": "en", "position": 0},
        {"day": "2026-01-15", "language": "en", "position": True},
        {"day": "2026-01-15", "language": "en", "position": 10**30},
        {"day": None, "language": None, "position": None},
        "nonsense",
    ],
)
def test_a_headline_with_a_place_that_cannot_be_is_rejected(place: Any) -> None:
    good = {"day": "2026-01-15", "language": "en", "position": 1}
    (rejection,) = read({**LINE, "digests": [good, place]})
    assert (rejection.reason, rejection.raw) == (
        Reason.MALFORMED,
        json.dumps({**LINE, "digests": [good, place]}).encode(),
    )
    assert rejection.detail.startswith("No place in a digest: ")


@pytest.mark.parametrize("rank", [-1, 0, 10_000, 10**30, 1.5, True, False, "-1", "1st", [1], {}])
def test_a_headline_with_a_rank_that_is_none_is_rejected(rank: Any) -> None:
    for line in ({**LINE, "rank": rank}, {**LINE, "rank": rank, "day": "2026-01-15", "language": "en"}):
        (rejection,) = read(line)
        assert (rejection.reason, rejection.raw) == (Reason.MALFORMED, json.dumps(line).encode())
        assert rejection.detail == f"The rank is no whole number from 1 to 9,999: {rank}."


@pytest.mark.parametrize("rank", [None, ""])
def test_an_empty_rank_is_none(rank: Any) -> None:
    (item,) = read({**LINE, "rank": rank, "day": "2026-01-15", "language": "en"})
    assert (item.digest_day, item.position, item.title) == (None, None, LINE["title"])


def test_a_rank_may_be_text() -> None:
    (item,) = read({**LINE, "language": "en", "day": "2026-01-15", "rank": "3"})
    assert (item.digest_day, item.position, item.rank) == ("2026-01-15", 3, 3)


@pytest.mark.parametrize("places", [{}, "2026-01-15", [{"day": "2026-01-15", "language": "en", "position": 1}] * 101])
def test_places_are_a_list_of_some_length(places: Any) -> None:
    (rejection,) = read({**LINE, "digests": places})
    assert (rejection.reason, rejection.detail) == (
        Reason.MALFORMED,
        "`digests` is no list of at most 100 places.",
    )


def test_an_article() -> None:
    record = {
        "article": True,
        "title": "T",
        "outlet": "a.com",
        "published": "2020-06-30",
        "paragraphs": ["One.", "Two."],
    }
    place = {"day": "2026-01-15", "language": "en", "position": 1, "rank": None}
    alone, carried = read(record, {**record, "digests": [place]})
    assert isinstance(alone, RawArticle)
    assert (alone.paragraphs, alone.digest_day) == (("One.", "Two."), None)
    assert (carried.digest_day, carried.position) == ("2026-01-15", 1)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", Reason.MALFORMED),
        ("[1]", Reason.MALFORMED),
        ('"title"', Reason.MALFORMED),
        ("[" * 100_000, Reason.MALFORMED),
        ('{"a":' * 100_000, Reason.MALFORMED),
        ('{"title": ' + "9" * 10_000 + "}", Reason.MALFORMED),
        ("{}", Reason.NO_TITLE),
        ('{"title": null}', Reason.NO_TITLE),
        ('{"title": ["a"]}', Reason.NO_TITLE),
        ('{"title": "  "}', Reason.NO_TITLE),
        ('{"article": true, "title": "T"}', Reason.MALFORMED),
        ('{"article": true, "paragraphs": ["a"]}', Reason.NO_TITLE),
    ],
)
def test_a_bad_line_is_rejected_alone(line: str, reason: Reason) -> None:
    first, bad, last = read(LINE, line, LINE)
    assert first.title == last.title == LINE["title"]
    assert (bad.reason, bad.raw) == (reason, line.encode() + b"\n")


def test_a_line_in_another_encoding_is_rejected_alone() -> None:
    body = (
        json.dumps(LINE).encode()
        + b"\n"
        + '{"title": "Үг"}'.encode("utf-16-be")[1:]
        + b"\n"
        + json.dumps(LINE).encode()
    )
    first, bad, last = parse(Payload.of(body), Reading())
    assert isinstance(bad, Rejection)
    assert bad.reason in (Reason.MALFORMED, Reason.ENCODING)
    assert isinstance(first, RawItem)
    assert isinstance(last, RawItem)


def test_a_line_over_the_limit_is_rejected_with_its_beginning() -> None:
    limits = Limits(line_bytes=200, quarantine_bytes=50)
    first, bad, last = read(LINE, {**LINE, "title": "x" * 1000}, LINE, limits=limits)
    assert (bad.reason, len(bad.raw)) == (Reason.TOO_LARGE, 50)
    assert "200 bytes" in bad.detail
    assert first.title == last.title == LINE["title"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le"])
def test_other_forms_of_unicode(encoding: str) -> None:
    body = '{"title": "Үг"}\n{"title": "Өгүүлбэр"}\n'.encode(encoding)
    assert [item.title for item in parse(Payload.of(body), Reading()) if isinstance(item, RawItem)] == [
        "Үг",
        "Өгүүлбэр",
    ]


@given(body=st.one_of(st.binary(max_size=200), st.text(max_size=200).map(lambda t: t.encode("utf-8", "surrogatepass"))))
def test_any_bytes_give_items(body: bytes) -> None:
    found: list[object] = []
    with contextlib.suppress(MalformedPayload):  # bytes that are no text at all
        found += parse(Payload.of(b"{" + body), Reading())
    assert all(isinstance(item, RawItem | RawArticle | Rejection) for item in found)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        (json.dumps(LINE) + "\n", True),
        ("\n\n" + json.dumps(LINE), True),
        ('{"title": "' + "x" * 2000, True),
        ('{"items": "' + "x" * 2000, False),
        ("[]", False),
        ("{not json", False),
        ('{\n "title": "one object over several lines"\n}', False),
    ],
)
def test_recognising(text: str, known: bool) -> None:
    assert sniff(Head(text.encode(), text)) is known


@pytest.mark.parametrize(
    ("record", "published", "language"),
    [
        ({"published": "2026-01-15", "date": "2026-01-16"}, "2026-01-15", None),
        ({"published_at": "2026-01-15T10:00:00+08:00", "lang": "mn"}, "2026-01-15T10:00:00+08:00", "mn"),
        ({"date": "2026-01-15", "language": "en", "lang": "mn"}, "2026-01-15", "en"),
        ({"day": "2026-01-15"}, "2026-01-15", None),
        ({"day": 5}, None, None),
    ],
)
def test_other_names_of_date_and_language(record: dict[str, Any], published: str | None, language: str | None) -> None:
    (item,) = read({"title": "T", "outlet": "a.mn", **record})
    assert (item.published, item.language) == (published, language)


def test_the_short_way_of_a_plain_line_gives_what_the_long_way_gives() -> None:
    for record in (LINE, {"title": "T"}, {**LINE, "day": "2026-01-15"}, {**LINE, "extra": [1]}):
        line = json.dumps(record).encode() + b"\n"
        assert list(ndjson._items(line)) == list(ndjson._any(line))
        assert list(ndjson._items(b" \t" + line)) == list(ndjson._any(b" \t" + line))
    assert [type(item) for item in ndjson._items(b'{"title": "T"} x')] == [Rejection]
