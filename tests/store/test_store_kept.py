"""What a batch brings besides headlines: articles, rejections, outlets, origins."""

from datetime import timedelta

import pytest

from app.model.headline import Reason, Rejection
from app.model.outlet import Outlet
from app.store import Store
from tests.builders import DAY, NOW, OUTLETS, article, batch, headline, put, rows

LATER = NOW + timedelta(hours=1)
URL = "https://montsame.mn/1"


def test_articles(store: Store) -> None:
    told = article(), article("Second", position=2), article("Of its own", digest_day=None)
    assert put(store, articles=told) == ["added"] * 3
    assert put(store, articles=told) == ["duplicate"] * 3
    with store.reading() as reader:
        assert reader.articles_of(DAY) == told[:2]
        assert reader.article("of-its-own") == told[2]
        assert set(reader.articles(10)) == set(told)


def test_an_article_cut_short_never_replaces_the_whole(store: Store) -> None:
    put(store, articles=[article()])
    assert put(store, articles=[article(paragraphs=("The first",))]) == ["duplicate"]
    fuller = article(paragraphs=("The first paragraph.", "Хоёр дахь догол мөр.", "A third."))
    assert put(store, articles=[fuller]) == ["updated"]
    with store.reading() as reader:
        assert reader.articles_of(DAY) == (fuller,)


def test_the_articles_of_a_digest_are_replaced_together(store: Store) -> None:
    put(store, articles=[article("A"), article("B", position=2)])
    assert put(store, articles=[article("B", position=1)]) == ["updated"]
    with store.reading() as reader:
        assert [a.title for a in reader.articles_of(DAY)] == ["B"]
        assert reader.article("a").digest_day is None


def test_two_articles_that_want_one_address(store: Store) -> None:
    put(store, articles=[article("A", slug="same"), article("B", slug="same", position=2)])
    with store.reading() as reader:
        slugs = [a.slug for a in reader.articles_of(DAY)]
        assert slugs[0] == "same"
        assert [reader.article(slug).title for slug in slugs] == ["A", "B"]


def test_rejections_are_kept_whole_and_once(store: Store) -> None:
    raw = bytes(range(256)) * 3
    told = [Rejection(raw, Reason.BAD_DATE, "no date\0 here \udcff"), Rejection(raw, Reason.NO_TITLE, "no title")]
    for at in (NOW, LATER):
        before = store.revision()
        assert put(store, rejections=told * 2, at=at) == []
        assert store.revision() == before
    kept_ = rows(store, "rejections")
    assert [(row["raw"], row["first_at"], row["last_at"]) for row in kept_] == [(raw, NOW, LATER)] * 2
    with store.reading() as reader:
        newest, oldest = reader.rejections(10)
    assert (newest.reason, oldest.reason) == (Reason.NO_TITLE, Reason.BAD_DATE)
    assert oldest.detail == "no date\\x00 here \\udcff"
    assert oldest.format == "ndjson"


def test_outlets_and_their_hosts(store: Store) -> None:
    unknown = "nobody-knows.mn"
    put(store, headline("A"), headline("B", outlet=unknown))
    with store.reading() as reader:
        assert reader.outlets() == (OUTLETS["montsame.mn"], Outlet(unknown, unknown, unknown))


def test_an_outlet_gets_its_name_once(store: Store) -> None:
    put(store, headline("A", outlet="later.mn"))

    def tell(outlet: Outlet) -> None:
        with store.writing() as writer:
            told = batch([headline("A", outlet="later.mn")])
            writer.put(type(told)(told.origin, told.format, told.at, told.headlines, outlets={"later.mn": outlet}))

    named = Outlet("later.mn", "Later", "Дараа", "portal", "MN", ("mn",), ("news.later.mn",))
    before = store.revision()
    tell(named)
    assert store.revision() == before + 1
    tell(Outlet("later.mn", "Other", "Өөр", hosts=("news.later.mn", "m.later.mn")))
    with store.reading() as reader:
        (outlet,) = reader.outlets()
    assert outlet == Outlet("later.mn", "Later", "Дараа", "portal", "MN", ("mn",), ("m.later.mn", "news.later.mn"))


@pytest.mark.parametrize("origin", ["x" * 5000, "Ө" * 5000, "name\0with\ud800bytes", ""])
def test_any_origin_can_be_named(store: Store, origin: str) -> None:
    put(store, headline("A", URL), origin=origin)
    assert put(store, headline("A", URL), origin=origin) == ["duplicate"]
    assert len(rows(store, "origins")) == 1


def test_long_origins_that_begin_alike_are_two(store: Store) -> None:
    put(store, headline("A", URL), origin="x" * 5000 + "a")
    put(store, headline("A", URL), origin="x" * 5000 + "b")
    assert len(rows(store, "origins")) == 2
