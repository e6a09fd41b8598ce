"""In which format a body is: by its Content-Type, or as `format` says."""

import re
from collections.abc import Mapping

from app.errors import BadFilter, MalformedPayload, UnknownFormat
from app.ingest.document import lines
from app.ingest.format import Format, Head
from app.ingest.formats import FORMATS, gdelt, jsonfeed, ndjson, wordpress
from app.ingest.payload import Payload
from app.ingest.sniff import identify
from app.ingest.source import GZIP
from app.model.headline import Reason
from app.web.refusal import Refusal

JSON_FORMAT = "json"
"""The name of JSON documents of our own members, as `ortoo ingest` calls them too."""

_FORMATS: Mapping[str, Format] = {one.name: one for one in FORMATS if one.name != "html"}
"""A page is read by a rule that says where its headlines stand, which belongs to a source."""

_OF_TYPE: Mapping[str, tuple[str, ...]] = {
    "application/json": (JSON_FORMAT,),
    "application/x-ndjson": ("ndjson",),
    "application/ndjson": ("ndjson",),
    "application/jsonl": ("ndjson",),
    "application/json-lines": ("ndjson",),
    "application/feed+json": ("jsonfeed",),
    "application/rss+xml": ("googlenews", "rss"),
    "application/rdf+xml": ("rss",),
    "application/atom+xml": ("atom",),
    "application/xml": ("googlenews", "rss", "atom", "sitemap"),
    "text/xml": ("googlenews", "rss", "atom", "sitemap"),
    "text/csv": ("table",),
    "text/tab-separated-values": ("table",),
    "text/plain": ("digest",),
}
"""Media types, and the formats that come with them; among several the bytes decide."""

TYPES = tuple(_OF_TYPE)
NAMES = tuple(_FORMATS)

_FEED = re.compile(r'"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org')
_OTHERS_JSON = (gdelt.FORMAT, wordpress.FORMAT)


def kinds(content_type: str, encoding: str, asked: str | None) -> tuple[Format, ...]:
    """The formats in which a body may be. BadFilter for a `format` that there is not; Refusal 415 for a Content-Type
    that says none, and for a body that is packed."""
    if encoding.strip().lower() not in ("", "identity"):
        message = f"The body is packed ({encoding[:40]}): send it as it is, without Content-Encoding."
        raise Refusal(415, "packed", "Packed body", message, {"accept-encoding": "identity"})
    if asked is not None:
        if asked not in _FORMATS:
            expected = ", ".join(NAMES)
            raise BadFilter(f"format={asked[:40]}: one of {expected}.", name="format", value=asked, expected=expected)
        return (_FORMATS[asked],)
    media_type = content_type.partition(";")[0].strip().lower()
    if media_type not in _OF_TYPE:
        told = f"{media_type[:80]} is" if media_type else "A body without Content-Type is"
        message = f"{told} not read here. Send one of {', '.join(TYPES)}; or name the format: ?format=ndjson."
        raise Refusal(415, "unsupported-type", "Unsupported type", message, {"accept": ", ".join(TYPES)})
    return tuple(_FORMATS[name] for name in _OF_TYPE[media_type])


def settled(payload: Payload, found: tuple[Format, ...]) -> tuple[Payload, Format]:
    """The payload as it is read, and its format. A JSON document of our own members is read as lines of NDJSON; one of
    somebody else's (JSON Feed, WordPress, GDELT) as that. IngestError when it is in none of the formats."""
    if payload.head(2) == GZIP:
        raise MalformedPayload("The body is packed (gzip): send it as it is.", reason=Reason.BINARY)
    chosen = found[0] if len(found) == 1 else _recognised(payload, found)
    if chosen.name != JSON_FORMAT:
        return payload, chosen
    other = _others(payload)
    if other is not None:
        return payload, other
    body = b"".join(line + b"\n" for line in lines(payload.head(payload.size() or 0)))
    unwrapped = Payload.of(body, media_type="application/x-ndjson", received_at=payload.received_at, name=payload.name)
    return unwrapped, ndjson.FORMAT


def _recognised(payload: Payload, found: tuple[Format, ...]) -> Format:
    try:
        return identify(payload, found)
    except UnknownFormat as error:
        names = ", ".join(one.name for one in found)
        message = f"The body begins as none of {names}. If it is one of these, name it: ?format={found[0].name}."
        raise UnknownFormat(message, **error.facts) from error


def _others(payload: Payload) -> Format | None:
    head = payload.head()
    told = Head(head, head.decode("utf-8", "replace"))
    if _FEED.search(told.text) and jsonfeed.sniff(told):
        return jsonfeed.FORMAT
    return next((one for one in _OTHERS_JSON if one.sniff(told)), None)
