"""`/desk/{ui}/analysis`: long reads, drafts and published ones."""

from dataclasses import replace

from starlette.responses import Response

from app.desk import essays
from app.errors import Conflict, DeskRefused, NotFound
from app.model.day import parse_day
from app.model.editor import Right
from app.model.essay import Essay
from app.render.desk_more_pages import DeskAnalysisPage, DeskEssayPage
from app.render.desk_words import refusal
from app.web.desk.gate import Desk, Sitting

desk = Desk()
router = desk.router

NEW = "new"


@desk.page("/analysis", Right.EDIT)
def analysis(sitting: Sitting) -> Response:
    """All of them."""
    with sitting.store.reading() as reader:
        known = reader.analyses.all()
    return sitting.show(DeskAnalysisPage(sitting.frame, known), "/analysis")


@desk.page("/analysis/{key}", Right.EDIT)
def essay(sitting: Sitting) -> Response:
    """One of them, or a new one."""
    return _page(sitting, _stored(sitting))


@desk.deed("/analysis/{key}", Right.EDIT)
def change(sitting: Sitting) -> Response:
    """Look at it, save it, publish it, withdraw it. What was typed is never lost: what cannot be saved is shown
    again."""
    form, stored = sitting.form, _stored(sitting)
    typed, do = _typed(sitting, stored), form.one("do")
    if do == "preview":
        return _page(sitting, typed, preview=True)
    published = {"publish": True, "unpublish": False}.get(do, stored.published)
    try:
        if parse_day(form.one("published_on")) is None:
            raise DeskRefused("No day.", reason="day")
        made = essays.save(sitting.store, replace(typed, published=published), sitting.who, sitting.now)
    except DeskRefused as error:
        return _page(sitting, typed, refusal(str(error.facts.get("reason", "")), sitting.visit.t))
    except Conflict as error:
        present = replace(typed, version=int(error.facts["version"]))  # saving again means it
        return _page(sitting, present, refusal("conflict", sitting.visit.t), status=409)
    code = "saved" if made.published == stored.published else "published" if made.published else "unpublished"
    return sitting.done(code, sitting.links.essay(made.id))


def _stored(sitting: Sitting) -> Essay:
    key = sitting.part("key")
    if key == NEW:
        return Essay("", "", sitting.visit.today)
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        raise NotFound("There is no such article.", kind="article", key=key[:40])
    with sitting.store.reading() as reader:
        return reader.analyses.get(int(key))


def _typed(sitting: Sitting, stored: Essay) -> Essay:
    form = sitting.form
    version = form.one("version")
    return Essay(
        slug=form.one("slug"),
        host=form.one("host"),
        published_on=parse_day(form.one("published_on")) or stored.published_on,
        id=stored.id,
        source_url=form.one("source_url"),
        author=form.one("author"),
        licence=form.one("licence"),
        digest_day=parse_day(form.one("digest_day")),
        title_en=form.one("title_en"),
        title_mn=form.one("title_mn"),
        body_en=form.text("body_en"),
        body_mn=form.text("body_mn"),
        published=stored.published,
        version=int(version) if version.isascii() and version.isdigit() and len(version) < 9 else 0,
    )


def _page(
    sitting: Sitting, shown: Essay, refused: str = "", *, preview: bool = False, status: int | None = None
) -> Response:
    page = DeskEssayPage(sitting.frame, shown, preview, refused)
    return sitting.show(page, f"/analysis/{shown.id or NEW}", status or (422 if refused else 200))
