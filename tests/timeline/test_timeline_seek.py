"""Engine and rules are one: what the pure rules say answers a question is what either database finds."""

from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.model.filters import TimelineFilter
from app.model.search import Note, Why, Word
from app.search.expand import MOST_FORMS, expand, words
from app.search.keys import Grade, grade
from app.search.query import parse
from app.store import Store, finding
from app.timeline import items, search, seek
from tests.builders import DAY, entry, headline, put

ROWS = [
    line.split("\t")
    for path in sorted((Path(__file__).parents[1] / "cases" / "search").glob("*.tsv"))
    for line in path.read_text("utf-8").splitlines()
    if not line.startswith("#")
]

TITLES = [
    "МОНГОЛ УЛСЫН ЕРӨНХИЙЛӨГЧ ЯПОНД АЙЛЧИЛЛАА",
    "Монголын уурхайнууд нүүрсний экспортоо нэмэгдүүлнэ",
    "Унэ өсөв",
    "ҮНИЙН ӨСӨЛТ 12,5 ХУВЬ",
    "УИХ-ын гишүүн хотын даргатай уулзав",
    "Хүн ба хүнс",
    "Mongolia's coal exports rise",
    "US pauses visa processing for immigrants",
    "Khurelsukh meets Xi in Beijing",
    "Oyu Tolgoi mine reopens",
    "Уулзалт болов, уул өндөр",
    "БНХАУ-ТАЙ хил дээр 139-д байр эзлэв",
]
QUESTIONS = [
    *("монгол", "mongol uls", "үнэ", "унэ", "хот", "уул", "хүн", "coal", "visas", "khurelsukh", "уих", "139", "12,5"),
    *(
        '"монгол улс"',
        '"улс монгол"',
        "coal OR visa",
        "visa -us",
        "монгол OR mongolia -coal",
        "нүүр",
        "экспор",
        "a",
        "у",
    ),
]


def found(store: Store, text: str, **f: object) -> list[str]:
    with store.reading() as reader:
        told = items.items(reader, TimelineFilter(text=text, **f), None, 1_000)  # type: ignore[arg-type]
    return [one.item.row.title for one in told.items]


def answered(titles: list[str], text: str) -> set[str]:
    """What the rules alone say: every word of the titles is looked at, nothing is looked up."""
    count: dict[str, int] = {}
    for title in titles:
        for word in set(words(title)):
            count[word] = count.get(word, 0) + 1
    known = [Word(number, word, n) for number, (word, n) in enumerate(sorted(count.items()))]
    query = parse(text)
    if not query.required:
        return set()

    @cache
    def forms_of(word: str) -> frozenset[str]:
        return expand(word, known).forms.spelled

    def has(term: object, title: tuple[str, ...]) -> bool:
        spelled = [forms_of(word) for word in term.words]  # type: ignore[attr-defined]
        if term.phrase:  # type: ignore[attr-defined]
            starts = range(len(title) - len(spelled) + 1)
            return any(all(title[at + n] in forms for n, forms in enumerate(spelled)) for at in starts)
        return all(any(word in forms for word in title) for forms in spelled)

    return {
        title
        for title in titles
        if all(any(has(term, words(title)) for term in group) for group in query.required)
        and not any(has(term, words(title)) for term in query.excluded)
    }


@pytest.mark.parametrize("text", QUESTIONS)
def test_the_store_finds_what_the_rules_say(store: Store, text: str) -> None:
    put(store, *(headline(title, day=DAY - timedelta(days=n)) for n, title in enumerate(TITLES)))
    assert set(found(store, text)) == answered(TITLES, text)


SYLLABLES = st.lists(
    st.sampled_from(["мон", "гол", "ын", "үн", "ун", "э", "у", "уул", "зам", "cor", "al", "s", "5"]),
    min_size=1,
    max_size=3,
)
WORDS = SYLLABLES.map("".join)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.lists(WORDS, min_size=1, max_size=4).map(" ".join), min_size=1, max_size=8, unique=True), WORDS, WORDS
)
def test_whatever_the_titles_are(store: Store, titles: list[str], one: str, other: str) -> None:
    run = f"q{abs(hash((*titles, one, other)))}x"  # the store lives through all examples
    put(store, *(headline(f"{title} {run}") for title in titles))
    known = everything(store)
    for text in (one, f"{one} {other}", f"{one} OR {other}", f"{run} -{one}", f'"{one} {other}"'):
        assert set(found(store, text)) == answered(known, text), text


def everything(store: Store) -> list[str]:
    with store.reading() as reader:
        return [one.item.row.title for one in items.items(reader, TimelineFilter(), None, 10_000).items]


def test_the_very_word_and_its_forms_are_always_found(store: Store) -> None:
    titles = ["Монгол орон", "Монголын тал", "Монголчууд ирэв"]
    put(store, *map(headline, titles))
    for title in titles:
        for word in words(title):
            assert title in found(store, word)
            assert grade(word, word) is Grade.EXACT


