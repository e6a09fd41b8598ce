"""The site as a whole: no dead links, and no words of the wrong language."""

import re
from collections import deque
from urllib.parse import urljoin, urlsplit

import pytest

from app.i18n import translators
from app.model.filters import FILTERS
from app.settings import resource_dir
from tests.web.asking import Client
from tests.web.dom import Dom, text

TRANSLATORS = translators(resource_dir("locale"))
MOST_PAGES = 1000
PARAMETERS = {row.name for row in FILTERS}
"""Names in addresses are the same in every edition, and pages quote them."""
SPOKEN = (
    "aria-label",
    "title",
    "placeholder",
    "data-auto",
    "data-many",
    "data-done",
    "data-slow",
    "data-failed",
    "data-offline",
    "data-month",
    "content",
    "abbr",
)
"""Attributes that hold words for readers."""


def links_of(address: str, dom: Dom) -> set[str]:
    """Addresses of our own that a page leads to, by link, form or htmx; fragments are checked on the spot."""
    found: set[str] = set()
    for element in dom.all():
        for name in ("href", "src", "action", "data-hx-get"):
            target = element.get(name)
            if target is None or urlsplit(urljoin(f"http://ortoo.test{address}", target)).netloc != "ortoo.test":
                continue
            if target.startswith("#"):
                assert dom.all(id=target[1:]), f"{address} points to {target}, which is not on the page"
            elif element.tag != "link" or element.get("rel") != "canonical":
                parts = urlsplit(urljoin(f"http://ortoo.test{address}", target))
                found.add(parts.path + (f"?{parts.query}" if parts.query else ""))
    return found


def test_no_link_is_dead(client: Client) -> None:
    """Everything that can be reached from the two front pages, by any link, form or swap, is there."""
    seen, waiting = {"/", "/mn/"}, deque(["/", "/mn/"])
    while waiting:
        address = waiting.popleft()
        response = client.get(address)
        assert response.status_code in (200, 302, 308), address
        if response.status_code != 200:
            new = {response.headers["location"]}
        elif "text/html" in response.headers["content-type"]:
            new = links_of(address, Dom(response.text))
        else:
            new = set()
        for target in sorted(new - seen):
            seen.add(target)
            waiting.append(target)
        assert len(seen) < MOST_PAGES, "the crawl does not end: filters breed filters"
    assert {"/en/2026-01-15", "/mn/analysis/yongusil-100", "/en/archive/2024", "/mn/outlets/gogo.mn"} <= seen


def phrases(ui: str) -> set[str]:
    """Texts of one edition's interface that the other does not have, long enough not to occur by chance."""
    catalogue = TRANSLATORS[ui].catalogue
    texts = {t for key, t in catalogue.texts.items() if not key.startswith(("date.", "brand.locale"))}
    texts |= {form for forms in catalogue.plurals.values() for form in forms}
    pieces = {piece.strip(" .,:;") for t in texts for piece in re.split(r"\{\w+\}", t)}
    return {piece for piece in pieces if re.search(r"[^\W\d_]{4}", piece)} - PARAMETERS


def shown(dom: Dom, ui: str) -> str:
    """The words of a page that are in its own language: headlines, articles and what is marked as the other language
    left out, labels and titles included."""
    parts: list[str] = []

    def walk(element: object, foreign: bool) -> None:
        tag = getattr(element, "tag", None)
        if not isinstance(tag, str):
            return
        lang = element.get("lang")  # type: ignore[attr-defined]
        foreign = lang not in (None, ui) if lang is not None else foreign
        if tag in ("h3", "script") or "excerpt" in element.get("class", ""):  # type: ignore[attr-defined]
            return
        if element.get("property") == "og:type":  # type: ignore[attr-defined]
            return  # a word of the protocol
        if not foreign:
            for name in SPOKEN:
                said = element.get(name) or ""  # type: ignore[attr-defined]
                parts.append("" if said.startswith("http") else said)
            parts.append(element.text or "")  # type: ignore[attr-defined]
        for child in element:  # type: ignore[attr-defined]
            walk(child, foreign)
            if not foreign:
                parts.append(child.tail or "")

    walk(dom.root, False)
    return "\n".join(parts)


@pytest.mark.parametrize("ui", ["en", "mn"])
@pytest.mark.parametrize(
    "page",
    [
        "/",
        "/?lang=mn&outlet=gogo.mn",
        "/?q=nothing&lang=en",
        "/?before=2026-01-15",
        "/2026-01-15",
        "/2026-01-14",
        "/2026-01-16",
        "/?outlet=x",
        "/archive",
        "/archive/2026-01",
        "/outlets",
        "/outlets/montsame.mn",
        "/analysis",
        "/analysis/yongusil-100",
        "/headlines/1",
        "/sources",
        "/sources/9",
        "/about",
        "/nowhere",
    ],
)
def test_the_interface_keeps_to_one_language(client: Client, ui: str, page: str) -> None:
    dom = Dom(client.get(f"/{ui}{page}").text)
    words = re.sub(r"\{\w+\}", "", shown(dom, ui))
    other = {"en": "mn", "mn": "en"}[ui]
    strange = {p for p in phrases(other) - phrases(ui) if re.search(rf"(?<!\w){re.escape(p)}(?!\w)", words)}
    assert not strange, f"on the {ui} page: {sorted(strange)}"


def test_the_check_of_languages_can_fail(client: Client) -> None:
    """An English label on a Mongolian page is noticed."""
    markup = client.get("/mn/about").text.replace("Урсгал", "Timeline")
    assert re.search(r"(?<!\w)Timeline(?!\w)", shown(Dom(markup), "mn"))
    assert "Timeline" in phrases("en") - phrases("mn")


@pytest.mark.parametrize("ui", ["en", "mn"])
def test_foreign_pieces_say_which_language_they_are(client: Client, ui: str) -> None:
    """Every headline has its own language, and every endonym."""
    dom = Dom(client.get(f"/{ui}/").text)
    assert all(e.get("lang") is not None for e in dom.all("h3"))
    for element in dom.all():
        if (element.text or "").strip() in ("English", "Монгол"):
            assert element.get("lang") == {"English": "en", "Монгол": "mn"}[text(element)]
