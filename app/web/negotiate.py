"""What a client can take and what it prefers: languages, media types, encodings, and parts of pages. Pure."""

from collections.abc import Iterable, Mapping

from app.model.language import UI_LANGUAGES

_MOST_RANGES = 40
"""A header with more ranges than this is read only so far."""


def _ranges(header: str) -> list[tuple[str, float]]:
    """`mn;q=0.8, en` -> [("en", 1.0), ("mn", 0.8)]: best first, equal ones in the order given, refused ones last."""
    found = []
    for part in header.split(",")[:_MOST_RANGES]:
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if name:
            found.append((name, _quality(parameters)))
    return sorted(found, key=lambda pair: -pair[1])


def _quality(parameters: Iterable[str]) -> float:
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return min(max(float(parameter[2:]), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0


def preferred_ui(accept_language: str) -> str:
    """The interface language for an `Accept-Language` header; the first of UI_LANGUAGES when it names none of them."""
    for name, quality in _ranges(accept_language):
        if quality > 0 and name.split("-")[0] in UI_LANGUAGES:
            return name.split("-")[0]
    return UI_LANGUAGES[0]


def prefers_json(accept: str) -> bool:
    """Whether a client would rather have JSON than a page."""
    for name, quality in _ranges(accept):
        if quality > 0:
            return name in ("application/json", "application/problem+json")
    return False


def accepts(accept: str, media_type: str) -> bool:
    """Whether a client takes `media_type`; one that says nothing takes everything. The nearest range decides
    (RFC 9110 section 12.5.1)."""
    ranges = dict(reversed(_ranges(accept)))
    kind = media_type.partition("/")[0]
    for name in (media_type, f"{kind}/*", "*/*"):
        if name in ranges:
            return ranges[name] > 0
    return not ranges


def accepts_gzip(accept_encoding: str) -> bool:
    """Whether a body may be sent compressed."""
    qualities = dict(_ranges(accept_encoding))
    return qualities.get("gzip", qualities.get("*", 0.0)) > 0


def wants_part(headers: Mapping[str, str]) -> bool:
    """Whether htmx asks for a part to put into a page, and not for a whole page to go back to."""
    return headers.get("hx-request") == "true" and "hx-history-restore-request" not in headers
