"""The language of the search box: what is meant by what is typed, and that anything can be typed."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.model.filters import MAX_TEXT_CHARS, TimelineFilter
from app.model.search import Note, Query, Term, Why
from app.search.folding import MAX_WORDS
from app.search.query import parse


def told(query: Query) -> str:
    """The words of a question in a short form: `a (b|c) "d e" -f`."""

    def term(t: Term) -> str:
        return f'"{" ".join(t.words)}"' if t.phrase else "+".join(t.words)

    groups = ["|".join(map(term, group)) for group in query.required]
    return " ".join([*groups, *(f"-{term(t)}" for t in query.excluded)])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Үнэ ӨСӨХ", "үнэ өсөх"),
        ("үнэ үнэ", "үнэ"),
        ("COVID-19", "covid+19"),
        ("нүүрс OR зэс экспорт", "нүүрс|зэс экспорт"),
        ("нүүрс | зэс | төмөр", "нүүрс|зэс|төмөр"),
        ("нүүрс ЭСВЭЛ зэс", "нүүрс|зэс"),
        ("coal or copper", "coal or copper"),
        ("OR coal", "coal"),
        ("coal OR", "coal"),
        ("coal OR OR copper", "coal|copper"),
        ('"монгол улс" төсөв', '"монгол улс" төсөв'),
        ("«монгол улс»", '"монгол улс"'),
        ("“монгол улс", '"монгол улс"'),
        ('"виз"', "виз"),
        ("виз -аялал", "виз -аялал"),
        ('виз -"богд хаан"', 'виз -"богд хаан"'),
        ("2024-2025", "2024+2025"),
        ("- виз", "виз"),
        ("УИХ-ын", "уих"),
        ("1 250 000 ₮", "1250000 төгрөг"),
        ("10 төгрөг", "10 төгрөг"),
        ("title:виз", "title+виз"),
        ("виз:", "виз"),
        ("https://gogo.mn/r/1", "https+gogo+mn+r+1"),
        ("12:30", "12+30"),
        ("NOT visa AND fee", "not visa and fee"),
        ("visa* (fee) ^2 NEAR(a b) {x}", "visa fee 2 near+a b x"),
        ('""', ""),
        ('"', ""),
        ("!?*", ""),
        ("a\0b", "a b"),
    ],
)
def test_words(text: str, words: str) -> None:
    assert told(parse(text)) == words


DAY = date(2026, 1, 15)


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("outlet:gogo.mn", {"outlets": ("gogo.mn",)}),
        ("Outlet:GOGO.mn outlet:ikon.mn", {"outlets": ("gogo.mn", "ikon.mn")}),
        ("сурвалж:gogo.mn,ikon.mn", {"outlets": ("gogo.mn", "ikon.mn")}),
        ("lang:en", {"languages": ("en",)}),
        ("хэл:монгол lang:kk", {"languages": ("kk", "mn")}),
        ("before:2026-01-15", {"until": date(2026, 1, 14)}),
        ("after:2026-01-15", {"since": DAY}),
        ("after:2026 before:2026-02", {"since": date(2026, 1, 1), "until": date(2026, 1, 31)}),
        ("on:2026.1.15", {"since": DAY, "until": DAY}),
        ("өдөр:2024-02", {"since": date(2024, 2, 1), "until": date(2024, 2, 29)}),
        ("огноо:2024", {"since": date(2024, 1, 1), "until": date(2024, 12, 31)}),
        ("хойш:2026/01/15 өмнө:2026/01/16", {"since": DAY, "until": DAY}),
    ],
)
def test_operators(text: str, conditions: dict[str, object]) -> None:
    assert parse(text) == Query(**conditions)  # type: ignore[arg-type]
    assert parse(f"виз {text}").required == ((Term(("виз",)),),)
    assert parse(text).conditions


@pytest.mark.parametrize(
    ("text", "words", "note"),
    [
        ("lang:klingonish", "lang+klingonish", Note(Why.VALUE, "lang:klingonish")),
        ("before:yesterday", "before+yesterday", Note(Why.VALUE, "before:yesterday")),
        ("on:2026-02-30", "on+2026+2+30", Note(Why.VALUE, "on:2026-02-30")),
        ("outlet:nobody", "outlet+nobody", Note(Why.VALUE, "outlet:nobody")),
        ("-lang:en visa", "visa -lang+en", Note(Why.VALUE, "-lang:en")),
        ("-visa", "-visa", Note(Why.ONLY_WITHOUT)),
        ("after:2026 before:2025", "", Note(Why.CONFLICT)),
    ],
)
def test_what_was_not_understood_is_noted(text: str, words: str, note: Note) -> None:
    query = parse(text)
    assert told(query) == words
    assert query.notes == (note,)


def test_outlets_may_have_names() -> None:
    query = parse('outlet:"Eagle News" outlet:ikon', outlet={"eagle news": "eagle.mn", "ikon": "ikon.mn"}.get)
    assert query == Query(outlets=("eagle.mn", "ikon.mn"))


def test_a_long_question_is_read_to_a_limit_and_says_so() -> None:
    query = parse("үнэ " * 5_000)
    assert told(query) == "үнэ"
    assert {note.why for note in query.notes} == {Why.LONG, Why.MANY}
    many = parse(" ".join(f"w{n}" for n in range(MAX_WORDS + 3)))
    assert len(many.words) == MAX_WORDS
    assert many.notes == (Note(Why.MANY, str(MAX_WORDS)),)


def test_conditions_join_those_of_the_filter() -> None:
    f = TimelineFilter(languages=("en",), outlets=("a.mn", "b.mn"), text="x", since=date(2026, 1, 1), before=DAY)
    asked = Query(outlets=("b.mn", "c.mn"), since=date(2025, 1, 1), until=DAY)
    merged = asked.merged(f)
    assert merged == TimelineFilter(("en",), ("b.mn",), "x", "", date(2026, 1, 1), DAY, DAY)
    assert Query().merged(f) == f
    assert Query(languages=("mn",)).merged(f) is None
    assert Query(until=date(2025, 1, 1)).merged(f) is None


SIGNS = st.text(st.sampled_from("ab үө\"-:|ORon:lang:2026-1 \0\ud800*()^{}+.,'«»"), max_size=40)


@given(st.one_of(st.text(max_size=60), SIGNS))
@example("(" * 10_000)
@example('-"' * 5_000)
@example("on:9999-99-99")
@example("outlet:" * 100)
@example("before:1990-01-01 before:0000")
def test_any_text_is_a_question(text: str) -> None:
    query = parse(text)
    assert all(word.isalnum() for word in query.words)
    assert len(query.words) <= MAX_WORDS
    assert all(group and all(term.words for term in group) for group in query.required)
    assert parse(text[:MAX_TEXT_CHARS]).required == query.required
