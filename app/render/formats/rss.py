"""RSS 2.0 (rssboard.org/rss-specification), with Atom's links and Dublin Core's creator and language."""

from collections.abc import Iterator
from email.utils import format_datetime

from app.render.entries import Entry, Output, entries, latest
from app.render.formats.atom import chain
from app.render.formats.xml import DECLARATION, attribute, plain, text, uri

SUFFIX = ".rss"
MEDIA_TYPE = "application/rss+xml; charset=utf-8"

_SPACES = (
    ' xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
)


def write(output: Output) -> Iterator[str]:
    """The feed, in parts."""
    found = list(entries(output))
    t = output.t
    archive = ' xmlns:fh="http://purl.org/syndication/history/1.0"' if output.archive else ""
    yield f'{DECLARATION}<rss version="2.0"{_SPACES}{archive}>\n<channel>\n'
    yield f"<title>{plain(output.title)}</title>\n<link>{text(uri(output.origin + output.page))}</link>\n"
    yield f"<description>{plain(t.text('brand.tagline'))}</description>\n<language>{text(t.ui)}</language>\n"
    yield f"<lastBuildDate>{format_datetime(latest(found, output.fallback))}</lastBuildDate>\n"
    own = attribute(uri(output.origin + output.own))
    yield f'<atom:link rel="self" type="application/rss+xml" href={own}/>\n'
    if output.hub:
        yield f'<atom:link rel="hub" href={attribute(uri(output.hub))}/>\n'
    if output.archive:
        yield from chain(output.archive, SUFFIX, "atom:link")
    for entry in found:
        yield _item(entry, t.ui)
    yield "</channel>\n</rss>\n"


def _item(entry: Entry, ui: str) -> str:
    content = "".join(f"<p>{text(paragraph)}</p>" for paragraph in entry.paragraphs)
    parts = [
        f"<item xml:lang={attribute(entry.language)}>\n<title>{plain(entry.title)}</title>\n",
        f"<link>{text(uri(entry.url))}</link>\n",
        f'<guid isPermaLink="false">{text(entry.id)}</guid>\n',
        f"<pubDate>{format_datetime(entry.published)}</pubDate>\n",
        f"<dc:creator>{plain(entry.outlet.name(ui))}</dc:creator>\n<dc:language>{text(entry.language)}</dc:language>\n",
        f"<category>{text(entry.outlet.domain)}</category>\n",
        f"<category domain={attribute(uri(entry.story))}>{entry.told.story}</category>\n" if entry.told else "",
        f"<description>{plain(entry.note)}</description>\n",
        f"<content:encoded>{text(content)}</content:encoded>\n" if content else "",
        "</item>\n",
    ]
    return "".join(parts)
