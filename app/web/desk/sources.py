"""`/desk/{ui}/sources`: how the sources are doing, in full; new ones with a preview; OPML; what doubt keeps back."""

from dataclasses import replace

from starlette.responses import Response

from app.errors import BadFilter, DeskRefused, IngestError, NotFound, SourceRefused
from app.ingest import opml
from app.ingest.limits import Limits
from app.ingest.reader import ChildReader
from app.ingest.sniff import format_named
from app.model.editor import Right
from app.model.source import AUTO, Source
from app.normalise.outlet import host_of, outlet_of
from app.normalise.text import clean
from app.normalise.url import link
from app.render.desk_more_pages import DeskSourcesPage, Found
from app.render.health import grouped, line
from app.store import Reader
from app.web.caching import NEVER
from app.web.desk.gate import Desk, Sitting
from app.worker.find import find, refuse_duplicate, same_address
from app.worker.health import first_day, health
from app.worker.land import Rules, publish
from app.worker.schedule import Pace

desk = Desk()
router = desk.router

SHOWN_HEADLINES = 8


@desk.page("/sources", Right.OPERATE)
def sources(sitting: Sitting) -> Response:
    """All of them."""
    return _page(sitting)


@desk.page("/sources.opml", Right.OPERATE)
def as_opml(sitting: Sitting) -> Response:
    """All of them as a file, with everything that operators say."""
    with sitting.store.reading() as reader:
        body = opml.write(reader.sources.all(), "Örtöö", sitting.now)
    headers = {"cache-control": NEVER, "content-disposition": 'attachment; filename="sources.opml"'}
    return Response(body, headers=headers, media_type="text/x-opml")


@desk.deed("/sources", Right.OPERATE)
def change(sitting: Sitting) -> Response:
    """What the page's forms do."""
    match sitting.form.one("do"):
        case "look":
            return _look(sitting)
        case "add":
            return _add(sitting)
        case "import":
            return _import(sitting)
        case "publish" | "discard":
            return _decide(sitting)
    return _switch(sitting)


def _switch(sitting: Sitting) -> Response:
    do, number, now = sitting.form.one("do"), _number(sitting, "source"), sitting.now
    try:
        with sitting.store.writing() as writer:
            if do == "check":
                writer.sources.make_due(number, now)
            if do == "enable":
                writer.sources.enable(number, now)
            if do == "disable":
                writer.sources.disable(number, clean(sitting.form.one("reason")).text[:500])
            if do in ("check", "enable", "disable"):
                writer.audit.add(sitting.who, do, "source", number, now)
    except NotFound as error:
        raise DeskRefused(error.message, reason="not-there") from error
    return sitting.done("due" if do == "check" else "saved")


def _look(sitting: Sitting) -> Response:
    """Fetch an address and show what it would bring; nothing is stored."""
    typed = sitting.form.one("url")
    url = link(typed if "://" in typed else f"https://{typed}")
    if url is None:
        raise DeskRefused("No address.", reason="url")
    with sitting.store.reading() as reader:
        known = reader.sources.all()
    try:
        with sitting.backstage.fetching() as fetching, ChildReader() as child:
            found = find(Source(url), fetching, known, Limits.of(sitting.visit.site.settings), child)
    except SourceRefused as error:
        return _page(sitting, typed, refused=error.message)
    outlets = {headline.draft.outlet for headline in found.taken.headlines}
    source = replace(found.source, outlet=outlets.pop() if len(outlets) == 1 else None)
    told = tuple((h.title, h.language, h.draft.outlet) for h in found.taken.headlines[:SHOWN_HEADLINES])
    n, rejected = len(found.taken.headlines), len(found.taken.rejections)
    return _page(sitting, typed, Found(source, found.taken.format, told, n, rejected, found.others))


def _add(sitting: Sitting) -> Response:
    form = sitting.form
    url, kind, outlet = link(form.one("url")), form.one("kind") or AUTO, form.one("outlet")
    if url is None:
        raise DeskRefused("No address.", reason="url")
    host = host_of(outlet) if outlet else None
    if outlet and host is None:
        raise DeskRefused("No outlet.", reason="outlet")
    try:
        if kind != AUTO:
            format_named(kind)
        wanted = Source(
            url, title=clean(form.one("title")).text[:200], kind=kind, outlet=outlet_of(host).domain if host else None
        )
        refuse_duplicate(url, _known(sitting))
        with sitting.store.writing() as writer:
            made = writer.sources.add(wanted, sitting.now)
            after = {"url": made.url, "kind": made.kind, "outlet": made.outlet}
            writer.audit.add(sitting.who, "add", "source", made.id, sitting.now, after=after)
    except IngestError as error:
        raise DeskRefused(error.message, reason="source") from error
    return sitting.done("added")


def _known(sitting: Sitting) -> tuple[Source, ...]:
    with sitting.store.reading() as reader:
        return reader.sources.all()


def _import(sitting: Sitting) -> Response:
    """Add the sources of an OPML text that are not there yet."""
    try:
        listed = opml.parse(sitting.form.text("opml").encode())
    except IngestError as error:
        raise DeskRefused(error.message, reason="source") from error
    taken = {same_address(source.url) for source in _known(sitting)}
    added = 0
    with sitting.store.writing() as writer:
        for source in listed.sources:
            if same_address(source.url) not in taken:
                taken.add(same_address(source.url))
                writer.sources.add(source, sitting.now)
                added += 1
        writer.audit.add(sitting.who, "import", "source", "opml", sitting.now, after={"added": added})
    return sitting.done("added" if added else "same")


def _decide(sitting: Sitting) -> Response:
    """What doubt keeps back is taken in or thrown away."""
    do, number, now = sitting.form.one("do"), _number(sitting, "held"), sitting.now
    try:
        if do == "publish":
            with ChildReader() as child:
                publish(sitting.store, number, Rules.of(sitting.visit.site.settings, child), now)
        with sitting.store.writing() as writer:
            if do == "discard":
                writer.sources.discard(number)
            writer.audit.add(sitting.who, do, "held", number, now)
    except NotFound as error:
        raise DeskRefused(error.message, reason="not-there") from error
    return sitting.done("published" if do == "publish" else "discarded")


def _number(sitting: Sitting, name: str) -> int:
    text = sitting.form.one(name)
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise BadFilter("A number is needed.", name=name, value=text[:40], expected="a number")
    return int(text)


def _page(sitting: Sitting, typed: str = "", found: Found | None = None, refused: str = "") -> Response:
    with sitting.store.reading() as reader:
        page = _read(sitting, reader, typed, found, refused)
    return sitting.show(page, "/sources", 422 if refused else 200)


def _read(sitting: Sitting, reader: Reader, typed: str, found: Found | None, refused: str) -> DeskSourcesPage:
    pace, t = Pace.of(sitting.visit.site.settings), sitting.visit.t
    facts = reader.sources.facts(first_day(sitting.now))
    names = reader.names({one.source.outlet for one in facts if one.source.outlet})
    lines = [line(health(one, sitting.now, pace), names, t) for one in facts]
    return DeskSourcesPage(sitting.frame, grouped(lines, t), reader.sources.held(), typed, found, refused)
