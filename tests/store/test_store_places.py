"""Where words are found: by the index in spans of days, and as counted by hand, on both databases."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.model.filters import TimelineFilter
from app.model.headline import Headline
from app.model.language import COLUMNS
from app.store import Store, finding, spans
from tests.asking import sought
from tests.builders import DAY, entry, headline, put, rows
from tests.store.test_store_properties import empty

WORDS = ("visa", "coal", "rail")


def on(ago: int) -> date:
    return DAY - timedelta(days=ago)


Told = tuple[list[tuple[str, str, int]], dict[int, list[tuple[int, str]]]]
"""Headlines (title, language, days ago), and digests: days ago -> which headlines, of any age, in which column."""


@st.composite
def archives(draw: st.DrawFn) -> Told:
    ages, columns = st.integers(0, 60), st.sampled_from(COLUMNS)
    told = draw(st.lists(st.tuples(st.sets(st.sampled_from(WORDS), min_size=1), columns, ages), min_size=1))
    titles = [(f"{' '.join(sorted(words))} {n}x", language, ago) for n, (words, language, ago) in enumerate(told)]
    places = st.lists(st.tuples(st.integers(0, min(len(told) - 1, 2)), columns), unique=True, max_size=4)
    return titles, draw(st.dictionaries(ages, places, max_size=3))


def stored(told: Told) -> list[Headline]:
    titles, digests = told
    made = [headline(title, language=language, day=on(ago)) for title, language, ago in titles]
    for ago, carried in digests.items():
        places: Counter[str] = Counter()
        for number, column in carried:
            title, _, own = titles[number]
            places[column] += 1
            made.append(entry(title, places[column], language=column, digest=on(ago), day=on(own)))
    return made


def by_hand(store: Store, *words: str) -> Counter[tuple[date, str]]:
    """(day, column) -> how many headlines with these words are listed there, by the tables of originals alone."""
    known = {row["id"]: row for row in rows(store, "headlines") if set(words) <= set(row["title"].split())}
    carried = [row for row in rows(store, "digest_entries") if row["headline_id"] in known]
    found = Counter((row["day"], row["language"]) for row in carried)
    today = {(row["day"], row["headline_id"]) for row in carried}
    found.update((row["day"], row["language"]) for row in known.values() if (row["day"], row["id"]) not in today)
    return found


@pytest.mark.parametrize("whole", [True, False], ids=["whole", "in spans"])
def test_what_is_found_is_what_is_there(store: Store, monkeypatch: pytest.MonkeyPatch, whole: bool) -> None:
    if not whole:
        monkeypatch.setattr(finding, "RARE", 0)
        monkeypatch.setattr(finding, "RARE_POSTGRESQL", 0)
        monkeypatch.setattr(spans, "FEWEST_DAYS", 3)

    def check(told: Told) -> None:
        empty(store)
        put(store, *stored(told))
        for words in (("visa",), ("coal", "rail"), WORDS):
            there = by_hand(store, *words)
            with store.reading() as reader:
                question = sought(reader, *words)
                found: Counter[tuple[date, str]] = Counter()
                for hit in reader.found(question, 10**6)[0]:
                    found[hit.day, hit.language] += hit.n
                assert found == there, words
                days = reader.days(TimelineFilter(), question, 10**6)
                assert dict(days) == {day: sum(n for (on_, _), n in there.items() if on_ == day) for day, _ in there}
                titles = [title for _, title in reader.titles(TimelineFilter(), question, 10**6)]
            asked = [row["title"] for row in rows(store, "headlines") if set(words) <= set(row["title"].split())]
            assert sorted(titles) == sorted(asked), words

    settings(
        max_examples={"sqlite": 40, "postgresql": 15}[store.dialect],
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )(given(archives())(check))()
