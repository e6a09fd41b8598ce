"""Parsed pages. Parsing is strict: any error in the HTML fails the test."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib


class Dom:
    """A page, or a part of one, as elements."""

    def __init__(self, markup: str) -> None:
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        whole = markup.lstrip().lower().startswith("<!doctype")
        self.root: Element = parser.parse(markup) if whole else parser.parseFragment(markup)

    def all(self, tag: str = "*", cls: str = "", **attributes: str) -> list[Element]:
        """Elements by tag, one class and attributes (`data_n` is data-n, `for_` is for)."""
        return list(self._found(self.root, tag, cls, attributes))

    def one(self, tag: str = "*", cls: str = "", **attributes: str) -> Element:
        """The only such element."""
        (found,) = self.all(tag, cls, **attributes)
        return found

    def by_id(self, name: str) -> Element:
        return self.one(id=name)

    def within(self, element: Element, tag: str = "*", cls: str = "", **attributes: str) -> list[Element]:
        """Elements inside another one."""
        return [e for e in self._found(element, tag, cls, attributes) if e is not element]

    def _found(self, root: Element, tag: str, cls: str, attributes: dict[str, str]) -> Iterator[Element]:
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        for element in root.iter():
            if not isinstance(element.tag, str) or tag not in ("*", element.tag):
                continue
            if cls and cls not in element.get("class", "").split():
                continue
            if all(element.get(name) == value for name, value in wanted.items()):
                yield element


def text(element: Element) -> str:
    """The text in an element, blanks made single."""
    return " ".join("".join(element.itertext()).split())
