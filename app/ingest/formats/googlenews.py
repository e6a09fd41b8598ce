"""Google News RSS. The title ends with the publisher, who is also in `source`; the link leads through Google."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from app.ingest.format import Format, Head, Item, Reading
from app.ingest.formats import rss
from app.ingest.markup import plain
from app.ingest.payload import Payload
from app.ingest.scope import base_of
from app.ingest.source import read_all
from app.ingest.xml import Record, open_document, root_of, text_of
from app.model.headline import RawItem, Rejection

_NAME = "googlenews"


def read(chunks: Iterable[str], url: str = "") -> Iterator[RawItem | Rejection]:
    """The items of a Google News feed: the title without " - Publisher" where that is the item's source, the outlet
    from the source's address. MalformedPayload when there is no feed."""
    document = open_document(chunks)
    base, language = base_of(document.ancestors, url), rss.channel_language(document)
    for record in document.records:
        item = record if isinstance(record, Rejection) else rss.item(record, base, language)
        yield _own(item, record) if isinstance(item, RawItem) and isinstance(record, Record) else item


def _own(item: RawItem, record: Record) -> RawItem:
    for source in record.children.get("source", ()):
        publisher = plain(text_of(source))
        title = item.title.removesuffix(f" - {publisher}").strip() if publisher else item.title
        return replace(item, title=title or item.title, outlet=_host(source.get("url")))
    return item


def _host(address: str | None) -> str | None:
    try:
        return urlsplit((address or "").strip()).hostname or None
    except ValueError:
        return None


def sniff(head: Head) -> bool:
    """Whether an RSS feed begins here whose channel is Google News'."""
    return root_of(head.text) == "rss" and rss.is_google(head.text)


def parse(payload: Payload, reading: Reading) -> Iterator[Item]:
    """The items. MalformedPayload when there is no feed."""
    return read_all(payload, reading, read, _NAME)


FORMAT = Format(_NAME, (), sniff, parse)
