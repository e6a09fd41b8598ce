"""One headline's page, read from a real store on both databases."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import NotFound
from app.store import Store
from app.timeline.headline import headline as view_of
from app.timeline.headline import near_rows, origin_shown
from app.timeline.views import HeadlineView
from tests.builders import DAY, NOW, headline, put, results
from tests.store.test_store_properties import empty

WIRE = "Монгол Улс Оюутолгойн гэрээний хэлэлцээг үргэлжлүүлж байна"
URL = "https://montsame.mn/1"


def view(store: Store, number: int) -> HeadlineView:
    with store.reading() as reader:
        return view_of(reader, number)


def near(store: Store, number: int) -> list[str]:
    with store.reading() as reader:
        return [row.outlet.domain for row in near_rows(reader, number)]


def test_edits_and_sightings(store: Store) -> None:
    later = NOW + timedelta(hours=2)
    put(store, headline("Үнэ 5 хувиар өслөө", URL, at=NOW), origin="https://user:secret@montsame.mn/rss?key=1")
    put(store, headline("Үнэ 6 хувиар өслөө", URL, at=NOW), origin="/home/somebody/feed.xml", at=later)
    found = view(store, 1)
    (edit,) = found.edits
    assert (edit.at, edit.origin) == (later, "feed.xml")
    assert [(s.change.value, s.text) for s in edit.segments][1:3] == [("removed", "5"), ("added", "6")]
    assert [(s.origin, s.first_at, s.last_at) for s in found.sightings] == [
        ("montsame.mn/rss", NOW, NOW),
        ("feed.xml", later, later),
    ]
    assert found.first_seen_at == NOW
    assert found.canonical_url is None, "the same as the link"


def test_nobody_knows_it(store: Store) -> None:
    with pytest.raises(NotFound):
        view(store, 1)
    with store.reading() as reader, pytest.raises(NotFound):
        near_rows(reader, 2**63)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("https://user:secret@x.mn:8080/rss/?token=1#a", "x.mn/rss"),
        ("/home/somebody/news.ndjson", "news.ndjson"),
        ("C:\\Users\\somebody\\news.txt", "news.txt"),
        ("-", "-"),
        ("http://[", ""),
    ],
)
def test_what_readers_may_see_of_an_origin(name: str, shown: str) -> None:
    assert origin_shown(name) == shown


def test_the_same_words_on_other_outlets(store: Store) -> None:
    copies = [
        headline(WIRE, URL, at=NOW, language="mn"),
        headline(WIRE.upper(), "https://gogo.mn/1", outlet="gogo.mn", at=NOW, language="mn"),
        headline(f"ВИДЕО: {WIRE}", "https://ikon.mn/1", outlet="ikon.mn", day=DAY - timedelta(days=1), language="mn"),
        headline(WIRE, "https://late.mn/1", outlet="late.mn", day=DAY - timedelta(days=9), language="mn"),
        headline(WIRE.replace("Монгол", "Хятад"), "https://news.mn/1", outlet="news.mn", language="mn"),
    ]
    numbers = {result.outlet: result.headline_id for result in results(store, *copies)}
    assert sorted(near(store, numbers["montsame.mn"] or 0)) == ["gogo.mn", "ikon.mn"]
    assert sorted(near(store, numbers["ikon.mn"] or 0)) == ["gogo.mn", "montsame.mn"]
    assert near(store, numbers["news.mn"] or 0) == []


def test_an_edited_title_has_other_near_duplicates(store: Store) -> None:
    put(store, headline("Something else entirely happened here", URL), headline(WIRE, outlet="gogo.mn"))
    assert near(store, 1) == near(store, 2) == []
    put(store, headline(WIRE, URL))
    assert near(store, 1) == ["gogo.mn"]
    assert near(store, 2) == ["montsame.mn"]


def test_exchange_rates_are_near_duplicates_on_their_day_only(store: Store) -> None:
    for day in (DAY, DAY - timedelta(days=1), DAY - timedelta(days=2)):
        put(store, *(headline("Валютын ханш", outlet=outlet, day=day) for outlet in ("montsame.mn", "gogo.mn")))
    assert all(len(near(store, number)) == 1 for number in range(1, 7))


OUTLETS = ["montsame.mn", "gogo.mn", "ikon.mn", "news.mn"]
TITLES = [WIRE, WIRE.upper(), f"ФОТО: {WIRE}", "Үнэ 5 хувиар өслөө", "Үнэ 6 хувиар өслөө"]


@st.composite
def told(draw: st.DrawFn) -> list[tuple[str, str, int]]:
    """Titles, outlets and days, each once."""
    each = st.tuples(st.sampled_from(TITLES), st.sampled_from(OUTLETS), st.integers(0, 4))
    return draw(st.lists(each, max_size=10, unique=True))


def groups(store: Store) -> dict[str, list[str]]:
    """Address -> addresses of the near-duplicates."""
    with store.reading() as reader:
        shown = {row.id: str(row.url) for row in reader.rows(range(1, reader.last_id() + 1))}
        return {url: sorted(str(row.url) for row in near_rows(reader, number)) for number, url in shown.items()}


@pytest.mark.parametrize("times", [1, 2], ids=["once", "twice"])
def test_the_order_of_arrival_makes_no_difference(store: Store, times: int) -> None:
    def check(data: st.DataObject) -> None:
        items = data.draw(told())
        made = [
            headline(
                title, f"https://{outlet}/{TITLES.index(title)}-{days}", outlet=outlet, day=DAY - timedelta(days=days)
            )
            for title, outlet, days in items
        ]
        found = []
        for order in (made, data.draw(st.permutations(made))):
            empty(store)
            for _ in range(times):
                for one in order:
                    put(store, one)
            found.append(groups(store))
        assert found[0] == found[1]
        for url, others in found[0].items():
            assert all(url in found[0][other] for other in others), "near-duplicates are so of each other"

    settings(
        max_examples={"sqlite": 30, "postgresql": 5}[store.dialect],
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )(given(data=st.data())(check))()
