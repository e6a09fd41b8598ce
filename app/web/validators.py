"""Validators of answers (RFC 9110 section 8.8). Pure."""

import base64
import hashlib

_MOST_TAGS = 50


def etag(body: bytes, coding: str = "") -> str:
    """A strong validator: of this body, sent in this content coding ("" for none)."""
    return f'"{_digest(body)}{"-" if coding else ""}{coding}"'


def weak_etag(body: bytes) -> str:
    """A weak validator, the same in every coding; or of whatever else stands for the content."""
    return f'W/"{_digest(body)}"'


def matches(if_none_match: str | None, tag: str) -> bool:
    """Whether a client already has the body with this tag (weak comparison, RFC 9110 section 8.8.3.2)."""
    if not if_none_match:
        return False
    given = [part.strip().removeprefix("W/") for part in if_none_match.split(",")[:_MOST_TAGS]]
    return "*" in given or tag.removeprefix("W/") in given


def _digest(body: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.blake2b(body, digest_size=12).digest()).decode("ascii")
