"""What readers are told: lists, counts, names, articles."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from app.errors import NotFound
from app.model.filters import TimelineFilter
from app.model.headline import Headline, Honesty
from app.model.outlet import OutletName
from app.model.timeline import HeadlineRow, ListedRow, OutletCount
from app.store import Store
from tests.asking import sought
from tests.builders import DAY, NOW, article, batch, entry, headline

ALL = TimelineFilter()
EARLIER = DAY - timedelta(days=1)
OLD = date(2025, 12, 31)
MONTSAME = OutletName("montsame.mn", "Montsame", "МОНЦАМЭ")
GOGO = OutletName("gogo.mn", "GoGo", "GoGo")

TOLD = [
    entry("Digest of the day", 1),
    entry("Entry of yesterday", 2, day=EARLIER, outlet="gogo.mn"),
    entry("Мөнгө", 1, language="mn"),
    headline("Noon train", "https://gogo.mn/noon", outlet="gogo.mn", at=NOW - timedelta(hours=5)),
    headline("Morning train", "https://gogo.mn/morning", outlet="gogo.mn", at=NOW - timedelta(hours=9)),
    headline("Қазақ", "https://kaz.mn/1", outlet="kaz.mn", language="kk"),
    headline("Far train", "https://gogo.mn/far", outlet="gogo.mn", day=EARLIER, language="mn"),
    headline("Old", "https://montsame.mn/old", day=OLD),
]


@pytest.fixture
def told(store: Store) -> Store:
    with store.writing() as writer:
        writer.put(batch(TOLD, articles=[article(), article("Its own", digest_day=None, published_on=OLD)]))
    return store


def filtered(**fields: Any) -> TimelineFilter:
    return TimelineFilter(**fields)


@pytest.mark.parametrize(
    ("f", "words", "expected"),
    [
        pytest.param(ALL, (), [(DAY, 5), (EARLIER, 2), (OLD, 1)], id="all"),
        pytest.param(filtered(languages=("mn",)), (), [(DAY, 1), (EARLIER, 1)], id="a language"),
        pytest.param(filtered(languages=("kk",)), (), [(DAY, 1)], id="a language without a column"),
        pytest.param(filtered(languages=("kk", "mn")), (), [(DAY, 2), (EARLIER, 1)], id="two languages"),
        pytest.param(filtered(outlets=("gogo.mn",)), (), [(DAY, 3), (EARLIER, 2)], id="an outlet"),
        pytest.param(
            filtered(outlets=("montsame.mn", "unknown.mn")), (), [(DAY, 2), (OLD, 1)], id="and an unknown one"
        ),
        pytest.param(filtered(outlets=("unknown.mn",)), (), [], id="an unknown outlet"),
        pytest.param(filtered(since=EARLIER), (), [(DAY, 5), (EARLIER, 2)], id="since"),
        pytest.param(filtered(until=EARLIER), (), [(EARLIER, 2), (OLD, 1)], id="until"),
        pytest.param(filtered(before=EARLIER), (), [(OLD, 1)], id="before"),
        pytest.param(filtered(before=DAY, since=EARLIER, until=DAY), (), [(EARLIER, 2)], id="a range"),
        pytest.param(ALL, ("train",), [(DAY, 2), (EARLIER, 1)], id="a word"),
        pytest.param(ALL, ("tra",), [(DAY, 2), (EARLIER, 1)], id="the beginning of a word"),
        pytest.param(ALL, ("t",), [], id="too little of it"),
        pytest.param(ALL, ("rain",), [], id="not its end"),
        pytest.param(ALL, ("train", "noon"), [(DAY, 1)], id="two words in any order"),
        pytest.param(ALL, ("мөнгө",), [(DAY, 1)], id="Cyrillic"),
        pytest.param(ALL, ("entry",), [(DAY, 1), (EARLIER, 1)], id="a digest's entry under both days"),
        pytest.param(ALL, ("қазақ",), [], id="a word in no column"),
        pytest.param(filtered(languages=("kk",)), ("қазақ",), [(DAY, 1)], id="a word and a language"),
        pytest.param(filtered(outlets=("gogo.mn",), before=DAY), ("train",), [(EARLIER, 1)], id="everything"),
        pytest.param(filtered(since=DAY, until=DAY), ("train",), [(DAY, 2)], id="a word in a range"),
        pytest.param(ALL, ("%n",), [], id="a wildcard is no word"),
        pytest.param(ALL, ("tra_n",), [], id="nor is the other one"),
    ],
)
def test_days(told: Store, f: TimelineFilter, words: Sequence[str], expected: list[tuple[date, int]]) -> None:
    with told.reading() as reader:
        asked = sought(reader, *words)
        assert list(reader.days(f, asked, 10)) == expected
        assert list(reader.days(f, asked, 1)) == expected[:1]
        listed = reader.listed(f, asked, [day for day, _ in expected], 100)
        totals = reader.column_totals(f, asked, [day for day, _ in expected])
    assert [(day, sum(row.day == day for row in listed)) for day, _ in expected] == expected
    assert sum(totals.values()) == len(listed)
    assert all(totals[row.day, row.language] for row in listed)


def test_a_rare_word_far_back(store: Store) -> None:
    days = [DAY - timedelta(days=n) for n in range(200)]
    common = [headline(f"Common {n}", f"https://a.mn/{n}", day=day) for n, day in enumerate(days)]
    with store.writing() as writer:
        writer.put(batch([*common, headline("Rare", "https://a.mn/rare", day=days[-1])]))
    with store.reading() as reader:
        assert reader.days(ALL, sought(reader, "rare"), 5) == ((days[-1], 1),)
        assert reader.days(ALL, sought(reader, "common"), 40) == tuple((day, 1) for day in days[:40])
        assert reader.days(ALL, sought(reader, "absent"), 5) == ()


def shown(rows: Sequence[ListedRow]) -> list[tuple[str, str, int | None, str]]:
    return [(row.day.isoformat()[5:], row.language, row.position, row.row.title) for row in rows]


def test_listed(told: Store) -> None:
    with told.reading() as reader:
        rows = reader.listed(ALL, (), [EARLIER, DAY], 100)
    assert shown(rows) == [
        ("01-15", "en", 1, "Digest of the day"),
        ("01-15", "en", 2, "Entry of yesterday"),
        ("01-15", "en", None, "Noon train"),
        ("01-15", "en", None, "Morning train"),
        ("01-15", "mn", 1, "Мөнгө"),
        ("01-14", "en", None, "Entry of yesterday"),
        ("01-14", "mn", None, "Far train"),
    ]
    assert rows[1].row == HeadlineRow(
        2,
        "Entry of yesterday",
        None,
        "en",
        EARLIER,
        None,
        Honesty.DATE_ONLY,
        GOGO,
        2,
        "gogo.mn",
        rows[1].row.updated_at,
    )
    assert rows[4].row.rank == 1, "a Mongolian column prints no ranks, its order is shown"
    assert rows[5].row.rank is None
    assert rows[2].row.published_at == NOW - timedelta(hours=5)


def test_a_printed_rank_is_shown_as_it_is(store: Store) -> None:
    with store.writing() as writer:
        writer.put(batch([entry("A", 1, rank=4)]))
    with store.reading() as reader:
        (row,) = reader.listed(ALL, (), [DAY], 10)
    assert (row.position, row.row.rank) == (1, 4)


def test_listed_cuts_each_column_but_never_the_digest(told: Store) -> None:
    with told.reading() as reader:
        assert shown(reader.listed(ALL, (), [DAY], 1)) == [
            ("01-15", "en", 1, "Digest of the day"),
            ("01-15", "en", 2, "Entry of yesterday"),
            ("01-15", "en", None, "Noon train"),
            ("01-15", "mn", 1, "Мөнгө"),
        ]
        assert len(reader.listed(ALL, (), [DAY], 0)) == 3
        assert reader.listed(ALL, (), [], 100) == ()
        assert reader.column_totals(ALL, (), [DAY]) == {(DAY, "en"): 4, (DAY, "mn"): 1}


def test_equal_times_have_a_fixed_order(store: Store) -> None:
    with store.writing() as writer:
        writer.put(batch([headline(f"H{n}", f"https://a.mn/{n}") for n in range(5)]))
    with store.reading() as reader:
        assert [row.row.id for row in reader.listed(ALL, (), [DAY], 4)] == [5, 4, 3, 2]


@pytest.mark.parametrize(
    ("f", "words", "expected"),
    [
        (ALL, (), [("gogo.mn", 5, False), ("montsame.mn", 2, False)]),
        (filtered(outlets=("montsame.mn",)), (), [("gogo.mn", 5, False), ("montsame.mn", 2, True)]),
        (filtered(outlets=("kaz.mn",)), ("train",), [("gogo.mn", 3, False), ("kaz.mn", 0, True)]),
        (
            filtered(outlets=("who.mn",), languages=("mn",)),
            (),
            [("gogo.mn", 1, False), ("montsame.mn", 1, False), ("who.mn", 0, True)],
        ),
        (filtered(languages=("kk",)), (), [("kaz.mn", 1, False)]),
        (ALL, ("nothing",), []),
    ],
)
def test_outlet_counts(
    told: Store, f: TimelineFilter, words: Sequence[str], expected: list[tuple[str, int, bool]]
) -> None:
    with told.reading() as reader:
        counts = reader.outlet_counts(f, sought(reader, *words), EARLIER, DAY)
    assert [(count.outlet.domain, count.n, count.chosen) for count in counts] == expected


def test_outlets_have_names(told: Store) -> None:
    with told.reading() as reader:
        assert reader.outlet_counts(ALL, (), OLD, OLD) == (OutletCount(MONTSAME, 1),)
        assert reader.names(["gogo.mn", "unknown.mn", "montsame.mn"]) == {"gogo.mn": GOGO, "montsame.mn": MONTSAME}
        assert [outlet.domain for outlet in reader.outlets()] == ["gogo.mn", "kaz.mn", "montsame.mn"]


def test_month_counts_and_neighbours(told: Store) -> None:
    with told.reading() as reader:
        assert reader.month_counts(date(2026, 1, 1), date(2026, 1, 31)) == {EARLIER: 2, DAY: 5}
        assert reader.month_counts(date(2026, 2, 1), date(2026, 2, 28)) == {}
        assert reader.neighbours(EARLIER) == (OLD, DAY)
        assert reader.neighbours(date(2026, 1, 5)) == (OLD, EARLIER)
        assert reader.neighbours(OLD) == (None, EARLIER)
        assert reader.neighbours(DAY) == (EARLIER, None)


def test_a_day_with_nothing_in_the_two_columns_is_no_neighbour(store: Store) -> None:
    with store.writing() as writer:
        writer.put(batch([headline("Қазақ", "https://kaz.mn/1", language="kk", day=EARLIER)]))
    with store.reading() as reader:
        assert reader.neighbours(DAY) == (None, None)
        assert reader.month_counts(EARLIER, DAY) == {}


def test_one_headline(told: Store) -> None:
    with told.reading() as reader:
        assert reader.headline(1) == HeadlineRow(
            1, "Old", "https://montsame.mn/old", "en", OLD, None, Honesty.DATE_ONLY, MONTSAME, None, "montsame.mn", NOW
        )
        for missing in (0, -1, 99, 2**63, 10**40):
            with pytest.raises(NotFound):
                reader.headline(missing)


def test_articles(told: Store) -> None:
    with told.reading() as reader:
        assert reader.articles_of(DAY) == (article(),)
        assert reader.articles_of(EARLIER) == ()
        assert reader.article("why-the-railway-matters") == article()
        assert [a.title for a in reader.articles(10)] == ["Why the railway matters", "Its own"]
        assert [a.title for a in reader.articles(1)] == ["Why the railway matters"]
        with pytest.raises(NotFound):
            reader.article("nothing")


def test_an_article_of_two_digests_belongs_to_the_first(store: Store) -> None:
    with store.writing() as writer:
        writer.put(batch(articles=[article()]))
        writer.put(batch(articles=[article(digest_day=EARLIER, position=3)]))
    with store.reading() as reader:
        assert reader.articles_of(DAY) == (article(),)
        assert reader.article(article().slug) == article(digest_day=EARLIER, position=3)


def test_what_comes_out_is_what_went_in(store: Store) -> None:
    title = "Ө ү ё й 한 😀 'quotes\" \\ % _ <b> {x} ʼ"
    url = "https://montsame.mn/мэдээ?id=1&q=%D3%A8"
    at = NOW.replace(microsecond=999_999)
    with store.writing() as writer:
        writer.put(batch([headline(title, url, at=at, host="news.montsame.mn")]))
    with store.reading() as reader:
        row = reader.headline(1)
    assert (row.title, row.url, row.published_at, row.host) == (title, url, NOW, "news.montsame.mn")
    assert row.published_at is not None
    assert row.published_at.utcoffset() == timedelta(0)


def test_headlines_of_every_year(store: Store) -> None:
    days = [date(1990, 1, 1), date(2016, 3, 26), date(2199, 12, 31)]
    told_: list[Headline] = [headline(f"H{day}", f"https://a.mn/{day}", day=day) for day in days]
    with store.writing() as writer:
        writer.put(batch(told_))
    with store.reading() as reader:
        assert [day for day, _ in reader.days(ALL, (), 9)] == days[::-1]


def test_languages_without_a_column(told: Store) -> None:
    with told.reading() as reader:
        assert reader.other_languages(EARLIER, DAY) == (("kk", 1),)
        assert reader.other_languages(OLD, EARLIER) == ()


def test_who_has_streamed_reads_all_that_follows(store: Store) -> None:
    """A connection that was asked to stream keeps the first rows of an answer for itself."""
    with store.writing() as writer:
        writer.put(batch([headline("The first one")]))
    with store.reading() as reader:
        reader._connection.execution_options(stream_results=True).execute(text("SELECT 1")).all()
        assert reader.days(ALL, (), 9) == ((DAY, 1),)
