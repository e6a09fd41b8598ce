"""Any text gives items: never an exception, never text that is lost."""

import re
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from app.ingest.format import Head
from app.ingest.formats.digest import parse_text, sniff
from app.model.headline import RawArticle, RawItem, Rejection

PIECES = st.sampled_from(
    [
        "1 ", "2 ", "10 ", "8 IN 10 ", "2024 ", "STORY ", "МЭДЭЭ ", "“ҮГ” ", "WWW.", "WWW.X.MN", "www.a-b.co.kr/",
        "HTTP://", "X.MN", " PUBLISHED:", "PUBLISHED :", "НИЙТЭЛСЭН:", "published:", "2026/01/15", "2026/02/30", "9999",
        "0000/00/00", "/", ".", ":", " ", "  ", "\xa0", "\n", "\r\n", "\n\n", "\t", "\x00", "\u202e", "\ufeff",
        "\udc80", "\ud800", "Title www.a.com\n\n", "One. ", "Published Date:", "2020-06-30", "== DIGEST 2026-01-15 ==",
        "\n== HEADLINES 2026-01-15 ==\n", "НИИ\u0306ТЭЛСЭН:", "ſ", "İ",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=40).map("".join))
DAYS = st.one_of(st.none(), st.dates(date(1990, 1, 1), date(2199, 12, 31)))


@given(text=TEXTS, day=DAYS, latest=DAYS)
def test_any_text_gives_items(text: str, day: date | None, latest: date | None) -> None:
    for item in parse_text(text, day=day, latest=latest):
        assert isinstance(item, RawItem | RawArticle | Rejection)
        assert item.raw
        if isinstance(item, RawItem | RawArticle):
            assert item.title == item.title.strip() != ""
            assert item.outlet


@given(text=TEXTS, latest=DAYS)
def test_every_letter_is_in_some_item(text: str, latest: date | None) -> None:
    """What is taken as a marker of a part is the only text that no item keeps."""
    kept = "".join(
        re.sub(r"\s", "", item.raw.decode("utf-8", "surrogateescape")) for item in parse_text(text, latest=latest)
    )
    plain = text.encode("utf-8", "backslashreplace").decode() if any("\ud800" <= c <= "\udfff" for c in text) else text
    plain = re.sub(r"(?m)^==[ \t]*(DIGEST|HEADLINES)[ \t]+2026-01-15[ \t]*==[ \t]*$", "", plain.replace("\r", "\n"))
    if plain is text or plain == text:
        assert sum(c.isalnum() for c in kept) == sum(c.isalnum() for c in plain)


@given(text=TEXTS)
def test_places_are_unique_and_count_up(text: str) -> None:
    places = [
        (i.digest_day, i.marker, i.position)
        for i in parse_text(text)
        if isinstance(i, RawItem) and i.position is not None
    ]
    assert len(places) == len(set(places))


@given(text=TEXTS)
def test_sniffing_never_fails(text: str) -> None:
    assert sniff(Head(text.encode("utf-8", "surrogatepass"), text)) in (True, False)
