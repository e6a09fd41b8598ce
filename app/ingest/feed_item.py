"""What RSS and Atom have in common: choosing among an item's elements, and the RawItem made of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.ingest.markup import folded, plain
from app.ingest.xml import Element, Record, text_of
from app.model.headline import RawItem, Reason, Rejection

SOURCE_CHARS = 20_000
"""The longest title as it stands in a feed, with its markup."""

TITLE_CHARS = 2_000
"""The longest title; the longest known real headline has some 250 characters."""

STAND_IN_CHARS = 140
"""How much of its text stands in for the title of an item that has none (a microblog's feed)."""

DATE_CHARS = 200

_DIGITS = frozenset("0123456789")


@dataclass(frozen=True, slots=True)
class Draw:
    """An item's parts, as iterables in the order of preference. `ready`: titles and texts are plain text already;
    otherwise they are HTML."""

    record: Record
    titles: Iterable[str]
    link: str | None
    published: str | None
    language: str | None
    texts: Iterable[str]
    outlet: str | None = None
    ready: bool = False


def drawn(parts: Draw) -> RawItem | Rejection:
    """The item, with its first title that is not empty, else the beginning of its text, else an empty title. A
    rejection when the title is too long to be one."""
    raw = parts.record.raw.encode("utf-8", "replace")
    clean = folded if parts.ready else plain
    title = ""
    for text in parts.titles:
        if len(text) > SOURCE_CHARS or len(title := clean(text)) > TITLE_CHARS:
            return Rejection(raw, Reason.TOO_LARGE, f"The title has more than {TITLE_CHARS:,} characters.")
        if title:
            break
    return RawItem(
        title=title or _stand_in(parts.texts, clean is folded),
        link=parts.link,
        outlet=parts.outlet,
        published=parts.published,
        language=parts.language,
        raw=raw,
    )


def _stand_in(texts: Iterable[str], ready: bool) -> str:
    for text in texts:
        head = text[:SOURCE_CHARS]
        found = folded(head) if ready else plain(head)
        if found:
            return shortened(found)
    return ""


def shortened(text: str) -> str:
    """The first STAND_IN_CHARS characters, ending with a whole word and an ellipsis where something is left out."""
    if len(text) <= STAND_IN_CHARS:
        return text
    head = text[:STAND_IN_CHARS]
    return (head.rpartition(" ")[0] or head).rstrip(" ,;:-–—") + "…"


def first_text(children: dict[str, list[Element]], names: Iterable[str]) -> str | None:
    """The first text that is not empty among the children called `names`, in the order of the names."""
    return next(_texts(children, names), None)


def dated(children: dict[str, list[Element]], names: Iterable[str]) -> str | None:
    """The first text that can be a date: it has a digit. Without one the first text at all, as it stands."""
    first: str | None = None
    for text in _texts(children, names):
        if len(text) <= DATE_CHARS and not _DIGITS.isdisjoint(text):
            return text
        first = first or text[:DATE_CHARS]
    return first


def _texts(children: dict[str, list[Element]], names: Iterable[str]) -> Iterator[str]:
    for name in names:
        for element in children.get(name, ()):
            text = text_of(element).strip()
            if text:
                yield text
