"""`/desk/{ui}/headlines/{key}`: one headline corrected, hidden, shown."""

from datetime import UTC, datetime

from starlette.responses import Response

from app.desk import day as hall
from app.desk import stories
from app.desk.correcting import correct
from app.errors import DeskRefused, NotFound
from app.model.audit import AuditFilter
from app.model.desk import DeskRow, Typed
from app.model.editor import Right
from app.render.desk_pages import DeskHeadlinePage
from app.render.desk_words import refusal
from app.web.desk.gate import Desk, Sitting

desk = Desk()
router = desk.router

FIELDS = ("title", "language", "outlet", "day", "url", "note")
SHOWN_ENTRIES = 20


@desk.page("/headlines/{key}", Right.EDIT)
def headline(sitting: Sitting) -> Response:
    """The form, as the headline is."""
    return _page(sitting)


@desk.deed("/headlines/{key}", Right.EDIT)
def change(sitting: Sitting) -> Response:
    """Correct, hide or show it."""
    form, number = sitting.form, _key(sitting)
    match form.one("do"):
        case "hide":
            hall.hide(sitting.store, number, form.one("reason"), sitting.who, sitting.now)
            return sitting.done("hidden")
        case "show":
            hall.show(sitting.store, number, sitting.who, sitting.now)
            return sitting.done("shown")
    typed = Typed(*(form.one(name) for name in FIELDS))
    try:
        changed = correct(sitting.store, number, typed, _seen(form.one("seen")), sitting.who, sitting.now)
    except DeskRefused as error:
        return _page(sitting, typed, str(error.facts.get("reason", "")))
    return sitting.done("saved" if changed else "same")


@desk.deed("/headlines/{key}/story", Right.EDIT)
def tell(sitting: Sitting) -> Response:
    """Say which headlines tell the same event as this one, or that some of its story do not."""
    form, number = sitting.form, _key(sitting)
    if form.one("do") == "merge":
        numbers = [int(n) for n in form.one("headlines").replace(",", " ").split() if n.isascii() and n.isdigit()]
        stories.merge(sitting.store, (number, *numbers), sitting.who, sitting.now)
        return sitting.done("merged")
    leaving = [int(n) for n in form.all("leaving") if n.isascii() and n.isdigit() and len(n) < 19]
    stories.split(sitting.store, number, leaving, sitting.who, sitting.now)
    return sitting.done("saved")


def _seen(text: str) -> datetime | None:
    return datetime.fromtimestamp(int(text), UTC) if text.isascii() and text.isdigit() and len(text) < 12 else None


def _key(sitting: Sitting) -> int:
    key = sitting.part("key")
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        raise NotFound("There is no such headline.", kind="headline", key=key[:40])
    return int(key)


def _page(sitting: Sitting, typed: Typed | None = None, reason: str = "") -> Response:
    number = _key(sitting)
    with sitting.store.reading() as reader:
        one = reader.desk_digests.row(number)
        entries = reader.audit.entries(AuditFilter(kind="headline", key=str(number)), SHOWN_ENTRIES)
        inside = reader.stories.story_ids([number]).get(number)
        story = next(iter(reader.stories.stories([inside])), None) if inside else None
    seen = str(int(one.row.updated_at.timestamp())) if one.row.updated_at else ""
    refused = refusal(reason, sitting.visit.t) if reason else ""
    page = DeskHeadlinePage(sitting.frame, one, typed or _as_it_is(one), seen, refused, entries, story)
    return sitting.show(page, f"/headlines/{number}", (409 if reason == "conflict" else 422) if reason else 200)


def _as_it_is(one: DeskRow) -> Typed:
    own = one.row
    return Typed(own.title, own.language, own.outlet.domain, own.day.isoformat(), own.url or "", one.note)
