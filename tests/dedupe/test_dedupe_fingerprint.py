"""Keys: equal exactly where two arrivals may be the same."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.dedupe.fingerprint import KEY_BYTES, article_key, identity_fold, title_key, url_key

SAME = [
    ("ЭРДЭНЭС ТАВАНТОЛГОЙ", "Эрдэнэс Тавантолгой", "capitals"),
    ("“ЭРДЭНЭС” ХК", '"ЭРДЭНЭС" ХК', "quotation marks"),
    ("A – B", "A-B", "dashes"),
    ("TITLE  HERE", "TITLE\xa0HERE", "blanks"),
    ("Йоо", "И\u0306оо", "composition"),
    ("ﬁve Ⅳ ²", "five IV 2", "compatibility forms"),
    ("STRASSE", "straße", "full case folding"),
    ("Доллар 3,560", "Доллар 3 560", "digit groups"),
]
OTHER = [
    ("Ханш: 3560", "Ханш: 3561", "numbers"),
    ("Үнэ", "Унэ", "ү is not у"),
    ("Өрөө", "Ороо", "ө is not о"),
    ("Rail opens", "Rail opened", "words"),
    ("!!!", "???", "without a letter the title itself counts"),
]


@pytest.mark.parametrize(("one", "two", "why"), SAME)
def test_the_same(one: str, two: str, why: str) -> None:
    assert title_key("x.mn", one) == title_key("x.mn", two), why


@pytest.mark.parametrize(("one", "two", "why"), OTHER)
def test_not_the_same(one: str, two: str, why: str) -> None:
    assert title_key("x.mn", one) != title_key("x.mn", two), why


def test_outlets_are_kept_apart() -> None:
    assert title_key("x.mn", "Title") != title_key("y.mn", "Title")


def test_articles_are_told_apart_by_their_date() -> None:
    assert article_key("x.mn", "Title", date(2026, 1, 14)) != article_key("x.mn", "Title", date(2026, 1, 15))
    assert article_key("x.mn", "TITLE", date(2026, 1, 15)) == article_key("x.mn", "Title", date(2026, 1, 15))


def test_parts_do_not_run_together() -> None:
    assert title_key("x.mn", "abc") != title_key("x.mna", "bc")
    assert title_key("x", "\0y") == title_key("x", "y") != title_key("x\0y", "")


def test_kinds_of_keys_are_kept_apart() -> None:
    assert len({url_key("a"), title_key("a", ""), title_key("", "a")}) == 3


@given(st.text(), st.text())
def test_keys_have_their_length_and_are_the_same_every_time(outlet: str, title: str) -> None:
    key = title_key(outlet, title)
    assert len(key) == len(url_key(title)) == KEY_BYTES
    assert key == title_key(outlet, title)


@given(st.text())
def test_folding_is_finished_after_once(title: str) -> None:
    folded = identity_fold(title)
    assert identity_fold(folded) == folded
    assert identity_fold(f" «{title}» ") == (folded if any(map(str.isalnum, folded)) else f" «{title}» ")


def test_keys_never_change() -> None:
    """They are stored: another key would make every known headline a new one."""
    assert title_key("montsame.mn", "МОНГОЛ УЛС").hex() == KNOWN_TITLE
    assert url_key("https://montsame.mn/en/read/1").hex() == KNOWN_URL


KNOWN_TITLE = "903777132af49f7371afbc148652965a"
KNOWN_URL = "431752ddbadaa8f8e9d9859c02b4f61d"
