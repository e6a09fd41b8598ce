"""Whatever arrives: bounded, what exceeds a limit is a rejection that names it, and the items before it are kept."""

import gzip
import tracemalloc
from collections.abc import Callable, Iterable, Iterator

import pytest

from app.errors import MalformedPayload
from app.ingest import cut, json_items, xml
from app.ingest.feed_item import TITLE_CHARS
from app.ingest.format import Format, Item, Reading
from app.ingest.formats import atom, jsonfeed, jsonlist, rss, sitemap, table
from app.ingest.limits import Limits
from app.ingest.payload import Payload
from app.model.headline import RawItem, Reason, Rejection

OK = "<item><title>ok</title></item>"


def feed(*items: str) -> str:
    return "<rss><channel>" + "".join(items) + "</channel></rss>"


def found(form: Format, body: bytes, limits: Limits | None = None) -> list[Item]:
    return list(form.parse(Payload.of(body, url="https://news.example.mn/f"), Reading(limits or Limits())))


def titles(items: Iterable[Item]) -> list[str]:
    return [item.title for item in items if isinstance(item, RawItem)]


def refused(items: Iterable[Item]) -> list[tuple[Reason, str]]:
    return [(item.reason, item.detail) for item in items if isinstance(item, Rejection)]


def test_a_feed_that_is_too_large_is_read_up_to_the_limit() -> None:
    body = feed(*[OK] * 100).encode()
    got = found(rss.FORMAT, body, Limits(payload_bytes=1000))
    assert len(titles(got)) >= 30
    ((reason, detail),) = refused(got)
    assert reason is Reason.TOO_LARGE
    assert "1,000 bytes (ORTOO_MAX_PAYLOAD_BYTES)" in detail


def test_an_item_that_is_too_long_costs_itself() -> None:
    got = found(rss.FORMAT, feed(OK, f"<item><title>{'a' * cut.ITEM_CHARS}</title></item>", OK).encode())
    assert titles(got) == ["ok", "ok"]
    ((reason, detail),) = refused(got)
    assert reason is Reason.TOO_LARGE
    assert f"{cut.ITEM_CHARS:,} are read" in detail


@pytest.mark.parametrize("form", [rss.FORMAT, atom.FORMAT, jsonfeed.FORMAT, jsonlist.FORMAT, table.FORMAT])
def test_a_title_that_is_too_long_costs_its_item(form: Format) -> None:
    long = "a" * (TITLE_CHARS + 1)
    bodies = {
        "rss": feed(f"<item><title>{long}</title></item>", OK),
        "atom": f"<feed><entry><title>{long}</title></entry><entry><title>ok</title></entry></feed>",
        "jsonfeed": f'{{"items": [{{"title": "{long}"}}, {{"title": "ok"}}]}}',
        "json": f'[{{"title": "{long}"}}, {{"title": "ok"}}]',
        "table": f"title,url\n{long},\nok,\n",
    }
    got = found(form, bodies[form.name].encode())
    assert titles(got) == ["ok"]
    assert refused(got) == [(Reason.TOO_LARGE, f"The title has more than {TITLE_CHARS:,} characters.")]


BODIES: dict[str, Callable[[int], str]] = {
    "rss": lambda n: feed(*[OK] * n),
    "sitemap": lambda n: "<urlset>" + "<url><loc>https://x.mn/1</loc></url>" * n + "</urlset>",
    "jsonfeed": lambda n: '{"items": [' + ", ".join(['{"title": "ok"}'] * n) + "]}",
}


@pytest.mark.parametrize("form", [rss.FORMAT, sitemap.FORMAT, jsonfeed.FORMAT])
def test_too_many_items_end_with_a_rejection(form: Format) -> None:
    got = found(form, BODIES[form.name](25).encode(), Limits(entries=20))
    assert len(titles(got)) == 20
    ((reason, detail),) = refused(got)
    assert reason is Reason.TOO_LARGE
    assert "more than 20 items (ORTOO_MAX_ENTRIES)" in detail
    assert refused(found(form, BODIES[form.name](20).encode(), Limits(entries=20))) == []


