"""The desk's door: nothing of it is reached but through `Desk.page` and `Desk.deed`, which know who asks, what he may,
and whether a form is ours. Each route carries the right that it demands (`needs`); a test walks over all of them."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import parse_qsl

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.errors import BadFilter, Conflict, DeskRefused
from app.model.editor import SEEN_EVERY, Editor, Right, Session, csrf_of
from app.render.desk_pages import DeskFrame, DeskPage
from app.render.desk_words import said
from app.store import Store
from app.timeline.desk_links import PREFIX, DeskLinks
from app.web.answer import READ
from app.web.api.body import Body, received
from app.web.caching import NEVER
from app.web.desk.backstage import Backstage
from app.web.desk.cookies import SESSION, is_own_form, is_own_page, secret_in
from app.web.paths import EDITION
from app.web.refusal import Refusal
from app.web.visit import Visit

MAX_FORM_BYTES = 4_000_000
MAX_FORM_FIELDS = 5_000
FORM_SECONDS = 60.0
ROOT = f"{PREFIX}{EDITION}"

_ADDRESS = re.compile(r"/desk(?:/[A-Za-z0-9._~%:@,;=+-]+)*(?:\?[A-Za-z0-9._~%:@,;=+&*-]*)?")


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a form; of a name that stands there several times `one` is the last."""

    fields: tuple[tuple[str, str], ...] = ()

    def one(self, name: str) -> str:
        """A field's value without blanks around it; empty where it is missing."""
        return self.text(name).strip()

    def text(self, name: str) -> str:
        """A field's value as it was typed, line ends as `\\n`."""
        return next((v.replace("\r\n", "\n") for n, v in reversed(self.fields) if n == name), "")

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of a name."""
        return tuple(value for n, value in self.fields if n == name)


@dataclass(frozen=True, slots=True)
class Sitting:
    """A request of somebody who is signed in. `now` is when it came."""

    visit: Visit
    session: Session
    secret: str
    now: datetime
    form: Form = field(default_factory=Form)

    @property
    def editor(self) -> Editor:
        return self.session.editor

    @property
    def who(self) -> str:
        return self.editor.name

    @property
    def store(self) -> Store:
        return self.visit.site.store

    @property
    def links(self) -> DeskLinks:
        return DeskLinks(self.visit.ui)

    @property
    def backstage(self) -> Backstage:
        made: Backstage = self.visit.request.app.state.backstage
        return made

    @property
    def frame(self) -> DeskFrame:
        """What the page has of who sits here."""
        told = said(self.visit.request.query_params.get("said", ""), self.visit.t)
        return DeskFrame(self.editor, csrf_of(self.secret), self.links, told, self.now)

    def part(self, name: str) -> str:
        """A part of the path."""
        return str(self.visit.request.path_params[name])

    def show(self, page: DeskPage, rest: str, status: int = 200) -> Response:
        """A page at the path `rest` of the edition."""
        return shown(self.visit, page, rest, status)

    def done(self, code: str, to: str = "") -> Response:
        """Back to where the form was, or `to` an address, with word of what was done, or why not."""
        back = to or safe(self.form.one("back")) or self.links.home()
        return led(f"{back}{'&' if '?' in back else '?'}said={code}")


Handler = Callable[[Sitting], Response]


class Desk:
    """Makes routes of handlers."""

    def __init__(self) -> None:
        self.router = APIRouter()

    def page(self, path: str, right: Right) -> Callable[[Handler], Handler]:
        """A page for whoever has the right; others are asked to sign in, or refused."""

        def add(handler: Handler) -> Handler:
            def endpoint(request: Request) -> Response:
                return _seated(request, right, handler)

            self._route(path, endpoint, READ, right)
            return handler

        return add

    def deed(self, path: str, right: Right) -> Callable[[Handler], Handler]:
        """What a form does, for whoever has the right and sends a form of ours."""

        def add(handler: Handler) -> Handler:
            async def endpoint(request: Request) -> Response:
                async with received(request, MAX_FORM_BYTES, FORM_SECONDS) as body:
                    return await run_in_threadpool(_seated, request, right, handler, body)

            self._route(path, endpoint, ["POST"], right)
            return handler

        return add

    def _route(self, path: str, endpoint: Callable[..., object], methods: list[str], right: Right) -> None:
        endpoint.needs = right  # type: ignore[attr-defined]
        name = f"desk {methods[0].lower()} {path or '/'}"
        self.router.add_api_route(ROOT + path, endpoint, methods=methods, name=name, response_model=None)


def _seated(request: Request, right: Right, handler: Handler, body: Body | None = None) -> Response:
    visit = Visit.of(request, request.path_params["ui"])
    if body is not None and not is_own_page(visit):
        raise foreign()
    found = sitting(visit)
    if found is None:
        address = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return led(DeskLinks(visit.ui).login(safe(address) if body is None else ""))
    if body is not None:
        found = Sitting(visit, found.session, found.secret, found.now, form_of(body))
        if not is_own_form(found.secret, found.form.one("csrf")):
            raise foreign()
    if not found.editor.may(right):
        raise Refusal(403, "forbidden", "Not allowed", f"{found.editor.role.value} may not do this.")
    return _answered(found, handler)


def _answered(found: Sitting, handler: Handler) -> Response:
    """What a handler refuses without a page of its own leads back with the reason."""
    if not found.form.fields:
        return handler(found)
    try:
        return handler(found)
    except DeskRefused as error:
        return found.done(str(error.facts.get("reason", "other")))
    except Conflict:
        return found.done("conflict")


def sitting(visit: Visit) -> Sitting | None:
    """Who asks, if he is signed in."""
    secret, now = secret_in(visit, SESSION), visit.site.clock()
    if secret is None:
        return None
    with visit.site.store.reading() as reader:
        session = reader.editors.session(secret)
    if session is None or not session.is_live(now):
        return None
    if now - session.seen_at >= SEEN_EVERY:
        with visit.site.store.writing() as writer:
            writer.editors.touch(session, now)
    return Sitting(visit, session, secret, now)


def foreign() -> Refusal:
    """A form that did not come from our own page."""
    return Refusal(403, "foreign-form", "Not our form", "This form was not sent by a page of this site; load it anew.")


def form_of(body: Body) -> Form:
    """The fields of a body. BadFilter for one that is no form."""
    try:
        text = body.read().decode("ascii")
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=MAX_FORM_FIELDS, errors="strict")
    except ValueError as error:
        raise BadFilter("This is no form.", name="form", value="", expected="a form") from error
    return Form(tuple(pairs))


def shown(visit: Visit, page: DeskPage, rest: str, status: int = 200) -> Response:
    """A page of the desk: never kept, never indexed, and not compressed, so that its length tells nothing of the
    form's token (BREACH)."""
    frame = visit.frame(lambda links: DeskLinks(links.ui).at(rest), index=False)
    document = visit.site.renderer.render(page, frame, 0)
    body = b"" if visit.request.method == "HEAD" else document.body
    headers = {"cache-control": NEVER, "content-length": str(len(document.body)), "x-robots-tag": "noindex, nofollow"}
    return Response(body, status, headers=headers, media_type=document.media_type)


def led(address: str) -> Response:
    """To another page, by GET."""
    return RedirectResponse(address, 303, headers={"cache-control": NEVER})


def safe(address: str) -> str:
    """An address of the desk as it is; empty for any other."""
    return address if _ADDRESS.fullmatch(address) and "//" not in address else ""
