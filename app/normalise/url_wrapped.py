"""Addresses inside addresses: what search engines and networks wrap around a link, opened without asking anyone."""

import base64
import binascii
import re
from collections.abc import Iterator
from urllib.parse import unquote

from app.normalise import url_rules as rules
from app.normalise.url_form import Address


def inner(address: Address) -> Iterator[str]:
    """What a redirecting address says its target is, likeliest first; nothing for an address that redirects nowhere, or
    to a target that only its server knows."""
    for wrapper in rules.WRAPPERS:
        if wrapper.host.fullmatch(address.host) and wrapper.path.fullmatch(address.path):
            for pair in address.pairs:
                name, _, value = pair.partition("=")
                if name == wrapper.parameter and (target := _unquoted(value)):
                    yield target
    for host, path in rules.PATH_WRAPPERS:
        if host.fullmatch(address.host) and (found := path.fullmatch(address.path)):
            query = f"?{'&'.join(address.pairs)}" if address.pairs else ""
            yield f"https://{found.group(1)}{query}"
    if address.host == "news.google.com" and (found := rules.GOOGLE_NEWS.fullmatch(address.path)):
        yield from _google_news(found.group(1))


def _unquoted(value: str) -> str | None:
    try:
        return unquote(value, errors="strict")
    except UnicodeDecodeError:  # a guess at its letters could be another article
        return None


_ASCII_LINK = re.compile(rb"https?://[\x21-\x7e]+")


def _google_news(code: str) -> Iterator[str]:
    """The first address inside a Google News article code (base64url of a small record), if it is there."""
    try:
        record = base64.urlsafe_b64decode(code + "=" * (-len(code) % 4))
    except (binascii.Error, ValueError):
        return
    for found in _ASCII_LINK.finditer(record):
        yield found.group().decode("ascii")
