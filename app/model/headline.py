"""The doorway types of the write flow: RawItem -> Draft -> Headline, RawArticle -> Article, and Rejection."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from app.model.value import value


class Honesty(StrEnum):
    """How far a headline's date can be trusted."""

    DECLARED = "declared"  # an instant with its zone, as published
    ZONE_ASSUMED = "zone-assumed"  # a clock time without a zone: Ulaanbaatar was assumed
    DATE_ONLY = "date-only"  # a day, no clock time: published_at stays None
    FIRST_SEEN = "first-seen"  # no usable date: the day it first came in


class LanguageMethod(StrEnum):
    """Who said which language a headline is in; a later member never gives way to an earlier one."""

    DETECTED = "detected"
    MARKER = "marker"  # a digest's marker word puts the entry in a column, whatever its letters say
    EDITOR = "editor"


class Reason(StrEnum):
    """Why something could not be taken in. The codes are part of the interface and never change."""

    UNKNOWN_FORMAT = "unknown-format"
    EMPTY = "empty"
    BINARY = "binary"
    TOO_LARGE = "too-large"
    TOO_SLOW = "too-slow"
    ENCODING = "encoding"
    MALFORMED = "malformed"
    NO_TITLE = "no-title"
    NO_OUTLET = "no-outlet"
    BAD_OUTLET = "bad-outlet"
    BAD_DATE = "bad-date"
    BAD_LINK = "bad-link"
    UNPLACED = "unplaced-text"


@dataclass(frozen=True, slots=True)
class Understood:
    """What a rejected item says as far as it could be read: `title` as plain text, `url` an http(s) link as given,
    `published_at` aware UTC, `day` the Ulaanbaatar day of the date that it states. None for what it does not say."""

    title: str | None = None
    url: str | None = None
    published_at: datetime | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Rejection:
    """What could not be taken in, whole, with the reason: kept in quarantine, never lost.

    `raw` is the text or bytes as they arrived, such that they can be read again alone; `detail` is a sentence for
    people that names the thing and the remedy. `item` is what was understood of it, None where it never was an item.
    Where `reason` is TOO_LARGE, `raw` may be the beginning only.
    """

    raw: bytes
    reason: Reason
    detail: str
    format: str = ""
    item: Understood | None = None

    @property
    def title(self) -> str | None:
        return self.item.title if self.item else None

    @property
    def url(self) -> str | None:
        return self.item.url if self.item else None

    @property
    def published_at(self) -> datetime | None:
        return self.item.published_at if self.item else None

    @property
    def day(self) -> date | None:
        return self.item.day if self.item else None


@dataclass(frozen=True, slots=True)
class DigestPlace:
    """Where a headline stands in a day's digest. `position` counts from 1 in its column and is always there;
    `rank` is the number printed in the digest, None where it prints none (Mongolian columns)."""

    day: date
    language: str
    position: int
    rank: int | None


@value(frozen=True, slots=True)
class RawItem:
    """One item as an ingest format found it: strings as they stood, nothing guessed.

    `marker` is the language code that a digest's marker word states (binding); `language` one that the source declares
    (a hint). `digest_day` is an ISO day, `position` the place in the digest column from 1. `raw` is the item's own text
    or bytes, kept if it has to be rejected later. Of an item that an archive has had before, and that never had a date
    that could be believed, `first_seen` is the ISO day on which it first came in there, `stated` the date that was not
    believed.
    """

    title: str
    link: str | None = None
    outlet: str | None = None
    published: str | None = None
    language: str | None = None
    marker: str | None = None
    rank: int | None = None
    position: int | None = None
    digest_day: str | None = None
    raw: bytes = b""
    first_seen: str | None = None
    stated: str | None = None


@dataclass(frozen=True, slots=True)
class RawArticle:
    """A long read that came with a digest: a heading, its outlet's host, paragraphs and a date, as they stood."""

    title: str
    outlet: str | None
    published: str | None
    paragraphs: tuple[str, ...]
    position: int
    digest_day: str | None = None
    raw: bytes = b""