def test_common_words_are_walked_to_and_rare_ones_looked_up(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    put(store, *(headline(title, day=DAY - timedelta(days=n * 40)) for n, title in enumerate(TITLES)))
    rare = {text: found(store, text) for text in QUESTIONS}
    monkeypatch.setattr(finding, "RARE", 0)
    monkeypatch.setattr(finding, "RARE_POSTGRESQL", 0)
    assert {text: found(store, text) for text in QUESTIONS} == rare


def test_operators_join_the_filter(store: Store) -> None:
    put(
        store,
        headline("Coal one", outlet="gogo.mn", day=DAY),
        headline("Coal two", outlet="montsame.mn", day=DAY - timedelta(days=1)),
        headline("Нүүрс coal", outlet="gogo.mn", language="mn", day=DAY - timedelta(days=40)),
    )
    assert found(store, "coal outlet:gogo.mn") == ["Coal one", "Нүүрс coal"]
    assert found(store, "coal outlet:GoGo lang:mn") == ["Нүүрс coal"]
    assert found(store, "coal outlet:montsame") == ["Coal two"]
    assert found(store, f"coal before:{DAY}") == ["Coal two", "Нүүрс coal"]
    assert found(store, f"coal after:{DAY}") == ["Coal one"]
    assert found(store, f"on:{DAY - timedelta(days=1)}") == ["Coal two"], "without a word"
    assert found(store, "coal outlet:gogo.mn", outlets=("montsame.mn",)) == []
    assert found(store, "coal lang:mn", languages=("mn",)) == ["Нүүрс coal"]


def test_an_edit_a_new_day_and_a_digest_change_what_is_found(store: Store) -> None:
    put(store, headline("Coal prices", "https://a.mn/1", day=DAY - timedelta(days=3)))
    put(store, headline("Copper prices", "https://a.mn/1", day=DAY - timedelta(days=3)))
    assert (found(store, "coal"), found(store, "copper")) == ([], ["Copper prices"])
    put(store, headline("Copper prices", "https://a.mn/1", day=DAY - timedelta(days=5)))
    assert found(store, "copper", until=DAY - timedelta(days=4)) == ["Copper prices"]
    assert found(store, "copper", since=DAY - timedelta(days=4)) == []
    put(store, entry("Copper prices", 1, url="https://a.mn/1", digest=DAY, day=DAY - timedelta(days=5)))
    assert found(store, "copper", since=DAY) == ["Copper prices"]
    put(store, entry("Another", 1, digest=DAY))
    assert found(store, "copper", since=DAY) == [], "the digest carries another one now"
    assert found(store, "copper") == ["Copper prices"]


def test_a_phrase_beyond_what_is_read_says_so(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seek, "MOST_READ", 3)
    put(store, *(headline(f"Coal price {n}", day=DAY - timedelta(days=n)) for n in range(6)))
    with store.reading() as reader:
        view = search.search(reader, TimelineFilter(text='"coal price"'), "en")
    assert view.notes == (Note(Why.SLOW, "3"),)
    assert view.total == 3


def test_a_beginning_of_very_many_words_says_so(sqlite_store: Store) -> None:
    put(sqlite_store, *(headline(f"Begunx{chr(97 + n // 26)}{chr(97 + n % 26)}z word") for n in range(MOST_FORMS + 20)))
    with sqlite_store.reading() as reader:
        asked = seek.understood(reader, TimelineFilter(text="begunx"))
    assert asked.notes == (Note(Why.BROAD, "begunx"),)
    assert len(asked.marked) == MOST_FORMS


def test_a_question_that_finds_nothing_is_spelled_better(store: Store) -> None:
    put(store, headline("Government budget approved"), headline("Засгийн газар хуралдлаа", language="mn"))
    with store.reading() as reader:
        for text, meant in (
            ("goverment budget", "government budget"),
            ("засгийн гаазр", "засгийн газар"),
            ("zzzz", None),
        ):
            assert search.search(reader, TimelineFilter(text=text), "en").meant == meant


def test_relevance_puts_the_very_words_first(store: Store) -> None:
    put(
        store,
        headline("Mining news", day=DAY),
        headline("Mine reopens", day=date(2020, 1, 1)),
        headline("Mines close", day=DAY),
    )
    with store.reading() as reader:
        view = search.search(reader, TimelineFilter(text="mine"), "en", by_relevance=True)
    assert [row.title for row in view.best][:2] == ["Mine reopens", "Mines close"]


@pytest.mark.parametrize(("query", "title", "wanted"), [(row[0], row[1], row[3] == "yes") for row in ROWS])
def test_shared_cases_by_the_rules(query: str, title: str, wanted: bool) -> None:
    assert (title in answered([title], query)) is wanted


def test_shared_cases_in_one_store(store: Store) -> None:
    """Either database finds among the titles of all cases what the rules say, question by question."""
    titles = list(dict.fromkeys(row[1] for row in ROWS))
    put(store, *(headline(title, f"https://a.mn/{n}") for n, title in enumerate(titles)))
    for query in dict.fromkeys(row[0] for row in ROWS):
        assert set(found(store, query)) == answered(titles, query), query
