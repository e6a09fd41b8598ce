"""How much is read of anything that arrives. Exceeding a limit is a rejection that names it and its setting."""

from dataclasses import dataclass
from typing import Self

from app.settings import Settings


@dataclass(frozen=True, slots=True)
class Limits:
    """`payload_bytes`: what a format that must see the whole may read (ORTOO_MAX_PAYLOAD_BYTES); `entries`: items of
    such a payload (ORTOO_MAX_ENTRIES; the default is the limit of the sitemap protocol, sitemaps.org); `nesting`:
    levels of XML or JSON (ORTOO_MAX_NESTING; real documents have some ten, libxml2 stops at 256); `seconds`: how long
    reading it may take, and `megabytes`: what memory that may take (ORTOO_PARSE_SECONDS, ORTOO_PARSE_MEGABYTES).

    `line_bytes`: the longest line of a format that is read line by line. `title_chars`: the longest known real headline
    has some 250 characters. `quarantine_bytes`: what is kept of a payload that is too large to keep whole."""

    payload_bytes: int = 10_000_000
    entries: int = 50_000
    nesting: int = 200
    seconds: float = 10.0
    megabytes: int = 300
    line_bytes: int = 1_000_000
    title_chars: int = 2_000
    quarantine_bytes: int = 65_536

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """The limits that an operator set."""
        return cls(
            payload_bytes=settings.max_payload_bytes,
            entries=settings.max_entries,
            nesting=settings.max_nesting,
            seconds=settings.parse_seconds,
            megabytes=settings.parse_megabytes,
        )
