"""The filter table: every row round-trips, refuses nonsense by name, and goes with all the others."""

from contextlib import suppress
from datetime import date
from urllib.parse import parse_qsl, quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import BadFilter
from app.model.day import FIRST_DAY, LAST_DAY
from app.model.filters import FILTERS, MAX_OUTLETS, MAX_QUERY_CHARS, MAX_TEXT_CHARS, TimelineFilter

DAYS = st.dates(FIRST_DAY, LAST_DAY)
VALUES = {
    "languages": st.sets(st.sampled_from(["en", "mn", "kk", "ru", "bxr"])).map(lambda s: tuple(sorted(s))),
    "outlets": st.sets(st.sampled_from(["montsame.mn", "gogo.mn", "open.kg", "bbc.co.uk"])).map(
        lambda s: tuple(sorted(s))
    ),
    "text": st.sampled_from(["", "уул уурхай", "“E-SERVICES” & visa=75", "100 %", "өү"]),
    "coverage": st.sampled_from(["", "both", "mn", "en"]),
    "since": st.none() | DAYS.filter(lambda d: d <= date(2020, 1, 1)),
    "until": st.none() | DAYS.filter(lambda d: d >= date(2020, 1, 1)),
    "before": st.none() | DAYS,
}


def test_the_strategy_knows_every_filter() -> None:
    assert set(VALUES) == {row.field for row in FILTERS}


@given(st.builds(TimelineFilter, **VALUES))
def test_a_filter_round_trips_through_its_address(wanted: TimelineFilter) -> None:
    query = wanted.to_query()
    assert TimelineFilter.from_query(query) == wanted
    assert [name for name, _ in parse_qsl(query)] == sorted(
        (name for name, _ in parse_qsl(query)), key=[row.name for row in FILTERS].index
    )


@given(st.text(max_size=300))
def test_any_query_string_is_a_filter_or_a_named_refusal(query: str) -> None:
    with suppress(BadFilter):
        read = TimelineFilter.from_query(query)
        assert TimelineFilter.from_query(read.to_query()) == read


HOSTILE = [
    "<script>",
    "' OR 1=1 --",
    "\x00",
    "../../etc/passwd",
    "9" * 400,
    "2026-02-30",
    "99999-01-01",
    "%",
    "\ud800",
    "x",
]


@pytest.mark.parametrize("name", [row.name for row in FILTERS if row.name != "q"])
@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_value_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(BadFilter) as caught:
        TimelineFilter.from_query(f"{name}={quote(value, errors='surrogatepass')}")
    assert caught.value.facts["name"] in {name, "query"}
    assert len(caught.value.facts["value"]) <= 80


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("", ""),
        ("q=&lang=&outlet=", ""),
        ("utm_source=x&lang=mn", "lang=mn"),
        ("outlet=news.mn&lang=mn&outlet=GOGO.mn&outlet=news.mn", "lang=mn&outlet=gogo.mn&outlet=news.mn"),
        ("q=%20%20улс%20%20төр%20", "q=%D1%83%D0%BB%D1%81+%D1%82%D3%A9%D1%80"),
        ("from=2026-01-01&to=2026-01-01", "from=2026-01-01&to=2026-01-01"),
    ],
)
def test_an_address_has_one_canonical_form(query: str, kept: str) -> None:
    assert TimelineFilter.from_query(query).to_query() == kept


@pytest.mark.parametrize(
    "query",
    [
        "from=2026-01-02&to=2026-01-01",
        "before=2026-01-01&before=2026-01-02",
        "q=%ff",
        "&".join(f"outlet=o{n}.mn" for n in range(MAX_OUTLETS + 1)),
        "x" * (MAX_QUERY_CHARS + 1),
        "&".join("a=b" for _ in range(300)),
    ],
)
def test_what_cannot_be_meant_is_refused(query: str) -> None:
    with pytest.raises(BadFilter):
        TimelineFilter.from_query(query)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("q=" + "x" * 10_000, "x" * MAX_TEXT_CHARS),
        ("q=" + quote("үнэ " * 2_500), " ".join(["үнэ"] * 50)),
        ("q=a%00b%0Ac", "a b c"),
        ("q=a&q=b", "a b"),
        ("q=%00%1b", "\ufffd"),
        ("q=%20%20", ""),
        ("q=e%CC%88", "ë"),
    ],
)
def test_any_text_can_be_searched_for(query: str, text: str) -> None:
    f = TimelineFilter.from_query(query)
    assert f.text == text
    assert TimelineFilter.from_query(f.to_query()) == f


def test_changing_a_filter_starts_paging_again() -> None:
    page_two = TimelineFilter(before=date(2026, 1, 10))
    assert page_two.but(languages=("mn",)) == TimelineFilter(languages=("mn",))
    assert page_two.but(before=date(2026, 1, 5)).before == date(2026, 1, 5)
    assert not page_two.narrows
    assert page_two.but(text="улс").narrows
