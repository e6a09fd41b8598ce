"""Where words are found: by the index in spans of days, and as counted by hand, on both databases."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.model.filters import TimelineFilter
from app.model.headline import Headline
from app.model.language import COLUMNS
from app.store import Store, finding, spans
from tests.asking import sought
from tests.builders import DAY, entry, headline, put
from tests.store.test_store_properties import empty

WORDS = ("visa", "coal", "rail")


def on(ago: int) -> date:
    return DAY - timedelta(days=ago)


@st.composite
def archives(draw: st.DrawFn) -> tuple[list[tuple[str, str, int]], dict[int, list[int]]]:
    """Headlines (title, language, days ago), and digests: days ago -> which headlines, of any age, they carry."""
    ages = st.integers(0, 60)
    told = draw(st.lists(st.tuples(st.sets(st.sampled_from(WORDS), min_size=1), st.sampled_from(COLUMNS), ages)))
    titles = [(f"{' '.join(sorted(words))} {n}x", language, ago) for n, (words, language, ago) in enumerate(told)]
    carrying = st.dictionaries(
        ages, st.lists(st.integers(0, max(len(told) - 1, 0)), unique=True, max_size=4), max_size=3
    )
    return titles, draw(carrying) if told else {}


def stored(titles: list[tuple[str, str, int]], digests: dict[int, list[int]]) -> list[Headline]:
    made = [headline(title, language=language, day=on(ago)) for title, language, ago in titles]
    for ago, numbers in digests.items():
        places: Counter[str] = Counter()
        for number in numbers:
            title, language, own = titles[number]
            places[language] += 1
            made.append(entry(title, places[language], language=language, digest=on(ago), day=on(own)))
    return made


def by_hand(
    titles: list[tuple[str, str, int]], digests: dict[int, list[int]], *words: str
) -> Counter[tuple[date, str]]:
    """(day, column) -> how many headlines with these words are listed there."""
    listed = {(on(ago), language, title) for title, language, ago in titles}
    listed |= {(on(ago), titles[n][1], titles[n][0]) for ago, numbers in digests.items() for n in numbers}
    return Counter((day, language) for day, language, title in listed if set(words) <= set(title.split()))


@pytest.mark.parametrize("whole", [True, False], ids=["whole", "in spans"])
def test_what_is_found_is_what_is_there(store: Store, monkeypatch: pytest.MonkeyPatch, whole: bool) -> None:
    if not whole:
        monkeypatch.setattr(finding, "RARE", 0)
        monkeypatch.setattr(finding, "RARE_POSTGRESQL", 0)
        monkeypatch.setattr(spans, "FEWEST_DAYS", 3)

    def check(archive: tuple[list[tuple[str, str, int]], dict[int, list[int]]]) -> None:
        empty(store)
        put(store, *stored(*archive))
        with store.reading() as reader:
            for words in (("visa",), ("coal", "rail"), WORDS):
                question, there = sought(reader, *words), by_hand(*archive, *words)
                found: Counter[tuple[date, str]] = Counter()
                for hit in reader.found(question, 10**6)[0]:
                    found[hit.day, hit.language] += hit.n
                assert found == there, words
                days = reader.days(TimelineFilter(), question, 10**6)
                assert dict(days) == {day: sum(n for (on_, _), n in there.items() if on_ == day) for day, _ in there}
                titles = [title for _, title in reader.titles(TimelineFilter(), question, 10**6)]
                assert sorted(titles) == sorted(t for t, _, _ in archive[0] if set(words) <= set(t.split())), words

    run(store, check)


def run(store: Store, check: Callable[[tuple[list[tuple[str, str, int]], dict[int, list[int]]]], None]) -> None:
    settings(
        max_examples={"sqlite": 40, "postgresql": 15}[store.dialect],
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )(given(archives())(check))()
