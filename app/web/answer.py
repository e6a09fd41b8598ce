"""From a page to an HTTP answer: canonical addresses, validators, compression, what becomes of the address shown."""

from collections.abc import Callable
from typing import Protocol, TypeVar
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.errors import BadFilter
from app.model.filters import TimelineFilter
from app.model.timeline import Document
from app.render.pages import Page
from app.store import Reader
from app.web.caching import DOOR, PAGE, SHORT, etag, matches
from app.web.negotiate import accepts_gzip
from app.web.packing import packed
from app.web.visit import At, Visit

READ = ["GET", "HEAD"]
"""The methods of every page."""

OPEN = {
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "ETag, Retry-After",
    "cross-origin-resource-policy": "cross-origin",
}
"""Files and facts may be read by scripts of any site."""

COMPRESS_FROM = 500
"""Shorter bodies are sent as they are: the packet would not get smaller."""

VARY = "HX-Request, Accept-Encoding"


class Found(Protocol):
    """An answer of the timeline room: it knows the store's revision that it shows."""

    @property
    def revision(self) -> int: ...


F = TypeVar("F", bound=Found)


def page(
    visit: Visit,
    at: At,
    read: Callable[[Reader], F],
    make: Callable[[F], Page],
    *,
    index: bool = True,
    cache: str = SHORT,
) -> Response:
    """The page at `at`: what `read` finds, as the page that `make` makes of it.

    The connection goes back before the page is rendered. An address that is not the canonical one leads there, unless
    htmx asks: then it learns the canonical one in a header."""
    canonical = at(visit.links)
    if not visit.part and not visit.is_at(canonical):
        return redirect(canonical)
    with visit.reading() as reader:
        found = read(reader)
    return shown(visit, at, make(found), found.revision, index=index, cache=cache)


def shown(visit: Visit, at: At, made: Page, revision: int, *, index: bool = True, cache: str = SHORT) -> Response:
    """A page that is made, of what was found at a revision; `at` is where the request came to."""
    document = visit.site.renderer.render(made, visit.frame(at, index=index), revision, part=visit.part)
    response = deliver(visit.request, document, cache=cache)
    if visit.part:
        response.headers.update(history_header(visit.request.headers.get("hx-current-url", ""), at(visit.links)))
    return response


def fixed(visit: Visit, at: At, made: Page, *, index: bool = True) -> Response:
    """A page that says the same whatever the store holds."""
    canonical = at(visit.links)
    if not visit.part and not visit.is_at(canonical):
        return redirect(canonical)
    document = visit.site.renderer.render(made, visit.frame(at, index=index), 0, part=visit.part)
    return deliver(visit.request, document, cache=SHORT)


def deliver(
    request: Request, document: Document, *, status: int = 200, cache: str = PAGE, vary: str = VARY, tag: str = ""
) -> Response:
    """A document as an answer: 304 when the client has it, compressed when that pays, without a body for HEAD. `tag` is
    its validator where it has another one than its body's."""
    body = document.body
    packs = not document.media_type.startswith("image/png")  # compressed already
    packs = packs and len(body) >= COMPRESS_FROM and accepts_gzip(request.headers.get("accept-encoding", ""))
    tag = tag or etag(body, "gzip" if packs else "")
    headers = {"cache-control": cache, **({"vary": vary} if vary else {}), "etag": tag}
    if status == 200 and matches(request.headers.get("if-none-match"), tag):
        return Response(status_code=304, headers=headers)
    if packs:
        body = packed(body)
        headers["content-encoding"] = "gzip"
    headers["content-length"] = str(len(body))
    content = b"" if request.method == "HEAD" else body
    return Response(content, status, headers=headers, media_type=document.media_type)


def redirect(address: str, *, status: int = 302, vary: str = "") -> Response:
    """A redirect to an address of ours."""
    headers = {"cache-control": DOOR, **({"vary": vary} if vary else {})}
    return RedirectResponse(address, status, headers=headers)


def history_header(current: str, canonical: str) -> dict[str, str]:
    """What the browser's address becomes after htmx swapped a part in; `current` is the address it shows now.

    Nothing when it is that already. The entry in the history is replaced, not added, when one only reads on (older
    days) or goes on typing: Back then leads to where one came from, not through every letter.
    """
    path, query = _split(current)
    new_path, new_query = _split(canonical)
    if (path, query) == (new_path, new_query):
        return {"HX-Push-Url": "false"}
    if path == new_path and _goes_on(query, new_query):
        return {"HX-Replace-Url": canonical}
    return {"HX-Push-Url": canonical}


def _split(address: str) -> tuple[str, str]:
    try:
        parts = urlsplit(address)
    except ValueError:
        return "", ""
    return parts.path, parts.query


def _goes_on(query: str, new_query: str) -> bool:
    try:
        old, new = TimelineFilter.from_query(query), TimelineFilter.from_query(new_query)
    except BadFilter:
        return False
    typing = bool(old.text and new.text) and old.but(text="") == new.but(text="")
    return old.but() == new.but() or typing
