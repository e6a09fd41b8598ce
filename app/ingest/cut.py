"""A feed's text -> the text of its items, without parsing: an item starts and ends where its tags stand, outside
comments and CDATA. An item that is not closed ends where the next one begins, the last one where its last closed
element ends. Linear in the text, whatever it holds.
"""

import re
from collections.abc import Iterable, Iterator

from app.model.headline import Reason, Rejection

ITEM_CHARS = 2_000_000
"""The longest item; the longest real ones carry a whole article with its pictures inside."""

KEPT_BYTES = 65_536
"""What a rejection keeps of an item that is too long."""

_CLOSERS = {"<![CDATA[": "]]>", "<!--": "-->"}
_TAG_REST = re.compile(r"[^<>]*+>?")
_TAG_CHARS = 200
"""More than the name of an item and its brackets: what is kept back at the end of a piece of text."""


def item_edge(name: str) -> re.Pattern[str]:
    """Finds starts and ends of elements called `name` (with any prefix, in any case), and what hides them."""
    return re.compile(rf"<(?:!\[CDATA\[|!--|/?(?:[\w.-]{{1,40}}:)?{name}(?=[\s/>]))", re.I)


def first_item(text: str, start: int, name: str) -> re.Match[str] | None:
    """The start tag of the first item in a text that is read from `start`."""
    cutter = Cutter(item_edge(name))
    return next((edge for edge in cutter.edges(text, start, True) if edge[0][1] != "/"), None)


def items(text: str, first: re.Match[str], more: Iterable[str]) -> Iterator[str | Rejection]:
    """The items from `first` on, each as its own text; more text is asked for when it is needed. An item longer than
    ITEM_CHARS is a rejection."""
    tag = re.escape(first[0][1:])
    edge = re.compile(rf"<(?:!\[CDATA\[|!--|/?{tag}(?=[\s/>]))", re.I if not tag.islower() else re.NOFLAG)
    cutter = Cutter(edge)
    rest = text[first.start() :] if first.start() else text
    source = iter(more)
    while True:
        chunk = next(source, None)
        if chunk is None:
            yield from cutter.items(rest, final=True)
            return
        yield from cutter.items(rest, final=False)
        rest = rest[cutter.rest :]
        if len(rest) > ITEM_CHARS:
            yield too_long(rest)
            rest = ""
        rest += chunk


class Cutter:
    """Cuts one piece of text after another. `rest` is the position from which the last piece was not used up."""

    def __init__(self, edge: re.Pattern[str]) -> None:
        self._edge = edge
        self.rest = 0

    def edges(self, text: str, position: int, final: bool) -> Iterator[re.Match[str]]:
        """Starts and ends of items outside comments and CDATA. What opens one of these and never closes it is passed
        over in the final piece, and ends the search in an earlier one."""
        unclosed: set[str] = set()
        while (found := self._edge.search(text, position)) is not None:
            position = found.end()
            closer = _CLOSERS.get(found[0])
            if closer is None:
                yield found
            elif closer not in unclosed:
                end = text.find(closer, position)
                if end >= 0:
                    position = end + 3
                elif final:
                    unclosed.add(closer)
                else:
                    self.rest = found.start()
                    return
        self.rest = max(position, len(text) - _TAG_CHARS)

    def items(self, text: str, final: bool) -> Iterator[str | Rejection]:
        """The whole items of a piece; of the final piece also what stands of an item that is not closed."""
        begin = -1
        for edge in self.edges(text, 0, final):
            end = _TAG_REST.match(text, edge.end()).end()  # type: ignore[union-attr]
            if end == len(text) and text[-1] != ">" and not final:
                self.rest = edge.start()
                break
            closing = edge[0][1] == "/"
            if begin >= 0:
                yield _sized(text[begin : end if closing else edge.start()])
                begin = -1
            if not closing:
                begin = edge.start()
                if text.endswith("/>", edge.end(), end):
                    yield text[begin:end]
                    begin = -1
        if begin >= 0 and final:
            yield _sized(_closed(text[begin:]))
        elif begin >= 0:
            self.rest = begin


def _closed(text: str) -> str:
    """An item that was cut off, up to the end of its last closed element: no half title is taken for a whole."""
    end = text.find(">", text.rfind("</"))
    return text[: end + 1] if end >= 0 else text[: max(0, text.rfind("</"))]


def _sized(text: str) -> str | Rejection:
    return too_long(text) if len(text) > ITEM_CHARS else text


def too_long(text: str) -> Rejection:
    """The rejection of an item that exceeds ITEM_CHARS."""
    kept = text[:KEPT_BYTES].encode("utf-8", "replace")[:KEPT_BYTES]
    detail = f"The item has {len(text):,} characters or more; {ITEM_CHARS:,} are read. Its beginning is kept."
    return Rejection(kept, Reason.TOO_LARGE, detail)
