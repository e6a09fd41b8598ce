"""`/desk/{ui}` and `/desk/{ui}/days/{day}`: a day's order, publication, what is added to it, undo."""

from datetime import date, datetime, timedelta

from starlette.responses import Response

from app.desk import day as hall
from app.desk import entry, paste
from app.desk.order import Deed, undo_target
from app.errors import BadFilter, Conflict, DeskRefused, NotFound
from app.model.day import ULAANBAATAR, parse_day
from app.model.desk import Draft
from app.model.editor import Right
from app.model.filters import TimelineFilter
from app.model.language import COLUMNS, columns_for
from app.render.desk_pages import DeskAddPage, DeskDayPage, DeskHomePage, DeskPastePage, Waiting
from app.render.desk_words import refusal
from app.store import Reader
from app.web.desk.gate import Desk, Sitting

desk = Desk()
router = desk.router

SHOWN_DAYS = 30


@desk.page("", Right.LOOK)
def home(sitting: Sitting) -> Response:
    """The newest days."""
    with sitting.store.reading() as reader:
        days = reader.days(TimelineFilter(), (), SHOWN_DAYS)
        unpublished = reader.desk_digests.unpublished()
    return sitting.show(DeskHomePage(sitting.frame, days, unpublished), "")


@desk.page("/days/{key}", Right.LOOK)
def day(sitting: Sitting) -> Response:
    """A day as it is; who may not edit sees it."""
    return _day(sitting, _key(sitting))


@desk.deed("/days/{key}", Right.EDIT)
def change(sitting: Sitting) -> Response:
    """What its buttons do."""
    day = _key(sitting)
    try:
        return sitting.done(_done(sitting, day), sitting.links.day(day))
    except Conflict:
        return _day(sitting, day, lost=True)


def _done(sitting: Sitting, day: date) -> str:
    """Do what the form says; the word for it."""
    form, store, who, now = sitting.form, sitting.store, sitting.who, sitting.now
    seen, do = form.one("seen"), form.one("do")
    match do:
        case "publish":
            hall.publish(store, day, seen, who, now)
            return "published"
        case "unpublish":
            hall.unpublish(store, day, seen, who, now)
            return "unpublished"
        case "schedule":
            hall.schedule(store, day, _instant(form.one("at")), seen, who, now)
            return "scheduled"
        case "undo":
            hall.undo(store, day, seen, who, now)
            return "undone"
        case "arrived":
            hall.take_arrived(store, day, seen, who, now)
        case _:
            hall.act(store, day, Deed(do, form.one("language"), _number(sitting), _place(sitting)), seen, who, now)
    return "saved"


