"""What an ingest format is: a name, the media types it is sent with, a way to recognise it and a way to read it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from app.ingest.limits import Limits
from app.ingest.listing import Listing
from app.ingest.payload import Payload
from app.model.headline import RawArticle, RawItem, Rejection

Item = RawItem | RawArticle | Rejection


@dataclass(frozen=True, slots=True)
class Head:
    """The beginning of a payload: its bytes, and its text as far as it can be read (the end may be cut)."""

    data: bytes
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read a payload. `day` is the digest's day where the caller gives it; None: found in the text. `columns`
    maps a column (`title`, `url`, …) to the name that a table or JSON object has for it. `listing` says where the
    headlines stand in an HTML page."""

    limits: Limits = field(default_factory=Limits)
    day: date | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    listing: Listing | None = None


@dataclass(frozen=True, slots=True)
class Format:
    """A row of the registry. `sniff` says whether a head is of this format; `parse` yields the items in their order and
    raises MalformedPayload only where the whole cannot be read. `whole`: the items belong together (one transaction);
    otherwise they come as a stream of any length. `endless`: a payload is never held as a whole and each item costs no
    more than its own few bytes, so a payload of any size is read, and it may be read where it cannot be stopped."""

    name: str
    media_types: tuple[str, ...]
    sniff: Callable[[Head], bool]
    parse: Callable[[Payload, Reading], Iterator[Item]]
    whole: bool = False
    endless: bool = False
