"""Articles as GDELT's DOC 2.0 API lists them with mode=ArtList and format=json (blog.gdeltproject.org)."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from app.errors import MalformedPayload
from app.ingest.format import Format, Head, Item, Reading
from app.ingest.json_items import dumped, first, load, objects, titled
from app.ingest.payload import Payload
from app.ingest.scope import resolved
from app.ingest.source import read_all
from app.model.headline import RawItem, Reason, Rejection

_NAME = "gdelt"
_LIST = re.compile(r'\{\s*"articles"\s*:\s*\[')
_SEEN = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z")

LANGUAGES = {
    "Arabic": "ar", "Chinese": "zh", "Czech": "cs", "English": "en", "French": "fr", "German": "de", "Hungarian": "hu",
    "Indonesian": "id", "Italian": "it", "Japanese": "ja", "Kazakh": "kk", "Korean": "ko", "Mongolian": "mn",
    "Polish": "pl", "Portuguese": "pt", "Russian": "ru", "Spanish": "es", "Turkish": "tr", "Ukrainian": "uk",
    "Vietnamese": "vi",
}  # fmt: skip
"""GDELT writes a language's English name."""


def read(chunks: Iterable[str], url: str = "") -> Iterator[RawItem | Rejection]:
    """The articles in their order. `published` is when GDELT saw the article, which is minutes after it appeared.
    MalformedPayload for what is no list of articles; nothing for `{}`, the answer to a question without matches."""
    answer = load(chunks)
    if not isinstance(answer, dict) or not isinstance(answer.get("articles", []), list):
        raise MalformedPayload("This JSON is no list of articles of GDELT.", reason=Reason.MALFORMED)
    for article in objects(answer.get("articles")):
        yield article if isinstance(article, Rejection) else _article(article, url)


def _article(article: Mapping[str, Any], url: str) -> RawItem | Rejection:
    title = titled(article, first(article, ("title",)))
    if isinstance(title, Rejection):
        return title
    language = first(article, ("language", "sourcelang"))
    seen = first(article, ("seendate",))
    return RawItem(
        title=title,
        link=resolved(first(article, ("url", "url_mobile")) or "", url),
        outlet=first(article, ("domain",)),
        published=_SEEN.sub(r"\1-\2-\3T\4:\5:\6Z", seen) if seen else None,
        language=LANGUAGES.get(language.title(), language) if language else None,
        raw=dumped(article),
    )


def sniff(head: Head) -> bool:
    """Whether a list of articles begins here."""
    text = head.text.lstrip("\ufeff \t\r\n")
    return _LIST.match(text) is not None


def parse(payload: Payload, reading: Reading) -> Iterator[Item]:
    """The articles. MalformedPayload for what has none."""
    return read_all(payload, reading, read, _NAME)


FORMAT = Format(_NAME, (), sniff, parse)
