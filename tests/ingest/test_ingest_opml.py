"""Lists of feeds: read, refused, written and read again; hostile ones bounded."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import MalformedPayload
from app.ingest.opml import MAX_BYTES, MAX_DEPTH, MAX_SOURCES, parse, write
from app.model.headline import Reason
from app.model.source import Source
from tests.builders import NOW

LIST = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>Миний жагсаалт</title></head><body>
<outline text="Монгол" title="Монгол">
  <outline text="iKon" title="iKon.mn" type="rss" xmlUrl="https://ikon.mn/rss" htmlUrl="https://ikon.mn" language="mn"/>
  <outline text="Agencies"><outline text="AKI/press" XMLURL="https://akipress.com/rss/news.rss"/></outline>
</outline>
<outline text="Loose" xmlUrl="feed://a.mn/rss" category="/World/Asia,/Other"/>
<outline text="Script" xmlUrl="javascript:alert(1)"/>
<outline text="File" xmlUrl="file:///etc/passwd"/>
</body></opml>"""


def opml(body: str) -> bytes:
    return f'<opml version="2.0"><body>{body}</body></opml>'.encode()


def test_nested_outlines_become_categories() -> None:
    found = parse(LIST.encode())
    assert found.sources == (
        Source("https://ikon.mn/rss", title="iKon", category="Монгол", language="mn"),
        Source("https://akipress.com/rss/news.rss", title="AKI/press", category="Монгол/Agencies"),
        Source("http://a.mn/rss", title="Loose", category="World/Asia"),
    )
    assert [url for url, _ in found.refused] == ["javascript:alert(1)", "file:///etc/passwd"]


FULL = Source(
    "https://a.mn/rss?x=1&y=\"'<>",
    title="А & Б",
    category="Бүс нутаг/Agencies",
    kind="html",
    outlet="a.mn",
    language="mn",
    zone="Asia/Ulaanbaatar",
    keywords="mongolia, -inner-mongolia",
    interval=3600,
    enabled=False,
    note="Two\nlines",
    listing="item=li.n; title=h3",
    columns={"title": "Гарчиг", "url": "Холбоос"},
    worked_on=date(2026, 1, 2),
)


def test_what_is_written_comes_back_whole() -> None:
    sources = (
        replace(FULL, url="https://a.mn/rss?x=1&y='"),
        Source("https://b.mn/feed", title="B"),
        replace(FULL, url="https://c.mn/"),
    )
    data = write(sources, "Жагсаалт", NOW)
    assert data.startswith(b"<?xml")
    assert "Жагсаалт".encode() in data
    assert sorted(s.url for s in parse(data).sources) == sorted(s.url for s in sources)
    assert {s.url: s for s in parse(data).sources} == {s.url: s for s in sources}


def test_a_source_without_a_title_is_called_by_its_address() -> None:
    (found,) = parse(write([Source("https://a.mn/rss")], "", NOW)).sources
    assert found == Source("https://a.mn/rss", title="https://a.mn/rss")


words = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=30).map(
    lambda text: " ".join(text.replace("/", "-").split())
)


@given(st.lists(st.tuples(words, words, words), max_size=8, unique_by=lambda t: t[0]))
def test_any_words_come_back(told: list[tuple[str, str, str]]) -> None:
    sources = {
        f"https://a.mn/{n}": Source(f"https://a.mn/{n}", title=title or "x", category=category, note=note)
        for n, (title, category, note) in enumerate(told)
    }
    found = parse(write(sources.values(), "T", NOW))
    kept = {s.url: (s.title, s.category) for s in found.sources}
    legible = {
        url: (s.title, s.category)
        for url, s in sources.items()
        if not any(c in s.title + s.category for c in "\ufffe\uffff")
    }
    assert {url: kept[url] for url in legible} == legible
    assert found.refused == ()


@pytest.mark.parametrize(
    "body",
    [
        '<outline text="A & B" xmlUrl="https://a.mn/rss?a=1&b=2"/>',
        "<outline text='A &amp; B' xmlurl='https://a.mn/rss?a=1&amp;b=2'>",
    ],
    ids=["bare ampersand", "unclosed"],
)
def test_common_mistakes_are_read_all_the_same(body: str) -> None:
    (found,) = parse(opml(body)).sources
    assert found.url.startswith("https://a.mn/rss?a=1")


@pytest.mark.parametrize("data", [b"", b"  ", b"not xml", b"<html/>", b'<rss version="2.0"/>', b"\x00\xff" * 9])
def test_what_is_no_opml_is_refused(data: bytes) -> None:
    with pytest.raises(MalformedPayload, match="The list"):
        parse(data)


def test_entities_are_neither_resolved_nor_loaded() -> None:
    bomb = b"""<!DOCTYPE opml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
    <!ENTITY file SYSTEM "file:///etc/passwd">]>
    <opml><body><outline text="&b;&file;" xmlUrl="https://a.mn/rss"/></body></opml>"""
    for found in parse(bomb).sources:
        assert "root:" not in found.title
        assert len(found.title) < 200


def test_depth_number_and_size_are_bounded() -> None:
    deep = MAX_DEPTH + 1
    for data in (
        opml('<outline text="x">' * deep + "</outline>" * deep),
        opml('<outline text="x" xmlUrl="https://a.mn/"/>' * (MAX_SOURCES + 1)),
        b" " * (MAX_BYTES + 1),
    ):
        with pytest.raises(MalformedPayload) as caught:
            parse(data)
        assert caught.value.facts["reason"] is Reason.TOO_LARGE


def test_very_long_and_broken_addresses_are_refused_by_themselves() -> None:
    found = parse(opml(f'<outline xmlUrl="https://a.mn/{"x" * 3000}"/><outline xmlUrl="https://a.mn/ b"/>'))
    assert (found.sources, len(found.refused)) == ((), 2)
