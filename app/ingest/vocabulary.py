"""Element names without their name spaces: `title`, `dc:date`, `media:title`, whatever prefix a feed uses."""

_KNOWN = {
    "http://purl.org/dc/elements/1.1": "dc",
    "http://purl.org/dc/elements/1.0": "dc",
    "http://purl.org/dc/terms": "dcterms",
    "http://www.w3.org/2005/atom": "atom",
    "http://purl.org/atom/ns": "atom",
    "http://purl.org/atom-blog/ns": "atom",
    "http://search.yahoo.com/mrss": "media",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://purl.org/rss/1.0/modules/content": "content",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns": "rdf",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://www.google.com/schemas/sitemap-news/0.9": "news",
    "http://www.google.com/schemas/sitemap-image/1.1": "image",
    "http://www.google.com/schemas/sitemap-video/1.1": "video",
}
_RSS = {
    "http://purl.org/rss/1.0",
    "http://my.netscape.com/rdf/simple/0.9",
    "http://channel.netscape.com/rdf/simple/0.9",
    "http://my.netscape.com/publish/formats/rss-0.91.dtd",
    "http://backend.userland.com/rss2",
    "http://backend.userland.com/rss091",
    "http://blogs.law.harvard.edu/tech/rss",
}

XML = "{http://www.w3.org/XML/1998/namespace}"
"""The name space of xml:base and xml:lang, as lxml writes it before a name."""


class Names(dict[str, str]):
    """Short names for the elements of one document: `names["{http://purl.org/dc/elements/1.1/}date"]` is `dc:date`.
    Names in the document's own name spaces (those of the tags given) stand alone, others that are not known are
    `?:name`; a prefix that nothing declares stays as written. Names are in lower case."""

    def __init__(self, *own: str) -> None:
        super().__init__()
        self._own = {"", *_RSS, *(_space(tag)[0] for tag in own)} - {_RDF}

    def __missing__(self, tag: str) -> str:
        space, name = _space(tag)
        short = name if space in self._own else f"{_KNOWN.get(space, '?')}:{name}"
        if len(self) < _REMEMBERED:
            self[tag] = short
        return short


_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns"
ABOUT = f"{{{_RDF}#}}about"
"""An RSS 1.0 item's own name, which is its address (web.resource.org/rss/1.0/spec, 5.5)."""
_REMEMBERED = 1000


def _space(tag: str) -> tuple[str, str]:
    space, _, name = tag.rpartition("}")
    return space.removeprefix("{").strip().lower().rstrip("/#"), name.lower()
