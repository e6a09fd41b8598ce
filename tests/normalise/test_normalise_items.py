"""Items as they stood -> drafts, or the reason why not."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from app.model.headline import DigestPlace, Draft, Honesty, RawArticle, RawItem, Reason, Rejection
from app.normalise.items import MAX_TITLE_CHARS, ArticleDraft, article_draft, draft

NOW = datetime(2026, 1, 15, 9, 0, tzinfo=UTC)
ITEM = RawItem("Rail link opens", link="https://montsame.mn/en/read/1", published="2026-01-15T01:00:00Z", raw=b"raw")
ENTRY = RawItem(
    "RAIL LINK OPENS",
    outlet="WWW.MONTSAME.MN",
    published="2026/01/14",
    marker="en",
    rank=3,
    position=3,
    digest_day="2026-01-15",
    raw=b"raw",
)
ARTICLE = RawArticle("Title", "www.sinonk.com", "2020-06-30", ("One.", "Two."), 1, "2026-01-15", b"raw")


def made(item: RawItem, **changes: Any) -> Draft:
    found = draft(replace(item, **changes), now=NOW)
    assert isinstance(found, Draft), found
    return found


def refused(item: RawItem, **changes: Any) -> Rejection:
    found = draft(replace(item, **changes), now=NOW)
    assert isinstance(found, Rejection)
    assert found.raw == b"raw"
    return found


def test_an_item_of_a_feed() -> None:
    found = made(ITEM)
    assert (found.title, found.outlet, found.host) == ("Rail link opens", "montsame.mn", "montsame.mn")
    assert (found.url, found.canonical_url) == (ITEM.link, "https://montsame.mn/en/read/1")
    assert (found.published_at, found.day, found.honesty) == (
        datetime(2026, 1, 15, 1, tzinfo=UTC),
        date(2026, 1, 15),
        Honesty.DECLARED,
    )
    assert found.place is None


def test_an_entry_of_a_digest() -> None:
    found = made(ENTRY)
    assert (found.outlet, found.host, found.marker) == ("montsame.mn", "montsame.mn", "en")
    assert (found.published_at, found.day, found.honesty) == (None, date(2026, 1, 14), Honesty.DATE_ONLY)
    assert found.place == DigestPlace(date(2026, 1, 15), "en", 3, 3)


def test_the_day_is_ulaanbaatars() -> None:
    assert made(ITEM, published="2026-01-14T16:30:00Z").day == date(2026, 1, 15)


def test_the_outlet_stated_comes_before_the_links_host() -> None:
    assert made(ITEM, outlet="www.gogo.mn").outlet == "gogo.mn"


@pytest.mark.parametrize("published", [None, "", "soon", "2026/02/30", "2062-01-15"])
def test_without_a_usable_date_it_is_dated_by_first_sight(published: str | None) -> None:
    found = made(ITEM, published=published)
    assert (found.day, found.published_at, found.honesty) == (date(2026, 1, 15), None, Honesty.FIRST_SEEN)


@pytest.mark.parametrize(
    ("stated", "hint"), [("mn", "mn"), ("mn-MN", "mn"), ("EN_us", "en"), ("", None), ("Mongolian", None)]
)
def test_language_hints(stated: str, hint: str | None) -> None:
    assert made(ITEM, language=stated).language_hint == hint


def test_a_title_that_acts_is_made_inert_and_kept_as_it_came() -> None:
    found = made(ITEM, title="safe\u202egnp.exe")
    assert (found.title, found.title_given) == ("safegnp.exe", r"safe\u202egnp.exe")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"title": ""}, Reason.NO_TITLE),
        ({"title": "\u200b\u202e"}, Reason.NO_TITLE),
        ({"title": "x" * (MAX_TITLE_CHARS + 1)}, Reason.TOO_LARGE),
        ({"link": "javascript:alert(1)"}, Reason.BAD_LINK),
        ({"link": "data:text/html,x"}, Reason.BAD_LINK),
        ({"link": "/en/read/1"}, Reason.BAD_LINK),
        ({"link": "https://"}, Reason.BAD_LINK),
        ({"link": None}, Reason.NO_OUTLET),
        ({"link": " "}, Reason.NO_OUTLET),
        ({"outlet": "not a host"}, Reason.BAD_OUTLET),
        ({"link": "http://10.0.0.1/a"}, Reason.BAD_OUTLET),
    ],
)
def test_refusals(changes: dict[str, Any], reason: Reason) -> None:
    found = refused(ITEM, **changes)
    assert found.reason is reason
    assert found.detail


@pytest.mark.parametrize("published", ["2026/02/30", "9999/12/31", "soon"])
def test_an_entry_of_a_digest_needs_a_date_that_can_be(published: str) -> None:
    assert refused(ENTRY, published=published).reason is Reason.BAD_DATE


@pytest.mark.parametrize(
    ("published", "stated"),
    [
        ("2026-01-16T08:59:00Z", None),
        ("2026-01-16T09:01:00Z", "2026-01-16T09:01:00+00:00"),
        ("2026-01-17T08:00:00Z", "2026-01-17T08:00:00+00:00"),
        ("Sat, 15 Jan 2062 10:00:00 +0800", "2062-01-15T02:00:00+00:00"),
        ("2026-01-16", None),
        ("2026-01-17", "2026-01-17"),
        ("2062 оны 1-р сарын 15", "2062-01-15"),
    ],
)
def test_a_date_over_a_day_ahead_is_kept_and_not_believed(published: str, stated: str | None) -> None:
    found = made(ITEM, published=published)
    assert found.stated == stated
    if stated:
        assert (found.day, found.published_at, found.honesty) == (date(2026, 1, 15), None, Honesty.FIRST_SEEN)


def test_an_entry_dated_ahead_stays_in_its_digest() -> None:
    found = made(ENTRY, published="2062/01/15")
    assert (found.stated, found.day, found.honesty) == ("2062-01-15", date(2026, 1, 15), Honesty.FIRST_SEEN)
    assert found.place == DigestPlace(date(2026, 1, 15), "en", 3, 3)


@pytest.mark.parametrize(
    "changes", [{"position": None}, {"digest_day": None}, {"digest_day": "2026-02-30"}, {"marker": None}]
)
def test_a_place_needs_a_day_a_column_and_a_position(changes: dict[str, Any]) -> None:
    assert made(ENTRY, **changes).place is None


def test_an_article() -> None:
    assert article_draft(ARTICLE, now=NOW) == ArticleDraft(
        "Title", "sinonk.com", "sinonk.com", date(2020, 6, 30), ("One.", "Two."), date(2026, 1, 15), 1
    )


def test_paragraphs_are_made_inert_and_empty_ones_go() -> None:
    found = article_draft(replace(ARTICLE, paragraphs=(" One\u202e. ", "\u200b", "Two.")), now=NOW)
    assert isinstance(found, ArticleDraft)
    assert found.paragraphs == ("One.", "Two.")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"title": "\u200b"}, Reason.NO_TITLE),
        ({"title": "x" * (MAX_TITLE_CHARS + 1)}, Reason.TOO_LARGE),
        ({"paragraphs": ("\u200b",)}, Reason.NO_TITLE),
        ({"outlet": None}, Reason.NO_OUTLET),
        ({"outlet": "no host"}, Reason.BAD_OUTLET),
        ({"published": None}, Reason.BAD_DATE),
        ({"published": "2020-02-30"}, Reason.BAD_DATE),
    ],
)
def test_refusals_of_articles(changes: dict[str, Any], reason: Reason) -> None:
    found = article_draft(replace(ARTICLE, **changes), now=NOW)
    assert isinstance(found, Rejection)
    assert (found.reason, found.raw) == (reason, b"raw")
