"""Titles as plain text, and the feeds that a page names."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ingest.markup import FeedLink, feeds_of_page, folded, page_title, plain, plain_of_text

PLAIN = (
    ("Үнэ өсөв", "Үнэ өсөв"),
    ("  a \n\t b\u00a0c ", "a b c"),
    ("<b>Тод</b> үг", "Тод үг"),
    ("a<br/>b", "a b"),
    ("<p>a</p><p>b</p>", "a b"),
    ("AT&amp;T", "AT&T"),
    ("AT&amp;amp;T", "AT&T"),
    ("&amp;#39;x&amp;#39; &amp;laquo;y&amp;raquo;", "'x' «y»"),
    ("&lt;b&gt; is a tag", "<b> is a tag"),
    ("5 < 6 & 7 > 3", "5 < 6 & 7 > 3"),
    ("a<script>alert(1)</script>b<style>x{}</style>c", "abc"),
    ("a<script>never closed", "a"),
    ("a<!-- x <b> -->b<!-- open", "ab"),
    ('<img alt="a>b" src=x>c', "c"),
    ("</example>", ""),
    ("и\u0306", "й"),
    ("R&D", "R&D"),
)


@pytest.mark.parametrize(("text", "wanted"), PLAIN)
def test_plain(text: str, wanted: str) -> None:
    assert plain(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("A < B > C", "A < B > C"),
        ("<T> generics", "<T> generics"),
        ("&#8216;x&#8217;", "‘x’"),
        ("Example <b>Atom</b>", "Example Atom"),
        ("R&D &c;", "R&D &c;"),
    ],
)
def test_a_title_declared_as_text_is_html_only_where_it_can_be_nothing_else(text: str, wanted: str) -> None:
    assert plain_of_text(text) == wanted


@given(st.text(alphabet="ab<>&;!-/\"' \tscriptй\u0306#39amp", max_size=200))
def test_plain_text_is_folded_composed_and_final(text: str) -> None:
    found = plain(text)
    assert found == folded(found) == unicodedata.normalize("NFC", found)


def test_the_feeds_of_a_page() -> None:
    page = """<html><head><base href="https://ikon.mn/mn/"><title>Икон &ndash; мэдээ</title>
      <link REL='alternate' type=application/rss+xml title="Мэдээ &amp; сурвалжлага" href=rss>
      <link rel="alternate" type="application/atom+xml; charset=utf-8" href="//cdn.ikon.mn/atom">
      <link rel="alternate" hreflang="en" href="/en/">
      <link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/1">
      <link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">
      <link rel="alternate" type="application/rss+xml" href="https://[bad/">
      <!-- <link rel="alternate" type="application/rss+xml" href="/old"> --></head>"""
    assert feeds_of_page(page, "https://www.ikon.mn/") == (
        FeedLink("https://ikon.mn/mn/rss", "application/rss+xml", "Мэдээ & сурвалжлага"),
        FeedLink("https://cdn.ikon.mn/atom", "application/atom+xml", ""),
    )
    assert page_title(page) == "Икон – мэдээ"
    assert page_title("<html>") == ""
