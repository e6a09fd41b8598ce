"""JSON that somebody sends: the same items as Python's own reader finds, or one precise fault."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import MalformedPayload
from app.ingest.cut_off import LINE_BYTES, is_cut_off
from app.ingest.document import lines
from app.ingest.sniff import format_named
from app.model.headline import Reason

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8"), max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
OBJECTS = st.dictionaries(st.sampled_from(["title", "url", "items", "Гарчиг", 'a"b', ""]), VALUES, max_size=4)
INDENTS = st.sampled_from([None, 0, 1, "\t"])


def read(text: str) -> list[Any]:
    return [json.loads(line) for line in lines(text.encode())]


def items(document: Any) -> list[Any]:
    """What the items of a document are."""
    if isinstance(document, list):
        return document
    if isinstance(document.get("items"), list):
        found: list[Any] = document["items"]
        return found
    return [document]


@given(document=st.lists(VALUES, max_size=4) | OBJECTS, indent=INDENTS, ascii_only=st.booleans())
def test_the_items_are_those_that_everybody_reads(document: Any, indent: Any, ascii_only: bool) -> None:
    text = json.dumps(document, indent=indent, ensure_ascii=ascii_only)
    assert read(text) == items(document)
    assert not any(b"\n" in line or b"\r" in line for line in lines(text.encode()))


@given(document=st.lists(VALUES, min_size=1, max_size=3) | OBJECTS, indent=INDENTS, data=st.data())
def test_no_beginning_of_a_document_is_a_document(document: Any, indent: Any, data: st.DataObject) -> None:
    text = json.dumps(document, indent=indent).rstrip()
    end = data.draw(st.integers(0, len(text) - 1))
    with pytest.raises(MalformedPayload):
        lines(text[:end].encode())


@given(body=st.binary(max_size=30) | st.text('[]{}":,1a\\ \n', max_size=12).map(str.encode))
def test_whatever_comes_is_read_or_refused_as_json_is(body: bytes) -> None:
    def refuse(_: str) -> None:
        raise ValueError

    try:
        document = json.loads(body.decode("utf-8"), parse_constant=refuse)
        known = isinstance(document, list | dict)
    except ValueError:
        known = False
    if known:
        assert [json.loads(line) for line in lines(body)] == items(document)
    else:
        with pytest.raises(MalformedPayload) as caught:
            lines(body)
        assert caught.value.facts["reason"] in (Reason.MALFORMED, Reason.ENCODING, Reason.EMPTY)


@pytest.mark.parametrize(
    ("text", "line", "column", "said"),
    [
        ('[{"a": 1},\n  {"a" 1}]', 2, 8, "':' delimiter"),
        ("[1 2]", 1, 4, "comma"),
        ('{"a": 1', 1, 8, "cut off"),
        ('["ү', 1, 4, "cut off"),
        ("[1,]", 1, 4, "expecting value"),
        ("{1: 2}", 1, 2, "name of a member"),
        ('{"a" 2}', 1, 6, "colon"),
        ("[1]\n\n]", 3, 1, "goes on"),
        ("[Infinity]", 1, 2, "Infinity"),
        ("[" + "9" * 401 + "]", 1, 2, "401 digits"),
        ("[" * 5000, 1, 2, "too deep"),
        ("12", 1, 1, "object or a list"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_the_fault_is_told(text: str, line: int, column: int, said: str) -> None:
    with pytest.raises(MalformedPayload, match=said) as caught:
        lines(text.encode())
    assert (caught.value.facts["line"], caught.value.facts["column"]) == (line, column)


def test_what_is_no_utf8_is_told_by_its_place() -> None:
    with pytest.raises(MalformedPayload, match="byte 7") as caught:
        lines(b'[1,\n"ab\xff"]'[:9])
    assert (caught.value.facts["line"], caught.value.facts["column"]) == (2, 4)
    assert caught.value.facts["reason"] is Reason.ENCODING


@pytest.mark.parametrize(
    ("name", "tail", "cut"),
    [
        ("rss", b"<rss><channel></channel></rss>\n", False),
        ("rss", b"</RSS >", False),
        ("rss", b"</rdf:RDF>\n<!-- 0.2 s -->\n", False),
        ("rss", b"<rss><channel><item></item></channel>", False),
        ("rss", b"<rss><channel><item></item>", True),
        ("rss", b"</rss", True),
        ("rss", b"</rss><item>", True),
        ("atom", b"</feed>", False),
        ("atom", b"</entry>", True),
        ("sitemap", b"</urlset>", False),
        ("sitemap", b"</url>", True),
        ("googlenews", b"", True),
        ("rss", "</rss>".encode("utf-16"), False),
        ("rss", b"</rss>" + b" " * 9_000, False),
        ("ndjson", b'{"a": 1}\n', False),
        ("ndjson", b'{"a": 1}', False),
        ("ndjson", b'{"a": 1}\n  ', False),
        ("ndjson", b'{"a": 1}\n{"a":', True),
        ("ndjson", b'{"a"', True),
        ("ndjson", b"{broken}\n", False),
        ("ndjson", b"x" * LINE_BYTES, False),
        ("ndjson", b"[" * 100_000, True),
        ("table", b"a,b\n1", False),
        ("digest", b"1 Half a ti", False),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_is_cut_off(name: str, tail: bytes, cut: bool) -> None:
    assert is_cut_off(format_named(name), tail) is cut
