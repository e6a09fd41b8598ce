"""`/desk/{ui}/login`, `/desk/{ui}/logout`, and `/desk` itself."""

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from app.desk.people import end_session
from app.desk.signing_in import Attempt, Outcome, sign_in
from app.model.editor import SECRET_BYTES, Right, csrf_of, session_secret
from app.render.desk_pages import DeskFrame, DeskLoginPage
from app.render.desk_words import refusal
from app.timeline.desk_links import PREFIX, DeskLinks
from app.web.answer import READ
from app.web.api.body import Body, received
from app.web.api.quota import network_of
from app.web.desk.backstage import Backstage
from app.web.desk.cookies import LOGIN, SESSION, give, is_own_form, is_own_page, secret_in, take_back
from app.web.desk.gate import FORM_SECONDS, ROOT, Desk, Sitting, foreign, form_of, led, safe, shown, sitting
from app.web.negotiate import preferred_ui
from app.web.visit import Visit

MAX_LOGIN_BYTES = 10_000

desk = Desk()
router = APIRouter()


@router.api_route(PREFIX, methods=READ)
@router.api_route(f"{PREFIX}/login", methods=READ)
def door(request: Request) -> Response:
    """To the desk in the reader's language."""
    links = DeskLinks(preferred_ui(request.headers.get("accept-language", "")))
    response = led(links.login() if request.url.path.endswith("/login") else links.home())
    response.headers["vary"] = "Accept-Language"
    return response


@router.api_route(f"{ROOT}/login", methods=READ)
def login(request: Request, ui: str) -> Response:
    """The form; whoever is signed in already is led on."""
    visit = Visit.of(request, ui)
    after = safe(request.query_params.get("next", ""))
    if sitting(visit) is not None:
        return led(after or DeskLinks(ui).home())
    return _form(visit, after)


@router.api_route(f"{ROOT}/login", methods=["POST"])
async def enter(request: Request, ui: str) -> Response:
    """Sign in."""
    async with received(request, MAX_LOGIN_BYTES, FORM_SECONDS) as body:
        return await run_in_threadpool(_enter, Visit.of(request, ui), body)


def _enter(visit: Visit, body: Body) -> Response:
    form, before = form_of(body), secret_in(visit, LOGIN)
    if not is_own_page(visit) or before is None or not is_own_form(before, form.one("csrf")):
        raise foreign()
    client, backstage = visit.request.client, _backstage(visit)
    attempt = Attempt(
        name=form.one("name").casefold()[:200],
        password=form.text("password"),
        code=form.one("code")[:20],
        address=network_of(client.host) if client else "",
        agent=visit.request.headers.get("user-agent", ""),
    )
    secret, after = session_secret(backstage.random(SECRET_BYTES)), safe(form.one("next"))
    outcome = sign_in(visit.site.store, backstage.passwords, attempt, secret, visit.site.clock())
    if outcome is not Outcome.IN:
        status = 429 if outcome is Outcome.TOO_OFTEN else 422
        return _form(visit, after, attempt.name, outcome.value, status)
    old = sitting(visit)
    if old is not None:  # whoever signs in anew leaves the session that this browser had
        end_session(visit.site.store, old.editor, old.session.id, old.now)
    response = led(after or DeskLinks(visit.ui).home())
    give(response, visit, SESSION, secret)
    take_back(response, visit, LOGIN)
    return response


@desk.deed("/logout", Right.LOOK)
def leave(sitting: Sitting) -> Response:
    """Sign out: the session ends in the database, not only in the browser."""
    end_session(sitting.store, sitting.editor, sitting.session.id, sitting.now)
    response = led(sitting.links.login())
    take_back(response, sitting.visit, SESSION)
    response.headers["clear-site-data"] = '"cache", "storage"'
    return response


def _form(visit: Visit, after: str, name: str = "", reason: str = "", status: int = 200) -> Response:
    known = secret_in(visit, LOGIN)
    secret = known or session_secret(_backstage(visit).random(SECRET_BYTES))
    frame = DeskFrame(None, csrf_of(secret), DeskLinks(visit.ui), None, visit.site.clock())
    told = refusal(reason, visit.t) if reason else ""
    response = shown(visit, DeskLoginPage(frame, after, name, told), "/login", status)
    if known is None:
        give(response, visit, LOGIN, secret)
    return response


def _backstage(visit: Visit) -> Backstage:
    made: Backstage = visit.request.app.state.backstage
    return made


router.include_router(desk.router)
