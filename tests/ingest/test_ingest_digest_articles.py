"""The long reads after a digest's entries."""

import pytest

from app.ingest.formats.digest import parse_text
from app.model.headline import RawArticle, Reason, Rejection

ENTRY = "1 FIRST WWW.X.MN PUBLISHED:2026/01/15\n\n"
LONG = "Mongolia's deliberate neutrality makes it stand out in a region of tensions, and this has helped to build trust"


def articles(text: str) -> list[RawArticle]:
    found = list(parse_text(text))
    assert not [i for i in found if isinstance(i, Rejection)], found
    return [i for i in found if isinstance(i, RawArticle)]


def rejected(text: str) -> list[Rejection]:
    return [i for i in parse_text(text) if isinstance(i, Rejection)]


def test_several_articles_in_their_order() -> None:
    text = ENTRY + "".join(f"Title {n} www.a{n}.com\n\nOne.\n\nTwo.\n\nPublished Date:2020-06-0{n}\n\n" for n in (1, 2))
    found = articles(text)
    assert [(a.title, a.outlet, a.published, a.position, a.digest_day) for a in found] == [
        (f"Title {n}", f"www.a{n}.com", f"2020-06-0{n}", n, "2026-01-15") for n in (1, 2)
    ]
    assert found[0].paragraphs == ("One.", "Two.")


@pytest.mark.parametrize(
    "end", ["\nPublished Date:2020-06-30", " Published Date: 2020-06-30", "published date:2020/06/30\n"]
)
def test_the_date_with_or_without_a_line_break(end: str) -> None:
    (article,) = articles(f"{ENTRY}Title www.a.com\n\nOne.{end}")
    assert article.paragraphs == ("One.",)
    assert article.published in ("2020-06-30", "2020/06/30")


def test_a_heading_that_was_wrapped() -> None:
    (article,) = articles(f"{ENTRY}A very long\ntitle of an article\nwww.a.com\n\nOne.\n\nPublished Date:2020-06-30")
    assert (article.title, article.outlet) == ("A very long title of an article", "www.a.com")


def test_wrapped_paragraphs_are_joined() -> None:
    (article,) = articles(
        f"{ENTRY}Title www.a.com\n\nThe first line of\na paragraph.\nIt goes on.\n\nPublished Date:2020-06-30"
    )
    assert article.paragraphs == ("The first line of a paragraph. It goes on.",)


def test_a_paragraph_a_line() -> None:
    (article,) = articles(f"{ENTRY}Title www.a.com\n{LONG}.\nShort.\n{LONG}.\nPublished Date:2020-06-30")
    assert article.paragraphs == (f"{LONG}.", "Short.", f"{LONG}.")


def test_a_long_paragraph_broken_inside_a_sentence_is_one() -> None:
    (article,) = articles(f"{ENTRY}Title www.a.com\n\n{LONG}\nwith Pyongyang.\n\nPublished Date:2020-06-30")
    assert article.paragraphs == (f"{LONG} with Pyongyang.",)


def test_a_host_in_a_paragraph_is_no_heading() -> None:
    (article,) = articles(f"{ENTRY}Title www.a.com\n\nOne.\n\nRead more at www.b.com\n\nPublished Date:2020-06-30")
    assert article.paragraphs == ("One.", "Read more at www.b.com")


def test_an_article_alone_makes_its_own_day() -> None:
    (article,) = articles("Title www.a.com\n\nOne.\n\nPublished Date:2020-06-30")
    assert article.digest_day == "2020-06-30"


def test_entries_may_follow_an_article() -> None:
    text = "Title www.a.com\n\nOne.\n\nPublished Date:2020-06-30\n1 FIRST WWW.X.MN PUBLISHED:2026/01/15"
    article, item = parse_text(text)
    assert isinstance(article, RawArticle)
    assert not isinstance(item, RawArticle | Rejection)
    assert (item.title, item.digest_day, article.digest_day) == ("FIRST", "2026-01-15", "2026-01-15")


def test_mongolian_words_for_the_date() -> None:
    (article,) = articles(f"{ENTRY}Гарчиг www.a.mn\n\nНэг.\n\nНийтэлсэн огноо:2020-06-30")
    assert (article.title, article.published) == ("Гарчиг", "2020-06-30")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Title www.a.com\n\nOne.", Reason.BAD_DATE),
        ("Title www.a.com\n\nOne.\n\nPublished Date:", Reason.BAD_DATE),
        ("Title www.a.com\n\nOne.\n\nPublished Date:2020-02-30", Reason.BAD_DATE),
        ("www.a.com\n\nOne.\n\nPublished Date:2020-06-30", Reason.NO_TITLE),
        ("Title www.a.com\n\nPublished Date:2020-06-30", Reason.NO_TITLE),
        ("Title www.\n\nOne.\n\nPublished Date:2020-06-30", Reason.NO_OUTLET),
        ("No heading here.\n\nOne.\n\nPublished Date:2020-06-30", Reason.UNPLACED),
    ],
)
def test_what_is_no_article_is_kept_with_the_reason(text: str, reason: Reason) -> None:
    (stray,) = rejected(ENTRY + text)
    assert stray.reason is reason
    assert stray.raw.decode() == text


def test_text_above_an_article_is_unplaced() -> None:
    (stray,) = rejected(f"{ENTRY}ANALYSIS OF THE DAY\n\nTitle www.a.com\n\nOne.\n\nPublished Date:2020-06-30")
    assert stray.raw == b"ANALYSIS OF THE DAY"
