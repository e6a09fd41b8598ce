"""Validators and caching rules. Pure."""

import base64
import hashlib

PAGE = "public, no-cache"
"""Keep it, but ask before showing it again: nobody sees yesterday's front page, and asking costs a few bytes."""

MOMENT = "public, max-age=60"
"""What fetching changes does not raise the store's revision: a page about it may be kept for a minute, by its own
lifetime, and never under the revision."""

DOOR = "no-cache"
"""A redirect whose target depends on the reader or the day."""

FOREVER = "public, max-age=31536000, immutable"
"""An address that names its own content."""

NEVER = "no-store"
"""Answers about the moment: errors of ours, health."""

_MOST_TAGS = 50


def etag(body: bytes) -> str:
    """A weak validator of a body; it stays the same when the body is compressed."""
    digest = hashlib.blake2b(body, digest_size=12).digest()
    return f'W/"{base64.urlsafe_b64encode(digest).decode("ascii")}"'


def matches(if_none_match: str | None, tag: str) -> bool:
    """Whether a client already has the body with this tag (weak comparison, RFC 9110 section 8.8.3.2)."""
    if not if_none_match:
        return False
    given = [part.strip().removeprefix("W/") for part in if_none_match.split(",")[:_MOST_TAGS]]
    return "*" in given or tag.removeprefix("W/") in given
