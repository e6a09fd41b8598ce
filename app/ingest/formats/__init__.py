"""The registry of ingest formats. A new one is a module here with a FORMAT, and a row below; the first that recognises
itself wins, so the strictest come first."""

from app.ingest.format import Format
from app.ingest.formats import (
    atom,
    digest,
    gdelt,
    googlenews,
    htmllist,
    jsonfeed,
    jsonlist,
    ndjson,
    rss,
    sitemap,
    table,
    wordpress,
)

FORMATS: tuple[Format, ...] = (
    googlenews.FORMAT,
    rss.FORMAT,
    atom.FORMAT,
    sitemap.FORMAT,
    htmllist.FORMAT,
    gdelt.FORMAT,
    wordpress.FORMAT,
    jsonfeed.FORMAT,
    jsonlist.FORMAT,
    ndjson.FORMAT,
    table.FORMAT,
    digest.FORMAT,
)
