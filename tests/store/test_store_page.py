"""The plain list of headlines is what the export says, filtered, the other way round."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.model.filters import TimelineFilter
from app.model.item import Item, Position
from app.model.search import Sought
from app.store import Reader, Store
from tests.asking import sought
from tests.builders import DAY, article, entry, headline, put

TITLES = st.sampled_from(["Rail opens", "Rail closes", "Snow falls", "Price of coal", "Шинэ зам", "Цас орно"])
DAYS = st.integers(0, 4).map(lambda n: DAY - timedelta(days=n))
LANGUAGES = st.sampled_from(["en", "mn", "kk"])
OUTLETS = st.sampled_from(["montsame.mn", "gogo.mn"])


def walked(reader: Reader, f: TimelineFilter, words: Sought, limit: int) -> list[Item]:
    """Everything, `limit` at a time."""
    found: list[Item] = []
    after: Position | None = None
    while part := reader.items(f, words, after, limit):
        found += part
        after = part[-1].place
    return found


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_pages_of_any_size_are_one_list(store: Store, data: st.DataObject) -> None:
    """Whatever is printed where, the list has each headline once, in one order, whatever the size of its parts."""
    printed = data.draw(st.lists(st.tuples(TITLES, DAYS, LANGUAGES, OUTLETS), max_size=12))
    carried = data.draw(st.lists(st.tuples(TITLES, DAYS, DAYS, st.sampled_from(["en", "mn"])), max_size=6))
    put(store, *(headline(t, day=d, language=code, outlet=o) for t, d, code, o in printed))
    for n, (title, digest, day, code) in enumerate(carried, 1):
        put(store, entry(title, n, digest=digest, day=min(day, digest), language=code))
    since, until = data.draw(st.tuples(st.none() | DAYS, st.none() | DAYS))
    f = TimelineFilter(
        languages=tuple(sorted(data.draw(st.sets(LANGUAGES)))),
        outlets=tuple(sorted(data.draw(st.sets(OUTLETS)))),
        since=since,
        until=until,
    )
    text = data.draw(st.sampled_from(["", "rail", "цас"]))
    with store.reading() as reader:
        words = sought(reader, text)
        whole = reader.items(f, words, None, 10_000)
        parts = walked(reader, f, words, data.draw(st.integers(1, 4)))
        days = [day for day, _ in reader.days(f, words, 10_000)]
        listed = {row.row.id for row in reader.listed(f, words, days, 10_000)}
    assert parts == list(whole)
    assert [i.place for i in whole] == sorted((i.place for i in whole), key=lambda p: (p.day, p.at, p.id), reverse=True)
    assert {item.row.id for item in whole} == listed
    assert len(whole) == len(listed)
    assert all((since or date.min) <= item.day <= (until or date.max) for item in whole)


def test_without_a_filter_the_days_are_those_of_the_export(store: Store) -> None:
    put(store, headline("Alone", day=DAY), entry("Carried", 1, day=DAY - timedelta(days=1)))
    put(store, entry("Carried", 1, digest=DAY + timedelta(days=1), day=DAY - timedelta(days=1)))
    with store.reading() as reader:
        items = {item.row.id: item.day for item in reader.items(TimelineFilter(), (), None, 10)}
        places = reader.places(items)
        exported = {record.id: (record.day, record.digests) for record in reader.export()}
    assert {number: (day, places.get(number, ())) for number, day in items.items()} == exported


@pytest.mark.parametrize("n", [1, 3])
def test_articles_go_on_behind_one(store: Store, n: int) -> None:
    told = [article(f"Number {i}", published_on=DAY - timedelta(days=i // 3), position=i + 1) for i in range(7)]
    put(store, articles=told)
    with store.reading() as reader:
        whole = [a.slug for a in reader.articles(100)]
        seen: list[str] = []
        after = None
        while part := reader.articles(n, after):
            seen += [a.slug for a in part]
            after = (part[-1].published_on, part[-1].slug)
    assert seen == whole
    assert len(set(seen)) == 7
