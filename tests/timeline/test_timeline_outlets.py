"""The index of outlets and the page of one."""

from datetime import timedelta

import pytest

from app.errors import NotFound
from app.model.filters import TimelineFilter
from app.store import Store
from app.timeline import browse, outlets
from app.timeline.views import OutletView
from tests.builders import DAY, article, entry, headline, put

YESTERDAY = DAY - timedelta(days=1)


@pytest.fixture
def press(store: Store) -> Store:
    """Outlets in both languages, in one, in another one, and one that only wrote an article."""
    put(
        store,
        entry("From yesterday", 1, day=YESTERDAY),
        headline("Today"),
        headline("Өнөөдөр", language="mn"),
        headline("Мэдээ", language="mn", outlet="gogo.mn"),
        headline("Мэдээ хоёр", language="mn", outlet="gogo.mn", day=DAY - timedelta(days=100)),
        headline("Жаңалық", language="kk", outlet="akipress.com"),
        articles=[article(outlet="ikon.mn", host="ikon.mn")],
    )
    return store


def page(store: Store, domain: str, **f: object) -> OutletView:
    with store.reading() as reader:
        return outlets.outlet(reader, domain, TimelineFilter(**f), "en")  # type: ignore[arg-type]


def columns(view: OutletView) -> list[str]:
    return [column.language for column in view.timeline.days[0].columns]


def test_an_outlet_in_two_languages(press: Store) -> None:
    view = page(press, "montsame.mn", languages=("en",), outlets=("gogo.mn",))
    assert view.timeline.filter == TimelineFilter(("en",), ("montsame.mn",)), "the page's own outlet, whatever is asked"
    assert columns(page(press, "montsame.mn")) == ["en", "mn"]
    assert (view.total, view.first, view.last) == (4, YESTERDAY, DAY)
    assert [(s.language, s.n) for s in view.shares] == [("en", 3), ("mn", 1)]
    assert [day.n for day in view.volume[-2:]] == [1, 3]
    assert view.volume[-1].languages == (("en", 2), ("mn", 1))
    assert len(view.volume) == outlets.VOLUME_DAYS
    assert view.volume[-1].day == DAY


def test_an_outlet_has_the_columns_that_it_prints_in(press: Store) -> None:
    view = page(press, "gogo.mn")
    assert columns(view) == ["mn"]
    assert view.timeline.filter.languages == (), "nothing was asked for, so no filter is shown"
    assert sum(day.n for day in view.volume) == 1, "only the last ninety days"
    assert view.total == 2
    assert columns(page(press, "akipress.com")) == ["kk"]
    assert columns(page(press, "gogo.mn", languages=("mn",))) == ["mn"]


def test_an_outlet_of_an_article_only(press: Store) -> None:
    view = page(press, "ikon.mn")
    assert (view.total, view.first, view.timeline.days, view.usual) == (0, None, (), 0)


def test_the_usual_number_is_of_weekdays(store: Store) -> None:
    """15 January 2026 is a Thursday: each weekday of the last ninety days has two, each Sunday ten."""
    told = []
    for back in range(outlets.VOLUME_DAYS):
        day = DAY - timedelta(days=back)
        told += [headline(f"{n} of {day}", day=day) for n in range(10 if day.weekday() == 6 else 2)]
    put(store, *told)
    assert page(store, "montsame.mn").usual == 2


def test_the_index_counts_the_last_thirty_days(press: Store) -> None:
    with press.reading() as reader:
        view = outlets.index(reader)
        assert browse.outlet_domain(reader, "montsame.gov.mn") == "montsame.mn"
        with pytest.raises(NotFound):
            outlets.outlet(reader, "nowhere.mn", TimelineFilter(), "en")
    counted = {count.outlet.domain: count.n for count in view.outlets}
    assert counted == {"akipress.com": 0, "gogo.mn": 1, "ikon.mn": 0, "montsame.mn": 4}
    assert view.window == (DAY - timedelta(days=29), DAY)
