"""Whether a body that somebody sends ends where its format ends: half of it is not taken in as if it were the whole."""

import json
import re

from app.ingest.format import Format

_TAIL = 4_096
"""Bytes at the end in which the last element is closed."""

_CLOSED = re.compile(
    rb"</(?:[\w.-]{1,40}:)?(?:rss|rdf|feed|channel|urlset|sitemapindex)\s*>\s*(?:(?:<!--[^<]*-->|</[^<>]{1,60}>)\s*)*\Z",
    re.I,
)
_MARKUP = ("rss", "atom", "googlenews", "sitemap")


def is_cut_off(chosen: Format, tail: bytes) -> bool:
    """Whether the end of a body (its last TAIL bytes or all of it) shows that something is missing: an unclosed root of
    a feed, a last line of NDJSON without end that is no JSON. Tables and texts may end anywhere; JSON that is read as a
    whole is checked as it is read."""
    if chosen.name in _MARKUP:
        return b"\0" not in tail and _CLOSED.search(tail.rstrip()[-_TAIL:]) is None
    if chosen.name == "ndjson":
        return _is_half_line(tail)
    return False


def _is_half_line(tail: bytes) -> bool:
    _, newline, last = tail.rpartition(b"\n")
    if not last.strip() or b"\0" in last:
        return False
    if not newline and len(tail) >= LINE_BYTES:
        return False  # the line is longer than is read: refused for that
    try:
        json.loads(last)
    except (ValueError, RecursionError):
        return True
    return False


LINE_BYTES = 1_000_000
"""The longest last line that is looked at."""
