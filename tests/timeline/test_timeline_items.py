"""Headlines one by one: what is cut, what follows, what is not there."""

from datetime import date, timedelta

import pytest

from app.errors import NotFound
from app.model.filters import TimelineFilter
from app.store import Store
from app.timeline.items import MOST_OTHERS, day_counts, items, whole_day, whole_headline
from tests.builders import DAY, article, entry, headline, put
from tests.web.paper import print_paper

ALL = TimelineFilter()


def test_the_end_of_the_list_is_known_without_another_look(store: Store) -> None:
    put(store, *(headline(f"Number {n}") for n in range(4)))
    with store.reading() as reader:
        assert items(reader, ALL, None, 4).next is None
        part = items(reader, ALL, None, 3)
        assert part.next == part.items[-1].item.place
        assert [one.item.row.title for one in items(reader, ALL, part.next, 3).items] == ["Number 0"]


def test_places_are_asked_for_when_they_are_wanted(sqlite_store: Store) -> None:
    put(sqlite_store, entry("Carried", 1))
    with sqlite_store.reading() as reader:
        assert len(items(reader, ALL, None, 5).items[0].digests) == 1
        assert items(reader, ALL, None, 5, placed=False).items[0].digests == ()


def test_days_have_their_numbers_by_column(store: Store) -> None:
    print_paper(store)
    with store.reading() as reader:
        days, last = day_counts(reader, ALL, 2)
        assert [(one.day, one.total, dict(one.columns)) for one in days] == [
            (DAY, 7, {"en": 4, "mn": 3}),
            (DAY - timedelta(days=1), 2, {"en": 2}),
        ]
        assert last == DAY - timedelta(days=1)
        (oldest,), none = day_counts(reader, TimelineFilter(before=last), 2)
        assert (oldest.day, none) == (date(2024, 12, 19), None)


def test_a_full_day_is_cut_and_says_so(store: Store) -> None:
    put(store, entry("First", 1), *(headline(f"Number {n}") for n in range(MOST_OTHERS + 5)))
    with store.reading() as reader:
        english, mongolian = whole_day(reader, DAY, ALL).columns
    assert (len(english.digest), len(english.others), english.total) == (1, MOST_OTHERS, MOST_OTHERS + 6)
    assert (mongolian.digest, mongolian.others, mongolian.total) == ((), (), 0)


def test_an_article_alone_makes_a_day(store: Store) -> None:
    put(store, articles=[article()])
    with store.reading() as reader:
        found = whole_day(reader, DAY, ALL)
    assert [view.article.title for view in found.articles] == ["Why the railway matters"]


def test_a_day_of_nothing_names_its_neighbours(store: Store) -> None:
    print_paper(store)
    with store.reading() as reader, pytest.raises(NotFound, match="2024-12-19 and 2026-01-14"):
        whole_day(reader, date(2025, 6, 1), ALL)


def test_nothing_has_no_neighbours(store: Store) -> None:
    with store.reading() as reader, pytest.raises(NotFound, match=r"Nothing was printed on 2026-01-15\.$"):
        whole_day(reader, DAY, ALL)


def test_one_headline_stands_under_its_first_digest(store: Store) -> None:
    put(store, entry("Carried", 3, day=DAY - timedelta(days=1)))
    with store.reading() as reader:
        found = whole_headline(reader, 1)
        assert (found.item.item.day, found.item.item.position, found.item.item.row.rank) == (DAY, 3, 3)
        with pytest.raises(NotFound):
            whole_headline(reader, 2)
