"""Every word of the interface is in the page's own script: Cyrillic on Mongolian pages, Latin on English ones.

What an element declares to be in another language is left out; so are names, addresses, and what machines read."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import pytest

from app.render.formats import FORMATS
from app.render.formats.outlets import REGISTER_FORMATS
from app.timeline.links import SHARE_TARGETS
from tests.builders import OUTLETS
from tests.web.asking import Client
from tests.web.dom import Dom
from tests.web.test_web_pages import PAGES

SPOKEN = ("aria-label", "title", "placeholder", "alt", "abbr", "data-auto", "data-dark", "data-light", "data-done")
"""Attributes that are read out or shown."""

CODE = ("script", "style", "code", "kbd", "bdi", "svg")
"""Elements that hold no words of a language."""

NAMES = {
    "en": {"Өртөө"},
    "mn": {"UTC", "UTF", "GET", "HEAD", "BibTeX", "RIS", *SHARE_TARGETS},
}
"""The paper's own name, what other firms call themselves, and abbreviations that have no other form."""

WORDS = {
    "en": re.compile(r"[^\W\d_]*[\u0400-\u04ff][^\W\d_]*"),
    "mn": re.compile(r"[^\W\d_]*[A-Za-z\u00c0-\u024f][^\W\d_]*"),
}
"""Words in the other script."""

ADDRESS = re.compile(r"\S*(?:[./=@]\w|\w/)\S*")
"""Domains, paths, parameters, media types."""

PROBLEMS = (
    "/nowhere",
    "/2026-01-16",
    "/archive/2025",
    "/archive/xyz",
    "/outlets/nowhere.mn",
    "/?outlet=x",
    "/?before=1",
)


def names(ui: str) -> list[str]:
    """Names in the other script, longest first, so that a part of one is not left over."""
    found = NAMES[ui] | {outlet.name_en for outlet in OUTLETS.values()}
    found |= {row.label for row in FORMATS} | {row.label for row in REGISTER_FORMATS}
    found |= {outlet.name_mn for outlet in OUTLETS.values()}
    return sorted(found, key=len, reverse=True)


def said(element: Element, ui: str) -> Iterator[str]:
    """Every text and label under an element that is in language `ui`."""
    if not isinstance(element.tag, str) or element.tag in CODE or element.get("lang", ui) != ui:
        yield from (element.get(name, "") for name in SPOKEN if element.tag == "svg")
        return
    yield from (element.get(name, "") for name in SPOKEN)
    if element.tag == "meta" and element.get("name") == "description":
        yield element.get("content", "")
    yield element.text or ""
    for child in element:
        yield from said(child, ui)
        yield child.tail or ""


def strange(dom: Dom, ui: str) -> set[str]:
    """Words of the other script on a page."""
    found: set[str] = set()
    for text in said(dom.root, ui):
        plain = ADDRESS.sub(" ", text)
        for name in names(ui):
            plain = plain.replace(name, " ")
        found |= set(WORDS[ui].findall(plain))
    return found


@pytest.mark.parametrize("page", [p for p in PAGES if "q=" not in p])
@pytest.mark.parametrize("ui", ["en", "mn"])
def test_no_word_of_the_other_script(client: Client, ui: str, page: str) -> None:
    """A reader's own words are shown as they are, so pages that repeat them are left out. A page about one headline
    or article is titled like it."""
    dom = Dom(client.get(f"/{ui}{page}").text)
    if page.startswith(("/headlines/", "/analysis/")):
        head = dom.one("head")
        for element in [e for e in head if e.tag == "title" or e.get("name") == "description"]:
            head.remove(element)
    assert not strange(dom, ui)


@pytest.mark.parametrize("page", PROBLEMS)
@pytest.mark.parametrize("ui", ["en", "mn"])
def test_nor_on_the_pages_of_problems(client: Client, ui: str, page: str) -> None:
    response = client.get(f"/{ui}{page}")
    assert response.status_code in (400, 404)
    assert not strange(Dom(response.text), ui)


@pytest.mark.parametrize("page", ["/", "/archive", "/outlets", "/analysis", "/search", "/about"])
@pytest.mark.parametrize("ui", ["en", "mn"])
def test_nor_in_an_empty_paper(blank: Client, ui: str, page: str) -> None:
    assert not strange(Dom(blank.get(f"/{ui}{page}").text), ui)


def test_a_strange_word_is_noticed() -> None:
    page = '<p>Урсгал <b title="Archive">Timeline</b> <span lang="en">English</span> gogo.mn GoGo</p>'
    assert strange(Dom(page), "mn") == {"Timeline", "Archive"}
    assert strange(Dom('<p lang="mn">Мэдээ</p><p>News Мэдээ Өртөө</p>'), "en") == {"Мэдээ"}
