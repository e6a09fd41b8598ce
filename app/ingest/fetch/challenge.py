"""Pages that are sent instead of what was asked for, to tell people from programs. They are recognised so that the
outlet's wish can be shown and respected; nothing here tries to pass them."""

from collections.abc import Mapping

from app.ingest.payload import Payload
from app.ingest.reading import head_of
from app.ingest.xml import is_page

_HEAD = 65_536
_PROLOGUE = 4_096

_MARKS = (
    "<title>just a moment...</title>",  # Cloudflare
    "<title>attention required! | cloudflare</title>",
    "cf_chl_opt",
    "cf-chl-widget",
    "checking your browser",
    "<title>ddos-guard</title>",
    "_incapsula_resource",
    "sucuri_cloudproxy_js",
    "captcha-delivery.com",  # DataDome
    "px-captcha",  # PerimeterX
    "awswafcookiedomainlist",
    "<title>access denied</title>",  # Akamai
    "<title>robot check</title>",
    "verify you are human",
    "are you a robot?",
)


def is_web_page(body: bytes, media_type: str | None) -> bool:
    """Whether a body begins as an HTML page, whatever it was sent as."""
    start = body[:_PROLOGUE]
    return bool(start.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe")) and is_page(
        head_of(Payload.of(start, None, media_type)).text
    )


def is_challenge(headers: Mapping[str, str], page: bytes) -> bool:
    """Whether an answer, or the beginning of its page, is such a test."""
    if headers.get("cf-mitigated", "").lower() == "challenge":
        return True
    text = page[:_HEAD].decode("latin-1").lower()
    return any(mark in text for mark in _MARKS)
