"""Listing pages by rule."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.ingest.format import Reading
from app.ingest.formats import htmllist
from app.ingest.listing import Listing
from app.ingest.payload import Payload
from app.model.headline import RawItem, Reason, Rejection

PAGE = """<!doctype html><html><head><base href="https://ikon.mn/"></head><body>
<div class="nlitem"><a href="/n/1"><img src="x"></a><h3><a href="/n/1">Нэг&nbsp;&amp; <b>хоёр</b></a></h3>
  <time datetime="2026-01-15T10:00">10 цагт</time></div>
<div class="nlitem"><h3><a href=" /n/2 ">Гурав</a></h3><time datetime="2026-01-14">өчигдөр</time>
  <div class="nlitem"><h3><a href="/n/inner">Дотор</a></h3></div></div>
<div class="nlitem"><h3></h3></div>
</body></html>"""


def read(rule: str, page: str = PAGE) -> list[RawItem | Rejection]:
    return list(htmllist.read(page, "https://www.ikon.mn/list", Listing.of(rule)))


def test_selectors_take_texts_and_attributes() -> None:
    found = read("item=.nlitem; title=h3; link=h3 a@href; date=time@datetime")
    assert [(i.title, i.link, i.published) for i in found if isinstance(i, RawItem)] == [
        ("Нэг & хоёр", "https://ikon.mn/n/1", "2026-01-15T10:00"),
        ("Гурав", "https://ikon.mn/n/2", "2026-01-14"),
        ("", None, None),
    ]


def test_what_a_rule_leaves_out() -> None:
    first = read("item=.nlitem")[0]
    assert isinstance(first, RawItem)
    assert (first.title, first.link, first.published) == ("Нэг & хоёр", "https://ikon.mn/n/1", None)
    dated = read("item=.nlitem; date=time")[0]
    assert isinstance(dated, RawItem)
    assert dated.published == "10 цагт"


def test_links_themselves_can_be_the_items() -> None:
    assert [i.link for i in read("item=h3 a") if isinstance(i, RawItem)] == [
        "https://ikon.mn/n/1",
        "https://ikon.mn/n/2",
        "https://ikon.mn/n/inner",
    ]


def test_a_page_that_has_changed_is_a_rejection() -> None:
    (found,) = read("item=.gone")
    assert isinstance(found, Rejection)
    assert found.reason is Reason.MALFORMED


@pytest.mark.parametrize(
    "page", ["<html>" + "<div class=nlitem>" * 50_000, "<html>" + "<a href=x>" * 100_001, "", "<", "\0"]
)
def test_hostile_pages_end_in_a_bounded_list(page: str) -> None:
    found = read("item=.nlitem; title=h3", page)
    assert 0 < len(found) <= htmllist.MAX_ITEMS + 1


@pytest.mark.parametrize("rule", ["", "title=h3", "item", "item=", "item=[[", "item=a; colour=b", "item=" + "a" * 2000])
def test_a_rule_that_is_none_says_so(rule: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Listing.of(rule)


def test_a_page_without_a_rule_names_its_feeds() -> None:
    page = b'<html><title>T</title><link rel="alternate" type="application/rss+xml" href="/rss">'
    (found,) = htmllist.parse(Payload.of(page, url="https://ikon.mn/"), Reading())
    assert isinstance(found, Rejection)
    assert found.reason is Reason.UNKNOWN_FORMAT
    assert "HTML page (T), not a feed" in found.detail
    assert "https://ikon.mn/rss" in found.detail


def test_the_rule_comes_with_the_reading() -> None:
    found = list(
        htmllist.parse(Payload.of(PAGE.encode(), url="https://ikon.mn/"), Reading(listing=Listing.of("item=h3 a")))
    )
    assert len(found) == 3


RULES = {
    ".json": '{"item": ".n", "title": "h2; x" , "link": "a@href"}',
    ".toml": 'item = ".n"\ntitle = "h2"\nlink = "a@href"\n',
}


def test_a_rule_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "r.TOML").write_text(RULES[".toml"])
    found = Listing.load(str(tmp_path / "r.TOML"))
    assert replace(found, text="") == replace(Listing.of("item=.n; title=h2; link=a@href"), text="")
    assert Listing.of(found.text) == found
    assert Listing.load("item=.n") == Listing.of("item=.n")


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("r.json", RULES[".json"], "no CSS selector"),
        ("r.json", "{", "no JSON"),
        ("r.json", '{"items": ".n"}', "items = "),
        ("r.json", '{"item": 5}', "CSS selector"),
        ("r.toml", "item = ", "no TOML"),
        ("r.toml", 'title = "h2"', "needs item="),
        ("r.toml", "item = '.n'\n[title]\na = 1", "title"),
        ("away.toml", None, "cannot be read"),
    ],
)
def test_a_rule_that_is_none_says_why(tmp_path: Path, name: str, text: str | None, told: str) -> None:
    if text is not None:
        (tmp_path / name).write_text(text)
    with pytest.raises(ValueError, match=told):
        Listing.load(str(tmp_path / name))


@pytest.mark.parametrize(
    "rule", ["", "item", "item=", "item=..", "item=a; item=b", "item=a; colour=b", "item=" + "a" * 999]
)
def test_an_inline_rule_that_is_none_is_refused(rule: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        Listing.of(rule)
