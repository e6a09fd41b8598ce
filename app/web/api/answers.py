"""Answers: facts out of one view of the store, as JSON with a validator."""

import json
from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from app import __version__
from app.model.timeline import Document
from app.store import Reader
from app.web.answer import OPEN, deliver
from app.web.api.operations import JSON, Operation
from app.web.api.parameters import Asked, asked
from app.web.caching import MOMENT, PAGE, matches, weak_etag
from app.web.negotiate import accepts
from app.web.refusal import Refusal
from app.web.visit import Visit

VARY = "Accept-Encoding"


def visit_of(request: Request) -> Visit:
    """The request; facts are the same in both editions."""
    return Visit.of(request, "en")


def given(visit: Visit, operation: Operation) -> Asked:
    """The parameters of a request for JSON. BadFilter; Refusal (406) for a client that takes no JSON."""
    wanted = visit.request.headers.get("accept", "")
    if not accepts(wanted, JSON):
        message = f"This address answers with {JSON}, and Accept does not take it: send Accept: {JSON}."
        raise Refusal(406, "not-acceptable", "Not acceptable", message)
    return asked(visit.query(), operation.parameters)


def answer(visit: Visit, make: Callable[[Reader], Any]) -> Response:
    """What `make` finds. The validator is the store's revision: while that stands still a client that has the answer
    gets 304 before anything is looked up."""
    with visit.reading() as reader:
        revision = reader.revision()
        tag = weak_etag(f"{__version__} {revision} {visit.request.url} {visit.origin()}".encode())
        known = visit.request.headers.get("if-none-match", "")
        if "*" not in known and matches(known, tag):  # whether there is anything at all is not known yet
            return Response(status_code=304, headers={"cache-control": PAGE, "vary": VARY, "etag": tag, **OPEN})
        facts = make(reader)
    response = deliver(visit.request, document(facts, revision), vary=VARY, tag=tag)
    response.headers.update(OPEN)
    return response


def momentary(visit: Visit, make: Callable[[Reader], Any]) -> Response:
    """The same for facts that change with time, or without the store's revision: kept for a minute."""
    with visit.reading() as reader:
        facts = make(reader)
    response = deliver(visit.request, document(facts, 0), cache=MOMENT, vary=VARY)
    response.headers.update(OPEN)
    return response


def document(facts: Any, revision: int) -> Document:
    """Facts as a body. They are plain values already: nothing is checked on the way out (tests check answers against
    the models)."""
    body = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
    return Document(f"{body}\n".encode(), JSON, revision)