def test_endless_formats_have_any_number_of_items() -> None:
    assert len(found(table.FORMAT, b"title,url\n" + b"ok,\n" * 25, Limits(entries=20))) == 25


def test_nesting_is_limited_by_a_setting() -> None:
    deep = f"<item><title>deep</title>{'<a>' * 30}{'</a>' * 30}</item>"
    got = found(rss.FORMAT, feed(OK, deep, OK).encode(), Limits(nesting=20))
    assert (titles(got), "20 levels (ORTOO_MAX_NESTING)" in refused(got)[0][1]) == (["ok", "ok"], True)
    assert titles(found(rss.FORMAT, feed(OK, deep, OK).encode(), Limits(nesting=40))) == ["ok", "deep", "ok"]
    body = b'{"items": [{"title": "[[[[[\\"[[[[", "x": ' + b"[" * 30 + b"]" * 30 + b"}]}"
    with pytest.raises(MalformedPayload, match="ORTOO_MAX_NESTING 20"):
        found(jsonfeed.FORMAT, body, Limits(nesting=20))
    assert titles(found(jsonfeed.FORMAT, body, Limits(nesting=33))) == ['[[[[["[[[[']


def test_deep_nesting_costs_its_item() -> None:
    got = found(rss.FORMAT, feed(OK, f"<item><title>deep</title>{'<a>' * 100_000}</item>", OK).encode())
    assert titles(got)[0] == "ok"
    assert titles(got)[-1] == "ok"


@pytest.mark.parametrize(
    "bad",
    [
        "<item><title>" + "<![CDATA[" * 100_000 + "</title></item>",
        "<item><title>" + "<!--" * 100_000 + "</title></item>",
        "<item><title>" + "&" * 100_000 + "</title></item>",
        "<item><title>" + "<" * 100_000 + "</title></item>",
        "<item><a " + " ".join(f'a{n}="1"' for n in range(50_000)) + "/></item>",
        "<item>" + "<title>" * 100_000 + "</item>",
        "<item " * 1000,
    ],
    ids=["cdata", "comment", "ampersands", "brackets", "attributes", "titles", "starts"],
)
def test_the_items_before_a_hostile_one_are_kept(bad: str) -> None:
    assert titles(found(rss.FORMAT, feed(OK, OK, bad).encode()))[:2] == ["ok", "ok"]


def test_more_broken_marks_than_are_repaired_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml, "MAX_REPAIRS", 50)
    got = found(
        rss.FORMAT, feed(f"<item><title>{'&' * 60}</title></item>", "<item><title>a & b</title></item>").encode()
    )
    assert titles(got) == ["a & b"]
    assert refused(got)[0][0] is Reason.TOO_LARGE


def test_a_feed_without_items_is_empty_and_one_without_a_root_is_refused() -> None:
    assert found(rss.FORMAT, feed().encode()) == []
    with pytest.raises(MalformedPayload):
        found(rss.FORMAT, b"<html><body>404</body></html>")
    with pytest.raises(MalformedPayload, match="no item in its first"):
        found(rss.FORMAT, b"<rss><channel>" + b"<a/>" * 300_000)


def test_entities_are_never_expanded_nor_fetched() -> None:
    laughs = "".join(f'<!ENTITY a{n + 1} "&a{n};&a{n};">' for n in range(30))
    body = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">{laughs}]>' + feed(
        "<item><title>&a30;&x;</title></item>"
    )
    assert titles(found(rss.FORMAT, body.encode())) == ["&a30;&x;"]


def test_items_around_an_item_that_is_not_closed() -> None:
    assert titles(found(rss.FORMAT, feed("<item><title>a</title>", "<item><title>b</title>", OK).encode())) == [
        "a",
        "b",
        "ok",
    ]


def test_what_looks_like_an_item_inside_text_is_none() -> None:
    body = feed("<item><title><![CDATA[</item><item>]]> x</title><!-- <item> --></item>", OK)
    assert titles(found(rss.FORMAT, body.encode())) == ["x", "ok"]


