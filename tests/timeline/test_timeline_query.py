"""What pages are told, read from a real store on both databases."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.errors import NotFound
from app.model.filters import TimelineFilter
from app.model.headline import Headline
from app.store import Store
from app.timeline import archive, browse, query
from app.timeline.headline import headline as headline_view
from app.timeline.views import DayAnswer, TimelineView
from tests.builders import DAY, article, batch, entry, headline

YESTERDAY = DAY - timedelta(days=1)


def fill(store: Store, *headlines: Headline, articles: int = 0) -> None:
    with store.writing() as writer:
        writer.put(batch(headlines, articles=[article(f"Article {i}") for i in range(articles)]))


def timeline(store: Store, ui: str = "en", **f: object) -> TimelineView:
    with store.reading() as reader:
        return query.timeline(reader, TimelineFilter(**f), ui)  # type: ignore[arg-type]


def day(store: Store, wanted: date = DAY, ui: str = "en", **f: object) -> DayAnswer:
    with store.reading() as reader:
        return query.day(reader, wanted, TimelineFilter(**f), ui)  # type: ignore[arg-type]


def at(hour: int, wanted: date = DAY) -> datetime:
    return datetime(wanted.year, wanted.month, wanted.day, hour - 8, tzinfo=UTC)


def titles(view: TimelineView, column: int = 0) -> list[list[str]]:
    columns = (shown.columns[column] for shown in view.timeline.days)
    return [[row.title for row in (*c.digest, *c.others)] for c in columns]


@pytest.fixture
def paper(store: Store) -> Store:
    """Two days: a digest that carries a headline of the day before, others beside it, and one in Kazakh."""
    fill(
        store,
        entry("First of all", 1),
        entry("From yesterday", 2, day=YESTERDAY),
        entry("Виз олгохыг зогсоолоо", 1, language="mn", outlet="gogo.mn"),
        headline("Late news", at=at(18)),
        headline("Early news", at=at(9)),
        headline("Өглөөний мэдээ", at=at(10), language="mn", outlet="gogo.mn"),
        headline("Жаңалық", at=at(11), language="kk", outlet="akipress.com"),
        headline("Visa rules change", at=at(12, YESTERDAY), outlet="akipress.com"),
        articles=1,
    )
    return store


def test_days_newest_first_with_the_digest_before_the_rest(paper: Store) -> None:
    view = timeline(paper)
    assert [shown.day for shown in view.timeline.days] == [DAY, YESTERDAY]
    assert titles(view) == [
        ["First of all", "From yesterday", "Late news", "Early news"],
        ["Visa rules change", "From yesterday"],
    ]
    assert titles(view, 1) == [["Виз олгохыг зогсоолоо", "Өглөөний мэдээ"], []]
    assert view.timeline.older is None


def test_the_columns_take_the_order_of_the_edition(paper: Store) -> None:
    assert [c.language for c in timeline(paper, "mn").timeline.days[0].columns] == ["mn", "en"]
    assert [c.language for c in timeline(paper, "mn", languages=("en",)).timeline.days[0].columns] == ["en"]


def test_other_languages_are_reached_by_the_filter_only(paper: Store) -> None:
    assert timeline(paper).timeline.total == 8
    assert titles(timeline(paper, languages=("kk",))) == [["Жаңалық"]]


def test_the_page_goes_on_where_it_ends(store: Store) -> None:
    days = [DAY - timedelta(days=i) for i in range(9)]
    fill(store, *(headline(f"Headline of {d}", day=d) for d in days))
    first = timeline(store)
    assert [d.day for d in first.timeline.days] == days[:7]
    assert first.timeline.older == days[7]
    rest = timeline(store, before=days[6])
    assert [d.day for d in rest.timeline.days] == days[7:]
    assert rest.timeline.older is None


def test_a_long_day_says_how_much_is_left_out(store: Store) -> None:
    fill(store, *(headline(f"Headline {i}", day=DAY) for i in range(query.PER_COLUMN + 3)))
    column = timeline(store).timeline.days[0].columns[0]
    assert (len(column.others), column.hidden) == (query.PER_COLUMN, 3)
    assert day(store).view.day.columns[0].hidden == 0


def test_outlets_without_a_match_stay_with_none(paper: Store) -> None:
    counts = {
        c.outlet.domain: (c.n, c.chosen)
        for c in timeline(paper, languages=("mn",), outlets=("gogo.mn",)).timeline.outlets
    }
    assert counts == {"gogo.mn": (2, True), "montsame.mn": (0, False), "akipress.com": (0, False)}


def test_outlet_counts_leave_the_chosen_outlets_aside(paper: Store) -> None:
    alone = {c.outlet.domain: c.n for c in timeline(paper).timeline.outlets}
    chosen = {c.outlet.domain: c.n for c in timeline(paper, outlets=("gogo.mn",)).timeline.outlets}
    assert alone == chosen == {"montsame.mn": 5, "gogo.mn": 2, "akipress.com": 1}


def test_counts_look_back_thirty_days_or_as_far_as_the_page(store: Store) -> None:
    long_ago = DAY - timedelta(days=100)
    fill(store, headline("New", day=DAY), headline("Old", day=long_ago))
    assert timeline(store).window == (long_ago, DAY), "both days are on the page"
    assert timeline(store, since=DAY).window == (DAY, DAY)
    assert timeline(store, since=DAY + timedelta(days=1)).window is None


def test_a_question_without_an_answer_names_wider_ones(paper: Store) -> None:
    view = timeline(paper, languages=("mn",), outlets=("akipress.com",), text="visa")
    assert view.timeline.days == ()
    assert [(w.drops, w.n) for w in view.wider] == [("languages", 1)]
    for wider in view.wider:
        with paper.reading() as reader:
            assert query.timeline(reader, wider.filter, "en").timeline.total == wider.n


def test_past_the_end_one_is_led_back(paper: Store) -> None:
    view = timeline(paper, before=date(2000, 1, 1))
    assert [(w.drops, w.filter) for w in view.wider] == [("before", TimelineFilter())]


def test_signs_without_a_word_find_nothing(paper: Store) -> None:
    view = timeline(paper, text="!?")
    assert view.timeline.days == ()
    assert all(count.n == 0 for count in view.timeline.outlets)
    assert [w.drops for w in view.wider] == ["text"]
    assert day(paper, text="!?").view.day.total == 0


def test_an_empty_store(store: Store) -> None:
    view = timeline(store)
    assert (view.timeline.days, view.month, view.window, view.wider) == ((), None, None, ())
    with store.reading() as reader:
        assert browse.newest_leads(reader, "en") is None
        assert archive.of_year(reader, None).months == ()
        assert browse.today(reader, DAY) == DAY


def test_a_day(paper: Store) -> None:
    answer = day(paper, ui="mn")
    assert [(c.language, c.total) for c in answer.view.day.columns] == [("mn", 2), ("en", 4)]
    assert answer.view.previous == YESTERDAY
    assert answer.view.next is None
    assert [(a.article.title, a.outlet.name("mn")) for a in answer.articles] == [("Article 0", "МОНЦАМЭ")]
    assert answer.month.total == 8
    assert {c.outlet.domain: c.n for c in answer.view.outlets} == {"montsame.mn": 4, "gogo.mn": 2}


def test_a_day_takes_no_range_and_no_place_in_the_list(paper: Store) -> None:
    answer = day(paper, since=DAY + timedelta(days=5), before=date(2000, 1, 1), outlets=("gogo.mn",))
    assert answer.view.filter == TimelineFilter(outlets=("gogo.mn",))
    assert answer.view.day.total == 2


def test_a_day_of_nothing_knows_its_neighbours(paper: Store) -> None:
    with pytest.raises(NotFound) as caught:
        day(paper, DAY + timedelta(days=3))
    assert caught.value.facts["previous"] == DAY
    assert caught.value.facts["next"] is None


def test_a_day_that_only_another_language_has(store: Store) -> None:
    fill(store, headline("Жаңалық", language="kk"))
    with pytest.raises(NotFound):
        day(store)
    assert day(store, languages=("kk",)).view.day.total == 1


def test_a_day_with_an_article_only(store: Store) -> None:
    fill(store, articles=1)
    assert day(store).view.day.total == 0


def test_today_is_the_newest_day_that_has_come(paper: Store) -> None:
    fill(paper, headline("From the future", day=DAY + timedelta(days=40)))
    with paper.reading() as reader:
        assert browse.today(reader, DAY) == DAY
        assert browse.today(reader, DAY + timedelta(days=3)) == DAY
        assert browse.today(reader, YESTERDAY) == YESTERDAY


def test_articles_and_single_headlines(paper: Store) -> None:
    with paper.reading() as reader:
        (found,) = browse.analysis(reader).articles
        assert browse.article(reader, found.article.slug).articles == (found,)
        with pytest.raises(NotFound):
            browse.article(reader, "nothing")
        with pytest.raises(NotFound):
            headline_view(reader, 10**17)
        row = query.timeline(reader, TimelineFilter(), "en").timeline.days[0].columns[0].others[0]
        assert headline_view(reader, row.id).row.title == row.title
