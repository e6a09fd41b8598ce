"""Lists as files: `/en/2026-01-15.atom` is `/en/2026-01-15` for a feed reader, and so for every list and format."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import chain

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from app import __version__
from app.errors import BadFilter, NotFound
from app.model.day import day_start, parse_day
from app.model.filters import TimelineFilter
from app.model.listing import ListedDay
from app.model.timeline import Document
from app.render.entries import Archive, Output, described
from app.render.formats import BY_SUFFIX, OutputFormat
from app.render.formats.xml import uri
from app.render.streaming import blocks, packed
from app.store import Reader
from app.timeline import browse, listing
from app.timeline import outlets as publishers
from app.timeline import stories as told
from app.timeline.calendar import month_bounds
from app.timeline.links import Links, in_format
from app.web.answer import OPEN, READ, deliver, redirect
from app.web.caching import PAGE, matches
from app.web.negotiate import accepts_gzip
from app.web.paths import DAYISH, DOTTED, EDITION, SUFFIX
from app.web.visit import At, Visit

router = APIRouter()

FEED_VARY = "Accept-Encoding"


@router.api_route(f"{EDITION}/{SUFFIX}", methods=READ)
@router.api_route(f"{EDITION}{SUFFIX}", methods=READ)
def timeline(request: Request, ui: str, suffix: str) -> Response:
    """The timeline."""
    visit = Visit.of(request, ui)
    f = visit.filter()
    return _listed(visit, suffix, f, lambda links: links.timeline(f), [])


@router.api_route(f"{EDITION}/outlets/{DOTTED}{SUFFIX}", methods=READ)
def outlet(request: Request, ui: str, domain: str, suffix: str) -> Response:
    """An outlet's headlines. NotFound for one that is not known."""
    visit = Visit.of(request, ui)
    asked = replace(visit.filter(), outlets=())
    with visit.reading() as reader:
        found = browse.outlet_named(reader, domain)
        f = publishers.shown(reader, found.domain, asked)
    return _listed(visit, suffix, f, lambda links: links.outlet(found.domain, asked), [found.name(ui)], asked)


@router.api_route(f"{EDITION}/search{SUFFIX}", methods=READ)
def search(request: Request, ui: str, suffix: str) -> Response:
    """What a search finds; nothing without words."""
    visit = Visit.of(request, ui)
    f = visit.filter()
    if not f.text:
        raise BadFilter("q is missing: a search needs words.", name="q", value="", expected="words")
    return _listed(visit, suffix, f, lambda links: links.search(f), [visit.t.text("search.h")])


@router.api_route(f"{EDITION}/archive{SUFFIX}", methods=READ)
def whole_archive(request: Request, ui: str, suffix: str) -> Response:
    """Everything."""
    visit = Visit.of(request, ui)
    return _listed(visit, suffix, TimelineFilter(), Links.archive, [visit.t.text("nav.archive")])


@router.api_route(f"{EDITION}/archive/{DAYISH}{SUFFIX}", methods=READ)
def archive(request: Request, ui: str, key: str, suffix: str) -> Response:
    """The headlines of a year or month. NotFound for what is neither."""
    visit = Visit.of(request, ui)
    first = parse_day(f"{key}-01") or parse_day(f"{key}-01-01")
    if first is None or len(key) not in (4, 7):
        raise NotFound(f"There is no month {key[:40]}.", kind="month", key=key[:40])
    if len(key) == 4:
        f = TimelineFilter(since=first, until=date(first.year, 12, 31))
        return _listed(visit, suffix, f, lambda links: links.year(first.year), [key], TimelineFilter())
    since, until = month_bounds(first)
    name = visit.t.dated(first, "month-year")
    f = TimelineFilter(since=since, until=until)
    return _listed(visit, suffix, f, lambda links: links.month(first), [name], TimelineFilter())


@router.api_route(f"{EDITION}/analysis{SUFFIX}", methods=READ)
def analysis(request: Request, ui: str, suffix: str) -> Response:
    """The newest articles."""
    visit, chosen = Visit.of(request, ui), BY_SUFFIX[suffix]

    def made(reader: Reader) -> Output:
        days = listing.articles(reader, browse.MOST_ARTICLES)
        return _output(visit, chosen, Links.analysis, [visit.t.text("nav.analysis")], days)

    return _whole(visit, chosen, Links.analysis, made)


@router.api_route(f"{EDITION}/stories{SUFFIX}", methods=READ)
def stories(request: Request, ui: str, suffix: str) -> Response:
    """The first headlines of a week's stories."""
    visit, chosen = Visit.of(request, ui), BY_SUFFIX[suffix]
    f = TimelineFilter(before=visit.filter().before)

    def made(reader: Reader) -> Output:
        days = told.listed(told.week(reader, f.before).stories, ui)
        return _output(visit, chosen, lambda links: links.stories(f), [visit.t.text("nav.stories")], days)

    return _whole(visit, chosen, lambda links: links.stories(f), made)


@router.api_route(f"{EDITION}/stories/{{number:int}}{SUFFIX}", methods=READ)
def story(request: Request, ui: str, number: int, suffix: str) -> Response:
    """All headlines of a story. NotFound."""
    visit, chosen = Visit.of(request, ui), BY_SUFFIX[suffix]
    with visit.reading() as reader:
        standing = reader.stories.standing(number)

    def made(reader: Reader) -> Output:
        found = reader.stories.story(standing)
        lead = next((row for row in found.leads if row.language == ui), found.leads[0])
        return _output(visit, chosen, lambda links: links.story(standing), [lead.title], told.listed((found,), ui))

    return _whole(visit, chosen, lambda links: links.story(standing), made)


