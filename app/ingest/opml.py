"""OPML 2.0 (opml.org/spec2.opml): lists of feeds, as feed readers exchange them.

What OPML has no word for (keywords, intervals, rules …) travels in attributes of a namespace of our own, which other
programs pass over, so that a list that was exported comes back whole.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from lxml import etree

from app.errors import MalformedPayload
from app.model.day import parse_day
from app.model.headline import Reason
from app.model.language import is_language_code
from app.model.source import AUTO, Source

MAX_BYTES = 5_000_000
MAX_SOURCES = 5_000
MAX_DEPTH = 50
"""Folders inside folders."""
MAX_URL_CHARS = 2_000
"""An address; also what an index of the database takes."""
MAX_TEXT_CHARS = 1_000

_NAMESPACE = "urn:ortoo:sources"
_OWN = f"{{{_NAMESPACE}}}"
_TEXTS = ("kind", "outlet", "zone", "keywords", "note", "listing")
_NO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Outlines:
    """What a list holds: sources in its order, and what could not become one, with the reason."""

    sources: tuple[Source, ...]
    refused: tuple[tuple[str, str], ...] = field(default=())


def parse(data: bytes) -> Outlines:
    """Read a list. An outline without an address is a folder; with one that cannot be fetched it is refused. What many
    programs write wrongly (a stray ampersand, names of attributes in other cases) is read all the same. No entity is
    resolved and nothing is loaded.

    MalformedPayload for what is no OPML, or above MAX_BYTES, MAX_SOURCES, MAX_DEPTH."""
    if len(data) > MAX_BYTES:
        raise _bad(f"is larger than {MAX_BYTES:,} bytes", Reason.TOO_LARGE)
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(data.lstrip(b" \t\r\n"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _bad(f"cannot be read as XML ({error})") from error
    if root is None or not isinstance(root.tag, str) or etree.QName(root).localname.lower() != "opml":
        raise _bad("is no OPML: its outermost element is not <opml>")
    sources: list[Source] = []
    refused: list[tuple[str, str]] = []
    for outline, folders in _outlines(root):
        if len(sources) + len(refused) >= MAX_SOURCES:
            raise _bad(f"has more than {MAX_SOURCES:,} feeds", Reason.TOO_LARGE)
        made = _source(outline, folders)
        if isinstance(made, Source):
            sources.append(made)
        else:
            refused.append(made)
    return Outlines(tuple(sources), tuple(refused))


def write(sources: Iterable[Source], title: str, at: datetime | None = None) -> bytes:
    """The list of these sources, those of a category in its folders, as UTF-8; with `at` it says when it was
    made."""
    root = etree.Element("opml", version="2.0", nsmap={"ortoo": _NAMESPACE})
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = title
    if at:
        etree.SubElement(head, "dateCreated").text = format_datetime(at, usegmt=True)
    body = etree.SubElement(root, "body")
    folders: dict[str, Any] = {"": body}
    for source in sources:
        _write(source, _folder(source.category, folders))
    if not len(body):
        etree.SubElement(
            body, "outline", text=title
        )  # the specification wants one at least; without an address it is no source
    written: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return written


def _outlines(root: Any) -> Iterator[tuple[dict[str, str], tuple[str, ...]]]:
    """Every outline with an address: its attributes, and the folders that it stands in. Without recursion."""
    pile: list[tuple[Any, tuple[str, ...]]] = [(child, ()) for child in reversed(list(root))]
    while pile:
        element, folders = pile.pop()
        attributes = {str(name).lower(): value for name, value in element.attrib.items()}
        name = attributes.get("text") or attributes.get("title") or ""
        inside = folders
        if attributes.get("xmlurl"):
            yield attributes, folders
        elif name and _local(element) == "outline":
            inside = (*folders, _line(name).replace("/", "-"))
        if len(inside) > MAX_DEPTH:
            raise _bad(f"has folders in more than {MAX_DEPTH} others", Reason.TOO_LARGE)
        pile += [(child, inside) for child in reversed(list(element)) if isinstance(child.tag, str)]


def _local(element: Any) -> str:
    return str(etree.QName(element).localname).lower()


def _source(given: dict[str, str], folders: tuple[str, ...]) -> Source | tuple[str, str]:
    url = given["xmlurl"].strip()
    if url.startswith("feed:"):
        url = url.removeprefix("feed:").removeprefix("//")
        url = url if "://" in url else f"http://{url}"
    if not url.lower().startswith(("http://", "https://")):
        return url[:200], "Not an address with http:// or https://."
    if len(url) > MAX_URL_CHARS or len(url.split()) != 1:
        return url[:200], f"An address has no blanks and at most {MAX_URL_CHARS:,} characters."
    own = {name: given.get(f"{_OWN}{name}", "") for name in (*_TEXTS, "interval", "enabled", "columns", "worked")}
    language = given.get("language", "").split("-")[0].lower()
    category = "/".join(folders) or given.get("category", "").split(",")[0].strip("/ ")
    return Source(
        url=url,
        title=_line(given.get("text") or given.get("title") or ""),
        category=category[:MAX_TEXT_CHARS],
        kind=own["kind"] or AUTO,
        outlet=own["outlet"] or None,
        language=language if is_language_code(language) else None,
        zone=own["zone"] or None,
        keywords=own["keywords"],
        interval=int(own["interval"]) if own["interval"].isascii() and own["interval"].isdigit() else None,
        enabled=own["enabled"] != "no",
        note=own["note"] or _line(given.get("description", "")),
        listing=own["listing"],
        columns=_columns(own["columns"]),
        worked_on=parse_day(own["worked"]),
    )


def _columns(text: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in text.split("; ") if "=" in part)
    return {name: value for name, _, value in pairs}


def _line(text: str) -> str:
    return " ".join(text.split())[:MAX_TEXT_CHARS]


def _folder(category: str, folders: dict[str, Any]) -> Any:
    """The element of a category, made with the folders above it where they are missing."""
    path = ""
    parent = folders[""]
    for name in filter(None, category.split("/")):
        path = f"{path}/{name}"
        if path not in folders:
            folders[path] = etree.SubElement(parent, "outline", text=_xml(name))
        parent = folders[path]
    return parent


def _write(source: Source, parent: Any) -> None:
    given = {"type": "rss", "text": source.name, "xmlUrl": source.url, "language": source.language or ""}
    own = {name: getattr(source, name) or "" for name in _TEXTS} | {
        "kind": "" if source.kind == AUTO else source.kind,
        "interval": str(source.interval or ""),
        "enabled": "" if source.enabled else "no",
        "columns": "; ".join(f"{name}={value}" for name, value in source.columns.items()),
        "worked": source.worked_on.isoformat() if source.worked_on else "",
    }
    attributes = given | {f"{_OWN}{name}": value for name, value in own.items()}
    etree.SubElement(parent, "outline", {name: _xml(value) for name, value in attributes.items() if value})


def _xml(text: str) -> str:
    """Text without the characters that XML cannot hold."""
    return _NO_XML.sub("", text)


def _bad(what: str, reason: Reason = Reason.MALFORMED) -> MalformedPayload:
    return MalformedPayload(f"The list {what}.", reason=reason)
