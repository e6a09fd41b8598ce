"""What a search finds, and what it offers when it finds nothing."""

from datetime import date, timedelta

import pytest

from app.model.filters import TimelineFilter
from app.store import Store, finding
from app.timeline import search as searching
from app.timeline.views import SearchState, SearchView
from tests.builders import DAY, entry, headline, put

YESTERDAY = DAY - timedelta(days=1)
AUTUMN = date(2025, 10, 3)


@pytest.fixture
def paper(store: Store) -> Store:
    """Visas in both languages over three months, in a digest and outside of it, and in Kazakh."""
    put(
        store,
        entry("US PAUSES VISA PROCESSING", 1, outlet="akipress.com"),
        entry("ВИЗ ОЛГОХЫГ ЗОГСООЛОО", 1, language="mn", outlet="gogo.mn"),
        headline("Visas for students", day=YESTERDAY),
        headline("Визийн журам", language="mn", outlet="gogo.mn", day=AUTUMN),
        headline("Visa fees", day=AUTUMN),
        headline("Виз режимі", language="kk", outlet="akipress.com"),
        headline("Coal exports"),
    )
    return store


def search(store: Store, text: str = "", ui: str = "en", **f: object) -> SearchView:
    with store.reading() as reader:
        return searching.search(reader, TimelineFilter(text=text, **f), ui)  # type: ignore[arg-type]


def titles(view: SearchView) -> list[str]:
    return [row.title for day in view.days for column in day.columns for row in (*column.digest, *column.others)]


def counts(view: SearchView) -> dict[str, int]:
    return {count.outlet.domain: count.n for count in view.outlets}


def test_hits_by_day_newest_first(paper: Store) -> None:
    view = search(paper, "visa")
    assert (view.state, view.total, view.more, view.older) == (SearchState.FOUND, 3, False, None)
    assert titles(view) == ["US PAUSES VISA PROCESSING", "Visas for students", "Visa fees"]
    assert [column.language for column in view.days[0].columns] == ["en"], "nothing was found in Mongolian"
    assert titles(search(paper, "виз", ui="mn")) == ["ВИЗ ОЛГОХЫГ ЗОГСООЛОО", "Визийн журам"]


def test_each_number_leaves_its_own_condition_aside(paper: Store) -> None:
    view = search(paper, "visa", since=DAY.replace(day=1), until=DAY.replace(day=31), outlets=("montsame.mn",))
    assert titles(view) == ["Visas for students"]
    assert [(m.first, m.n, m.chosen) for m in view.months] == [
        (date(2026, 1, 1), 1, True),
        (date(2025, 10, 1), 1, False),
    ]
    assert counts(view) == {"montsame.mn": 1, "akipress.com": 1}, "of these days, of every outlet"
    assert view.languages == (("en", 1), ("mn", 0))
    assert [count.chosen for count in view.outlets] == [False, True]


def test_other_languages_are_counted_and_found_when_asked_for(paper: Store) -> None:
    view = search(paper, "виз")
    assert view.total == 2, "the two columns"
    assert dict(view.languages) == {"en": 0, "mn": 2, "kk": 1}
    assert titles(search(paper, "виз", languages=("kk",))) == ["Виз режимі"]


@pytest.mark.parametrize(
    ("text", "state"),
    [("", SearchState.EMPTY), ("?!", SearchState.NO_WORDS), ("-visa", SearchState.NO_WORDS)],
)
def test_questions_without_an_answer(paper: Store, text: str, state: SearchState) -> None:
    view = search(paper, text)
    assert (view.state, view.days, view.months, view.total) == (state, (), (), 0)


def test_a_search_that_finds_nothing_offers_wider_ones(paper: Store) -> None:
    view = search(paper, "visa", languages=("mn",), outlets=("montsame.mn",))
    assert view.state is SearchState.NOTHING
    assert [(w.drops, w.filter.to_query(), w.n) for w in view.wider] == [
        ("languages", "outlet=montsame.mn&q=visa", 2),
    ]
    both = search(paper, "coal", languages=("mn",), outlets=("gogo.mn",))
    assert [(w.drops, w.filter, w.n) for w in both.wider] == [("all", TimelineFilter(text="coal"), 1)]
    old = search(paper, "coal", until=AUTUMN)
    assert [(w.drops, w.n) for w in old.wider] == [("dates", 1)]


def test_words_that_never_meet_are_tried_alone(paper: Store) -> None:
    view = search(paper, "coal unicorn visa")
    assert [(w.drops, w.filter.text, w.n) for w in view.wider] == [("words", "coal", 1), ("words", "visa", 3)]
    assert search(paper, "unicorn").wider == ()


def test_words_of_another_language_only(paper: Store) -> None:
    (wider,) = search(paper, "режимі").wider
    assert (wider.drops, wider.filter.languages, wider.n) == ("language", ("kk",), 1)


def test_pages_of_a_long_search(store: Store) -> None:
    put(store, *(headline(f"Visa {n}", day=DAY - timedelta(days=n)) for n in range(20)))
    view = search(store, "visa")
    assert (len(view.days), view.older, view.total) == (7, DAY - timedelta(days=7), 20)
    older = search(store, "visa", before=view.days[-1].day)
    assert (older.days[0].day, older.total) == (DAY - timedelta(days=7), 20)
    beyond = search(store, "visa", before=DAY - timedelta(days=50))
    assert (beyond.state, beyond.days) == (SearchState.FOUND, ())


def test_a_common_word_is_not_counted_to_the_end(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "MOST_FOUND", 10)
    monkeypatch.setattr(finding, "RARE", 10)
    monkeypatch.setattr(finding, "RARE_POSTGRESQL", 10)
    put(store, *(headline(f"Visa {n}", day=DAY - timedelta(days=n)) for n in range(100)))
    view = search(store, "visa")
    assert view.more
    assert view.total == 10
    deep = search(store, "visa", before=DAY - timedelta(days=90))
    assert [day.day for day in deep.days] == [DAY - timedelta(days=91 + n) for n in range(7)]
