"""JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1)."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from app.errors import MalformedPayload
from app.ingest.feed_item import SOURCE_CHARS, shortened
from app.ingest.format import Format, Head, Item, Reading
from app.ingest.json_items import dumped, first, load, objects, string, titled
from app.ingest.markup import folded, plain, plain_of_text
from app.ingest.payload import Payload
from app.ingest.scope import first_link, is_web, resolved
from app.ingest.source import read_all
from app.model.headline import RawItem, Reason, Rejection

_NAME = "jsonfeed"
_FEED = re.compile(r'"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org|"items"\s*:\s*\[')


def read(chunks: Iterable[str], url: str = "") -> Iterator[RawItem | Rejection]:
    """The items of a JSON Feed in its order. `url` is the base of relative links. MalformedPayload for what is none."""
    feed = load(chunks)
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise MalformedPayload("This JSON is not a feed: it has no list of items.", reason=Reason.MALFORMED)
    language = string(feed.get("language"))
    for item in objects(feed["items"]):
        yield item if isinstance(item, Rejection) else _item(item, url, language)


def _item(item: Mapping[str, Any], url: str, language: str | None) -> RawItem | Rejection:
    title = titled(item, first(item, ("title",)), plain_of_text)
    if isinstance(title, Rejection):
        return title
    return RawItem(
        title=title or _stand_in(item),
        link=_link(item, url),
        published=first(item, ("date_published", "date_modified")),
        language=first(item, ("language",)) or language,
        raw=dumped(item),
    )


def _link(item: Mapping[str, Any], url: str) -> str | None:
    """The item's address, else the page it points to, else its id where that is an address (the format asks for it)."""
    found = [link for name in ("url", "external_url") if (link := resolved(string(item.get(name)) or "", url))]
    identity = string(item.get("id"))
    found += [identity] if identity and is_web(identity) else []
    return first_link(found)


def _stand_in(item: Mapping[str, Any]) -> str:
    """The beginning of the text of an item without a title (a microblog's)."""
    for name, clean in (("summary", folded), ("content_text", folded), ("content_html", plain)):
        text = clean((string(item.get(name)) or "")[:SOURCE_CHARS])
        if text:
            return shortened(text)
    return ""


def sniff(head: Head) -> bool:
    """Whether a JSON object begins here that says it is a feed, or has a list of items."""
    text = head.text.lstrip("\ufeff \t\r\n")
    return text.startswith("{") and _FEED.search(text) is not None


def parse(payload: Payload, reading: Reading) -> Iterator[Item]:
    """The items. MalformedPayload for what is no feed."""
    return read_all(payload, reading, read, _NAME)


FORMAT = Format(_NAME, ("application/feed+json",), sniff, parse)