def test_json_limits() -> None:
    with pytest.raises(MalformedPayload, match=r"nested deeper.*ORTOO_MAX_NESTING"):
        found(jsonfeed.FORMAT, b'{"items":' + b"[" * 50_000)
    with pytest.raises(MalformedPayload, match=f"{json_items.MAX_BRACKETS:,}"):
        found(jsonfeed.FORMAT, b'{"items":[' + b"{}," * json_items.MAX_BRACKETS + b"{}]}")
    assert titles(found(jsonfeed.FORMAT, b'{"items":[{"id":' + b"9" * 10_000 + b',"title":"ok"}]}')) == ["ok"]
    got = found(jsonlist.FORMAT, b'[{"title":"ok"},' + b"[" * 100_000)
    assert titles(got) == ["ok"]
    assert "nested too deep" in refused(got)[0][1]
    got = found(jsonlist.FORMAT, b'[{"title":"ok"},{"title":"' + b"a" * 2_000_000)
    assert titles(got) == ["ok"]
    assert len(refused(got)) == 1


def test_table_limits() -> None:
    got = found(
        table.FORMAT, b"title,url\nok,\n" + b"x," * 2000 + b"\n" + b"a" * 300_000 + b'\n"open,\n' + b"ok,\n" * 1000
    )
    assert len(titles(got)) == 1001
    assert [reason for reason, _ in refused(got)] == [Reason.TOO_LARGE, Reason.TOO_LARGE, Reason.MALFORMED]
    assert "2,001 columns" in refused(got)[0][1]
    with pytest.raises(MalformedPayload, match="гарчиг"):
        found(table.FORMAT, b"a,b\n1,2\n")


def test_a_gzip_bomb_is_bounded() -> None:
    bomb = gzip.compress(b"<urlset><url><loc>https://ikon.mn/</loc></url>" + b" " * 150_000_000, 1)
    tracemalloc.start()
    got = found(sitemap.FORMAT, bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(got) == 2
    assert "unpacks to more than" in refused(got)[0][1]
    assert peak < 50_000_000


def test_broken_gzip_keeps_what_came_before() -> None:
    pages = "".join(f"<url><loc>https://ikon.mn/{n * 7919 % 10007}</loc></url>" for n in range(5000))
    packed = gzip.compress(f"<urlset>{pages}</urlset>".encode())
    got = found(sitemap.FORMAT, packed[:-2000])
    assert len(titles(got)) > 2000
    assert "cut off" in refused(got)[-1][1]


def test_a_large_sitemap_streams() -> None:
    def pieces() -> Iterator[str]:
        yield "<urlset>"
        for n in range(10_000):
            yield f"<url><loc>https://ikon.mn/{n}</loc><x>{'y' * 1000}</x></url>"
        yield "</urlset>"

    tracemalloc.start()
    count = sum(1 for _ in sitemap.read(pieces()))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 10_000
    assert peak < 6_000_000


def test_an_index_gives_its_sitemaps_and_no_items() -> None:
    places = "".join(f"<sitemap><loc>{loc}</loc></sitemap>" for loc in ("/a.xml", " https://x.mn/b.xml.gz "))
    index = f"<sitemapindex>{places}</sitemapindex>"
    assert list(sitemap.children([index], "https://ikon.mn/")) == ["https://ikon.mn/a.xml", "https://x.mn/b.xml.gz"]
    assert list(sitemap.read([index])) == []
    assert list(sitemap.children(["<urlset><url><loc>x</loc></url></urlset>"])) == []


def test_other_column_names_are_mapped() -> None:
    body = b"Heading;Where\nCoal;https://ikon.mn/1\n"
    reading = Reading(columns={"title": "heading", "url": "WHERE"})
    (item,) = table.parse(Payload.of(body), reading)
    assert isinstance(item, RawItem)
    assert (item.title, item.link) == ("Coal", "https://ikon.mn/1")
    (item,) = jsonlist.parse(Payload.of(b'[{"Heading": "Coal", "title": "not this"}]'), reading)
    assert isinstance(item, RawItem)
    assert item.title == "Coal"
