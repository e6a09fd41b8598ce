"""The output formats: one row each. A list's address with a row's suffix is the same list in that format."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from app.render.entries import Output
from app.render.formats import atom, jsonfeed, markdown, ndjson, rss, table, txt


@dataclass(frozen=True, slots=True)
class OutputFormat:
    """`suffix` as in the address, with its dot; `write` gives the file in parts; `feed`: for readers that come again
    and again, so it holds the newest days only, the others all that match; `label` is its name in a menu, the same in
    every language."""

    suffix: str
    media_type: str
    write: Callable[[Output], Iterator[str]]
    feed: bool
    label: str

    @property
    def mime(self) -> str:
        """The media type without its parameters."""
        return self.media_type.partition(";")[0]


FORMATS: tuple[OutputFormat, ...] = (
    OutputFormat(atom.SUFFIX, atom.MEDIA_TYPE, atom.write, True, "Atom"),
    OutputFormat(rss.SUFFIX, rss.MEDIA_TYPE, rss.write, True, "RSS"),
    OutputFormat(jsonfeed.SUFFIX, jsonfeed.MEDIA_TYPE, jsonfeed.write, True, "JSON Feed"),
    OutputFormat(table.SUFFIX, table.MEDIA_TYPE, table.write, False, "CSV"),
    OutputFormat(ndjson.SUFFIX, ndjson.MEDIA_TYPE, ndjson.write, False, "NDJSON"),
    OutputFormat(txt.SUFFIX, txt.MEDIA_TYPE, txt.write, False, "TXT"),
    OutputFormat(markdown.SUFFIX, markdown.MEDIA_TYPE, markdown.write, False, "Markdown"),
)

BY_SUFFIX = {row.suffix: row for row in FORMATS}