def _instant(text: str) -> datetime:
    """A clock time of Ulaanbaatar, as `datetime-local` fields send it. DeskRefused."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=ULAANBAATAR)
    except ValueError as error:
        raise DeskRefused(f"{text[:40]!r} is no time.", reason="instant") from error


def _key(sitting: Sitting) -> date:
    key = sitting.part("key")
    found = parse_day(key)
    if found is None:
        raise NotFound(f"There is no day {key[:40]}.", kind="day", key=key[:40])
    return found


def _number(sitting: Sitting) -> int:
    text = sitting.form.one("headline")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _place(sitting: Sitting) -> int:
    text = sitting.form.one("place")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def _day(sitting: Sitting, day: date, *, lost: bool = False) -> Response:
    with sitting.store.reading() as reader:
        page = _page(sitting, reader, day, lost=lost)
    return sitting.show(page, f"/days/{day.isoformat()}", 409 if lost else 200)


def _page(sitting: Sitting, reader: Reader, day: date, *, lost: bool) -> DeskDayPage:
    digests = reader.desk_digests
    digest, own = digests.digest(day), digests.of_day(day)
    rows = {one.row.id: one for one in own} | digests.rows(sorted(digest.ids))
    order = [*columns_for(sitting.visit.ui), *sorted(set(digest.columns) - set(COLUMNS))]
    columns = tuple(
        (code, tuple((slot, rows[slot.id]) for slot in digest.columns.get(code, ()) if slot.id in rows))
        for code in order
    )
    versions = digests.versions(day, hall.MOST_VERSIONS)
    return DeskDayPage(
        desk=sitting.frame,
        digest=digest,
        columns=columns,
        loose=tuple(one for one in own if one.row.id not in digest.ids and not one.hidden),
        held=tuple(one for one in own if one.hidden and one.row.id not in digest.ids),
        versions=versions[:20],
        can_undo=undo_target(versions[::-1]) is not None,
        around=(day - timedelta(days=1), day + timedelta(days=1)),
        waiting=_waiting(sitting, reader, day) if lost else None,
    )


def _waiting(sitting: Sitting, reader: Reader, day: date) -> Waiting:
    """What was asked for, to be asked for again on what is there now; and who was faster."""
    last = next(iter(reader.desk_digests.versions(day, 1)), None)
    fields = tuple((n, v) for n, v in sitting.form.fields if n not in ("csrf", "seen", "back"))
    address = sitting.visit.request.url.path
    if last is None:
        return Waiting("", "", sitting.now, fields, address)
    return Waiting(last.who, last.action, last.at, fields, address)


@desk.page("/days/{key}/add", Right.EDIT)
def add_form(sitting: Sitting) -> Response:
    """The form, empty."""
    return _add(sitting, Draft(day=_key(sitting).isoformat()))


@desk.deed("/days/{key}/add", Right.EDIT)
def add(sitting: Sitting) -> Response:
    """Fetch the title for confirmation, or add."""
    day, form = _key(sitting), sitting.form
    draft = Draft(*(form.one(name) for name in ("url", "title", "outlet", "language", "day")))
    try:
        if form.one("do") == "look":
            with sitting.backstage.fetching() as fetching:
                found = entry.looked_up(draft, lambda url: fetching.fetch(url, expect="any"))
            return _add(sitting, found, checked=True)
        entry.add(sitting.store, draft, day if form.one("into") else None, sitting.who, sitting.now)
    except (DeskRefused, BadFilter) as error:
        return _add(sitting, draft, refused=refusal(str(error.facts.get("reason", "")), sitting.visit.t))
    return sitting.done("added", sitting.links.day(day))


def _add(sitting: Sitting, draft: Draft, *, checked: bool = False, refused: str = "") -> Response:
    day = _key(sitting)
    page = DeskAddPage(sitting.frame, day, draft, checked, refused)
    return sitting.show(page, f"/days/{day.isoformat()}/add", 422 if refused else 200)


@desk.page("/days/{key}/paste", Right.EDIT)
def paste_form(sitting: Sitting) -> Response:
    """The form, empty."""
    return sitting.show(DeskPastePage(sitting.frame, _key(sitting), "", None, ""), _paste_rest(sitting))


@desk.deed("/days/{key}/paste", Right.EDIT)
def paste_text(sitting: Sitting) -> Response:
    """Show what a text would do, or do it. What was changed meanwhile is shown with the differences from what is there
    now; the text is not lost."""
    day, form, store = _key(sitting), sitting.form, sitting.store
    text, refused = form.text("text"), ""
    if form.one("do") == "apply":
        try:
            paste.apply(store, day, text, form.one("seen"), sitting.who, sitting.now)
            return sitting.done("saved", sitting.links.day(day))
        except Conflict:
            refused = refusal("conflict", sitting.visit.t)
        except DeskRefused as error:
            refused = refusal(str(error.facts["reason"]), sitting.visit.t)
    try:
        found = paste.preview(store, day, text, sitting.now)
    except DeskRefused as error:
        told = refusal(str(error.facts["reason"]), sitting.visit.t)
        return sitting.show(DeskPastePage(sitting.frame, day, text, None, told), _paste_rest(sitting), 422)
    status = 409 if refused else 200
    return sitting.show(DeskPastePage(sitting.frame, day, text, found, refused), _paste_rest(sitting), status)


def _paste_rest(sitting: Sitting) -> str:
    return f"/days/{_key(sitting).isoformat()}/paste"
