"""A day as text: what is written is read back as the same."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.ingest.formats.digest import parse_text
from app.ingest.formats.digest.scan import marks
from app.model.headline import Article, Honesty, RawArticle, RawItem
from app.model.outlet import OutletName
from app.model.timeline import HeadlineRow, LanguageColumn
from app.normalise.text import clean
from app.render.formats.txt import lines
from tests.builders import DAY, article

OUTLET = OutletName("montsame.mn", "Montsame", "МОНЦАМЭ")


def row(title: str, rank: int | None = None, **changes: Any) -> HeadlineRow:
    values: dict[str, Any] = {
        "id": 1,
        "title": title,
        "url": None,
        "language": "en",
        "day": DAY,
        "published_at": None,
        "honesty": Honesty.DATE_ONLY,
        "outlet": OUTLET,
        "rank": rank,
        "host": "en.montsame.mn",
    }
    return HeadlineRow(**(values | changes))


def column(language: str, digest: Sequence[HeadlineRow] = (), others: Sequence[HeadlineRow] = ()) -> LanguageColumn:
    return LanguageColumn(language, tuple(digest), tuple(others), len(digest) + len(others))


def written(*columns: LanguageColumn, articles: Sequence[Article] = (), headed: bool = False) -> str:
    return "\n".join(lines(DAY, columns, articles, headed=headed)) + "\n"


def test_the_plain_form() -> None:
    text = written(
        column("en", [row("FIRST", 1), row("9 PROVINCES", 2, day=date(2026, 1, 14))]),
        column("mn", [row("НЭГ", 1, host="")]),
        articles=[article("Why", host="sinonk.com", paragraphs=("One.", "Two."), published_on=date(2020, 6, 30))],
    )
    assert text == (
        "1 FIRST WWW.EN.MONTSAME.MN PUBLISHED:2026/01/15\n"
        "2 9 PROVINCES WWW.EN.MONTSAME.MN PUBLISHED:2026/01/14\n"
        "\n"
        "НЭГ WWW.MONTSAME.MN НИЙТЭЛСЭН:2026/01/15\n"
        "\n"
        "Why www.sinonk.com\n\nOne.\n\nTwo.\n\nPublished Date:2020-06-30\n\n"
    )


@pytest.mark.parametrize(
    "columns",
    [
        [column("en", [row("OLD", 1, day=date(2026, 1, 14))])],
        [column("en", [row("LATE", 4)])],
        [column("en", [row("A", 1), row("B", 3)])],
        [column("en", [row("UNDATED", 1, honesty=Honesty.FIRST_SEEN)])],
    ],
)
def test_a_line_more_where_the_plain_form_would_not_say_it(columns: list[LanguageColumn]) -> None:
    assert written(*columns).startswith("== DIGEST 2026-01-15 ==\n")


def test_several_days_each_have_their_line() -> None:
    assert written(column("en", [row("A", 1)]), headed=True).startswith("== DIGEST 2026-01-15 ==\n")


def test_headlines_outside_the_digest_have_their_own_part() -> None:
    text = written(column("en", [row("A", 1)], [row("75 COUNTRIES"), row("NEW", honesty=Honesty.FIRST_SEEN)]))
    assert text.endswith(
        "== HEADLINES 2026-01-15 ==\n\n75 COUNTRIES WWW.EN.MONTSAME.MN PUBLISHED:2026/01/15\n"
        "NEW WWW.EN.MONTSAME.MN PUBLISHED:\n"
    )
    first, other, undated = parse_text(text)
    assert isinstance(first, RawItem)
    assert isinstance(other, RawItem)
    assert isinstance(undated, RawItem)
    assert (first.position, other.title, other.position, undated.published) == (1, "75 COUNTRIES", None, None)


def test_an_article_without_any_entry_keeps_its_day() -> None:
    (found,) = parse_text(written(column("en"), articles=[article("Why", published_on=date(2020, 6, 30))]))
    assert isinstance(found, RawArticle)
    assert found.digest_day == "2026-01-15"


def test_a_day_without_anything_is_empty() -> None:
    assert list(lines(DAY, [column("en"), column("mn")], [])) == []


def test_a_column_that_has_no_text_form_is_left_out() -> None:
    assert list(lines(DAY, [column("kk", [], [row("Қазақ")])], [])) == []


TITLES = st.one_of(
    st.text(min_size=1, max_size=60),
    st.lists(
        st.sampled_from(
            ["1", "2", "9", "75", "2024", "4.5", "14TH", "STORY", "МЭДЭЭ", "“ҮГ”", "WWW.D-GOV.MN", ":", "—", "  "]
        ),
        min_size=1,
        max_size=6,
    ).map(" ".join),
).map(lambda title: clean(title).text)
HOSTS = st.from_regex(r"[a-z][a-z0-9]{0,9}(\.[a-z]{2,5}){1,3}", fullmatch=True)
DAYS = st.one_of(st.just(DAY), st.dates(date(1990, 1, 1), DAY))


def _readable(title: str) -> bool:
    """Not empty, and without what would make any reader see another entry in it."""
    return bool(title) and not list(marks(title + " WWW.X.MN")) and not title.lower().endswith("www.")


ROWS = st.lists(st.tuples(TITLES.filter(_readable), HOSTS, DAYS), max_size=12)


@given(english=ROWS, mongolian=ROWS, others=ROWS)
def test_what_is_written_is_read_back(english: Any, mongolian: Any, others: Any) -> None:
    assume(english or mongolian or others)
    ranked = [row(title, n, host=host, day=day) for n, (title, host, day) in enumerate(english, 1)]
    counted = [row(title, n, host=host, day=day) for n, (title, host, day) in enumerate(mongolian, 1)]
    rest = [row(title, host=host, day=day) for title, host, day in others]
    found = list(parse_text(written(column("en", ranked, rest), column("mn", counted))))
    assert all(isinstance(item, RawItem) for item in found), found
    assert [
        (i.marker, i.digest_day, i.position, i.rank, i.title, (i.outlet or "").lower(), i.published)
        for i in found
        if isinstance(i, RawItem)
    ] == [
        *(("en", f"{DAY}", r.rank, r.rank, r.title, f"www.{r.host}", f"{r.day:%Y/%m/%d}") for r in ranked),
        *(("mn", f"{DAY}", r.rank, None, r.title, f"www.{r.host}", f"{r.day:%Y/%m/%d}") for r in counted),
        *((None, None, None, None, r.title, f"www.{r.host}", f"{r.day:%Y/%m/%d}") for r in rest),
    ]
