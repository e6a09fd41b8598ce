"""Turns the links of pages and files: what is in the mirror is linked inside it, all else on the live site. Pure.

Pages link each other relatively, so a mirror may stand in any folder of any server. What needs a server (searching,
filters, news) leads to the live site or is left out.
"""

import html
import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import etree
from lxml import html as markup

from app.web.mirror.plan import Plan

_LINKS = ("href", "src", "action")
_GONE = (
    "//link[@rel='manifest' or @rel='search']",
    "//*[@id='keys' or @id='failed']",
    "//li[a[@href='#keys']]",
)
"""What means nothing without a server or without the scripts that are left out."""

_CSS_URL = re.compile(r'url\("(/[^"]+)"\)')
_END = r"[^\s\"'<>),\\]*"
"""The rest of an address in a file of any format."""


@dataclass(frozen=True, slots=True)
class Rewriter:
    """`live` is the address of the live site, `base` that of the mirror, both without a slash at the end. `scripts`
    maps the addresses of scripts to those that take their place, empty for none."""

    plan: Plan
    live: str
    base: str
    scripts: Mapping[str, str]

    def page(self, body: bytes, at: str) -> bytes:
        """A page for the file `at`."""
        document = markup.document_fromstring(body.decode("utf-8"))
        for path in _GONE:
            for element in document.xpath(path):
                element.drop_tree()
        for script in document.xpath("//script[@src]"):
            self._script(script)
        for element in document.iter(etree.Element):
            self._element(element, at)
        text = markup.tostring(document, encoding="unicode", doctype="<!doctype html>")
        return (str(text) + "\n").encode("utf-8")

    def text(self, body: bytes) -> bytes:
        """A feed or another file: its absolute addresses."""
        if self.base == self.live:
            return body
        found = re.compile(re.escape(self.live) + f"(/{_END})")
        return found.sub(lambda m: self._absolute(m[1]), body.decode("utf-8")).encode("utf-8")

    def sheet(self, body: bytes, at: str) -> bytes:
        """A style sheet for the file `at`."""
        return _CSS_URL.sub(lambda m: f'url("{relative(m[1][1:], at)}")', body.decode("utf-8")).encode("utf-8")

    def _script(self, script: Any) -> None:
        source = script.get("src")
        if source in self.scripts:
            if not self.scripts[source]:
                script.drop_tree()
                return
            script.set("src", self.scripts[source])

    def _element(self, element: Any, at: str) -> None:
        for name in [name for name in element.attrib if name.startswith("data-hx-")]:
            del element.attrib[name]
        for name in _LINKS:
            value = element.get(name)
            if value and value.startswith("/"):
                element.set(name, self._inside(value, at))
            elif value and value.startswith(self.live + "/"):
                element.set(name, self._absolute(value.removeprefix(self.live)))
        if element.tag == "meta" and str(element.get("content")).startswith(self.live + "/"):
            element.set("content", self._absolute(element.get("content").removeprefix(self.live)))
        if element.tag == "script" and element.get("type") == "application/ld+json" and element.text:
            element.text = self.text(element.text.encode("utf-8")).decode("utf-8")

    def _inside(self, address: str, at: str) -> str:
        """An address of the live site (a path) as a page of the mirror links it."""
        parts = urlsplit(address)
        place = None if parts.query else self.plan.place(unquote(parts.path))
        if place is None:
            return self.live + address
        return relative(place, at) + (f"#{parts.fragment}" if parts.fragment else "")

    def _absolute(self, address: str) -> str:
        parts = urlsplit(address)
        place = None if parts.query else self.plan.place(unquote(parts.path))
        if place is None:
            return self.live + address
        return f"{self.base}/{place}" + (f"#{parts.fragment}" if parts.fragment else "")


def relative(place: str, at: str) -> str:
    """How a file `at` links to `place`, both below the same root; a folder keeps its slash."""
    way = posixpath.relpath(place or ".", posixpath.dirname(at) or ".")
    return f"{way}/" if place.endswith("/") or not place else way


def door(title: str, ways: Mapping[str, tuple[str, str]], place: Callable[[str], str], at: str) -> bytes:
    """A page that leads to editions: code -> (name, address)."""
    lines = [
        "<!doctype html>",
        '<html lang="mn">',
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="robots" content="noindex, follow">',
        f"<title>{html.escape(title)}</title>",
        f"<h1>{html.escape(title)}</h1>",
        "<ul>",
    ]
    for ui, (name, address) in ways.items():
        way = html.escape(relative(place(address), at))
        lines.append(f'<li><a href="{way}" lang="{ui}" hreflang="{ui}">{html.escape(name)}</a>')
    return ("\n".join([*lines, "</ul>"]) + "\n").encode("utf-8")