@value(frozen=True, slots=True)
class Draft:
    """A normalised item. `title` is NFC and inert (no control or bidirectional-override characters); where that changed
    more than the composition of letters, `title_given` keeps what came, with such characters written as \\uXXXX.

    `url` is the link as given (http or https only), `canonical_url` its identity form; both None when the source gave
    none. `host` is the outlet's host as printed (lower case, without `www.`), `outlet` its registrable domain.
    `published_at` is aware UTC or None; `day` is the Ulaanbaatar day. `stated` is a date (ISO 8601, a day or instant)
    that is not believed, because it lay over 24 hours ahead when it came: then the honesty is FIRST_SEEN.
    """

    title: str
    outlet: str
    host: str
    day: date
    honesty: Honesty
    published_at: datetime | None = None
    url: str | None = None
    canonical_url: str | None = None
    title_given: str | None = None
    language_hint: str | None = None
    marker: str | None = None
    place: DigestPlace | None = None
    stated: str | None = None


@value(frozen=True, slots=True)
class Headline:
    """A Draft that knows its language and its identity: what the store keeps.

    `url_key` identifies the article by its canonical URL (None without one); `title_key` by outlet and folded title:
    neither the day nor the language is in it, because the store weighs those itself (`app.store.identity` says how), so
    that an undated or differently labelled copy still meets its original. 16 bytes each. `folded` is the title's search
    form (`app.search.folding`). `near_keys` are the numbers by which near-duplicates find each other
    (`app.dedupe.near.keys`): first the one of the whole title.
    """

    draft: Draft
    language: str
    confidence: float
    language_method: LanguageMethod
    url_key: bytes | None
    title_key: bytes
    folded: str
    near_keys: tuple[int, ...] = ()

    @property
    def title(self) -> str:
        return self.draft.title

    @property
    def url(self) -> str | None:
        return self.draft.url

    @property
    def published_at(self) -> datetime | None:
        return self.draft.published_at

    @property
    def day(self) -> date:
        return self.draft.day


@dataclass(frozen=True, slots=True)
class Article:
    """An analysis article. `published_on` is its own date; `digest_day` the day whose digest carried it, `position` its
    place after the entries, from 1. `key` (16 bytes) identifies it by outlet, folded title and own date. One that was
    written at the desk has its text as Markdown too, and may name its author, licence and where it stood first."""

    title: str
    outlet: str
    host: str
    language: str
    published_on: date
    paragraphs: tuple[str, ...]
    key: bytes
    slug: str
    digest_day: date | None = None
    position: int = 1
    markdown: str = ""
    author: str = ""
    licence: str = ""
    source_url: str = ""


class Outcome(StrEnum):
    """What became of one item."""

    ADDED = "added"
    UPDATED = "updated"  # known, and its title, address or place changed
    DUPLICATE = "duplicate"  # known, nothing changed but the sighting
    REJECTED = "rejected"


@value(frozen=True, slots=True)
class ItemResult:
    """One item of an ingest and what became of it; `slug` is an article's name in addresses."""

    outcome: Outcome
    title: str
    outlet: str = ""
    language: str = ""
    day: date | None = None
    rank: int | None = None
    confidence: float | None = None
    headline_id: int | None = None
    article: bool = False
    slug: str | None = None


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What one ingest did: the counts are of every item; `items` and `rejections` keep the first KEPT_ITEMS of each, so
    that a file of any size leaves a report of bounded size. `seconds` maps a step's name to its CPU seconds."""

    origin: str = ""
    format: str = ""
    added: int = 0
    updated: int = 0
    duplicate: int = 0
    rejected: int = 0
    items: tuple[ItemResult, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    dry_run: bool = False
    seconds: dict[str, float] = field(default_factory=dict)


KEPT_ITEMS = 1000
