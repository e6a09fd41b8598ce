"""Atom 1.0 (RFC 4287), with the chain of day files of RFC 5005."""

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape

from app.render.entries import Archive, Entry, Output, entries, latest, rfc3339, tag
from app.render.formats.xml import DECLARATION, attribute, plain, text, uri
from app.timeline.links import in_format

SUFFIX = ".atom"
MEDIA_TYPE = "application/atom+xml; charset=utf-8"

_END_TAG = re.compile(r"</\w+>")


def write(output: Output) -> Iterator[str]:
    """The feed, in parts."""
    found = list(entries(output))
    t, own = output.t, output.origin + output.own
    yield DECLARATION
    archive = ' xmlns:fh="http://purl.org/syndication/history/1.0"' if output.archive else ""
    yield f'<feed xmlns="http://www.w3.org/2005/Atom"{archive} xml:lang={attribute(t.ui)}>\n'
    yield f"<id>{text(tag(output.authority, f'list{output.own}'))}</id>\n"
    yield f"{_title(output.title)}\n<subtitle>{plain(t.text('brand.tagline'))}</subtitle>\n"
    yield f"<updated>{rfc3339(latest(found, output.fallback), 'microseconds')}</updated>\n"
    yield f"<author><name>Өртөө</name><uri>{text(uri(output.origin + output.links.timeline()))}</uri></author>\n"
    yield f'<link rel="self" type="application/atom+xml" href={attribute(uri(own))}/>\n'
    yield f'<link rel="alternate" type="text/html" href={attribute(uri(output.origin + output.page))}/>\n'
    if output.hub:
        yield f'<link rel="hub" href={attribute(uri(output.hub))}/>\n'
    if output.archive:
        yield from chain(output.archive, SUFFIX, "link")
    for entry in found:
        yield _entry(entry, t.ui)
    yield "</feed>\n"


def chain(archive: Archive, suffix: str, element: str) -> Iterator[str]:
    """The links of an archive; `element` is the name of Atom's link where it stands."""
    if archive.closed and (archive.previous or archive.next):
        yield "<fh:archive/>\n"
    named = (
        ("current", archive.current if archive.closed else None),
        ("prev-archive", archive.previous),
        ("next-archive", archive.next),
    )
    for rel, address in named:
        if address:
            yield f'<{element} rel="{rel}" href={attribute(uri(in_format(address, suffix)))}/>\n'


def _title(words: str) -> str:
    """A title is text. One in whose text something looks like the end of an element is declared as HTML in which that
    is text: readers that guess would take it for markup, and validators do."""
    if _END_TAG.search(words):
        return f'<title type="html">{plain(escape(words))}</title>'
    return f"<title>{plain(words)}</title>"


def _category(entry: Entry) -> str:
    """The story of an entry: those of one story have one term."""
    if entry.told is None:
        return ""
    scheme, _, number = entry.story.rpartition("/")
    return f"<category scheme={attribute(uri(scheme))} term={attribute(number)}/>\n"


def _entry(entry: Entry, ui: str) -> str:
    content = "".join(f"<p>{text(paragraph)}</p>" for paragraph in entry.paragraphs)
    parts = [
        f"<entry xml:lang={attribute(entry.language)}>\n<id>{text(entry.id)}</id>\n",
        f"{_title(entry.title)}\n",
        f'<link rel="alternate" type="text/html" href={attribute(uri(entry.url))}/>\n',
        f'<link rel="related" type="text/html" href={attribute(uri(entry.page))}/>\n'
        if entry.url != entry.page
        else "",
        f'<link rel="related" type="text/html" href={attribute(uri(entry.story))}/>\n' if entry.story else "",
        f"<published>{rfc3339(entry.published)}</published>\n",
        f"<updated>{rfc3339(entry.updated, 'microseconds')}</updated>\n",
        f"<author><name>{plain(entry.outlet.name(ui))}</name></author>\n",
        f"<category term={attribute(entry.outlet.domain)} label={attribute(entry.outlet.name(ui))}/>\n",
        _category(entry),
        f"<summary xml:lang={attribute(ui)}>{plain(entry.note)}</summary>\n",
        f'<content type="html">{text(content)}</content>\n' if content else "",
        "</entry>\n",
    ]
    return "".join(parts)
