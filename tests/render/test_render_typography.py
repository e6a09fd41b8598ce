"""How titles are set: nothing is added but markup, and markup in a title stays text."""

import re
from datetime import date

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from app.model.headline import Honesty
from app.model.outlet import OutletName
from app.model.timeline import HeadlineRow
from app.render import typography


def text_of(markup: str) -> str:
    """What a browser would show."""
    return "".join(html5lib.parseFragment(markup, namespaceHTMLElements=False).itertext())


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("Mongolia opens a new railway", ""),
        ("US PAUSES VISAS", " caps"),
        ("ДУЛААНЫ ТАВДУГААР ЦАХИЛГААН СТАНЦ", " caps"),
        ("SPRING AIRLINE компани шууд нислэг үйлдэнэ", ""),
        ("A" * 100, " caps"),
        ("A" * 101, " caps caps--long"),
        ("ABCDEFGhij", ""),  # seven of ten: not more than 70 %
        ("ABCDEFGHij", " caps"),
        ("75, 13!", ""),
        ("", ""),
    ],
)
def test_capitals(title: str, wanted: str) -> None:
    assert typography.caps_class(title) == wanted


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("Баяр 3-р сарын 2-нд эхэлнэ", ["3-р", "2-нд"]),
        ("ИРЭХ 10-20 ЖИЛИЙН", ["10-20"]),
        ("NATIONAL E-SERVICES REGISTRY", ["E-SERVICES"]),
        ("F-16 BOUGHT", ["F-16"]),
        ("A FOUR-SEASON DESTINATION", []),
        ("ШАНХАЙ-УЛААНБААТАР-ШАНХАЙ ЧИГЛЭЛД", []),
        ("13.6-аар өслөө", ["13.6-аар"]),
        ("E-" + "X" * 20, []),
    ],
)
def test_words_that_must_not_be_split(title: str, kept: list[str]) -> None:
    assert re.findall(r'<span class="nb">(.*?)</span>', typography.unbroken(title)) == kept


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_what_is_shown_is_the_title(title: str) -> None:
    for markup in (typography.unbroken(title), typography.with_notes(title)):
        assert text_of(markup) == title
        assert not re.search(r"<(?!/?span\b|/?sup\b)", markup)


def test_markup_in_a_title_is_text() -> None:
    assert (
        typography.unbroken("<b>2-нд</b> & 'x'") == '&lt;b&gt;<span class="nb">2-нд</span>&lt;/b&gt; &amp; &#39;x&#39;'
    )


def test_markers_of_notes_are_raised() -> None:
    text = "across Eurasia.1) Specifically, in 2003) and “policy”,12) it"
    assert typography.with_notes(text) == (
        "across Eurasia.<sup>1)</sup> Specifically, in 2003) and “policy”,<sup>12)</sup> it"
    )
    assert typography.note_markers([text, "again.1)"]) == ("1)", "12)")
    assert typography.note_markers(["(1) a list, 2) of things"]) == ()


def test_excerpts_end_after_a_word() -> None:
    assert typography.excerpt([]) == ""
    assert typography.excerpt(["Short.", "More."]) == "Short."
    long = typography.excerpt(["слово " * 300])
    assert long.endswith("слово…")
    assert len(long) <= typography.EXCERPT_CHARS + 1


def test_reading_time() -> None:
    assert typography.minutes(["word"]) == 1
    assert typography.minutes(["word " * 460]) == 2


def test_old_articles() -> None:
    assert typography.is_old(date(2020, 6, 30), date(2026, 1, 15))
    assert not typography.is_old(date(2026, 1, 1), date(2026, 1, 15))


def row(url: str | None, host: str = "") -> HeadlineRow:
    outlet = OutletName("usembassy.gov", "US Embassy", "АНУ-ын ЭСЯ")
    return HeadlineRow(1, "t", url, "en", date(2026, 1, 15), None, Honesty.DATE_ONLY, outlet, None, host)


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (row("https://example.mn/a?b=1"), "https://example.mn/a?b=1"),
        (row("HTTP://example.mn/"), "HTTP://example.mn/"),
        (row("javascript:alert(1)"), "https://usembassy.gov/"),
        (row(None), "https://usembassy.gov/"),
        (row(None, "mn.usembassy.gov"), "https://mn.usembassy.gov/"),
    ],
)
def test_where_a_headline_leads(given: HeadlineRow, wanted: str) -> None:
    assert typography.href(given) == wanted


def test_an_unknown_language_has_an_empty_tag() -> None:
    assert typography.lang_tag("und") == ""
    assert typography.lang_tag("kk") == "kk"


def test_a_piece_in_another_script_says_its_language() -> None:
    title = "SPRING AIRLINE КОМПАНИ 10-20 НИСЛЭГ"
    marked = typography.titled(title, "mn")
    assert marked == '<span lang="en">SPRING AIRLINE</span> КОМПАНИ <span class="nb">10-20</span> НИСЛЭГ'
    assert typography.titled("US PAUSES <b>", "en") == "US PAUSES &lt;b&gt;"


@given(st.text(max_size=60), st.sampled_from(["mn", "en", "kk", "und"]))
def test_marking_languages_changes_no_letter(title: str, language: str) -> None:
    shown = re.sub(r"</?span[^>]*>", "", typography.titled(title, language))
    assert shown == str(escape(title))


@pytest.mark.parametrize(
    ("title", "words", "wanted"),
    [
        ("Visas for 2-нд", ("visas",), "<mark>Visas</mark> for "),
        ("“ВИЗ” ВИЗИЙН АВИЗ", ("виз", "визийн"), "“<mark>ВИЗ</mark>” <mark>ВИЗИЙН</mark> АВИЗ"),
        ("NEW E-SERVICES", ("services",), 'NEW <span class="nb">E-<mark>SERVICES</mark></span>'),
        ("A <b> & visa", ("visa", "b"), "A &lt;<mark>b</mark>&gt; &amp; <mark>visa</mark>"),
        ("Coal", ("visa",), "Coal"),
    ],
)
def test_found_words_are_marked_and_nothing_else_changes(title: str, words: tuple[str, ...], wanted: str) -> None:
    made = str(typography.found(title, "mn" if "ВИЗ" in title else "en", words))
    assert wanted in made
    assert text_of(made) == title
