"""Years and months of the archive."""

from datetime import date
from functools import partial

import pytest

from app.errors import NotFound
from app.store import Store
from app.timeline import archive
from app.timeline.views import YearMark
from tests.builders import DAY, headline, put

OLD = date(2024, 12, 19)


@pytest.fixture
def old_paper(store: Store) -> Store:
    """Two years with one between them in which nothing was printed."""
    put(
        store,
        headline("Old", day=OLD),
        headline("New", day=DAY),
        headline("Newer", day=DAY, outlet="gogo.mn"),
        headline("Шинэ", language="mn", outlet="gogo.mn", day=date(2026, 1, 2)),
        headline("Жаңа", language="kk", outlet="akipress.com"),
    )
    return store


def test_a_year(old_paper: Store) -> None:
    with old_paper.reading() as reader:
        newest, old = archive.of_year(reader, None), archive.of_year(reader, 2024)
    assert newest.years == (YearMark(2024, True), YearMark(2025, False), YearMark(2026, True))
    assert (newest.total, newest.days, len(newest.months)) == (3, 2, 12)
    assert newest.languages == (("en", 2), ("mn", 1), ("kk", 1)), "the two columns first"
    assert newest.outlets == ()
    assert (newest.previous, newest.next) == (OLD, None)
    assert (old.total, old.first, old.next) == (1, OLD, date(2026, 1, 2))


def test_a_month_with_its_outlets(old_paper: Store) -> None:
    with old_paper.reading() as reader:
        view = archive.of_month(reader, DAY)
    assert [(c.outlet.domain, c.n) for c in view.outlets] == [("gogo.mn", 2), ("montsame.mn", 1)]
    assert (view.months[0].first, view.total, view.previous) == (date(2026, 1, 1), 3, OLD)


def test_what_has_nothing_knows_its_neighbours(old_paper: Store) -> None:
    with old_paper.reading() as reader:
        asks = partial(archive.of_year, reader, 2025), partial(archive.of_month, reader, date(2025, 6, 1))
        for ask in asks:
            with pytest.raises(NotFound) as caught:
                ask()
            assert (caught.value.facts["previous"], caught.value.facts["next"]) == (OLD, date(2026, 1, 2))


def test_an_archive_without_anything(store: Store) -> None:
    with store.reading() as reader:
        view = archive.of_year(reader, None)
    assert (view.months, view.years, view.total, view.days) == ((), (), 0, 0)
