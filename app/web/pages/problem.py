"""The page of a problem, or the same as JSON (RFC 9457), in the reader's language."""

import json
import logging
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from app.errors import BadFilter, OrtooError
from app.model.language import UI_LANGUAGES
from app.model.request import request_id
from app.model.timeline import Document
from app.render.pages import ProblemPage
from app.timeline.browse import newest_leads
from app.timeline.links import Links
from app.timeline.views import Leads
from app.web.answer import OPEN, deliver, redirect
from app.web.caching import NEVER
from app.web.negotiate import preferred_ui, prefers_json
from app.web.problems import English, Problem, broken, in_english, of_status, problem_of, resolved
from app.web.security import HEADERS
from app.web.visit import Visit

_log = logging.getLogger(__name__)

VARY = "Accept, Accept-Language, HX-Request, Accept-Encoding"


def known_error(request: Request, error: Exception) -> Response:
    """An error that the program raised on purpose; its cause is logged where readers are only told that it is ours."""
    visit = _visit(request)
    assert isinstance(error, OrtooError)
    try:
        query = visit.query()
    except BadFilter:
        query = ""
    path: str = request.scope["path"]
    problem = problem_of(error, visit.t, visit.links, path, query)
    if problem.status >= 500:  # readers are told that it is our fault, operators what it is
        _log.warning("%s for %s %s: %s", problem.status, request.method, path.encode("unicode_escape").decode(), error)
    return _to_program(visit, in_english(error, problem)) if _is_api(request) else _respond(visit, problem)


def refused(request: Request, error: Exception) -> Response:
    """What the routing could not place. An address with a slash too many leads to the one without."""
    assert isinstance(error, HTTPException)
    visit = _visit(request)
    path: str = request.scope["path"]
    if error.status_code == 404 and path.endswith("/") and path.startswith(tuple(f"/{ui}/" for ui in UI_LANGUAGES)):
        bare = path.rstrip("/")
        if bare.isascii() and bare.isprintable() and "//" not in bare:
            return redirect(bare, status=308)
    problem = of_status(error.status_code, visit.links, dict(error.headers or {}))
    return _to_program(visit, in_english(error, problem)) if _is_api(request) else _respond(visit, problem)


def unknown_error(request: Request, error: Exception) -> Response:
    """A mistake in the program: said plainly, without a glance at the database. It is logged by whoever called."""
    visit = _visit(request)
    problem = broken(visit.links)
    response = _to_program(visit, in_english(error, problem)) if _is_api(request) else _respond(visit, problem)
    # This answer is made outside the middleware that adds them.
    response.headers.update({name: value for name, value in HEADERS.items() if name not in response.headers})
    return response


def _visit(request: Request) -> Visit:
    """The edition is the address's; where it names none, the reader's."""
    path: str = request.scope["path"]
    first = path.removeprefix("/desk").split("/", 2)[1:2]
    named = first[0].partition(".")[0] if first else ""  # the whole edition as a file: /mn.atom
    ui = named if named in UI_LANGUAGES else preferred_ui(request.headers.get("accept-language", ""))
    return Visit.of(request, ui)


def _respond(visit: Visit, problem: Problem) -> Response:
    document = _json(visit, problem) if _wants_json(visit.request) else _html(visit, problem)
    cache = NEVER if problem.status >= 500 else "no-cache"
    response = deliver(visit.request, document, status=problem.status, cache=cache, vary=VARY)
    response.headers.update(problem.headers)
    return response


def _is_api(request: Request) -> bool:
    path: str = request.scope["path"]
    return path.startswith("/api/")


def _to_program(visit: Visit, english: English) -> Response:
    """Under /api a problem is a problem document (RFC 9457) in English, whatever the request says it accepts. One about
    reading may be read by scripts of any site like everything else there; sending is not for them."""
    problem = english.problem
    facts = {
        "type": f"urn:ortoo:problem:{problem.code}",
        "title": english.title or visit.site.translators["en"].text(problem.title),
        "status": problem.status,
        "detail": english.detail or resolved(problem.detail, visit.site.translators["en"]),
        "instance": visit.request.scope["path"],
        **problem.facts,
    }
    cache = NEVER if problem.status >= 500 else "no-cache"
    response = deliver(visit.request, _document(facts), status=problem.status, cache=cache, vary="Accept-Encoding")
    sending = visit.request.method == "POST" and problem.status not in (404, 405)
    opened = {} if sending else OPEN
    response.headers.update({"content-language": "en", **opened, **problem.headers})
    return response


def _document(facts: dict[str, Any]) -> Document:
    if number := request_id():
        facts = {**facts, "request": number}
    text = json.dumps(facts, ensure_ascii=False, default=str) + "\n"
    return Document(text.encode("utf-8", "backslashreplace"), "application/problem+json", 0)


def _wants_json(request: Request) -> bool:
    return prefers_json(request.headers.get("accept", ""))


def _json(visit: Visit, problem: Problem) -> Document:
    facts = {
        "type": f"urn:ortoo:problem:{problem.code}",
        "title": visit.t.text(problem.title),
        "status": problem.status,
        "detail": resolved(problem.detail, visit.t),
        "instance": visit.request.scope["path"],
        **problem.facts,
    }
    return _document(facts)


def _html(visit: Visit, problem: Problem) -> Document:
    t = visit.t
    (other,) = (o for o in visit.site.translators.values() if o is not t)
    page = ProblemPage(
        status=problem.status,
        title=t.text(problem.title),
        alt=(other.ui, other.text(problem.title)),
        detail=resolved(problem.detail, t),
        remedies=tuple((resolved(words, t), address) for words, address in problem.remedies),
        leads=_leads(visit) if problem.status < 500 else None,
    )
    return visit.site.renderer.render(page, visit.frame(Links.timeline, index=False), 0, part=visit.part)


def _leads(visit: Visit) -> Leads | None:
    """Something to read instead, if the database has anything and can say so."""
    try:
        with visit.reading() as reader:
            return newest_leads(reader, visit.ui)
    except OrtooError:
        return None