@router.api_route(f"{EDITION}/{DAYISH}{SUFFIX}", methods=READ)
def day(request: Request, ui: str, key: str, suffix: str) -> Response:
    """One day. NotFound for what is none, or has nothing."""
    visit, chosen = Visit.of(request, ui), BY_SUFFIX[suffix]
    wanted = parse_day(key)
    if wanted is None:
        raise NotFound(f"There is no day {key[:40]}.", kind="day", key=key[:40])
    f = replace(visit.filter(), since=None, until=None, before=None)

    def at(links: Links) -> str:
        return links.day(wanted, f)

    def made(reader: Reader) -> Output:
        days = (listing.one_day(reader, wanted, f, ui),)
        previous, following = listing.around(reader, wanted, f)
        if following and following >= visit.today:
            following = None  # not finished yet: no link of the chain
        chained = Archive(
            visit.origin() + visit.links.timeline(f),
            *_addresses(visit, f, previous, following),
            closed=wanted < visit.today,
        )
        title = [visit.t.dated(wanted, "full"), *described(f, visit.t)]
        output = _output(visit, chosen, at, title, days, narrowed=f.narrows)
        return replace(output, day=wanted, archive=chained, fallback=day_start(wanted))

    return _whole(visit, chosen, at, made)


def _listed(
    visit: Visit, suffix: str, f: TimelineFilter, at: At, title: list[str], shown: TimelineFilter | None = None
) -> Response:
    """The list of `f`, whose page is `at`. `shown` is the part of the filter that its title has to name."""
    chosen = BY_SUFFIX[suffix]
    named = [*title, *described(f if shown is None else shown, visit.t)]
    output = partial(_output, visit, chosen, at, named, narrowed=f.but(since=None, until=None).narrows)
    if not chosen.feed:
        return _streamed(visit, chosen, at, lambda: output(listing.everything(visit.site.store.reading, f, visit.ui)))

    def made(reader: Reader) -> Output:
        days, older = listing.newest(reader, f, visit.ui)
        bare = replace(f, since=None, until=None, before=None)
        chained = Archive(visit.origin() + at(visit.links), *_addresses(visit, bare, older, None), closed=False)
        return replace(output(days), archive=chained)

    return _whole(visit, chosen, at, made)


def _addresses(
    visit: Visit, f: TimelineFilter, previous: date | None, following: date | None
) -> tuple[str | None, str | None]:
    before, after = (visit.origin() + visit.links.day(day, f) if day else None for day in (previous, following))
    return before, after


def _output(
    visit: Visit,
    chosen: OutputFormat,
    at: At,
    title: list[str],
    days: Iterator[ListedDay] | tuple[ListedDay, ...],
    *,
    narrowed: bool = False,
) -> Output:
    page = at(visit.links)
    settings = visit.site.settings
    return Output(
        t=visit.t,
        links=visit.links,
        origin=visit.origin(),
        title=" | ".join(["Өртөө", *title]),
        page=page,
        own=in_format(page, chosen.suffix),
        days=days,
        fallback=day_start(visit.today),
        authority=settings.tag_authority or visit.host(),
        hub=settings.websub_hub,
        narrowed=narrowed,
    )


def _whole(visit: Visit, chosen: OutputFormat, at: At, made: Callable[[Reader], Output]) -> Response:
    """A file that is read and written at once; its validator is its content."""
    own = in_format(at(visit.links), chosen.suffix)
    if not visit.is_at(own):
        return redirect(own)
    with visit.reading() as reader:
        output, revision = made(reader), reader.revision()
    body = "".join(chosen.write(output)).encode("utf-8")
    response = deliver(visit.request, Document(body, chosen.media_type, revision), vary=FEED_VARY)
    response.headers.update({**OPEN, "link": _link(visit, chosen, at)})
    return response


def _link(visit: Visit, chosen: OutputFormat, at: At) -> str:
    """What the file is of (RFC 6596); a feed also says where its hub is, for those that read no bodies (WebSub,
    section 4)."""
    origin, page, hub = visit.origin(), at(visit.links), visit.site.settings.websub_hub
    told = [f'<{uri(origin + page)}>; rel="canonical"']
    if hub and chosen.feed:
        own = in_format(page, chosen.suffix)
        told += [f'<{uri(hub)}>; rel="hub"', f'<{uri(origin + own)}>; rel="self"']
    return ", ".join(told)


def _streamed(visit: Visit, chosen: OutputFormat, at: At, made: Callable[[], Output]) -> Response:
    """A file of any length, written as it is read; its validator is the store's revision."""
    own = in_format(at(visit.links), chosen.suffix)
    if not visit.is_at(own):
        return redirect(own)
    tag = f'W/"{__version__}-{visit.site.store.revision()}-{visit.today.toordinal()}"'
    headers = {"cache-control": PAGE, "vary": FEED_VARY, "etag": tag, "link": _link(visit, chosen, at), **OPEN}
    if matches(visit.request.headers.get("if-none-match"), tag):
        return Response(status_code=304, headers=headers)
    zipped = accepts_gzip(visit.request.headers.get("accept-encoding", ""))
    if zipped:
        headers["content-encoding"] = "gzip"
    if visit.request.method == "HEAD":
        return Response(headers=headers, media_type=chosen.media_type)
    joined = blocks(chosen.write(made()))
    parts = chain([next(joined)], joined)  # what fails at once is still a page that says so
    return StreamingResponse(packed(parts) if zipped else parts, headers=headers, media_type=chosen.media_type)
